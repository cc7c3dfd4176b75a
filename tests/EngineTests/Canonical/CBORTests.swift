import Engine
import Foundation
import TestSupport
import Testing

/// Canonical CBOR, compared with the Python package `cbor2` and the examples of RFC 7049.
@Suite struct CBORTests {
  @Test func encodingAgreesWithPython() throws {
    var random = Expressions(seed: 31)
    let values = (0..<10_000).map { _ in random.value() }
    let program = """
      import cbor2, decimal, sys
      decimal.getcontext().prec = 34
      number = lambda text: (decimal.Decimal(text).normalize() + 0).normalize()
      Frozen, Tag = cbor2.frozendict if hasattr(cbor2, "frozendict") else cbor2.FrozenDict, cbor2.CBORTag
      for line in sys.stdin: print(cbor2.dumps(eval(line), canonical=True).hex())
      """
    let input = values.map { $0.python() + "\n" }.joined()
    let output = try Workspace().run(PythonOracle.path, ["-c", program], input: input).successfulOutput
    let expected = output.split(separator: "\n").map(String.init)
    try #require(expected.count == values.count)
    for start in stride(from: 0, to: values.count, by: 50) {
      let batch = values[start..<start + 50]
      let source = SampleValue.prelude + "[\(batch.map { "Hash.cbor(\($0.guest))" }.joined(separator: ",\n"))]"
      let body = try Guest.run(source, budgets: MachineBudgets.medium).body
      let hexes = try JSONDecoder().decode([String].self, from: Data(body.utf8))
      for (index, hex) in hexes.enumerated() {
        #expect(hex == expected[start + index], "\(values[start + index].guest)")
      }
    }
  }

  /// RFC 7049, appendix A: the examples without floating point, big numbers, byte strings and indefinite lengths.
  @Test(arguments: [
    ("0", "00"), ("1", "01"), ("10", "0a"), ("23", "17"), ("24", "1818"), ("25", "1819"), ("100", "1864"),
    ("1000", "1903e8"), ("1000000", "1a000f4240"), ("1000000000000", "1b000000e8d4a51000"), ("-1", "20"),
    ("-10", "29"), ("-100", "3863"), ("-1000", "3903e7"), ("false", "f4"), ("true", "f5"),
    ("JSON.parse('null').Ok", "f6"), ("''", "60"), ("'a'", "6161"), ("'IETF'", "6449455446"), ("'\"\\\\'", "62225c"),
    ("'\\u00fc'", "62c3bc"), ("'\\u6c34'", "63e6b0b4"), ("'\\u{10151}'", "64f0908591"), ("[]", "80"),
    ("[1, 2, 3]", "83010203"), ("[1, [2, 3], [4, 5]]", "8301820203820405"),
    (
      "Array.from({length: 25}, (x, i) => i + 1)",
      "98190102030405060708090a0b0c0d0e0f101112131415161718181819"
    ), ("({})", "a0"), ("({a: 1, b: [2, 3]})", "a26161016162820203"), ("['a', {b: 'c'}]", "826161a161626163"),
    ("({a: 'A', b: 'B', c: 'C', d: 'D', e: 'E'})", "a56161614161626142616361436164614461656145"),
    ("Map.of([[1, 2], [3, 4]])", "d90103a201020304"),
    (
      "Map.of([[false, 1], [100, 2], [-1, 3], ['z', 4], ['aa', 5], [[100], 6], [[-1], 7], [10, 8]])",
      // The example of section 3.9, without its floating-point number.
      "d90103a80a082003f401186402617a048120076261610581186406"
    ),
    // The example of section 2.4.3, then trailing zeros, and mantissas around 64 bits.
    ("Decimal('273.15')", "c48221196ab3"), ("Decimal('0.00')", "c4820000"), ("Decimal('-0.10')", "c4822020"),
    ("Decimal('1200')", "c482020c"), ("Decimal('1000000000000000000000000000000000')", "c482182101"),
    ("Decimal('18446744073709551615')", "c482001bffffffffffffffff"),
    ("Decimal('-18446744073709551616')", "c482003bffffffffffffffff"),
    ("Decimal('18446744073709551616')", "c48200c249010000000000000000"),
    ("Decimal('-18446744073709551617')", "c48200c349010000000000000000"),
    ("Decimal('9999999999.999999999999999999999999')", "c48237c24f01ed09bead87c0378d8e63ffffffff"),
    ("9223372036854775807", "1b7fffffffffffffff"), ("-9223372036854775808", "3b7fffffffffffffff"),
  ])
  func examplesOfTheStandardHaveThePublishedBytes(expression: String, hex: String) throws {
    #expect(try Guest.body("Hash.cbor(\(expression))") == "\"\(hex)\"")
  }

  /// Values without CBOR, also deep inside others.
  @Test(arguments: [
    "() => 1", "String", "(() => { return; })()", "[1, [() => 1]]", "({a: {b: String}})", "Map.of([[1, () => 1]])",
    "({a: [(() => { return; })()]})",
  ])
  func valuesWithoutCBORAreNotSerializable(expression: String) throws {
    for name in ["Hash.cbor", "Hash.fnv1a", "Hash.sha256"] {
      #expect(try Guest.body("\(name)(\(expression))") == #"{"error":"NotSerializable"}"#)
    }
  }

  /// Hashes are computed over the bytes that `Hash.cbor` shows.
  @Test func hashesAreThoseOfTheCanonicalBytes() throws {
    var random = Expressions(seed: 32)
    for _ in 0..<20 {
      let values = (0..<20).map { _ in random.value().guest }
      let source = """
        \(SampleValue.prelude)
        [\(values.joined(separator: ",\n"))].map((v) => [Hash.cbor(v), Hash.fnv1a(v), Hash.sha256(v)])
        """
      let body = try Guest.run(source, budgets: MachineBudgets.medium).body
      for row in try JSONDecoder().decode([[String]].self, from: Data(body.utf8)) {
        let bytes = bytes(ofHex: row[0])
        var fnv = FNV1a()
        for byte in bytes { fnv.add(byte) }
        var sha = SHA256()
        sha.add(bytes)
        #expect(row[1] == hex((0..<8).map { UInt8(truncatingIfNeeded: fnv.value >> (56 - 8 * $0)) }))
        #expect(row[2] == hex(sha.digest()))
      }
    }
  }

  /// FNV-1a, 64 bits: vectors published by Landon Curt Noll, without a trailing zero byte.
  @Test(
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("b", 0xaf63_df4c_8601_f1a5),
      ("c", 0xaf63_de4c_8601_eff2), ("d", 0xaf63_d94c_8601_e773), ("f", 0xaf63_db4c_8601_ead9),
      ("fo", 0x0898_5907_b541_d342), ("foo", 0xdcb2_7518_fed9_d577), ("foob", 0xdd12_0e79_0c25_12af),
      ("fooba", 0xcac1_65af_a2fe_f40a), ("foobar", 0x8594_4171_f739_67e8),
      ("chongo was here!\n", 0x4681_0940_eff5_f915), ("127.0.0.1", 0xaabafe7104d914be),
    ] as [(String, UInt64)])
  func fnv1aGivesThePublishedValues(text: String, expected: UInt64) {
    var hash = FNV1a()
    for byte in text.utf8 { hash.add(byte) }
    #expect(hash.value == expected)
  }

  /// A value with 2^60 nodes as CBOR is bounded by gas, to the exact unit. A deep one is bounded by the stack.
  @Test func sharedValuesAreBoundedByGasAndDeepOnesByTheStack() throws {
    let shared = "const double = (v, n) => n === 0 ? v : double([v, v], n - 1); "
    let exhausted = try Guest.run("\(shared)Hash.cbor(double(1, 60))", gasLimit: 100_000)
    #expect(exhausted.body == #"{"error":"GasExhausted","gasUsed":100000,"gasLimit":100000}"#)
    let deep = "const wrap = (v, n) => n === 0 ? v : wrap([v], n - 1); "
    #expect(try Guest.body("\(deep)Hash.fnv1a(wrap(1, 100000)).length") == "16")
    #expect(try Guest.body("\(deep)Hash.fnv1a(wrap(1, 1000000))") == #"{"error":"StackExhausted"}"#)
  }

  private func bytes(ofHex hex: String) -> [UInt8] {
    let digits = Array(hex.utf8)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
