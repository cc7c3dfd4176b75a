import Engine

/// Diagnostics for names of ECMAScript, browsers and Node.js that do not exist here.
enum FreeNames {
  /// The diagnostic for a name that is not defined.
  static func diagnostic(for name: [UInt8]) -> DiagnosticCode {
    for (code, names) in table where names.contains(where: { $0.equals(name) }) { return code }
    return .unknownName
  }

  private static let table: [(DiagnosticCode, [StaticString])] = [
    (.functionConstructor, ["Function", "AsyncFunction", "GeneratorFunction"]),
    (.dateName, ["Date", "Temporal"]),
    (
      .timer,
      [
        "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame", "clearTimeout",
        "clearInterval", "clearImmediate",
      ]
    ),
    (.promiseName, ["Promise"]),
    (.proxyName, ["Proxy"]),
    (.reflectName, ["Reflect"]),
    (.symbolName, ["Symbol"]),
    (.globalObject, ["globalThis", "window", "self", "global", "document", "top", "frames"]),
    (.processName, ["process", "Deno", "Bun"]),
    (.commonJS, ["require", "module", "exports", "__dirname", "__filename"]),
    (.fetchName, ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "Request", "Response", "Headers"]),
    (.consoleName, ["console"]),
    (.numberName, ["Number", "parseInt", "parseFloat", "NaN", "Infinity", "isNaN", "isFinite"]),
    (.bigIntName, ["BigInt"]),
    (.booleanName, ["Boolean"]),
    (.setName, ["Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry"]),
    (.regExpName, ["RegExp"]),
    (
      .errorName,
      [
        "Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "AggregateError",
        "DOMException",
      ]
    ),
    (
      .binaryData,
      [
        "Buffer", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array",
        "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array",
        "BigInt64Array", "BigUint64Array", "WebAssembly", "Blob",
      ]
    ),
    (.intlName, ["Intl"]),
    (.cryptoName, ["crypto"]),
    (.performanceName, ["performance"]),
    (
      .textCodec,
      [
        "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI", "escape", "unescape", "btoa", "atob",
        "TextEncoder", "TextDecoder", "URL", "URLSearchParams",
      ]
    ),
    (.structuredCloneName, ["structuredClone"]),
  ]

  /// Members of ECMAScript's `Object` that change objects or inspect prototypes.
  static let objectMutations: [StaticString] = [
    "assign", "create", "defineProperty", "defineProperties", "freeze", "seal", "preventExtensions", "isFrozen",
    "isSealed", "isExtensible", "getPrototypeOf", "setPrototypeOf", "getOwnPropertyNames", "getOwnPropertySymbols",
    "getOwnPropertyDescriptor", "getOwnPropertyDescriptors", "prototype",
  ]

  /// Methods of ECMAScript's arrays that change the array, and what to write instead.
  static let mutatingMethods: [(name: StaticString, instead: StaticString)] = [
    ("push", "`[...xs, value]`"),
    ("pop", "`xs.at(-1)` for the last element and `xs.slice(0, -1)` for the others"),
    ("shift", "`xs.at(0)` for the first element and `xs.slice(1)` for the others"),
    ("unshift", "`[value, ...xs]`"),
    ("splice", "`xs.toSpliced(start, count, ...values)`"),
    ("sort", "`xs.toSorted(compare)`"),
    ("reverse", "`xs.toReversed()`"),
    ("fill", "`xs.map(() => value)`"),
    ("copyWithin", "`xs.slice(...)` and spread"),
  ]
}
