import Engine
import Foundation
import TestSupport
import Testing

/// Programs about details that are easy to get wrong: the order of charges and errors, prices that depend on operands,
/// equality of functions, budgets. The engine's suite also compares all of its own programs with the evaluator.
@Suite("The reference evaluator and the engine agree, byte for byte and unit for unit")
struct AgreementTests {
  private static let budgets = MachineLayout.Budgets(stackWords: 4096, heapBytes: 1 << 18)

  private func expectAgreementAtEveryLimit(_ program: String) throws {
    #expect(try Agreement(program).differenceAtAnyLimit(budgets: AgreementTests.budgets) == nil)
  }

  /// The price of these operations depends on the bytes of the Strings.
  @Test(
    arguments: [
      "const a = \"x\".repeat(200), b = \"x\".repeat(130); [a === b, a !== b, a < b, a <= b, a > b, a >= b]",
      "const a = \"é\".repeat(200); a + a === a ? 1 : 2",
      "const a = \"é\".repeat(200); if (a + \"b\" < a) { 1; } else { 2; } switch (a) { case a: break; default: break; } 0",
      "const f = (a, b) => a === b || a < b && !(a > b); f(\"x\".repeat(200), \"x\".repeat(199) + \"y\")",
      "`${\"x\".repeat(100)}y${1}${true}${Decimal(\"1.50\")}${\"z\".repeat(100)}`",
      "const s = \"é\".repeat(100); [s[99], s.at(-1), s.charAt(50), s.charCodeAt(3), s.codePointAt(2), s.length]",
    ])
  func theyAgreeOnStrings(program: String) throws { try expectAgreementAtEveryLimit(program) }

  @Test(
    arguments: [
      "1 + \"a\"", "\"a\" + 1", "1 - \"a\"", "-\"a\"", "!1", "1 && true", "true && 1", "true || 1", "false || 1",
      "1 ? 2 : 3",
      "if (1) { 2; } 3", "if (\"x\" === \"x\" && 1) { 2; } 3", "1 < \"a\"", "\"a\" < 1", "Decimal(\"1\") < 1",
      "[1] < [2]",
      "9223372036854775807 + 1", "-9223372036854775808 - 1", "4611686018427387904 * 2", "-(-9223372036854775808)",
      "-9223372036854775808 / -1", "-9223372036854775808 % -1", "1 / 0", "1 % 0", "Decimal(\"1\") / Decimal(\"0\")",
      "Decimal(\"9999999999999999999999999999999999\") * Decimal(\"10\")", "Decimal(\"1.\")",
      "Decimal(\"1\") % Decimal(\"1\")",
      "({a: 1}).b", "[1].b", "\"a\".b", "(1).b", "({a: 1})[\"b\"]", "({a: 1})[1]", "[1][\"a\"]", "[1][1]", "[1][-1]",
      "\"ab\"[2]",
      "\"ab\"[\"a\"]", "\"é\"[1]", "(1)[1]", "\"😀\"[0]", "[...1]", "[...{}, 1 / 0]", "({...[1]})", "({[1]: 1 / 0})",
      "`${[1]}${1 / 0}`",
      "const [a] = 1; 2", "const [a] = []; 2", "const [, a] = \"ab\"; 2", "const [...a] = 1; 2", "const {a} = 1; 2",
      "const {...a} = 1; 2", "const {a} = {}; 2", "const {[1]: a} = {}; 2", "const {[\"toString\"]: a = 1} = {}; 2",
      "const [,] = 5; 2",
      "const [] = 5; 2", "const {} = 5; 2", "const [a = 1 / 0] = []; 2", "const {a: {b}} = {a: 1}; 2",
      "throw [1, (x) => x]",
      "throw {a: \"x\".repeat(100)}", "(1)(2)", "(1)(...[2])", "({f: 1}).f(1 / 0)", "({f: 1}).f(1)", "({}).f(1 / 0)",
      "(1).f(2)",
      "[1].push(1 / 0)", "\"a\".push(1)", "[1].map()", "[1].map(1)", "[1].map(1, 2)", "const f = (a, b) => a; f(1)",
      "const f = (a) => a; f(1, 2)",
      "const f = (a) => a; f(...[1, 2])", "[1].map((a, b, c, d) => a)", "Math.max(...[])", "None(1)", "Int.MAX(1)",
      "[1].map(None)",
      "f(); const f = () => 1; 2", "const g = () => f(); g(); const f = () => 1; 2",
      "switch (1) { case 2: const a = 1; break; default: a; break; } 3", "x; const x = 1; 2",
      "JSON.stringify([1, (x) => x])", "JSON.stringify(Map.of([[1, 2]]))", "Hash.cbor([1, [].forEach((x) => x)])",
      "Map.get(Map.empty, [(x) => x])",
      "Map.of([[1]])", "Map.of([1])", "Object.fromEntries([[1, 2]])", "(x) => x", "[1, [2, [].forEach((x) => x)]]",
      "\"a\".repeat(-1)", "\"😀\".slice(0, 1)", "\"😀\".split(\"\")", "\"a😀\".replaceAll(\"\", \"-\")",
      "\"a\".padEnd(4, \"😀b\")",
      "[1].reduce((a) => a, 1)", "[].reduce((a) => a)", "[3, \"a\"].toSorted()", "[3, 1].toSorted(() => true)",
      "[1].filter(() => 1)",
      "String.fromCodePoint(55357)", "String.fromCodePoint(-1)", "\"aa\".replaceAll(\"a\", () => 1)",
      "Option.map(Ok(1), (x) => x)",
      "Result.andThen(Ok(1), (x) => x)", "Array.from({length: -1})", "Array.from(5)",
      "Decimal.round(Decimal(\"1\"), 29)",
    ])
  func theyAgreeOnErrorsAndWhatIsChargedBefore(program: String) throws { try expectAgreementAtEveryLimit(program) }

  /// Equality, captures, calls of every kind.
  @Test(
    arguments: [
      "[(x => x) === (y => y), (x => x) === (x => [x]), (x => x.a) === (x => x[\"a\"]), Math.abs === Math.abs, String === Some]",
      "const f = (a) => { const g = () => [a, h]; const h = () => [a, g]; return g; }; [f(1) === f(1), f(1) === f(2)]",
      "function f(n) { return function g() { return [n, g]; }; } [f(1) === f(1), f([1, 2]) === f([1, 3])]",
      "const f = (a, b) => (x) => a + b + x; [f(1, 2) === f(1, 2), f(1, 2) === f(2, 1), [f(1, 1)].includes(f(1, 1))]",
      "const f = (a) => (b) => { const c = a; const d = b; return (x) => d + c; }; f(1)(2) === f(1)(2)",
      "const f = (a, b) => () => [a, b]; const g = (a, b) => () => [b, a]; [f(1, 2) === g(1, 2), f(1, 1) === g(1, 1)]",
      "const f = () => { const g = (n) => n === 0 ? 0 : g(n - 1); return g; }; [f() === f(), f()(3)]",
      "function even(n) { return n === 0 || odd(n - 1); } function odd(n) { return n !== 0 && even(n - 1); } even(20)",
      "const f = (a, b = a + 1, ...c) => [a, b, c]; [f(1), f(1, 2), f(1, 2, 3, 4), f(...[1, 2], 3)]",
      "const f = ({a, b: [c, d = 9]}, [e, ...g] = [1, 2]) => [a, c, d, e, g]; [f({a: 1, b: [2]}), f({a: 1, b: [2, 3]}, [4])]",
      "const f = function self(n) { return n === 0 ? [self === self] : self(n - 1); }; f(3)",
      "const r = {f: (x) => x + 1, m: Math.abs}; [r.f(1), r.m(-3), ((x) => r.m(x))(-4), ((x) => r.f(x))(5)]",
      "const f = (g) => g(-1); [f(Math.abs), f((x) => x), f((x) => [x].map(Math.abs)[0])]",
      "const f = (x) => Math.abs(x); const g = (x) => \"ab\".slice(x); [f(-1), g(1), [1, -2].map(Math.abs), [\"a\"].map(JSON.stringify)]",
      "const f = (x) => { if (x > 1) { return f(x - 1); } else { { const y = x; return y; } } }; f(4)",
      "const f = (x) => { function g() { return h(); } function h() { return x; } return g(); }; f(1) + f(2)",
      "const f = (x) => { switch (x) { case 1: case 2: return \"a\"; case \"b\": { break; } default: throw x; } return x; }; [f(1), f(2), f(\"b\")]",
      "const f = (a, b) => () => [() => a, () => b], g = (b, a) => () => [() => b, () => a]; [f === g, f(1, 2) === g(1, 2), f(1, 2)() === g(1, 2)()]",
      "const f = (a, b) => () => [() => a, () => b], g = (a, b) => () => [() => b, () => a]; [f === g, f(1, 2) === g(1, 2), f(1, 2)()[0] === g(1, 2)()[1]]",
      "const f = (a) => (b) => { function g() { return [h, a]; } function h() { return [g, b]; } return [g, h]; }; const k = (b) => (a) => { function h() { return [g, b]; } function g() { return [h, a]; } return [h, g]; }; [f === k, f(1) === k(1), f(1)(2)[0] === k(1)(2)[0]]",
      "const f = (x) => { switch (x) { case 1: const a = 1, b = 2; return a; default: return () => a; } }; const g = (x) => { switch (x) { case 1: const a = 1, b = 2; return a; default: return () => b; } }; [f === g, f(2) === g(2), f === f]",
      "const f = () => function g() { return () => g; }, h = () => function k() { return () => k; }; [f === h, f()()() === h()()()]",
      "const f = (x) => {}; JSON.kind(f(1))", "const f = (x) => { return; }; [JSON.kind(f(1))]",
      "const f = (x, y = x ? 1 : 2) => y; [f(true), f(false), f(...[true]), f(true, Array.from({length: 1})[0])]",
      "[[1, 2], [3, 4]].map(([a, b]) => a + b).reduce((a, b) => a + b)",
      "[1, 2, 3].map((x) => [x].map((y) => [y].map((z) => x + y + z)))", "[[1], 2].map(Array.isArray)",
    ])
  func theyAgreeOnFunctions(program: String) throws {
    try expectAgreementAtEveryLimit(program)
  }

  @Test(
    arguments: [
      "[\"a😀b\".indexOf(\"b\", 2), \"a😀b\".lastIndexOf(\"😀\", 1), \"abc\".includes(\"\", 9), \"😀\".startsWith(\"\", 1)]",
      "[\"a😀\".endsWith(\"😀\", 2), \"a😀\".endsWith(\"a\", 1), \"aaa\".lastIndexOf(\"a\", -5), \"\".lastIndexOf(\"\")]",
      "[\"a,b,,c\".split(\",\"), \"a,b\".split(\",\", -1), \"a,b\".split(\",\", 0), \"\".split(\",\"), \"\".split(\"\"), \"é\".split(\"\", 1)]",
      "[\"aXbX\".replace(\"X\", \"[$&$$$`$'$x$]\"), \"aXbX\".replaceAll(\"X\", \"[$&$`$']\"), \"ab\".replaceAll(\"\", \"-\"), \"x\".replace(\"\", \"$'y\")]",
      "[\"ab\".padStart(7, \"é1\"), \"ab\".padEnd(7, \"\"), \"ab\".padEnd(1), \"\\u00a0\\ufeff a \\n\".trim(), \"  a\".trimStart(), \"a  \".trimEnd()]",
      "[\"ab\".padStart(Int.MIN), \"ab\".padEnd(Int.MIN, \"x\"), \"ab\".padEnd(-1, \"x\")]",
      "[\"ΑΣ ΑΣΑ Σ\".toLowerCase(), \"ßﬁİ\".toUpperCase(), \"İI\".toLowerCase(), \"ŉ\".repeat(9).toUpperCase()]",
      "[[1, [2, [3, [4]]]].flat(2), [1].flat(0), [[], [[]]].flat(9), [1, 2].flatMap((x) => [[x]]), [].flat()]",
      "[[1, 2, 3].slice(-2), [1, 2, 3].slice(2, 1), [1, 2, 3].toSpliced(-1), [1, 2].toSpliced(0, 9, \"a\"), [1, 2].with(-2, 0), [1, 2].at(-2)]",
      "[[1, 2, 1].indexOf(1, -1), [1, 2, 1].lastIndexOf(1, -2), [1].includes(2), [1, 2].lastIndexOf(1, -3), [[1]].indexOf([1], -9)]",
      "[[3, 1, 2].toSorted((a, b) => b - a), [\"b\", \"a\", \"é\", \"😀\", \"\\uffff\"].toSorted(), [].toSorted(), [1].toSorted((a) => a)]",
      "[5, 4, 3, 2, 1, 6, 7].toSorted((a, b) => a % 2 - b % 2)",
      "[Array.from(\"a😀\", (c, i) => c + String(i)), Array.from(Map.of([[1, 2], [\"a\", 3]])), Array.from({length: 2}).length, Array.from([1], String)]",
      "[[1, 2].every((x) => x > 1), [1, 2].some((x) => x > 1), [1, 2].findIndex((x) => x > 1), [1, 2].findLastIndex((x) => x > 5), Array.find([1], (x) => x > 0)]",
      "[[1, 2, 3].reduce((a, x, i) => a + x * i), [1, 2].reduceRight((a, x) => [a, x], 0), [1].reduce((a) => a), [].reduce((a) => a, 7)]",
      "[Object.entries({b: 1, a: 2, c: [3]}), Object.keys({}), Object.get({a: 1}, \"b\"), Object.hasOwn({a: 1}, \"a\"), Object.fromEntries([[\"x\", 1], [\"x\", 2]])]",
      "({...{a: 1, b: 2}, b: 3, [\"c\"]: 4, ...{a: 5}})",
      "const {a, [\"b\"]: b, ...rest} = {a: 1, b: 2, c: 3, d: 4}; rest",
      "[Int.parse(\"-0\"), Int.parse(\"9223372036854775808\"), Int.parse(\"-9223372036854775808\"), Int.parse(\"1.0\"), Int.parse(\"\"), Int.parse(\"-\")]",
      "[Math.max(Decimal(\"1.5\"), Decimal(\"2\")), Math.min(3, 1, 2), Math.sign(Decimal(\"-2\")), Math.abs(-5), Math.sign(0)]",
      "[Decimal(\"1\") / Decimal(\"3\"), Decimal(\"2\") / Decimal(\"3\"), Decimal(\"1\") / Decimal(\"7000000000000000000000000000000000\"), Decimal(\"-0.5\") * Decimal(\"0.5\")]",
      "[Decimal(\"9999999999999999999999999999999999\") + Decimal(\"0.4\"), Decimal(\"0.0000000000000000000000000001\") * Decimal(\"0.5\")]",
      "[Decimal.add(Decimal(\"9999999999999999999999999999999999\"), Decimal(\"0.5\")), Decimal.div(Decimal(\"1\"), Decimal(\"0\")), Decimal.sub(Decimal(\"1\"), Decimal(\"1.0\"))]",
      "[Decimal.round(Decimal(\"2.5\"), 0), Decimal.round(Decimal(\"-0.05\"), 1), Decimal.toInt(Decimal(\"100\")), Decimal.toString(Decimal(\"0.10\")), Decimal.compare(Decimal(\"1\"), Decimal(\"1.1\"))]",
      "[Decimal.parse(\"00\"), Decimal.parse(\"-0.0\"), Decimal.parse(\"1e5\"), Decimal.parse(\"0.00000000000000000000000000001\"), Decimal.from(-7)]",
      "Map.entries(Map.set(Map.delete(Map.of([[1, \"a\"], [\"1\", \"b\"], [[1], \"c\"], [{k: 1}, \"d\"], [true, \"e\"], [Decimal(\"1\"), \"f\"]]), 1), [2], \"g\"))",
      "Map.of([[1, 2], [2, 3]]) === Map.of([[2, 3], [1, 2]]) && Map.of([[\"x\".repeat(200), 1]]) === Map.of([[\"x\".repeat(200), 2]])",
      "[Map.keys(Map.of([[\"b\", 1], [\"a\", 2]])), Map.has(Map.of([[[1, [2]], 1]]), [1, [2]]), Map.size(Map.empty), Map.get(Map.of([[0, 1]]), 0)]",
      "[Hash.cbor([1, -1, 24, 256, 65536, 4294967296, \"é\", true, Decimal(\"1.5\"), Decimal(\"-100\"), Decimal(\"0\"), {bb: 1, a: 2}, Map.of([[1, 2]])])]",
      "[Hash.cbor(Decimal(\"1234567890123456789012345678901234\")), Hash.cbor(Decimal(\"-18446744073709551616\")), Hash.cbor(Decimal(\"18446744073709551616\"))]",
      "[Hash.fnv1a({a: [1]}), Hash.sha256(\"abc\".repeat(40)), Text.sha256(\"\"), Text.hmacSha256(\"k\".repeat(65), \"é\"), Text.hmacSha256(\"\", \"\")]",
      "[\"\", \"f\", \"fo\", \"foo\", \"é😀\"].map((s) => [Text.base64Encode(s), Text.base64UrlEncode(s), Text.base64Decode(Text.base64Encode(s))])",
      "[\"Zg\", \"Zg=\", \"Zg==\", \"Zh==\", \"Z===\", \"=\", \"Zm9=\", \"Zm9v\\n\", \"/w==\", \"4pyT4p\", \"w6k=\", \"qqo=\"].map(Text.base64Decode)",
      "[\"Zg\", \"Zg==\", \"_-8\", \"w6k\", \"A\", \"AA+A\"].map(Text.base64UrlDecode)",
      "[\"%\", \"%4\", \"%zz\", \"a%20b\", \"%C3%A9\", \"%C3\", \"é%\", \"%f0%9f%98%80\", \"%ed%a0%80\"].map(Text.urlDecode)",
      "Text.urlEncode(\"a b/é😀-_.!~*'()\")",
      "[String(-5), String(Decimal(\"1.0\")), String(false), String.fromCodePoint(), String.fromCodePoint(128512, 65, 55357, 56832)]",
      "[[1, true, Decimal(\"1.5\"), \"a\"].join(), [].join(\"x\"), [1, 2].join(\"--\"), [\"x\".repeat(70), \"y\"].join(\"z\")]",
      "JSON.stringify({b: [1, {c: \"\\u0001\\\"\\\\\\n\"}], a: Decimal(\"-0.5\"), m: Map.of([[\"k\", 1]])})",
      "JSON.parse(JSON.stringify(JSON.stringify([1])))",
      "[Option.unwrapOr(None, 1), Option.isSome(Some(1)), Result.isOk(Err(1)), Result.mapErr(Err(1), (x) => x + 1), Result.map(Err(1), (x) => x), Option.map(None, (x) => x)]",
      "[Some(1) === Some(1), {a: 1, b: [2]} === {b: [2], a: 1}, {a: 1} === {b: 1}, [1, [2, 3]] === [1, [2, 4]], JSON.parse(\"null\").Ok === JSON.parse(\"null\").Ok]",
    ])
  func theyAgreeOnTheCornersOfTheLibrary(program: String) throws { try expectAgreementAtEveryLimit(program) }

  /// Keys cost gas only where Records are merged.
  @Test func theyAgreeOnRecordLiteralsOfAnySize() throws {
    let fields = (0..<70).map { "aLongName_\($0): \($0)" }.joined(separator: ", ")
    try expectAgreementAtEveryLimit("Object.keys({\(fields)}).length")
    try expectAgreementAtEveryLimit("const r = {x: 1}; Object.keys({\(fields), ...r, [\"y\"]: 2}).length")
  }

  /// Requests that are JSON, and others.
  @Test(
    arguments: [
      "{}", "[]", "null", "true", "0", "-0", "-0.0", "1.50", "1e2", "1E+2", "1e-2", "9223372036854775807",
      "9223372036854775808", "1e400",
      "0.00000000000000000000000000001", "1e-99999999999999999999", "0e99999999999999999999",
      "12345678901234567890123456789012345",
      "\"\\ud83d\\ude00\\u0041\\/\\b\"", " [ 1 , { \"a\" : [ ] } ] ", "", " ", "[", "[1", "[1,", "[1,]", "[,", "[1 2]",
      "{", "{\"a\"", "{\"a\":", "{\"a\":1",
      "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2} ",
      "[{\"b\":{\"a\":1,\"a\":2},\"b\":1}", "{\"a\":1,\"a\":2}x", "tru", "nul", "falsy", "truex",
      "01", "-", "+1", "1.", ".5", "1e", "1e+", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud83d\"",
      "\"\\ude00\"", "\"\\ud83d\\u0041\"", "\"\\ud83d\\u00\"", "\"\\ud83d\\n\"",
      "\"\u{1}\"", "\"\t\"", "[1] 2", "\u{feff}1", "\"é😀\"", "[[[[[[[[[[1]]]]]]]]]]",
    ])
  func theyAgreeOnRequests(request: String) throws {
    let agreement = try Agreement("export default function (request) { return [request, JSON.kind(request)]; }")
    #expect(agreement.differenceAtAnyLimit(request: request, budgets: AgreementTests.budgets) == nil)
    let parse = try Agreement(
      "export default (request) => JSON.parse(request);".replacing("(request) =>", with: "function (request) { return")
        + " }")
    let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    #expect(parse.difference(request: text, budgets: AgreementTests.budgets) == nil)
  }

  @Test(
    arguments: [
      "const f = (n) => 1 + f(n + 1); f(0)",
      "const f = (a, b, ...c) => { const [d, e] = [a, b]; return [f(d, e)]; }; f(0, 1)",
      "const f = (n) => [n].map((x) => f(x + 1)); f(0)", "const f = (n) => Option.map(Some(n), f); f(0)",
      "const f = (a, b) => [2, 1].toSorted(f)[0]; f(1, 2)",
      "const f = (m) => \"x\".replaceAll(\"x\", f); f(\"\")", "const f = (acc, x) => [1, 2].reduce(f, acc); f(0, 0)",
      "const f = (n) => f(n + 1) + f(n); f(0)",
      "const f = function g({a}) { const x = a; return [g({a: x + 1})]; }; f({a: 1})",
      "const f = (x) => [[x]].flatMap(([y]) => f(y)); f(1)",
      "JSON.parse(\"[\".repeat(2000))", "JSON.parse(\"{\\\"a\\\":\".repeat(2000))",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, [x]); nest(2000, 1) === nest(2000, 1)",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, [x]); nest(2000, 1)",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, {a: x}); Hash.cbor(nest(2000, 1))",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, {a: x}); throw nest(2000, 1)",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, () => x); nest(2000, 1) === nest(2000, 1)",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, Map.of([[\"a\", x]])); JSON.stringify(nest(2000, 1))",
    ])
  func theyAgreeOnWhereTheStackEnds(program: String) throws {
    let agreement = try Agreement(program)
    for words in 300...420 {
      #expect(agreement.difference(budgets: .init(stackWords: words, heapBytes: 1 << 20)) == nil, "\(words) words")
    }
  }

  @Test(
    arguments: [
      "const f = (n) => 1 + f(n + 1); f(0)", "const f = (n) => [n].map((x) => f(x + 1)); f(0)",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, [x]); nest(100000, 1) === nest(100000, 1)",
      "const nest = (n, x) => n === 0 ? x : nest(n - 1, [x]); JSON.stringify(nest(100000, 1)).length",
    ])
  func theyAgreeOnTheDeepestRecursion(program: String) throws { #expect(try Agreement(program).difference() == nil) }

  @Test(
    arguments: [
      "return Log.info(\"a\");", "return Log.info(1);", "return Log.info();",
      "return [Log.warn(\"a\", {b: [1, \"é\"]}), request];",
      "return HttpOut.get(\"x\", {}).Ok;", "return Clock.now().Ok + 1;", "return Random.int(...[1, 2]);",
      "return Log.info((x) => x);",
      "return Log.info(\"a\", [(x) => x]);", "return DbRead.query(\"q\", [request]);", "return Uuid.v4();",
      "return [1, 2].map((x) => Random.bytes(x));",
      "return Async.await(\"h\", 1, {effect: \"HttpOut.get\", args: []});",
      "return Async.await(\"h\", 1, {effect: 1});", "return Async.await(\"h\", 1, {});",
      "return Async.await(\"h\", 1);", "return Async.await(\"h\", 1, {effect: \"No.such\", args: []});",
    ])
  func theyAgreeOnCallsOfEffects(body: String) throws {
    // The CBOR of {"Ok": [1.5, {"k": "v"}]}, of 2^64 in an Ok, bytes that are not canonical, and refusals.
    let replies: [String: EffectReply] = [
      "Log.info": .result([0xa1, 0x62, 0x4f, 0x6b, 0x82, 0xc4, 0x82, 0x20, 0x0f, 0xa1, 0x61, 0x6b, 0x61, 0x76]),
      "HttpOut.get": .result([0xa1, 0x62, 0x4f, 0x6b, 0xc4, 0x82, 0x00, 0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
      "Clock.now": .result([0xa1, 0x62, 0x4f, 0x6b, 0x18, 0x7b]), "Log.warn": .result([0x18, 0x01]),
      "Random.int": .invalidArgument,
      "Uuid.v4": .continuationMismatch, "Async.await": .result([0xd9, 0x01, 0x03, 0xa1, 0x01, 0xf5]),
      "Random.bytes": .result([0xf6]),
    ]
    let agreement = try Agreement("export default function (request) { \(body) }") { name, arguments in
      // The reply contains the arguments, so it shows whether the host gets the same bytes.
      name == "DbRead.query" ? .result([0x82] + arguments + arguments) : replies[name] ?? .notGranted
    }
    #expect(agreement.differenceAtAnyLimit(request: "[1,{\"a\":2.5}]", budgets: AgreementTests.budgets) == nil)
    let early = try Agreement("const a = Clock.now(); export default function (request) { return a; }") { _, _ in
      .result([0xf6])
    }
    #expect(early.differenceAtAnyLimit(budgets: AgreementTests.budgets) == nil)
  }

  @Test func theyAgreeOnTheExamples() throws {
    let root = Repository.url("examples")
    let manager = FileManager.default
    for folder in try manager.contentsOfDirectory(at: root, includingPropertiesForKeys: nil) {
      let names = (manager.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(".js") || $0.hasSuffix(".json") }
      if names.isEmpty { continue }
      var files: [String: String] = [:]
      for name in names { files[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8) }
      let agreement = try Agreement(files, entry: "handler.js")
      for (name, text) in files where name.hasSuffix(".json") && !name.hasSuffix(".expected.json") {
        #expect(agreement.difference(request: text) == nil, "\(folder.lastPathComponent)/\(name)")
        #expect(agreement.difference(request: text, gasLimit: 1000) == nil, "\(folder.lastPathComponent)/\(name)")
      }
    }
  }
}
