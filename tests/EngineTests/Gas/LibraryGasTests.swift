import TestSupport
import Testing

/// The bulk in the library reference, for each built-in that has any. The sums are calculated by hand from its lines of
/// gas. See also `BuiltinGasTests`.
@Suite struct LibraryGasTests {
  /// Gas of the expression `'x'.repeat(n)`.
  private static func text(_ bytes: Int) -> Int { 1 + 1 + 3 + max(0, (bytes + 31) / 32 - 1) }

  /// Gas of the expression `Array.from({length: n})`.
  private static func array(_ count: Int) -> Int { 1 + 5 + 5 + max(0, (count + 3) / 4 - 1) }

  /// A Record of nine fields, and its gas.
  private static let nineFields = ("{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1}", 9 + 5 + 2)

  /// A function expression, and a call of a function whose body is a literal.
  private static let (function, call) = (10, 5 + 1 + 3)

  /// A Map of nine pairs, and its gas.
  private static let ninePairs = (
    "Map.of(Array.from({length: 9}, (x, i) => [i, i]))",
    (1 + 5) + function + 5 + 2 + 9 * (5 + 2 + 5 + 3) + (5 + 17 + 8 + 9 * 7)
  )

  static let strings: [(String, Int)] = [
    ("'abc'.length", 1 + 3),
    ("'x'.repeat(64).concat('x'.repeat(64), 'y')", 2 * text(64) + 1 + 3 + 4),
    ("'x'.repeat(640).endsWith('x')", text(640) + 1 + 6 + 39),
    ("'x'.repeat(640).startsWith('y')", text(640) + 1 + 6 + 39),
    ("'x'.repeat(640).includes('x')", text(640) + 1 + 6 + 39),
    ("'x'.repeat(640).lastIndexOf('x')", text(640) + 1 + 6 + 79),
    // 100 characters of two bytes.
    ("'é'.padEnd(100, 'é')", 3 + 3 + 6),
    // There is nothing to pad, so the result is the String itself.
    ("'x'.repeat(640).padStart(1)", text(640) + 1 + 3 + 19),
    ("'x'.repeat(640).slice(600)", text(640) + 1 + 4 + 1),
    ("'é'.repeat(320).slice(310)", text(640) + 1 + 4 + 19),
    ("'é'.repeat(320).slice(0, 10)", text(640) + 2 + 4),
    ("'é'.repeat(320).slice(300, 300)", text(640) + 2 + 4),
    ("'é'.repeat(320).substring(320, 319)", text(640) + 2 + 4 + 19),
    ("'é'.repeat(320).at(-1)", text(640) + 2 + 2 + 19),
    ("'é'.repeat(320).codePointAt(319)", text(640) + 1 + 2 + 19),
    ("'é'.repeat(320).charCodeAt(319)", text(640) + 1 + 2 + 19),
    ("'x'.repeat(640).trim()", text(640) + 4 + 39),
    ("'x'.repeat(640).trimStart()", text(640) + 4 + 39),
    ("'x'.repeat(640).trimEnd()", text(640) + 4 + 39),
    ("'X'.repeat(640).toLowerCase()", text(640) + 5 + 79),
    ("'a,'.repeat(64).split(',', 2)", text(128) + 2 + 10 + 7 + 1),
    ("'ab'.repeat(64).replace('a', 'x'.repeat(640))", text(128) + 1 + text(640) + 8 + 47 + 47),
    ("'ab'.repeat(64).replace('c', 'd')", text(128) + 2 + 8 + 8),
    ("'aa'.replaceAll('a', () => 'b')", 2 + function + 8 + 1 + 2 * call),
    ("String('x'.repeat(640))", text(640) + 5 + 19),
    ("String.fromCodePoint(65, 66, 0x1f600)", 3 + 3 + 1),
    ("Int.parse('x'.repeat(640))", text(640) + 5 + 39),
    ("JSON.parse('x'.repeat(80))", text(80) + 20 + 79),
    // The JSON has two quotes, and the CBOR has two bytes before those of the String.
    ("JSON.stringify('x'.repeat(78))", text(78) + 15 + 9),
    ("Hash.cbor('x'.repeat(78))", text(78) + 15 + 9),
    ("Hash.fnv1a('x'.repeat(78))", text(78) + 15 + 9),
    ("Hash.sha256('x'.repeat(78))", text(78) + 50 + 9 + 19),
    ("Text.sha256('x'.repeat(64))", text(64) + 50 + 15),
    ("Text.hmacSha256('x'.repeat(32), 'x'.repeat(32))", 2 * text(32) + 60 + 15),
    ("Text.base64Encode('x'.repeat(64))", text(64) + 5 + 15),
    ("Text.base64Decode('x'.repeat(64))", text(64) + 5 + 15),
    ("Text.base64UrlEncode('x'.repeat(64))", text(64) + 5 + 15),
    ("Text.base64UrlDecode('x'.repeat(64))", text(64) + 5 + 15),
    ("Text.urlEncode('x'.repeat(64))", text(64) + 5 + 15),
    ("Text.urlDecode('x'.repeat(64))", text(64) + 5 + 15),
    ("Decimal('1'.repeat(34))", text(34) + 5 + 2),
    ("Decimal.parse('1'.repeat(640))", text(640) + 5 + 39),
    ("Decimal.from('1')", 1 + 5), ("Decimal.from(1)", 1 + 5),
  ]

  static let collections: [(String, Int)] = [
    ("[].length", 5 + 3),
    ("Array.from({length: 80}).concat(1)", array(80) + 1 + 5 + 20),
    ("Array.from({length: 80}).flat()", array(80) + 5 + 159),
    ("[Array.from({length: 80})].flat()", array(80) + 5 + 5 + 1 + 20),
    ("[[Array.from({length: 80})]].flat(9)", array(80) + 5 + 5 + 5 + 1 + 1 + 1 + 1 + 20 + 159),
    ("Array.from({length: 16}).flatMap(() => 1)", array(16) + function + 5 + 3 + 16 * call + 3),
    ("Array.from({length: 16}).filter(() => false)", array(16) + function + 5 + 3 + 16 * call),
    ("Array.from({length: 16}).map(() => 1)", array(16) + function + 5 + 3 + 16 * call),
    ("Array.from({length: 16}).every(() => true)", array(16) + function + 2 + 16 * call),
    ("Array.from({length: 16}).some(() => true)", array(16) + function + 2 + call),
    ("Array.from({length: 80}).slice(8)", array(80) + 1 + 5 + 17),
    ("Array.from({length: 80}).toSpliced(0, 8)", array(80) + 2 + 8 + 17),
    ("Array.from({length: 80}).with(0, 1)", array(80) + 2 + 8 + 19),
    ("Array.from({length: 80}).toReversed()", array(80) + 3 + 19),
    ("Array.from({length: 80}).lastIndexOf(1)", array(80) + 1 + 2 + 39),
    // Reading one element, 2 units without the first; and four pairs at 2 each, of which the first one is free.
    ("[[1, 2, 3]].includes([1, 2, 3])", (8 + 5) + 8 + 2 + 1 + 6),
    ("['x'.repeat(64), 'y'].join()", text(64) + 1 + 5 + 6 + 3 + 4),
    ("Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9).join()", (9 + 5 + 2) + 6 + 17 + 1),
    ("[5].toSorted(() => 0)", (1 + 5) + function + 20),
    // Two comparisons of three elements: the first two, then the smaller one and the third, which is smallest.
    ("[2, 3, 1].toSorted((a, b) => a - b)", (3 + 5) + function + 20 + 2 * (5 + 1 + 1 + 2 + 3)),
    ("Array.from('x'.repeat(80))", text(80) + 5 + 39),
    ("Array.from({length: 16}, () => 1)", (1 + 5) + function + 5 + 3 + 16 * call),
    ("Object.keys(\(nineFields.0))", nineFields.1 + 4 + 2),
    ("Object.values(\(nineFields.0))", nineFields.1 + 4 + 2),
    ("Object.entries(\(nineFields.0))", nineFields.1 + 5 + 8),
    ("Object.hasOwn(\(nineFields.0), 'x')", nineFields.1 + 1 + 3 + 3),
    (
      "Object.fromEntries(Array.from({length: 9}, () => ['a', 1]))",
      (1 + 5) + function + 5 + 2 + 9 * (5 + 2 + 5 + 3) + 5 + 17 + 4 + 17 + 1
    ),
    ("Math.min(1, 2, 3, 4, 5, 6, 7, 8, 9)", 9 + 2 + 2 * 7 - 1),
    ("Map.of([['a', 1], ['b', 2], ['c', 3]])", 3 * (2 + 5) + 5 + 5 + 5 + 2 + 3 * 3),
    // The key's CBOR has 10 bytes.
    ("Map.has(Map.empty, 'abcdefghi')", 2 + 3 + 1),
    ("Map.get(Map.empty, 'abcdefghi')", 2 + 3 + 1),
    // A key of three values. Each costs 3, but the first is free.
    ("Map.has(Map.empty, [1, 2])", 1 + (2 + 5) + 3 + 6),
    // A change takes four steps where a search takes one: 4 × 1, the first free.
    ("Map.set(Map.of([[1, 1]]), 1, 1)", ((2 + 5 + 5) + 5 + 1 + 1) + 2 + 5 + 3),
    ("Map.delete(Map.of([[1, 1]]), 1)", ((2 + 5 + 5) + 5 + 1 + 1) + 1 + 5 + 3),
    // Three members to sort, six values and keys beyond the first, 10 bytes.
    ("Hash.cbor({a: 1, b: 2, c: 3})", (3 + 5) + 15 + 5 + 6 * 3 + 1),
    ("Object.get({abcdefghi: 1}, 'abcdefghi')", (1 + 5) + 1 + 3 + 1),
    ("Map.keys(\(ninePairs.0))", ninePairs.1 + 4 + 17 + 2),
    ("Map.values(\(ninePairs.0))", ninePairs.1 + 4 + 17 + 2),
    ("Map.entries(\(ninePairs.0))", ninePairs.1 + 5 + 17 + 8),
  ]

  @Test(arguments: strings + collections) func workCostsWhatTheReferenceSays(expression: String, units: Int) throws {
    let budgets = MachineBudgets.small
    let rest = try Guest.run("1;", budgets: budgets).gas
    #expect(try Guest.run("(\(expression)); 1;", budgets: budgets).gas - rest == units)
  }
}
