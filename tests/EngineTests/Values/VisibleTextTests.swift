import Engine
import Foundation
import Testing

/// Replacements for characters that would change how the surrounding text is displayed.
@Suite struct VisibleTextTests {
  /// The Unicode categories come from Swift's standard library.
  @Test func controlsFormatsAndSeparatorsAreHidden() {
    for value in 0...UInt32(0x10FFFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isHidden =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
      if VisibleText.isHidden(value) != isHidden { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test(arguments: [
    ("", ""), ("Zürich\t€ 5 \u{1F600}", "Zürich\t€ 5 \u{1F600}"), ("a\nb", "a\\u{a}b"), ("\u{1b}[2J", "\\u{1b}[2J"),
    ("\u{9b}2J\u{7f}", "\\u{9b}2J\\u{7f}"), ("a\u{202e}b\u{2028}", "a\\u{202e}b\\u{2028}"), ("\u{e0041}", "\\u{e0041}"),
    ("\0", "\\u{0}"),
  ])
  func hiddenCharactersAreEscaped(text: String, visible: String) {
    #expect(String(decoding: VisibleText.escaped(Array(text.utf8)), as: UTF8.self) == visible)
    #expect(VisibleText.escaped(Array(visible.utf8)) == Array(visible.utf8))
  }

  /// A byte that begins a sequence must not hide a control character that follows it. The standard library decides what
  /// is not UTF-8.
  @Test(
    arguments: [
      [0xC3, 0x0A], [0xC3, 0x1B, 0x5B], [0xE2, 0x1B, 0x1B], [0xF0, 0x9F, 0x0A], [0x80, 0x1B], [0xC3], [0xFF, 0x0D],
      [0xC0, 0x9B], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x61, 0xE2, 0x80],
    ] as [[UInt8]])
  func bytesThatAreNotTextHideNothing(bytes: [UInt8]) {
    let escaped = VisibleText.escaped(bytes)
    #expect(String(validating: escaped, as: UTF8.self) != nil)
    #expect(!String(decoding: escaped, as: UTF8.self).unicodeScalars.contains { VisibleText.isHidden($0.value) })
    let visible = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0.value < 0x80 && $0.value >= 0x20 }
    #expect(visible.allSatisfy { String(decoding: escaped, as: UTF8.self).unicodeScalars.contains($0) })
  }

  /// A JSON parser reads the same value.
  @Test func escapedJSONReadsAsTheSameValue() throws {
    let value = "\u{1b}\u{9b}31m\u{202e}\u{2028}\u{e0041}\u{110bd}ü\u{1F600}"
    let text = try JSONEncoder().encode([value])
    let escaped = VisibleText.escaped(Array(text), .json)
    #expect(try JSONDecoder().decode([String].self, from: Data(escaped)) == [value])
    for scalar in String(decoding: escaped, as: UTF8.self).unicodeScalars {
      #expect(!VisibleText.isHidden(scalar.value))
    }
  }
}
