// Usage: node host.mjs MODULE.wasm: answers one message after another, from standard input to standard output. A message
// is its length (32 bits, the lowest byte first) and its bytes; an answer has the same form.
import { readFileSync, readSync, writeSync } from "node:fs";
import { Portable } from "./portable.mjs";

/** So many bytes of standard input, or null at its end. */
function read(count) {
  const bytes = new Uint8Array(count);
  let done = 0;
  while (done < count) {
    const got = readSync(0, bytes, done, count - done, null);
    if (got === 0) return null;
    done += got;
  }
  return bytes;
}

function write(bytes) {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

const portable = await Portable.load(readFileSync(process.argv[2]));
for (let head = read(4); head; head = read(4)) {
  const message = read(new DataView(head.buffer).getUint32(0, true));
  if (!message) throw new Error("the input ends within a message");
  const answer = portable.answer(message);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, answer.length, true);
  write(length);
  write(answer);
}
