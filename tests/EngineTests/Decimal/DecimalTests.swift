import Engine
import TestSupport
import Testing

/// Decimals as programs see them: syntax, text, operators, functions, errors.
@Suite struct DecimalTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("-0.000", "0"), ("1.50", "1.5"), ("-0.01", "-0.01"), ("100", "100"), ("10.0", "10"),
    ("9999999999999999999999999999999999", "9999999999999999999999999999999999"),
    ("999999.9999999999999999999999999999", "999999.9999999999999999999999999999"),
    ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
    ("1." + String(repeating: "0", count: 100), "1"),
    ("1.5" + String(repeating: "0", count: 5000), "1.5"),
    ("1000000000000000000000000000000000.0", "1000000000000000000000000000000000"),
  ])
  func acceptedTextsHaveOneCanonicalForm(text: String, canonical: String) throws {
    let number = try #require(Decimal128(text))
    #expect(number.string == canonical)
    #expect(try Guest.body("`${Decimal('\(text)')}`") == "\"\(canonical)\"")
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "+1", "01", "00", "-01.5", "1e2", "1E2", "1,5", " 1", "1 ", "1_000", "0x10", "--1",
    "1.2.3",
    "NaN", "Infinity", "-Infinity", "1.-5", "\u{661}", "1\\u0000", "1\\n",
    "10000000000000000000000000000000000", "0.00000000000000000000000000001", "1.00000000000000000000000000001",
    "1234567.8901234567890123456789012345", "12345678901234567890123456789012345",
  ])
  func otherTextsAreSyntaxErrors(text: String) throws {
    #expect(try Guest.body("Decimal('\(text)')") == #"{"error":"DecimalSyntax"}"#)
    #expect(try Guest.body("Decimal.from('\(text)')") == #"{"error":"DecimalSyntax"}"#)
    #expect(try Guest.body("Decimal.parse('\(text)')") == #"{"Err":"DecimalSyntax"}"#)
  }

  @Test(arguments: [
    // Operators
    ("Decimal('0.1') + Decimal('0.2') === Decimal('0.3')", "true"),
    ("Decimal('1.5') - Decimal('2')", "-0.5"),
    ("Decimal('1.10') * Decimal('3')", "3.3"),
    ("Decimal('2') / Decimal('3')", "0.6666666666666666666666666667"),
    ("Decimal('2000000') / Decimal('3')", "666666.6666666666666666666666666667"),
    ("-Decimal('1.5')", "-1.5"),
    ("-Decimal('0')", "0"),
    ("Decimal('1') < Decimal('1.0000000000000000000000000001')", "true"),
    (
      "[Decimal('1') <= Decimal('1.0'), Decimal('1') > Decimal('1'), Decimal('-1') >= Decimal('1')]",
      "[true,false,false]"
    ),
    ("Decimal('1.0') === Decimal('1.00')", "true"),
    ("1 === Decimal('1')", "false"),
    ("[Decimal('1'), Decimal('2.50')].includes(Decimal('2.5'))", "true"),
    ("({a: Decimal('1.50')}) === ({a: Decimal('1.5')})", "true"),
    (
      "switch (Decimal('2.0')) { case Decimal('2'): throw 'two'; default: throw 'other'; } 1",
      #"{"error":"Thrown","value":"two"}"#
    ),
    // Errors
    ("Decimal('9999999999999999999999999999999999') + Decimal('0.5')", #"{"error":"DecimalOverflow"}"#),
    ("Decimal('9999999999999999999999999999999999') + Decimal('0.4')", "9999999999999999999999999999999999"),
    ("Decimal('100000000000000000') * Decimal('100000000000000000')", #"{"error":"DecimalOverflow"}"#),
    ("Decimal('1') / Decimal('0')", #"{"error":"DivisionByZero"}"#),
    ("Decimal('0') / Decimal('0')", #"{"error":"DivisionByZero"}"#),
    ("Decimal('1') + 1", #"{"error":"TypeMismatch"}"#),
    ("1 * Decimal('1')", #"{"error":"TypeMismatch"}"#),
    ("Decimal('1') < 2", #"{"error":"TypeMismatch"}"#),
    ("Decimal('1') < '2'", #"{"error":"TypeMismatch"}"#),
    ("Decimal('1') + 'a'", #"{"error":"TypeMismatch"}"#),
    ("Decimal('5') % Decimal('3')", #"{"error":"TypeMismatch"}"#),
    ("Decimal(1)", #"{"error":"TypeMismatch"}"#),
    // Functions
    ("Decimal.add(Decimal('1'), Decimal('2'))", #"{"Ok":3}"#),
    ("Decimal.sub(Decimal('1'), Decimal('2'))", #"{"Ok":-1}"#),
    ("Decimal.mul(Decimal('9999999999999999999999999999999999'), Decimal('2'))", #"{"Err":"Overflow"}"#),
    ("Decimal.div(Decimal('1'), Decimal('0.00'))", #"{"Err":"DivisionByZero"}"#),
    ("Decimal.div(Decimal('1'), Decimal('8'))", #"{"Ok":0.125}"#),
    ("Decimal.parse('12.50')", #"{"Ok":12.5}"#),
    ("[Decimal.from(-5), Decimal.from(Decimal('1.5')), Decimal.from('2.50')]", "[-5,1.5,2.5]"),
    ("Decimal.from(-9223372036854775808)", "-9223372036854775808"),
    ("Decimal.from(true)", #"{"error":"TypeMismatch"}"#),
    ("[Decimal.neg(Decimal('1')), Decimal.abs(Decimal('-1.5')), Decimal.neg(Decimal('0'))]", "[-1,1.5,0]"),
    ("['0.5', '1.5', '2.5', '-0.5', '-2.5', '2.51'].map((x) => Decimal.round(Decimal(x), 0))", "[0,2,2,0,-2,3]"),
    ("Decimal.round(Decimal('9.9999999999999999999999999999'), 27)", "10"),
    ("Decimal.round(Decimal('1.25'), 28)", "1.25"),
    ("Decimal.round(Decimal('1'), 29)", #"{"error":"InvalidArgument"}"#),
    ("Decimal.round(Decimal('1'), -1)", #"{"error":"InvalidArgument"}"#),
    ("Decimal.round(1, -1)", #"{"error":"TypeMismatch"}"#),
    ("['1', '2', '3'].map((x) => Decimal.compare(Decimal('2'), Decimal(x)))", "[1,0,-1]"),
    ("[Decimal.eq(Decimal('2'), Decimal('2.0')), Decimal.lt(Decimal('-2'), Decimal('-1.9'))]", "[true,true]"),
    ("Decimal.toString(Decimal('-1.50'))", #""-1.5""#),
    (
      "['5.0', '5.5', '9223372036854775808', '-9223372036854775808'].map((x) => Decimal.toInt(Decimal(x)))",
      #"[{"Some":5},{"None":{}},{"None":{}},{"Some":-9223372036854775808}]"#
    ),
    ("['1', '2.50'].map(Decimal)", "[1,2.5]"),
    (
      "[Math.abs(Decimal('-1.5')), Math.max(Decimal('1'), Decimal('2.5')), Math.min(Decimal('1'), Decimal('-2.5'))]",
      "[1.5,2.5,-2.5]"
    ),
    ("['-3.5', '0', '7'].map((x) => Math.sign(Decimal(x)))", "[-1,0,1]"),
    ("Math.max(Decimal('1'), 2)", #"{"error":"TypeMismatch"}"#),
    // Text
    ("`${Decimal('1.50')}|${[Decimal('2'), 3].join('+')}|${String(Decimal('-0.10'))}`", #""1.5|2+3|-0.1""#),
    ("JSON.kind(Decimal('1'))", #""Decimal""#),
  ])
  func programsGiveTheExpectedResults(source: String, body: String) throws {
    #expect(try Guest.body(source) == body)
  }

  /// Numbers that have a fraction or an exponent, or exceed 64 bits, become exact Decimals.
  @Test(arguments: [
    ("1.50", "1.5 Decimal"), ("1e2", "100 Decimal"), ("1E+2", "100 Decimal"), ("12.5e-1", "1.25 Decimal"),
    ("-0", "0 Int"), ("-0.0", "0 Decimal"), ("0e99999999999999999999", "0 Decimal"), ("1.0", "1 Decimal"),
    ("9223372036854775807", "9223372036854775807 Int"), ("9223372036854775808", "9223372036854775808 Decimal"),
    ("-9223372036854775808", "-9223372036854775808 Int"),
    ("9999999999999999999999999999999999", "9999999999999999999999999999999999 Decimal"),
    ("1" + String(repeating: "0", count: 60) + "e-40", "100000000000000000000 Decimal"),
    ("0." + String(repeating: "0", count: 60) + "1e40", "0.000000000000000000001 Decimal"),
    ("1e-28", "0.0000000000000000000000000001 Decimal"),
    ("10e-29", "0.0000000000000000000000000001 Decimal"),
  ])
  func jsonNumbersBecomeIntsOrExactDecimals(text: String, expected: String) throws {
    let body = try Guest.body("const x = Result.unwrapOr(JSON.parse('\(text)'), 'none'); `${x} ${JSON.kind(x)}`")
    #expect(body == "\"\(expected)\"")
  }

  @Test(arguments: [
    "1e34", "1e-29", "10000000000000000000000000000000000", "1.00000000000000000000000000001", "1e99999999999999999999",
    "1e-99999999999999999999", "12345678901234567890123456789012345", "1.23456789012345678901234567890123456",
  ])
  func jsonNumbersOutOfRangeAreRefused(text: String) throws {
    #expect(try Guest.body("JSON.parse('[\(text)]').Err.code") == "\"NumberOutOfRange\"")
    #expect(try Guest.body("JSON.parse('[\(text)]').Err.offset") == "1")
  }

  /// `print(parse(print(v))) = print(v)` and `parse(print(v)) = v`, for text, JSON and words.
  @Test func textJSONAndWordsGiveTheNumberBack() throws {
    var samples = DecimalSamples(seed: 22)
    var texts: [String] = []
    for _ in 0..<20_000 {
      let number = try #require(Decimal128(samples.decimal()))
      let text = number.string
      let isKept = Decimal128(text) == number && number.isCanonical
      if !isKept { Issue.record("\(text)") }
      if texts.count < 500 { texts.append(text) }
    }
    let list = "[\(texts.joined(separator: ","))]"
    #expect(try Guest.run("export default function (request) { return request; }", request: list).body == list)
    let strings = "[\(texts.map { "\"\($0)\"" }.joined(separator: ","))]"
    let source = """
      export default function (request) {
        return request.every((text) => {
          const number = Decimal(text);
          const again = JSON.parse(JSON.stringify(number)).Ok;
          return Decimal.from(again) === number && JSON.stringify(again) === text;
        });
      }
      """
    #expect(try Guest.run(source, request: strings).body == "true")
  }

  /// Of all pairs of words that encode a number, exactly one is canonical. Pairs that encode anything else are not.
  @Test func onlyOnePairOfWordsStandsForANumber() throws {
    let bias: UInt64 = 6176
    func words(_ coefficient: UInt64, scale: UInt64, sign: UInt64 = 0) -> Decimal128 {
      Decimal128(low: coefficient, high: sign << 63 | (bias - scale) << 49)
    }
    #expect(words(15, scale: 1).isCanonical)
    #expect(words(15, scale: 1) == Decimal128("1.5"))
    #expect(words(10, scale: 0, sign: 1) == Decimal128("-10"))
    #expect(!words(150, scale: 2).isCanonical)
    #expect(!words(0, scale: 1).isCanonical)
    #expect(!words(0, scale: 0, sign: 1).isCanonical)
    #expect(!words(1, scale: 29).isCanonical)
    #expect(!Decimal128(low: 1, high: (bias + 1) << 49).isCanonical)
    #expect(!Decimal128(low: 1, high: 0x7800_0000_0000_0000).isCanonical)
    #expect(!Decimal128(low: .max, high: bias << 49 | 0x1_ffff_ffff_ffff).isCanonical)
  }
}
