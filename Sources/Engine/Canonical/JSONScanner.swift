/// Where a text is malformed, and why: JSON, or the input of base64 or URL decoding.
struct JSONDefect: Error, Sendable {
  let code: JSONError
  /// In bytes of UTF-8 from the start of the text.
  let offset: Int
}

/// Reads the tokens of a JSON text (RFC 8259). The text is valid UTF-8, as every String is.
struct JSONScanner {
  let text: StringView
  var position = 0

  init(_ text: StringView) { self.text = text }

  /// A string token: where its characters are, and how long the String is.
  struct Token {
    let start: Int
    let end: Int
    /// Bytes of UTF-8 after escapes have been resolved.
    let byteCount: Int
    let utf16Count: Int
  }

  var isAtEnd: Bool { position == text.byteCount }

  /// The next byte; at the end 0, with which no token begins.
  var next: UInt8 { isAtEnd ? 0 : text[position] }

  @inline(__always)
  mutating func skipWhiteSpace() {
    while position < text.byteCount, case let byte = text[position], byte <= 0x20 {
      guard byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d else { return }
      position &+= 1
    }
  }

  /// The defect if the next byte is not allowed here.
  func unexpected() -> JSONDefect {
    JSONDefect(code: isAtEnd ? .unexpectedEnd : .unexpectedCharacter, offset: position)
  }

  /// Takes a byte that must come next.
  mutating func expect(_ byte: UInt8) throws(JSONDefect) {
    if next != byte || isAtEnd { throw unexpected() }
    position &+= 1
  }

  /// Takes `true`, `false` or `null`.
  mutating func literal() throws(JSONDefect) -> Value {
    switch next {
    case 0x74:
      try word([0x74, 0x72, 0x75, 0x65])
      return .true
    case 0x66:
      try word([0x66, 0x61, 0x6c, 0x73, 0x65])
      return .false
    default:
      try word([0x6e, 0x75, 0x6c, 0x6c])
      return .jsonNull
    }
  }

  private mutating func word<let count: Int>(_ word: InlineArray<count, UInt8>) throws(JSONDefect) {
    for index in 0..<count { try expect(word[index]) }
  }

  // MARK: Numbers

  /// The value of a number token.
  enum Number {
    case integer(Int64)
    case decimal(Decimal128)
  }

  /// Takes a number: an Int if it has neither fraction nor exponent and fits 64 bits, otherwise an exact Decimal. `-0`
  /// is 0.
  mutating func number() throws(JSONDefect) -> Number {
    if let integer = shortInteger() { return .integer(integer) }
    let start = position
    let isNegative = next == 0x2d
    if isNegative { position &+= 1 }
    var digits = DecimalDigits()
    if next == 0x30 {
      position &+= 1
    } else {
      try takeDigits(&digits, isFraction: false)
    }
    let end = position
    if next == 0x2e {
      position &+= 1
      try takeDigits(&digits, isFraction: true)
    }
    let exponent = try takeExponent()
    guard let number = digits.number(isNegative: isNegative, exponent: exponent) else {
      throw JSONDefect(code: .numberOutOfRange, offset: start)
    }
    if position == end, let integer = number.integer { return .integer(integer) }
    return .decimal(number)
  }

  /// Takes an integer of at most 18 digits, as most numbers are. For anything else, takes nothing and returns nil.
  private mutating func shortInteger() -> Int64? {
    let isNegative = next == 0x2d
    let first = isNegative ? position &+ 1 : position
    let end = min(text.byteCount, first &+ 18)
    var (place, magnitude): (Int, Int64) = (first, 0)
    while place < end, case let digit = text[place] &- 0x30, digit < 10 {
      magnitude = magnitude &* 10 &+ Int64(digit)
      place &+= 1
    }
    guard place > first, text[first] != 0x30 || place == first &+ 1 else { return nil }
    if place < text.byteCount {
      switch text[place] {
      case 0x30...0x39, 0x2e, 0x45, 0x65: return nil
      default: break
      }
    }
    position = place
    return isNegative ? 0 &- magnitude : magnitude
  }

  /// Takes an exponent, if there is one. Very large exponents are clamped; they stay out of range.
  private mutating func takeExponent() throws(JSONDefect) -> Int64 {
    guard next == 0x65 || next == 0x45 else { return 0 }
    position &+= 1
    let isNegative = next == 0x2d
    if isNegative || next == 0x2b { position &+= 1 }
    guard (0x30...0x39).contains(next) else { throw unexpected() }
    var exponent: Int64 = 0
    while (0x30...0x39).contains(next) {
      exponent = min(exponent &* 10 &+ Int64(next &- 0x30), 1 << 40)
      position &+= 1
    }
    return isNegative ? 0 &- exponent : exponent
  }

  /// Takes at least one digit.
  private mutating func takeDigits(_ digits: inout DecimalDigits, isFraction: Bool) throws(JSONDefect) {
    guard (0x30...0x39).contains(next) else { throw unexpected() }
    while (0x30...0x39).contains(next) {
      digits.append(next &- 0x30, isFraction: isFraction)
      position &+= 1
    }
  }

  // MARK: Strings

  /// Takes a string and measures it.
  mutating func string() throws(JSONDefect) -> Token {
    try expect(0x22)
    let start = position
    var (byteCount, utf16Count) = (0, 0)
    while true {
      if isAtEnd { throw unexpected() }
      let byte = text[position]
      if byte == 0x22 { break }
      if byte < 0x20 { throw JSONDefect(code: .controlCharacter, offset: position) }
      if byte == 0x5c {
        let scalar = try escape()
        byteCount &+= UTF8Text.byteCount(of: scalar)
        utf16Count &+= scalar > 0xffff ? 2 : 1
      } else {
        byteCount &+= 1
        utf16Count &+= UTF8Text.utf16Units(beginningWith: byte)
        position &+= 1
      }
    }
    let end = position
    position &+= 1
    return Token(start: start, end: end, byteCount: byteCount, utf16Count: utf16Count)
  }

  /// Takes an escape, including both halves of a surrogate pair.
  private mutating func escape() throws(JSONDefect) -> UInt32 {
    let start = position
    position &+= 1
    if isAtEnd { throw unexpected() }
    let byte = text[position]
    position &+= 1
    switch byte {
    case 0x22, 0x5c, 0x2f: return UInt32(byte)
    case 0x62: return 0x08
    case 0x66: return 0x0c
    case 0x6e: return 0x0a
    case 0x72: return 0x0d
    case 0x74: return 0x09
    case 0x75: break
    default: throw JSONDefect(code: .invalidEscape, offset: start)
    }
    let first = try hexDigits(start)
    guard (0xd800...0xdfff).contains(first) else { return first }
    guard first < 0xdc00, next == 0x5c else { throw JSONDefect(code: .loneSurrogate, offset: start) }
    let pair = position
    position &+= 1
    guard next == 0x75 else { throw JSONDefect(code: .loneSurrogate, offset: start) }
    position &+= 1
    let second = try hexDigits(pair)
    guard (0xdc00...0xdfff).contains(second) else { throw JSONDefect(code: .loneSurrogate, offset: start) }
    return 0x1_0000 &+ (first &- 0xd800) << 10 &+ (second &- 0xdc00)
  }

  private mutating func hexDigits(_ start: Int) throws(JSONDefect) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<4 {
      if isAtEnd { throw unexpected() }
      let byte = text[position]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte &- 0x30
      case 0x41...0x46: digit = byte &- 0x37
      case 0x61...0x66: digit = byte &- 0x57
      default: throw JSONDefect(code: .invalidEscape, offset: start)
      }
      number = number << 4 | UInt32(digit)
      position &+= 1
    }
    return number
  }

  /// Makes the String of a token. The token has been measured, and the memory has been reserved.
  func make(_ token: Token, _ heap: inout Heap) -> StringView {
    let string = heap.makeString(byteCount: token.byteCount, utf16Count: token.utf16Count)
    let memory = text.memory
    if token.byteCount == token.end &- token.start {
      let source = HeapOffset(text.bytes.bytes &+ token.start)
      memory.copy(from: source, to: string.bytes, byteCount: token.byteCount)
      return string
    }
    var reader = self
    reader.position = token.start
    var target = string.bytes.bytes
    while reader.position < token.end {
      if reader.next == 0x5c, let scalar = try? reader.escape() {
        target &+= memory.write(scalar: scalar, at: HeapOffset(target))
      } else {
        memory[byte: HeapOffset(target)] = reader.next
        target &+= 1
        reader.position &+= 1
      }
    }
    return string
  }
}
