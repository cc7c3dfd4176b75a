"use strict";
// Runs every example and compares the response with the one kept beside it.
//
//   node tests/examples/check.js --mqjs PATH            with the command
//   node FLAGS tests/examples/check.js --oracle         with Node.js (FLAGS: see tests/oracle/oracle.js)
//   …  --print                                          prints the responses, readable, instead of comparing
//
// A folder of examples/ holds handler.js, and for each request NAME.json the expected response NAME.expected.json. There
// the `body` of an HTTP response, which is JSON text, is written out as the value that it stands for. Values are
// compared, not bytes: the order of keys doesn't count. Exit status 1 if anything differs.

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { isDeepStrictEqual } = require("node:util");

const root = path.resolve(__dirname, "../..");
const args = process.argv.slice(2);

const cases = fs
  .readdirSync(path.join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => {
    const folder = path.join("examples", name);
    return fs
      .readdirSync(path.join(root, folder))
      .filter((file) => file.endsWith(".json") && !file.endsWith(".expected.json"))
      .map((file) => ({ program: path.join(folder, "handler.js"), request: path.join(folder, file) }));
  })
  .sort((a, b) => (a.request < b.request ? -1 : 1));

function responses() {
  if (args.includes("--oracle")) {
    const programs = cases.map(({ program, request }) => ({
      name: request,
      path: program,
      requestText: fs.readFileSync(path.join(root, request), "utf8"),
    }));
    const { stdout } = run(process.execPath, [...process.execArgv, path.join(root, "tests/oracle/oracle.js")],
      JSON.stringify(programs));
    return JSON.parse(stdout).map(({ value, reason }) => value ?? reason);
  }
  const mqjs = args[args.indexOf("--mqjs") + 1];
  if (!args.includes("--mqjs") || !mqjs) throw new Error("give --mqjs PATH or --oracle");
  return cases.map(({ program, request }) => run(mqjs, ["run", program, "--request", request]).stdout);
}

function run(command, commandArgs, input = "") {
  const result = spawnSync(command, commandArgs, { cwd: root, input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.error) throw result.error;
  if (result.stderr) process.stderr.write(result.stderr);
  return result;
}

// A response with its body as a value. All numbers of the examples are small enough for a Number.
function readable(text) {
  const response = JSON.parse(text);
  return typeof response.body === "string" && "statusCode" in response
    ? { ...response, body: JSON.parse(response.body) }
    : response;
}

let failures = 0;
responses().forEach((text, i) => {
  const { request } = cases[i];
  const expectedFile = path.join(root, request.replace(/\.json$/, ".expected.json"));
  let found;
  try {
    found = readable(text);
  } catch (error) {
    console.log(`FAIL ${request}: ${error.message}: ${text}`);
    failures += 1;
    return;
  }
  if (args.includes("--print")) {
    console.log(`// ${request}\n${JSON.stringify(found, null, 2)}`);
    return;
  }
  const expected = fs.existsSync(expectedFile) ? JSON.parse(fs.readFileSync(expectedFile, "utf8")) : "no expected response";
  if (isDeepStrictEqual(found, expected)) {
    console.log(`ok   ${request}`);
  } else {
    failures += 1;
    console.log(`FAIL ${request}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`);
  }
});
if (!args.includes("--print")) console.log(`${cases.length - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
