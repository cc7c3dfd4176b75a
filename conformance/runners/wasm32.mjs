// The engine as WebAssembly as a runner of the conformance kit (docs/conformance.md). It reaches level C.
//
// Usage: node wasm32.mjs [MODULE.wasm]; Platforms/build.sh wasm32 makes the module.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Portable } from "../../Platforms/wasm32/portable.mjs";
import { build, run } from "../../Platforms/wasm32/messages.mjs";

const built = new URL("../../.build/platforms/wasm32/portable.wasm", import.meta.url);
const portable = await Portable.load(readFileSync(process.argv[2] ?? built));

/** SHA-256 of texts and bytes, joined without separators. */
function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The seed of a request. */
const seedOf = ({ requestId, accountId, functionVersion, gasLimit }, snapshot) =>
  sha256(requestId, accountId, functionVersion, "mtpscript-v5.1", snapshot, String(gasLimit));

function answer(question) {
  const { snapshot, diagnostics } = build(portable, question.files);
  if (!snapshot) throw new Error(`${question.name}: the program is rejected: ${JSON.stringify(diagnostics)}`);
  const hash = sha256(snapshot);
  const seed = seedOf(question, hash);
  try {
    const { error, body, sha256, gas, heapPeak, stackPeak } = run(portable, snapshot, {
      request: Buffer.from(question.request, "base64"), gasLimit: question.gasLimit, seed,
      heapBytes: question.heapLimit, stackWords: question.stackLimit,
      calls: question.calls.map((call) => ({ ...call, result: Buffer.from(call.result, "hex") })),
    });
    return { error, body, sha256, gas, seed: seed.toString("hex"), heapPeak, stackPeak, snapshot: hash.toString("hex") };
  } catch (refusal) {
    return { refused: refusal.message };
  }
}

/** The lines of standard input. A line ends at a line feed, and nowhere else. */
async function* lines() {
  let rest = [];
  for await (const chunk of process.stdin) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]).toString();
      [rest, start] = [[], end + 1];
    }
    rest.push(chunk.subarray(start));
  }
}

for await (const line of lines()) process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
