/// Makes text from outside safe to show on a terminal or in a stream of lines. Nothing in it can end the line, move the
/// cursor, or make other text look different from what it is.
public enum VisibleText {
  /// How a hidden code point is written.
  public enum Notation {
    /// `\u{1b}`.
    case text
    /// `\u001b`; above U+FFFF, two such escapes. In a JSON string it means the same text.
    case json
  }

  /// Whether a code point acts on the text around it instead of being visible: Unicode's control and format characters,
  /// and its line and paragraph separators (categories Cc, Cf, Zl, Zp).
  public static func isHidden(_ scalar: UInt32) -> Bool {
    // Most characters are below.
    if scalar < 0xAD { return scalar < 0x20 || (0x7F..<0xA0).contains(scalar) }
    switch scalar {
    case 0xAD, 0x0600...0x0605, 0x061C, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x180E: return true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB: return true
    case 0x110BD, 0x110CD, 0x13430...0x1343F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0001, 0xE0020...0xE007F:
      return true
    default: return false
    }
  }

  /// The text with every hidden code point except the tab escaped. A byte that is not part of UTF-8 becomes U+FFFD, so that
  /// it can't hide the byte after it.
  public static func escaped(_ text: [UInt8], _ notation: Notation = .text) -> [UInt8] {
    // Text is nearly always valid; only if it is not, each sequence is examined.
    let isValid = UTF8Text.firstInvalidByte(of: text.span) == nil
    var output: [UInt8] = []
    var rest = text[...]
    while let lead = rest.first {
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      let bytes = rest.prefix(length)
      guard isValid || UTF8Text.firstInvalidByte(of: Array(bytes).span) == nil else {
        output += [0xEF, 0xBF, 0xBD]
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(length)
      let mask = UInt8(truncatingIfNeeded: 0xFF >> (length == 1 ? 1 : length + 1))
      let scalar = bytes.dropFirst().reduce(UInt32(lead & mask)) { $0 << 6 | UInt32($1 & 0x3F) }
      if scalar != 9, isHidden(scalar) { write(scalar, notation, to: &output) } else { output += bytes }
    }
    return output
  }

  private static func write(_ scalar: UInt32, _ notation: Notation, to output: inout [UInt8]) {
    switch notation {
    case .text:
      var digits = 1
      while digits < 6, scalar >> (4 * digits) > 0 { digits += 1 }
      output += [UInt8(ascii: "\\"), UInt8(ascii: "u"), UInt8(ascii: "{")]
      write(hexadecimal: scalar, digits: digits, to: &output)
      output.append(UInt8(ascii: "}"))
    case .json:
      let units = scalar < 0x10000 ? [scalar] : [0xD7C0 + scalar >> 10, 0xDC00 | scalar & 0x3FF]
      for unit in units {
        output += [UInt8(ascii: "\\"), UInt8(ascii: "u")]
        write(hexadecimal: unit, digits: 4, to: &output)
      }
    }
  }

  private static func write(hexadecimal number: UInt32, digits: Int, to output: inout [UInt8]) {
    for place in (0..<digits).reversed() {
      let digit = UInt8(truncatingIfNeeded: number >> (4 * place)) & 15
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
