// Messages to the portable host, and its answers (Sources/Portable/Exchange.swift).

const kinds = { check: 1, build: 2, run: 3, disassemble: 5, profile: 6 };
const frameKinds = ["host", "program", "library"];
const statuses = ["success", "rejected", "refused"];
const replies = ["result", "notGranted", "invalidArgument", "continuationMismatch"];
const utf8 = new TextEncoder();

class Writer {
  #parts = [];

  byte(value) {
    this.#parts.push(Uint8Array.of(value));
    return this;
  }

  number(value, width) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
    this.#parts.push(bytes.subarray(0, width));
    return this;
  }

  /** Bytes alone. */
  raw(bytes) {
    this.#parts.push(bytes);
    return this;
  }

  text(value) {
    const bytes = typeof value === "string" ? utf8.encode(value) : value;
    this.number(bytes.length, 4);
    this.#parts.push(bytes);
    return this;
  }

  list(values, put) {
    this.number(values.length, 4);
    for (const value of values) put(this, value);
    return this;
  }

  get bytes() {
    const all = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let place = 0;
    for (const part of this.#parts) {
      all.set(part, place);
      place += part.length;
    }
    return all;
  }
}

class Reader {
  #bytes;
  #place = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  number(width) {
    let value = 0n;
    for (let index = 0; index < width; index++) value |= BigInt(this.#bytes[this.#place++]) << BigInt(8 * index);
    return Number(value);
  }

  bytes() {
    const count = this.number(4);
    this.#place += count;
    return this.#bytes.slice(this.#place - count, this.#place);
  }

  list(take) {
    return Array.from({ length: this.number(4) }, () => take(this));
  }

  text() {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes());
  }
}

const sources = (kind, files) =>
  new Writer().byte(kind)
    .list(files, (writer, file) => writer.text(file.path).text(file.text))
    .list([], () => {})
    .byte(0);

const hexadecimal = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The answer's status, and a reader of what follows. A refusal is thrown. */
function opened(answer) {
  const reader = new Reader(answer);
  const status = statuses[reader.number(1)];
  if (status === "refused") throw new Error(reader.text());
  return { status, reader };
}

const diagnosticsIn = (reader) => JSON.parse(reader.text());

/** The diagnostics of a program. */
export function check(portable, files) {
  return diagnosticsIn(opened(portable.answer(sources(kinds.check, files).bytes)).reader);
}

/** The snapshot of a program, or its diagnostics. */
export function build(portable, files) {
  const { status, reader } = opened(portable.answer(sources(kinds.build, files).bytes));
  return status === "success" ? { snapshot: reader.bytes() } : { diagnostics: diagnosticsIn(reader) };
}

/** The outcome of a request. The seed is 32 bytes; calls are what the host replies to the effects, in order. */
export function run(portable, snapshot, { request, gasLimit, seed = new Uint8Array(32), heapBytes = 16 << 20,
                                         stackWords = 524_288, calls = [] }) {
  const message = new Writer().byte(kinds.run).text(snapshot).text(request).raw(seed)
    .number(heapBytes, 8).number(stackWords, 8).byte(0).number(0, 8)
    .list(calls, (writer, { effect, reply, result }) =>
      writer.text(effect).byte(replies.indexOf(reply)).text(result))
    .list([gasLimit], (writer, limit) => writer.number(limit, 8));
  const { reader } = opened(portable.answer(message.bytes));
  reader.number(4);
  return {
    error: reader.text(), body: reader.text(), sha256: hexadecimal(reader.bytes()), gas: reader.number(8),
    heapPeak: reader.number(8), stackPeak: reader.number(8), calls: reader.number(4),
  };
}

/** The listing of a snapshot's code. */
export function disassemble(portable, snapshot) {
  return opened(portable.answer(new Writer().byte(kinds.disassemble).text(snapshot).bytes)).reader.text();
}

/**
 * Where the gas of a request goes: the frames, each before those that it called, with their own units, and the lines.
 * Undefined if the program has errors.
 */
export function profile(portable, files, { request, gasLimit, stackWords = 524_288 }) {
  const message = sources(kinds.profile, files).text(request).number(gasLimit, 8).number(stackWords, 8);
  const { status, reader } = opened(portable.answer(message.bytes));
  if (status !== "success") return undefined;
  return {
    gas: reader.number(8),
    frames: reader.list(() => (
      { depth: reader.number(4), kind: frameKinds[reader.number(1)], name: reader.text(), own: reader.number(8) })),
    lines: reader.list(() => ({ file: reader.text(), number: reader.number(4), units: reader.number(8) })),
  };
}
