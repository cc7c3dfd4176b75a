import Foundation
import Host
import OperatingSystem
import TestSupport
import Testing

/// Values that cross the boundary between program and host, compared with the Python package `cbor2`.
@Suite struct CBORValueTests {
  /// The canonical CBOR of Python expressions.
  private func encodings(_ expressions: [String]) throws -> [[UInt8]] {
    let script = """
      import cbor2, sys
      from decimal import Decimal
      Tag = cbor2.CBORTag
      for line in sys.stdin: print(cbor2.dumps(eval(line), canonical=True).hex())
      """
    let input = expressions.map { $0 + "\n" }.joined()
    let output = try Workspace().run(PythonOracle.path, ["-c", script], input: input).successfulOutput
    return output.split(separator: "\n").compactMap { Hexadecimal.bytes(of: String($0)) }
  }

  static let samples: [(value: CBORValue, python: String)] = [
    (.null, "None"), (true, "True"), (false, "False"), (0, "0"), (23, "23"), (24, "24"), (255, "255"), (256, "256"),
    (65_535, "65535"), (65_536, "65536"), (4_294_967_295, "4294967295"), (4_294_967_296, "4294967296"), (-1, "-1"),
    (-24, "-24"), (-25, "-25"), (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
    ("", "''"), ("a", "'a'"), ("\u{e9}\u{1f600}", "'\\u00e9\\U0001f600'"),
    (.string(String(repeating: "x", count: 300)), "'x' * 300"), ([], "[]"),
    ([1, ["two", .null]], "[1, ['two', None]]"),
    (.array(Array(repeating: 7, count: 70_000)), "[7] * 70000"), ([:], "{}"),
    (["b": 1, "a": 2, "aa": 3, "": 4], "{'b': 1, 'a': 2, 'aa': 3, '': 4}"),
    (.map([.init(2, "two"), .init("k", true), .init([1], .null)]), "Tag(259, {2: 'two', 'k': True, (1,): None})"),
    (decimal(1, -1), "Decimal('0.1')"), (decimal(-15, -1), "Decimal('-1.5')"), (decimal(0, 5), "Decimal('0')"),
    (decimal(12_000, -1), "Decimal('1.2E+3')"), (decimal(Int128(UInt64.max), 0), "Decimal(2**64 - 1)"),
    (decimal(Int128(UInt64.max) + 1, 0), "Decimal(2**64)"),
    (decimal(-Int128(UInt64.max) - 1, 0), "Decimal(-2**64)"),
    (decimal(-Int128(UInt64.max) - 2, 0), "Decimal(-2**64 - 1)"),
    (
      decimal(-9_999_999_999_999_999_999_999_999_999_999_999, -28), "Decimal('-999999.9999999999999999999999999999')"
    ),
  ]

  private static func decimal(_ significand: Int128, _ exponent: Int) -> CBORValue {
    DecimalNumber(significand: significand, exponent: exponent).map(CBORValue.decimal) ?? .null
  }

  @Test func encodingAgreesWithPython() throws {
    let expected = try encodings(Self.samples.map(\.python))
    try #require(expected.count == Self.samples.count)
    for (sample, bytes) in zip(Self.samples, expected) {
      #expect(sample.value.encoded == bytes, "\(sample.python)")
      #expect(try CBORValue(canonical: bytes) == sample.value, "\(sample.python)")
    }
  }

  /// All encodings other than the canonical form of a value are refused, and nothing crashes.
  @Test(
    arguments: [
      ("", .unexpectedEnd), ("18", .unexpectedEnd), ("1817", .notShortest), ("190018", .notShortest),
      ("1900ff", .notShortest), ("1a0000ffff", .notShortest), ("1b00000000ffffffff", .notShortest),
      ("1b8000000000000000", .outOfRange), ("3b8000000000000000", .outOfRange), ("0000", .trailingBytes),
      ("61ff", .invalidText), ("62c328", .invalidText), ("6261", .unexpectedEnd), ("9f01ff", .unsupported),
      ("fb3ff0000000000000", .unsupported), ("f7", .unsupported), ("4100", .unsupported), ("a10102", .unsupported),
      ("a2616201616102", .unorderedKeys), ("a2616101616102", .unorderedKeys), ("a262616101616102", .unorderedKeys),
      ("9bffffffffffffffff", .unexpectedEnd), ("c074", .unsupported), ("c482200a", .notShortest),
      ("c4820100", .notShortest), ("c482381c01", .outOfRange), ("c482182201", .outOfRange),
      ("c48200c24100", .notShortest), ("c48200c249000000000000000001", .notShortest),
      ("c48200c24f01ed09bead87c0378d8e6400000000", .outOfRange), ("d90103a201020103", .unorderedKeys),
      ("d9010301", .unsupported),
    ] as [(String, CBORDefect.Kind)])
  func otherBytesAreRefused(hex: String, kind: CBORDefect.Kind) throws {
    let bytes = try #require(Hexadecimal.bytes(of: hex))
    let defect = #expect(throws: CBORDefect.self) { try CBORValue(canonical: bytes) }
    #expect(defect?.kind == kind, "\(hex)")
  }

  @Test func nestingDepthIsBounded() throws {
    func nested(_ levels: Int) -> [UInt8] { [UInt8](repeating: 0x81, count: levels) + [0] }
    #expect(throws: Never.self) { try CBORValue(canonical: nested(CBORValue.depthLimit)) }
    let defect = #expect(throws: CBORDefect.self) { try CBORValue(canonical: nested(1_000_000)) }
    #expect(defect?.kind == .tooDeep)
  }

  /// Every accepted byte sequence is the encoding of its value, so no value has two accepted forms.
  @Test func acceptedBytesAreTheEncodingOfTheirValue() {
    var random = DeterministicRandom(entropy: Array("random bytes".utf8))
    for _ in 0..<20_000 {
      var bytes = random.generate(12)
      bytes[0] = [0x82, 0xa1, 0xc4, 0x19, 0x62, 0xf6][Int(bytes[0] % 6)]
      guard let value = try? CBORValue(canonical: bytes) else { continue }
      #expect(value.encoded == bytes)
    }
  }

  @Test(
    arguments: [
      (1, -1, "0.1"), (-15, -1, "-1.5"), (12, 2, "1200"), (0, 3, "0"), (5, -28, "0.0000000000000000000000000005"),
      (123, -3, "0.123"), (1230, -3, "1.23"),
    ] as [(Int128, Int, String)])
  func decimalsArePrintedAsPlainDigits(significand: Int128, exponent: Int, text: String) throws {
    #expect(try #require(DecimalNumber(significand: significand, exponent: exponent)).text == text)
  }

  @Test func decimalsOutOfRangeDoNotExist() {
    #expect(DecimalNumber(significand: 1, exponent: -29) == nil)
    #expect(DecimalNumber(significand: 1, exponent: 34) == nil)
    #expect(DecimalNumber(significand: 12_345_678_901_234_567_890_123_456_789_012_345, exponent: 0) == nil)
    #expect(DecimalNumber(significand: 10, exponent: -29)?.exponent == -28)
  }
}
