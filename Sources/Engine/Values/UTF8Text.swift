/// UTF-8: validation, and counting in UTF-16 code units, which is how ECMAScript measures Strings.
public enum UTF8Text {
  /// Code units of the character that begins with this byte; 0 for a continuation byte.
  @inline(__always)
  static func utf16Units(beginningWith byte: UInt8) -> Int {
    if byte & 0xc0 == 0x80 { return 0 }
    return byte >= 0xf0 ? 2 : 1
  }

  /// Bytes of the character that begins with this byte of valid UTF-8.
  @inline(__always)
  static func sequenceLength(beginningWith byte: UInt8) -> Int {
    if byte < 0x80 { return 1 }
    if byte < 0xe0 { return 2 }
    return byte < 0xf0 ? 3 : 4
  }

  /// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: shortest forms only, no
  /// surrogates, nothing above U+10FFFF), or nil.
  public static func firstInvalidByte(of text: Span<UInt8>) -> Int? {
    // Most text is ASCII, which can be checked many bytes at a time.
    var bits: UInt8 = 0
    for index in text.indices { bits |= text[index] }
    if bits < 0x80 { return nil }
    var index = 0
    while index < text.count {
      let length = validSequenceLength(in: text, at: index)
      if length == 0 { return index }
      index &+= length
    }
    return nil
  }

  /// The length of the well-formed character at `index`, or 0.
  static func validSequenceLength(in text: Span<UInt8>, at index: Int) -> Int {
    let first = text[index]
    if first < 0x80 { return 1 }
    let left = text.count &- index
    func continues(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xbf) -> Bool {
      left > distance && range.contains(text[index &+ distance])
    }
    switch first {
    case 0xc2...0xdf: return continues(1) ? 2 : 0
    case 0xe0: return continues(1, 0xa0...0xbf) && continues(2) ? 3 : 0
    case 0xed: return continues(1, 0x80...0x9f) && continues(2) ? 3 : 0
    case 0xe1...0xef: return continues(1) && continues(2) ? 3 : 0
    case 0xf0: return continues(1, 0x90...0xbf) && continues(2) && continues(3) ? 4 : 0
    case 0xf1...0xf3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xf4: return continues(1, 0x80...0x8f) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }

  /// Bytes that a Unicode scalar value takes.
  static func byteCount(of scalar: UInt32) -> Int {
    if scalar < 0x80 { return 1 }
    if scalar < 0x800 { return 2 }
    return scalar < 0x1_0000 ? 3 : 4
  }

  /// Appends the UTF-8 bytes of a Unicode scalar value.
  ///
  /// - Precondition: `scalar` is not a surrogate, and at most U+10FFFF.
  public static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(0xc0 | scalar >> 6))
      bytes.append(UInt8(0x80 | scalar & 0x3f))
    case 0x800..<0x1_0000:
      bytes.append(UInt8(0xe0 | scalar >> 12))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3f))
      bytes.append(UInt8(0x80 | scalar & 0x3f))
    default:
      bytes.append(UInt8(0xf0 | scalar >> 18))
      bytes.append(UInt8(0x80 | scalar >> 12 & 0x3f))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3f))
      bytes.append(UInt8(0x80 | scalar & 0x3f))
    }
  }
}

extension LinearMemory {
  /// Writes the UTF-8 of a Unicode scalar value, and returns its length in bytes.
  func write(scalar: UInt32, at offset: HeapOffset) -> Int {
    let length = UTF8Text.byteCount(of: scalar)
    if length == 1 {
      self[byte: offset] = UInt8(truncatingIfNeeded: scalar)
      return 1
    }
    let lead: UInt32 = length == 2 ? 0xc0 : length == 3 ? 0xe0 : 0xf0
    for index in 0..<length {
      let bits = scalar >> UInt32(6 &* (length &- 1 &- index))
      let byte = index == 0 ? lead | bits : 0x80 | bits & 0x3f
      self[byte: HeapOffset(offset.bytes &+ index)] = UInt8(truncatingIfNeeded: byte)
    }
    return length
  }
}
