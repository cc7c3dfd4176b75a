import TestSupport
import Testing

/// The two laws of printing and parsing, on random values of every kind:
///
/// - print(parse(print(v))) = print(v), for every value that can be printed.
/// - parse(print(v)) = v, except that a Decimal without a fraction comes back as an Int, and a Map as a Record.
@Suite struct JSONLawTests {
  /// Functions that check the laws: `isPrintable` says whether a value can be printed, `plain` replaces values that
  /// come back as something else, and `holds` checks both laws.
  static let prelude = """
    \(SampleValue.prelude)
    const isPrintable = (v) => {
      switch (JSON.kind(v)) {
        case "Array": return v.every(isPrintable);
        case "Record": return Object.values(v).every(isPrintable);
        case "Map": return Map.keys(v).every((key) => JSON.kind(key) === "String") && Map.values(v).every(isPrintable);
        default: return true;
      }
    };
    const fields = (entries) => Object.fromEntries(entries.map(([key, v]) => [key, plain(v)]));
    const plain = (v) => {
      switch (JSON.kind(v)) {
        case "Decimal": return Option.unwrapOr(Decimal.toInt(v), v);
        case "Array": return v.map(plain);
        case "Record": return fields(Object.entries(v));
        case "Map": return fields(Map.entries(v));
        default: return v;
      }
    };
    const holds = (v) => {
      const text = JSON.stringify(v);
      const {Ok: again} = JSON.parse(text);
      return JSON.stringify(again) === text && again === plain(v) && Hash.cbor(again) === Hash.cbor(plain(v));
    };

    """

  /// The number of values for which the laws hold, and the number of values that can't be printed.
  private func counts(of values: [String]) throws -> [Int] {
    let source = """
      \(JSONLawTests.prelude)
      const values = [\(values.joined(separator: ",\n"))];
      const printable = values.filter(isPrintable);
      if (!printable.every(holds)) { throw Array.find(printable, (v) => !holds(v)); }
      `${printable.length} ${values.length - printable.length}`
      """
    let body = try Guest.run(source, budgets: MachineBudgets.medium).body
    let counts = body.trimmingQuotes.split(separator: " ").compactMap { Int($0) }
    #expect(counts.count == 2 && counts.reduce(0, +) == values.count, "\(body)")
    return counts
  }

  @Test func randomValuesObeyBothLaws() throws {
    var random = Expressions(seed: 91)
    var printable = 0
    for _ in 0..<80 {
      let values = (0..<40).map { _ in random.value().guest }
      printable += try counts(of: values).first ?? 0
    }
    #expect(printable > 2500)
  }

  /// Values at the limits of 64 bits, of 34 digits and of 28 places, and characters that need escaping.
  @Test func valuesAtTheEdgesObeyBothLaws() throws {
    let values = [
      "9223372036854775807", "-9223372036854775808", "Decimal('9223372036854775807')", "Decimal('9223372036854775808')",
      "Decimal('-9223372036854775808')", "Decimal('-9223372036854775809')", "Decimal('0')", "Decimal('1.0')",
      "Decimal('9999999999999999999999999999999999')", "Decimal('-0.0000000000000000000000000001')",
      "Decimal('999999.9999999999999999999999999999')", "''", "'\\u0000\\u001f\\u007f\\u0080'",
      "'\\u2028\\u2029\\ufeff'",
      "'\\u{1f600}\\ufffd\\uffff\\u{10ffff}'", "'\\\\\\\\\"\\\\/'", "'\\\\ud800'", "nothing", "[nothing]", "({})", "[]",
      "Map.empty",
      "({'': ''})", "({['__proto__']: {constructor: 1}})", "Map.of([['b', Map.of([['a', Decimal('2')]])]])",
      "[[[[Decimal('1.50')]]]]", "[true, false, nothing, -1, '-1']",
    ]
    #expect(try counts(of: values) == [values.count, 0])
  }

  /// A number can be written in many ways. All of them become the same value with the same text.
  @Test(arguments: [
    ("1.0", "1"), ("1e0", "1"), ("-0", "0"), ("-0.0", "0"), ("0e99", "0"), ("10E-1", "1"), ("1.50", "1.5"),
    ("1e2", "100"), ("-1.25e1", "-12.5"), ("9223372036854775808", "9223372036854775808"),
    ("0.1e-27", "0.0000000000000000000000000001"), (#""\u0041\/\u00e9""#, "\"A/é\""),
    (" [ 1 , { \"a\" : null } ] ", #"[1,{"a":null}]"#),
  ])
  func everyValueHasOneText(text: String, canonical: String) throws {
    let source = """
      const text = \(Expressions.literal(text));
      const once = JSON.stringify(JSON.parse(text).Ok);
      if (JSON.stringify(JSON.parse(once).Ok) !== once) { throw once; }
      JSON.parse(once).Ok
      """
    #expect(try Guest.body(source) == canonical)
  }
}

extension String {
  /// A String printed as JSON, without its quotes. It must contain no escapes.
  fileprivate var trimmingQuotes: Substring { dropFirst().dropLast() }
}
