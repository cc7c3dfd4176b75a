// The compiler and the engine as WebAssembly, for Node.js and browsers. It imports nothing.

/** A module that answers messages (Sources/Portable/Exchange.swift). */
export class Portable {
  #exports;

  /** Instantiates the module from its bytes, or from a promise of a response with them. */
  static async load(source) {
    const isResponse = typeof Response !== "undefined" && (source instanceof Response || source instanceof Promise);
    const { instance } = isResponse
      ? await WebAssembly.instantiateStreaming(source)
      : await WebAssembly.instantiate(source);
    return new Portable(instance.exports);
  }

  constructor(exports) {
    this.#exports = exports;
  }

  /** The answer to a message: bytes to bytes. */
  answer(message) {
    const { memory, mqjs_allocate, mqjs_answer, mqjs_release } = this.#exports;
    const place = mqjs_allocate(message.length);
    new Uint8Array(memory.buffer, place, message.length).set(message);
    const answer = mqjs_answer(place, message.length);
    mqjs_release(place);
    const length = new DataView(memory.buffer).getUint32(answer, true);
    const bytes = new Uint8Array(memory.buffer, answer + 4, length).slice();
    mqjs_release(answer);
    return bytes;
  }
}
