// Expressions that end the run, one for each error, or have a kind other than the requested one.
extension RandomPrograms {
  /// A fault in a place where this kind was requested.
  mutating func fault(_ kind: Kind, _ depth: Int) -> Fragment {
    if chance(35) { return ("(\(expression(anyKind(1), depth)))" as Fragment).labelled("another kind") }
    let fault = random.pick(RandomPrograms.faults)
    switch fault {
    case "throw": return ("(() => { throw \(expression(anyKind(1), depth)); })()" as Fragment).labelled("throw")
    case "field": return ("\(expression(.record([.init(name: "a", kind: .int)]), depth)).none" as Fragment)
    case "method": return "\(expression(.array(.int), depth)).push(\(expression(.int, depth)))"
    case "deep":
      return ("Array.from({length: 700}).reduce((deep) => [deep], \(expression(.int, depth)))" as Fragment)
        .labelled("deep value")
    default: return Fragment(stringLiteral: "(\(fault))").labelled("fault")
    }
  }

  private static let faults = [
    "throw", "throw", "field", "field", "method", "deep",
    // undefined, where something else is required, and where it selects a default
    "(() => { return; })()", "[1].forEach((x) => x)", "((x, y = 7) => y)(1, (() => {})())",
    "[1, 2][2]", "[].at(0)", "'ab'[5]", "[1][-1]", "'abc'.at(-4)", "[1, 2].with(2, 0)",
    "[5][0](1)", "({f: 5}).f(1)", "((x) => x)()", "((x) => x)(1, 2)", "String()", "'a'.slice(1, 2, 3)",
    "(() => { const f = () => z; const y = f(); const z = 1; return y; })()",
    "JSON.stringify((x) => x)", "JSON.stringify([(() => {})()])",
    "'💩'.slice(0, 1)", "'a💩'[1]", "'💩'.split('')", "String.fromCodePoint(0xd83d)",
    "'x'.repeat(-1)", "[].reduce((a, b) => a)", "Object.fromEntries([['a']])", "String.fromCodePoint(-1)",
    "Int.MAX + 1", "-Int.MIN", "Int.MIN - 1", "Int.MAX * 2", "Int.MIN / -1", "Math.abs(Int.MIN)", "1 / 0", "1 % 0",
    "1 < 'a'", "'a' + 1", "!0", "1 && true", "[...5]", "({...[1]})", "`${[1]}`", "[[1]].join()",
    // endless, until the gas or the stack is exhausted
    "(function f(n) { return f(n + 1); })(0)", "(function f(n) { return 1 + f(n + 1); })(0)",
    "(function f(n) { return [n].map((m) => f(m + 1)); })(0)",
    "Map.set(Map.empty, (x) => x, 1)", "Map.get(Map.empty, [String])", "Map.has(Map.empty, (() => {})())",
    "Map.of([[1]])", "Map.of([1])", "Hash.cbor((x) => x)", "Hash.sha256([(() => {})()])",
    "JSON.stringify(Map.of([[1, 2]]))", "Decimal('1') / Decimal('0')", "Decimal('x')",
    "Decimal.round(Decimal('1'), 29)",
    "Decimal('9'.repeat(34)) * Decimal('9')", "Decimal('1') + 1", "Decimal.from('1.')",
  ]
}
