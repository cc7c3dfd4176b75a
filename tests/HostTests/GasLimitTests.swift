import Host
import Testing

/// Valid gas limits, and the answer to invalid ones.
@Suite struct GasLimitTests {
  @Test(arguments: [
    ("1", 1), ("2000000000", 2_000_000_000), ("10000000", 10_000_000), ("9", 9), ("1999999999", 1_999_999_999),
  ])
  func limitsInRangeAreAccepted(text: String, units: Int64) throws {
    #expect(try GasLimit(text).units == units)
  }

  @Test(arguments: [
    "", "0", "00", "007", "2000000001", "9999999999", "10000000000", "99999999999999999999999", "-1", "+1", "1e6", " 5",
    "5 ", "5\n", "abc", "0x10", "1_000", "1,000", "1.0", "٣", "１",
  ])
  func otherTextsAreRefused(text: String) {
    #expect(throws: GasLimitOutOfRange(text: text)) { try GasLimit(text) }
  }

  @Test func theStandardLimitIsTenMillion() {
    #expect(GasLimit.standard.units == 10_000_000)
  }

  @Test(arguments: [
    ("007", #"{"error":"GasLimitOutOfRange","value":"007"}"#), ("", #"{"error":"GasLimitOutOfRange","value":""}"#),
    ("a\"\\\n\u{1}\u{7f}é", #"{"error":"GasLimitOutOfRange","value":"a\"\\\n\u0001"# + "\u{7f}é\"}"),
  ])
  func theBodyHoldsTheRefusedText(text: String, expected: String) throws {
    let error = #expect(throws: GasLimitOutOfRange.self) { try GasLimit(text) }
    #expect(error.map { String(decoding: $0.body, as: UTF8.self) } == expected)
  }
}
