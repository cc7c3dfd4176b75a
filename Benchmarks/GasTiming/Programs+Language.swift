extension AdversaryProgram {
  private static func names(_ count: Int) -> String { (0..<count).map { "v\($0)" }.joined(separator: ", ") }

  /// Calls, frames, operators, patterns, equality, and work for the collector.
  static let language = constructs + garbage

  private static let constructs = [
    AdversaryProgram("call and return", "g()", setup: "const g = () => 1;"),
    AdversaryProgram(
      "call with 8 arguments", "g(1, 2, 3, 4, 5, 6, 7, 8)", setup: "const g = (a, b, c, d, e, f, g, h) => a;"),
    AdversaryProgram(
      "tail call with 8 arguments",
      source: "const f = (a, b, c, d, e, f0, g, h) => f(b, c, d, e, f0, g, h, a);\nf(1, 2, 3, 4, 5, 6, 7, 8)"),
    AdversaryProgram(
      "frame of 1000 registers", "g(true)",
      setup:
        "const g = (stop) => { if (stop) { return 1; } "
        + "\((0..<900).map { "const v\($0) = stop;" }.joined(separator: " ")) return v0; };"
    ),
    AdversaryProgram("closure", "() => f"),
    AdversaryProgram(
      "closure of 60 captures", "g()",
      setup: {
        let names = (0..<60).map { "v\($0)" }
        let declarations = names.map { "const \($0) = 1;" }.joined(separator: " ")
        return
          "const make = () => { \(declarations) return () => () => [\(names.joined(separator: ", "))]; };\nconst "
          + "g = make();"
      }()),
    AdversaryProgram("call through another name", "m(1)", setup: "const m = Math.abs;"),
    AdversaryProgram("rest parameter", "g()", setup: "const g = (...xs) => xs;"),
    AdversaryProgram("rest parameter of 8", "g(1, 1, 1, 1, 1, 1, 1, 1)", setup: "const g = (...xs) => xs;"),
    AdversaryProgram(
      "call with spread of 1000", "g(...xs)", setup: "const xs = Array.from({length: 1000});\nconst g = (...ys) => 1;"),
    AdversaryProgram("call with a default", "g()", setup: "const g = (a = 1) => a;"),
    AdversaryProgram("deep recursion", source: "const g = () => 1 + g();\ng()"),
    AdversaryProgram("deep recursion through map", source: "const g = () => [1].map(g);\ng()"),
    AdversaryProgram("division", "x / y", setup: "const x = 9223372036854775807;\nconst y = 3;"),
    AdversaryProgram("remainder", "x % y", setup: "const x = 4611686018427387903;\nconst y = 3;"),
    AdversaryProgram("boxed integers", "-x", setup: "const x = 9223372036854775807;"),
    AdversaryProgram("boxed product", "x * y", setup: "const x = 4611686018427387904;\nconst y = 1;"),
    AdversaryProgram("not", "!x", setup: "const x = true;"),
    AdversaryProgram("conditional", "x ? 1 : 1", setup: "const x = true;"),
    AdversaryProgram(
      "switch of 20 strings",
      """
      switch (x) { \((0..<20).map { "case 'abcdefg\($0 + 10)': return 1;" }.joined(separator: " ")) }
      """, setup: "const x = 'abcdefg99';"),
    AdversaryProgram("array pattern", "const [a, b, c] = xs", setup: "const xs = [1, 2, 3];"),
    AdversaryProgram("array pattern with rest", "const [...a] = xs", setup: "const xs = [1, 2, 3, 4, 5, 6, 7, 8];"),
    AdversaryProgram("record pattern", "const {a, b} = r", setup: "const r = {a: 1, b: 2};"),
    AdversaryProgram(
      "record pattern with rest", "const {a, ...b} = r",
      setup: "const r = {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8};"),
    AdversaryProgram(
      "record pattern with rest of 100 in 100",
      "const {\((0..<100).map { "k\($0): v\($0)" }.joined(separator: ", ")), ...b} = r",
      setup: "const r = {\((0..<100).map { "k\($0): \($0)" }.joined(separator: ", "))};"),
    AdversaryProgram(
      "record pattern with rest of few in many",
      "const {'k1': a, 'k2': b, 'k3': c, 'k4': d, 'k5': e, 'k6': g, 'k7': h, ...i} = r",
      setup: "const r = {\((0..<800).map { "k\($0): \($0)" }.joined(separator: ", "))};"),
    AdversaryProgram(
      "field of a record of 16", "r.p",
      setup:
        "const r = {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, n: 1, o: 1, p: 1};"),
    AdversaryProgram(
      "field of a record of 900", "r.k77",
      setup: "const r = {\((0..<900).map { "k\($0): \($0)" }.joined(separator: ", "))};"),
    AdversaryProgram(
      "field by a long computed key", "r['x'.repeat(100000)]", setup: "const r = {['x'.repeat(100000)]: 1};"),
    AdversaryProgram(
      "field by a long key, compared", "r[k]",
      setup: "const k = 'x'.repeat(100000);\nconst r = {['x'.repeat(100000)]: 1};"),
    AdversaryProgram(
      "equality of integers in arrays", "a === b",
      setup: "const a = Array.from({length: 10000});\nconst b = Array.from({length: 10000});"),
    AdversaryProgram(
      "equality of strings in arrays", "a === b",
      setup:
        "const t = () => Array.from({length: 10000}, (x, i) => `abcdefghijklmnopqrstuvwxyz${10000 + i}`);\nconst "
        + "a = t();\nconst b = t();"
    ),
    AdversaryProgram(
      "equality of nested arrays", "a === b",
      setup: "const g = (n, x) => n === 0 ? x : g(n - 1, [x]);\nconst a = g(5000, 1);\nconst b = g(5000, 1);"),
    AdversaryProgram(
      "equality of records", "a === b",
      setup: "const a = Array.from({length: 3000}, (x, i) => ({a: i}));\nconst b = JSON.parse(JSON.stringify(a)).Ok;"),
    AdversaryProgram(
      "equality of long keys", "a === b",
      setup: "const t = () => Array.from({length: 300}, () => ({['k'.repeat(63)]: 1}));\nconst a = t();\nconst b = t();"
    ),
    AdversaryProgram(
      "equality of closures", "a === b",
      setup: "const g = (n, x) => n === 0 ? x : g(n - 1, () => x);\nconst a = g(3000, 1);\nconst b = g(3000, 1);"),
    AdversaryProgram(
      "equality of decimals", "a === b",
      setup: "const t = () => Array.from({length: 3000}, () => Decimal('1.5'));\nconst a = t();\nconst b = t();"),
    AdversaryProgram("equality of two small arrays", "a === b", setup: "const a = [1];\nconst b = [1];"),
    AdversaryProgram("short-lived arrays", "[x]", setup: "const x = 1;"),
    AdversaryProgram("short-lived empty arrays", "[]"),
    AdversaryProgram("short-lived records", "({})"),
  ]
}
