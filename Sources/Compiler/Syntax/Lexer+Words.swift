extension Lexer {
  /// Reads a name or keyword. It resolves escapes here, once, so that spelling a name differently can't bypass any
  /// later check.
  mutating func readWord() {
    let start = offset
    var text: [UInt8] = []
    var hasEscape = false
    while true {
      if isNamePart(peek()) {
        text.append(peek())
        offset += 1
      } else if peek() == UInt8(ascii: "\\") {
        guard let scalar = readNameEscape(isFirst: text.isEmpty) else {
          add(.invalid, from: start)
          return
        }
        text.append(scalar)
        hasEscape = true
      } else {
        break
      }
    }
    if peek() >= 0x80, continuesName {
      skipRestOfName()
      report(.nonASCIIName, from: start)
    }
    add(.word, from: start, payload: symbols.intern(text).index, hasEscape: hasEscape)
  }

  /// Whether the non-ASCII character at the current place continues the name, instead of separating it from something.
  private var continuesName: Bool { !isWhiteSpace(scalar.value) && !isLineTerminator(scalar.value) }

  private mutating func skipRestOfName() {
    while !isAtEnd, isNamePart(peek()) || (peek() >= 0x80 && continuesName) { offset += scalar.length }
  }

  /// Reads `\uXXXX` or `\u{X…}` in a name, and returns the character if it is allowed there.
  private mutating func readNameEscape(isFirst: Bool) -> UInt8? {
    let start = offset
    offset += 1
    guard peek() == UInt8(ascii: "u") else {
      report(.unexpectedCharacter, from: start, [utf8("`\\` (U+005C)")])
      return nil
    }
    offset += 1
    guard let value = readUnicodeEscapeDigits() else {
      report(.invalidEscape, from: start)
      return nil
    }
    guard value < 0x80 else {
      report(.nonASCIIName, from: start)
      return UInt8(ascii: "_")
    }
    let byte = UInt8(value)
    guard isFirst ? isNameStart(byte) : isNamePart(byte) else {
      report(.invalidEscape, from: start)
      return nil
    }
    return byte
  }

  /// Reads what follows `\u`: four hexadecimal digits, or digits in braces, at most 10FFFF. It stops at the first
  /// error.
  mutating func readUnicodeEscapeDigits() -> UInt32? {
    guard skip(ifNext: UInt8(ascii: "{")) else { return readHexDigits(4) }
    var value: UInt32 = 0
    var count = 0
    while let digit = hexDigit(peek()) {
      value = min(value << 4 | digit, 0x11_0000)
      count += 1
      offset += 1
    }
    guard count > 0, value <= 0x10_FFFF, skip(ifNext: UInt8(ascii: "}")) else { return nil }
    return value
  }

  /// Reads exactly this many hexadecimal digits.
  mutating func readHexDigits(_ count: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = hexDigit(peek()) else { return nil }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }
}
