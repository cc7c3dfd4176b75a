import Host
import TestSupport
import Testing

/// The host's own JSON, compared with RFC 8785 and with FNV-1a in Python.
@Suite struct PlainJSONTests {
  private func text(_ value: PlainJSON, _ order: PlainJSON.KeyOrder = .utf16) -> String {
    String(decoding: value.bytes(order: order), as: UTF8.self)
  }

  @Test func valuesArePrintedWithoutSpaces() {
    #expect(text(.null) == "null")
    #expect(
      text(.array([.bool(true), .bool(false), .integer(.min), .integer(.max)]))
        == "[true,false,-9223372036854775808,9223372036854775807]")
    #expect(text(.array([])) == "[]")
    #expect(text(.object([])) == "{}")
  }

  /// The string of the sample in RFC 8785, section 3.2.2.2.
  @Test func stringsAreEscapedAsInTheStandard() {
    #expect(text(.string("\u{20ac}$\u{f}\nA'B\"\\\\\"/")) == "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")
  }

  /// The keys of the sample in RFC 8785, section 3.2.3, in its order.
  @Test func keysAreOrderedByCodeUnits() {
    let keys = ["\u{20ac}", "\r", "\u{fb33}", "1", "\u{1f600}", "\u{80}", "\u{f6}"]
    let expected = ["\\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"]
    #expect(
      text(.object(keys.map { .init($0, .null) })) == "{" + expected.map { "\"\($0)\":null" }.joined(separator: ",")
        + "}")
  }

  @Test func keysOfResponsesComeInCanonicalOrder() throws {
    let script = """
      import json, sys
      def rank(key):
        text = key.encode()
        cbor = bytes([0x60 | len(text)] if len(text) < 24 else [0x78, len(text)]) + text
        value = 0xcbf29ce484222325
        for byte in cbor: value = ((value ^ byte) * 0x100000001b3) & (1 << 64) - 1
        return value, cbor
      print(json.dumps({k: 1 for k in sorted(sys.argv[1:], key=rank)}, separators=(",", ":")), end="")
      """
    let keys = [
      "error", "value", "gasLimit", "gasUsed", "field", "index", "length", "", "a", String(repeating: "k", count: 40),
    ]
    let expected = try Workspace().run("python3", ["-c", script] + keys).successfulOutput
    #expect(text(.object(keys.map { .init($0, .integer(1)) }), .response) == expected)
  }
}
