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
