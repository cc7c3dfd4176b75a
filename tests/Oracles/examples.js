"use strict";
// Runs every example and compares the response with the expected one.
//
//   node tests/Oracles/examples.js --mqjs PATH          with the command, each program as a signed snapshot
//   node FLAGS tests/Oracles/examples.js --oracle       with Node.js (FLAGS: see tests/Oracles/oracle.js)
//   …  --print                                          prints the responses in readable form instead of comparing
//
// Each folder of examples/ has a handler.js. The requests NAME.json are next to it or in its folder `requests`, and the
// expected responses NAME.expected.json are next to the requests. If the `body` of an HTTP response is JSON, the
// expected response has it as a value. Values are compared rather than bytes, so the order of keys does not matter. The
// exit status is 1 if anything differs, or if the oracle can't run a program.

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { isDeepStrictEqual } = require("node:util");

const root = path.resolve(__dirname, "../..");
const args = process.argv.slice(2);

const cases = fs
  .readdirSync(path.join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => {
    const folder = path.join("examples", name);
    const program = path.join(folder, "handler.js");
    return [folder, path.join(folder, "requests")]
      .filter((place) => fs.existsSync(path.join(root, place)))
      .flatMap((place) => fs.readdirSync(path.join(root, place)).map((file) => path.join(place, file)))
      .filter((file) => file.endsWith(".json") && !file.endsWith(".expected.json"))
      .map((request) => ({ program, request }));
  })
  .sort((a, b) => (a.request < b.request ? -1 : 1));

function responses() {
  if (args.includes("--oracle")) {
    const programs = cases.map(({ program, request }) => ({
      name: request,
      path: program,
      requestText: fs.readFileSync(path.join(root, request), "utf8"),
    }));
    const { stdout } = run(process.execPath, [...process.execArgv, path.join(root, "tests/Oracles/oracle.js")],
      JSON.stringify(programs));
    return JSON.parse(stdout).map(({ value, reason }) => value ?? reason);
  }
  const mqjs = args[args.indexOf("--mqjs") + 1];
  if (!args.includes("--mqjs") || !mqjs) throw new Error("give --mqjs PATH or --oracle");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mqjs-examples-"));
  try {
    return snapshotResponses(mqjs, folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function snapshotResponses(mqjs, folder) {
  const key = path.join(folder, "key");
  run(mqjs, ["keygen", "-o", `${key}.pem`]);
  const snapshots = new Map();
  for (const { program } of cases) {
    if (snapshots.has(program)) continue;
    const snapshot = path.join(folder, `${path.basename(path.dirname(program))}.msqs`);
    run(mqjs, ["build", program, "-o", snapshot]);
    run(mqjs, ["sign", snapshot, "--key", `${key}.pem`]);
    snapshots.set(program, snapshot);
  }
  return cases.map(
    ({ program, request }) =>
      run(mqjs, ["run", snapshots.get(program), "--key", `${key}.pub.pem`, "--request", request]).stdout,
  );
}

function run(command, commandArgs, input = "") {
  const result = spawnSync(command, commandArgs, { cwd: root, input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.error) throw result.error;
  if (result.stderr) process.stderr.write(result.stderr);
  return result;
}

// A response. If its body is JSON, it becomes a value. All numbers in the examples fit a Number.
function readable(text) {
  const response = JSON.parse(text);
  return typeof response.body === "string" && /^[[{]/.test(response.body)
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
