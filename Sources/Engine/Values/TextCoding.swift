/// Base64 (RFC 4648): section 4, with padding, or section 5, safe in URLs and file names, without padding.
struct Base64 {
  let isURLSafe: Bool

  func encodedCount(_ byteCount: Int) -> Int {
    let rest = byteCount % 3
    if rest == 0 { return byteCount / 3 &* 4 }
    return byteCount / 3 &* 4 &+ (isURLSafe ? rest &+ 1 : 4)
  }

  private func character(_ number: UInt32) -> UInt8 {
    let number = UInt8(truncatingIfNeeded: number & 63)
    switch number {
    case 0..<26: return 0x41 &+ number
    case 26..<52: return 0x61 &+ number &- 26
    case 52..<62: return 0x30 &+ number &- 52
    case 62: return isURLSafe ? 0x2d : 0x2b
    default: return isURLSafe ? 0x5f : 0x2f
    }
  }

  private func number(_ character: UInt8) -> UInt32? {
    switch character {
    case 0x41...0x5a: UInt32(character &- 0x41)
    case 0x61...0x7a: UInt32(character &- 0x61 &+ 26)
    case 0x30...0x39: UInt32(character &- 0x30 &+ 52)
    case isURLSafe ? 0x2d : 0x2b: 62
    case isURLSafe ? 0x5f : 0x2f: 63
    default: nil
    }
  }

  /// Writes the encoding of `source` into a String that was made for it.
  func encode(_ source: StringView, to text: StringView) {
    var writer = TextWriter(text)
    var index = 0
    while index < source.byteCount {
      let count = min(3, source.byteCount &- index)
      var group: UInt32 = 0
      for position in 0..<3 { group = group << 8 | (position < count ? UInt32(source[index &+ position]) : 0) }
      for position in 0..<4 {
        if position <= count {
          writer.append(character(group >> UInt32(18 &- 6 &* position)))
        } else if !isURLSafe {
          writer.append(0x3d)
        }
      }
      index &+= 3
    }
  }

  /// The number of bytes that a text encodes, or the defect of the text.
  func decodedCount(_ source: StringView) -> Result<Int, JSONDefect> {
    var count = source.byteCount
    if !isURLSafe {
      // At most two characters of padding are allowed.
      for _ in 0..<2 where count > 0 && source.byteCount % 4 == 0 && source[count &- 1] == 0x3d { count &-= 1 }
    }
    for index in 0..<count where number(source[index]) == nil {
      return .failure(JSONDefect(code: .unexpectedCharacter, offset: index))
    }
    let rest = count % 4
    if rest == 1 || !isURLSafe && source.byteCount % 4 != 0 {
      return .failure(JSONDefect(code: .unexpectedEnd, offset: source.byteCount))
    }
    // The last character may have bits that belong to no byte. They must be zero.
    let unused: UInt32 = rest == 2 ? 15 : rest == 3 ? 3 : 0
    if unused != 0, let last = number(source[count &- 1]), last & unused != 0 {
      return .failure(JSONDefect(code: .unexpectedCharacter, offset: count &- 1))
    }
    return .success(count / 4 &* 3 &+ max(0, rest &- 1))
  }

  /// Writes the bytes that a text encodes into a String that was made for them. The text has been measured.
  func decode(_ source: StringView, to text: StringView) {
    var writer = TextWriter(text)
    var (group, bits, left) = (UInt32(0), 0, text.byteCount)
    var index = 0
    while left > 0 {
      group = group << 6 | (number(source[index]) ?? 0)
      index &+= 1
      bits &+= 6
      if bits < 8 { continue }
      bits &-= 8
      writer.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
      left &-= 1
    }
  }
}

/// Percent-encoding as defined by ECMA-262 (19.2.6.5, Encode, and 19.2.6.6, Decode, for a component of a URI).
enum URLCoding {
  /// Letters, digits and `-_.!~*'()`.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x21, 0x27, 0x28, 0x29, 0x2a, 0x2d, 0x2e, 0x5f, 0x7e: true
    default: false
    }
  }

  static func encodedCount(_ source: StringView) -> Int {
    var count = 0
    for index in 0..<source.byteCount { count = TextSize.sum(count, isUnreserved(source[index]) ? 1 : 3) }
    return count
  }

  /// Writes the encoding of `source` into a String that was made for it.
  static func encode(_ source: StringView, to text: StringView) {
    var writer = TextWriter(text)
    for index in 0..<source.byteCount {
      let byte = source[index]
      if isUnreserved(byte) {
        writer.append(byte)
      } else {
        writer.append(0x25)
        writer.append(upperDigit(byte >> 4))
        writer.append(upperDigit(byte & 15))
      }
    }
  }

  private static func upperDigit(_ number: UInt8) -> UInt8 { number < 10 ? 0x30 &+ number : 0x37 &+ number }

  private static func number(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit &- 0x30
    case 0x41...0x46: digit &- 0x37
    case 0x61...0x66: digit &- 0x57
    default: nil
    }
  }

  /// The number of bytes that a text encodes, or the defect of the text: a `%` without two digits.
  static func decodedCount(_ source: StringView) -> Result<Int, JSONDefect> {
    var (index, count) = (0, 0)
    while index < source.byteCount {
      if source[index] == 0x25 {
        guard index &+ 2 < source.byteCount, number(source[index &+ 1]) != nil, number(source[index &+ 2]) != nil else {
          return .failure(JSONDefect(code: .invalidEscape, offset: index))
        }
        index &+= 2
      }
      index &+= 1
      count &+= 1
    }
    return .success(count)
  }

  /// Writes the bytes that a text encodes into a String that was made for them. The text has been measured.
  static func decode(_ source: StringView, to text: StringView) {
    var writer = TextWriter(text)
    var index = 0
    while index < source.byteCount {
      if source[index] == 0x25, let high = number(source[index &+ 1]), let low = number(source[index &+ 2]) {
        writer.append(high << 4 | low)
        index &+= 3
      } else {
        writer.append(source[index])
        index &+= 1
      }
    }
  }

  /// The offset in the text from which a decoded byte comes.
  static func sourceOffset(ofDecoded target: Int, in source: StringView) -> Int {
    var index = 0
    for _ in 0..<target { index &+= source[index] == 0x25 ? 3 : 1 }
    return index
  }
}
