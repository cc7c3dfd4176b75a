extension Lexer {
  // MARK: - Strings and templates

  mutating func readString() {
    let start = offset
    let quote = peek()
    offset += 1
    var text = TextBuilder()
    while !isAtEnd, peek() != quote, !isNewline {
      readCharacter(into: &text)
    }
    endOfText(&text)
    if !skip(ifNext: quote) { report(.unterminatedString, from: start) }
    addText(.string, text.bytes, from: start)
  }

  /// LF and CR end a string; LS and PS are allowed in one.
  private var isNewline: Bool { peek() == 0x0A || peek() == 0x0D }

  /// Reads the text of a template, from its backquote or the `}` of a substitution up to the next backquote or `${`.
  /// Line ends become LF, as ECMAScript requires.
  mutating func readTemplate(from start: Int, end: TokenKind, substitution: TokenKind) {
    var text = TextBuilder()
    while !isAtEnd {
      if peek() == UInt8(ascii: "`") {
        endOfText(&text)
        offset += 1
        addText(end, text.bytes, from: start)
        return
      }
      if peek() == UInt8(ascii: "$"), peek(1) == UInt8(ascii: "{") {
        endOfText(&text)
        offset += 2
        addText(substitution, text.bytes, from: start)
        openSubstitution()
        return
      }
      if peek() == 0x0D {
        offset += peek(1) == 0x0A ? 2 : 1
        append(0x0A, to: &text)
      } else {
        readCharacter(into: &text)
      }
    }
    diagnostics.report(.unterminatedTemplate, at: SourceSpan(file: file, start: start, end: start + 1))
    endEarly()
    addText(end, text.bytes, from: start)
  }

  /// The text of a literal that has been read so far. ECMAScript's strings are UTF-16, so the two halves of a surrogate
  /// pair may come from two escapes.
  struct TextBuilder {
    var bytes: [UInt8] = []
    /// The first half of a pair whose second half must follow, and the position of its escape.
    var highSurrogate: (value: UInt32, span: SourceSpan)?
  }

  private mutating func readCharacter(into text: inout TextBuilder) {
    if peek() == UInt8(ascii: "\\") {
      readEscape(into: &text)
    } else {
      let (value, length) = scalar
      append(value, to: &text)
      offset += length
    }
  }

  /// Appends a character that is not half of a pair.
  private mutating func append(_ scalar: UInt32, to text: inout TextBuilder) {
    endOfText(&text)
    UTF8Decoder.append(scalar, to: &text.bytes)
  }

  /// Reports the first half of a pair if no second half followed.
  private mutating func endOfText(_ text: inout TextBuilder) {
    guard let half = text.highSurrogate else { return }
    diagnostics.report(.loneSurrogate, at: half.span)
    text.highSurrogate = nil
  }

  // MARK: - Escapes

  private mutating func readEscape(into text: inout TextBuilder) {
    let start = offset
    offset += 1
    guard !isAtEnd else { return }
    let (value, length) = scalar
    switch value {
    case UInt32(UInt8(ascii: "u")):
      offset += 1
      guard let unit = readUnicodeEscapeDigits() else { return report(.invalidEscape, from: start) }
      appendUnit(unit, to: &text, from: start)
    case UInt32(UInt8(ascii: "x")):
      offset += 1
      guard let unit = readHexDigits(2) else { return report(.invalidEscape, from: start) }
      append(unit, to: &text)
    case UInt32(UInt8(ascii: "0"))...UInt32(UInt8(ascii: "9")):
      offset += 1
      if value == UInt32(UInt8(ascii: "0")), !isDigit(peek()) {
        append(0, to: &text)
      } else {
        report(.legacyOctalEscape, from: start)
      }
    case 0x0D:
      offset += peek(1) == 0x0A ? 2 : 1
    case _ where isLineTerminator(value):
      offset += length
    default:
      offset += length
      append(Self.singleEscape(value), to: &text)
    }
  }

  /// `\n` and similar escapes; any other character represents itself.
  private static func singleEscape(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case UInt32(UInt8(ascii: "b")): 0x08
    case UInt32(UInt8(ascii: "t")): 0x09
    case UInt32(UInt8(ascii: "n")): 0x0A
    case UInt32(UInt8(ascii: "v")): 0x0B
    case UInt32(UInt8(ascii: "f")): 0x0C
    case UInt32(UInt8(ascii: "r")): 0x0D
    default: scalar
    }
  }

  /// Appends the value of a `\u` escape, joining the halves of a surrogate pair.
  private mutating func appendUnit(_ unit: UInt32, to text: inout TextBuilder, from start: Int) {
    switch unit {
    case 0xD800..<0xDC00:
      endOfText(&text)
      text.highSurrogate = (unit, span(from: start))
    case 0xDC00..<0xE000:
      guard let high = text.highSurrogate else { return report(.loneSurrogate, from: start) }
      text.highSurrogate = nil
      UTF8Decoder.append(0x1_0000 + (high.value - 0xD800) << 10 + (unit - 0xDC00), to: &text.bytes)
    default:
      append(unit, to: &text)
    }
  }

  // MARK: - Regular expressions

  /// Reads a regular expression in the same way as ECMAScript, to continue after it.
  mutating func readRegularExpression() {
    let start = offset
    offset += 1
    var isInClass = false
    while !isAtEnd, !isLineTerminator(scalar.value) {
      let byte = peek()
      if byte == UInt8(ascii: "\\"), offset + 1 < bytes.count {
        offset += 1
        if isLineTerminator(scalar.value) { break }
      } else if byte == UInt8(ascii: "[") {
        isInClass = true
      } else if byte == UInt8(ascii: "]") {
        isInClass = false
      } else if byte == UInt8(ascii: "/"), !isInClass {
        offset += 1
        while isNamePart(peek()) { offset += 1 }
        break
      }
      offset += scalar.length
    }
    report(.regularExpression, from: start)
    add(.regularExpression, from: start)
  }
}
