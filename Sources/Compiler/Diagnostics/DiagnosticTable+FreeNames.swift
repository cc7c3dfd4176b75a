extension DiagnosticDefinition {
  /// MQ40xx: names that nothing defines, and members that the library does not have.
  static let freeNames: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .unknownName, "MQ4001", "the name `{0}` is not defined",
      reason: "A program sees only its own names, its imports and the built-in functions.",
      hint: "Check the spelling, declare it with `const`, or import it.",
      bad: "totl", good: "const total = 1; total"),
    DiagnosticDefinition(
      .functionConstructor, "MQ4002", "`Function` does not exist",
      reason: "The sealed runtime contains no parser and no compiler, so text never becomes code.",
      hint: "Write the code as a function.",
      bad: "Function(\"return 1\")", good: "const f = () => 1; f()"),
    DiagnosticDefinition(
      .dateName, "MQ4003", "`Date` does not exist",
      reason: "The time comes from outside, so it is an effect, which the host grants and records for replay.",
      hint: "Use `Clock.now()`, or take the time from the request.",
      bad: "Date.now()", good: "const stamp = (request) => Clock.now(); 1"),
    DiagnosticDefinition(
      .mathRandom, "MQ4004", "`Math.random` does not exist",
      reason: "A run must always give the same result, so random numbers come from the seed of the request.",
      hint: "Use an effect: `Random.int(low, high)` or `Random.bytes(n)`.",
      bad: "Math.random()", good: "const roll = (request) => Random.int(1, 6); 1"),
    DiagnosticDefinition(
      .timer, "MQ4005", "`{0}` does not exist",
      reason: "There is no event loop: a request runs from beginning to end.",
      hint: "Call the function directly.",
      bad: "setTimeout(() => 1, 10)", good: "const f = () => 1; f()"),
    DiagnosticDefinition(
      .promiseName, "MQ4006", "`Promise` does not exist",
      reason: "There is no event loop: an effect is a call that returns its result.",
      hint: "Call the effect; its result is `Ok(value)` or `Err(error)`.",
      bad: "Promise.resolve(1)", good: "Ok(1)"),
    DiagnosticDefinition(
      .proxyName, "MQ4007", "`Proxy` does not exist",
      reason: "Reading a field runs no code.",
      hint: "Write a function that gives the value for a key.",
      bad: "Proxy({}, {})", good: "const field = (name) => \"value of \" + name; field(\"a\")"),
    DiagnosticDefinition(
      .reflectName, "MQ4008", "`Reflect` does not exist",
      reason: "There are no prototypes and no property attributes to inspect.",
      hint: "Use `Object.keys`, `Object.hasOwn` or `Object.get`.",
      bad: "Reflect.ownKeys({a: 1})", good: "Object.keys({a: 1})"),
    DiagnosticDefinition(
      .symbolName, "MQ4009", "`Symbol` does not exist",
      reason: "Each symbol has an identity of its own, but no value here has an identity.",
      hint: "Use a string.",
      bad: "Symbol(\"a\")", good: "\"a\""),
    DiagnosticDefinition(
      .globalObject, "MQ4010", "`{0}` does not exist",
      reason: "There is no global object that code could reach or change.",
      hint: "Use the name itself. To share a value between files, export and import it.",
      bad: "globalThis.String", good: "String(1)"),
    DiagnosticDefinition(
      .processName, "MQ4011", "`process` does not exist",
      reason: "A program can't see the environment, the arguments or the memory of its host.",
      hint: "Let the request bring the information.",
      bad: "process.env", good: "const stage = (request) => request.stage; 1"),
    DiagnosticDefinition(
      .commonJS, "MQ4012", "`{0}` does not exist",
      reason: "Modules are ECMAScript modules, which are resolved when the program is built.",
      hint: "Use `import {name} from \"./file.js\"` and `export`.",
      bad: "require(\"./lib.js\")", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .fetchName, "MQ4013", "`{0}` does not exist",
      reason: "The network is an effect, which the host grants for named servers and records for replay.",
      hint: "Use `HttpOut.get(url)`, `HttpOut.post(...)` or another operation of `HttpOut`.",
      bad: "fetch(\"https://example.com\")", good: "const load = (url) => HttpOut.get(url); 1"),
    DiagnosticDefinition(
      .consoleName, "MQ4014", "`console` does not exist",
      reason: "Output is an effect, which the host grants.",
      hint: "Use `Log.debug`, `Log.info`, `Log.warn` or `Log.error`.",
      bad: "console.log(\"a\")", good: "const show = (x) => Log.info(x); 1"),
    DiagnosticDefinition(
      .numberName, "MQ4015", "`{0}` does not exist",
      reason: "There is no floating point, so there is no Number, NaN or Infinity.",
      hint: "Use `Int.parse(text)` (an Option), `Int.MAX`, `Int.MIN`, or `Decimal(\"...\")`.",
      bad: "parseInt(\"1\")", good: "Int.parse(\"1\")"),
    DiagnosticDefinition(
      .bigIntName, "MQ4016", "`BigInt` does not exist",
      reason: "Every integer is a checked 64-bit integer.",
      hint: "Use `Int.parse(text)` (an Option), or a Decimal for up to 34 digits.",
      bad: "BigInt(\"1\")", good: "Int.parse(\"1\")"),
    DiagnosticDefinition(
      .booleanName, "MQ4017", "`Boolean` does not exist",
      reason: "No value is ever converted to a Bool. A condition says what it tests.",
      hint: "Write a comparison: `text !== \"\"`, `n !== 0`.",
      bad: "Boolean(1)", good: "1 !== 0"),
    DiagnosticDefinition(
      .setName, "MQ4018", "`{0}` does not exist",
      reason: "Collections are immutable and compare by content. No value has an identity.",
      hint: "Use a Map with `true` as the values, `Map.of(...)`, or an array with `includes`.",
      bad: "Set([1])", good: "Map.has(Map.of([[1, true]]), 1)"),
    DiagnosticDefinition(
      .regExpName, "MQ4019", "`RegExp` does not exist",
      reason: "The time for a match can grow exponentially with the text, so it can't have a price in gas.",
      hint: "Use `includes`, `startsWith`, `indexOf`, `split` or `replaceAll` with plain strings.",
      bad: "RegExp(\"a\")", good: "\"banana\".indexOf(\"a\")"),
    DiagnosticDefinition(
      .errorName, "MQ4020", "`{0}` does not exist",
      reason: "An error object carries a stack trace, which differs between builds.",
      hint: "Throw a record, `throw {code: \"NotFound\"}`, or return `Err(reason)`.",
      bad: "throw Error(\"no\")", good: "throw {code: \"NotFound\"}"),
    DiagnosticDefinition(
      .binaryData, "MQ4021", "`{0}` does not exist",
      reason: "A buffer is memory that can be changed and shared.",
      hint: "Use an array of integers, or text in base64 or hex (`Text.base64Encode`, `Hash.cbor`).",
      bad: "Uint8Array.of(1)", good: "[1, 2, 3]"),
    DiagnosticDefinition(
      .intlName, "MQ4022", "`Intl` does not exist",
      reason: "Results must not depend on a locale or on a version of locale data.",
      hint: "Write a function that formats the text.",
      bad: "Intl.NumberFormat()", good: "const percent = (n) => `${n} %`; percent(3)"),
    DiagnosticDefinition(
      .cryptoName, "MQ4023", "`crypto` does not exist",
      reason: "Randomness is an effect, and hashes are built-in functions.",
      hint: "Use `Hash.sha256(value)`, `Text.sha256(text)`, `Text.hmacSha256(...)`, `Uuid.v4()` or `Random.bytes(n)`.",
      bad: "crypto.randomUUID()", good: "Text.sha256(\"a\")"),
    DiagnosticDefinition(
      .performanceName, "MQ4024", "`performance` does not exist",
      reason: "A program can't measure time, so its result never depends on it.",
      hint: "Measure from outside. The report of a run has its exact gas.",
      bad: "performance.now()", good: "1"),
    DiagnosticDefinition(
      .textCodec, "MQ4025", "`{0}` does not exist",
      reason: "The functions of `Text` encode and decode text. Decoding gives a Result, so invalid input is an `Err`.",
      hint: "Use `Text.urlEncode`, `Text.urlDecode`, `Text.base64Encode` or `Text.base64Decode`.",
      bad: "encodeURIComponent(\"a b\")", good: "Text.urlEncode(\"a b\")"),
    DiagnosticDefinition(
      .structuredCloneName, "MQ4026", "`structuredClone` does not exist",
      reason: "Values are immutable, so there is no reason to copy them.",
      hint: "Use the value itself.",
      bad: "structuredClone([1])", good: "[1]"),
    DiagnosticDefinition(
      .unknownMember, "MQ4030", "`{0}` has no `{1}`",
      reason: "The library is small and closed. Its members are known when the program is built.",
      hint: "`{0}` has: {2}.",
      bad: "Math.floor(1)", good: "Math.abs(-1)"),
    DiagnosticDefinition(
      .objectMutation, "MQ4031", "`Object.{0}` does not exist",
      reason: "Records are already immutable, and they have no prototypes.",
      hint: "To merge records, write `{...a, ...b}`. To build one, use `Object.fromEntries`. Freezing is not needed.",
      bad: "Object.assign({a: 1}, {b: 2})", good: "({...{a: 1}, ...{b: 2}})"),
    DiagnosticDefinition(
      .namespaceAsValue, "MQ4032", "`{0}` is a namespace, not a value",
      reason: "The build must know which members of the library a program uses.",
      hint: "Name the member: `{0}.{1}`.",
      bad: "const m = Math; 1", good: "const absolute = Math.abs; absolute(-1)"),
    DiagnosticDefinition(
      .effectAsValue, "MQ4033", "the effect `{0}` can only be called directly",
      reason: "The manifest lists every effect of a program, so each call must name its effect in the text.",
      hint: "Write the call, `{0}.{1}(...)`. To pass it on, wrap it in a function: `(x) => {0}.{1}(x)`.",
      bad: "[\"a\"].forEach(Log.info)", good: "const show = (xs) => xs.forEach((x) => Log.info(x)); 1"),
  ]
}
