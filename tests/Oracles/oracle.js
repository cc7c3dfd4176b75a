"use strict";
// Node.js as a second opinion on programs of the guest language.
//
//   node --expose-internals --experimental-vm-modules --no-warnings --stack-size=3900 tests/Oracles/oracle.js [FILE] <…
//
// Reads a JSON array (from FILE, or standard input) of programs
//   {"name": …, "source": …}                        a single file; with "request" (any JSON) if it exports a handler
//   {"name": …, "files": {PATH: SOURCE, …}, "entry": PATH, "request": …}
//   {"name": …, "path": FILE, "request": …}         read from disk, with its imports
//   "requestText" instead of "request" is JSON in a string, so that integers keep all their digits.
// and writes a JSON array, in the same order, of
//   {"name": …, "outcome": "value",       "value": TEXT, "canonical": TEXT}
//   {"name": …, "outcome": "error",       "value": TEXT, "canonical": TEXT, "code": CODE}
//   {"name": …, "outcome": "unsupported", "reason": …}
// Each TEXT is JSON with integers in plain digits: the response, or the body of the error. The keys in `value` are
// sorted by UTF-16 code units, and those in `canonical` are in the guest language's canonical order.
//
// With --programs FILE… it reads files like those in tests/Data/programs. Each answer then also contains the program,
// as above.

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const { rewrite, Unsupported } = require("./rewrite.js");
const { $$, GuestError, functions, namespaces, print, sortedKeys, entriesToRecord, parseJson, call } =
  require("./runtime.js");

Object.defineProperty(globalThis, "$$", { value: $$ });

async function evaluate(program) {
  const readSource = program.files
    ? (name) => program.files[name] ?? missing(name)
    : program.path
      ? (name) => fs.readFileSync(name, "utf8")
      : (name) => (name === "main.js" ? program.source : missing(name));
  const entry = program.entry ?? program.path ?? "main.js";

  const modules = new Map();
  const resolve = (specifier, from) => {
    if (!/^\.\.?\//.test(specifier)) throw new Unsupported(`import of ${specifier}`);
    return path.join(path.dirname(from), specifier);
  };
  // Loads a module with all its imports. Linking would continue after a failure, but now it can't fail.
  const load = (name) => {
    if (modules.has(name)) return modules.get(name);
    const { code, imports, isScript } = rewrite(readSource(name), name, functions, namespaces, name === entry);
    const module = new vm.SourceTextModule(code, { identifier: name });
    module.isScript = isScript;
    modules.set(name, module);
    for (const specifier of imports) load(resolve(specifier, name));
    return module;
  };

  const main = load(entry);
  await main.link((specifier, from) => load(resolve(specifier, from.identifier)));
  await main.evaluate();
  if (main.isScript) return main.namespace.$$result;
  const text = program.requestText ?? JSON.stringify(program.request ?? {});
  return call(main.namespace.default, [parseJson(text)]);
}

const missing = (name) => {
  throw new Unsupported(`no file ${name}`);
};

// The error's canonical code and fields, or null if it is not an error of the guest language.
function guestError(error) {
  if (error instanceof GuestError) return error;
  if (error instanceof RangeError && /call stack/.test(error.message)) return new GuestError("StackExhausted");
  if (error instanceof ReferenceError && /before initialization/.test(error.message)) {
    return new GuestError("UninitializedBinding");
  }
  return null;
}

function describe(name, outcome, value, code) {
  try {
    const answer = { name, outcome, value: print(value, sortedKeys), canonical: print(value) };
    return code ? { ...answer, code } : answer;
  } catch (error) {
    const { code: next } = guestError(error) ?? { code: null };
    if (!next) throw error;
    return describe(name, "error", entriesToRecord([["error", next]]), next);
  }
}

async function answer(program) {
  const { name } = program;
  try {
    return describe(name, "value", await evaluate(program));
  } catch (error) {
    if (error instanceof Unsupported) return { name, outcome: "unsupported", reason: error.message };
    const found = guestError(error);
    if (!found) return { name, outcome: "unsupported", reason: `the oracle failed: ${error.stack}` };
    return describe(name, "error", entriesToRecord([["error", found.code], ...Object.entries(found.fields)]), found.code);
  }
}

/** The programs of a JSON file, or of a file in which each program begins with a line `// == NAME`. */
function readPrograms(file) {
  if (file.endsWith(".json")) return JSON.parse(fs.readFileSync(file, "utf8"));
  const parts = fs.readFileSync(file, "utf8").split(/^\/\/ == (.*)\n/m);
  const programs = [];
  for (let i = 1; i < parts.length; i += 2) {
    programs.push({ name: `${path.basename(file, ".js")}/${parts[i].trim()}`, source: parts[i + 1] });
  }
  return programs;
}

async function main() {
  const args = process.argv.slice(2);
  const programs =
    args[0] === "--programs" ? args.slice(1).flatMap(readPrograms) : JSON.parse(fs.readFileSync(args[0] ?? 0, "utf8"));
  const answers = [];
  for (const program of programs) {
    const found = await answer(program);
    const requestText = JSON.stringify(program.request ?? {});
    answers.push(args[0] === "--programs" ? { ...program, requestText, ...found } : found);
  }
  process.stdout.write(`[\n${answers.map((a) => JSON.stringify(a)).join(",\n")}\n]\n`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 70;
});
