/// Strict UTF-8 (Unicode, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Decoder {
  /// The code point at an offset and the number of its bytes, or nil if there is no valid sequence.
  static func decode(_ bytes: ArraySlice<UInt8>, at offset: Int) -> (value: UInt32, length: Int)? {
    let first = UInt32(bytes[offset])
    let length: Int
    let minimum: UInt32
    switch first {
    case 0..<0x80: return (first, 1)
    case 0xC2..<0xE0: (length, minimum) = (2, 0x80)
    case 0xE0..<0xF0: (length, minimum) = (3, 0x800)
    case 0xF0..<0xF5: (length, minimum) = (4, 0x1_0000)
    default: return nil
    }
    guard offset + length <= bytes.endIndex else { return nil }
    var value = first & (0x7F >> UInt32(length))
    for index in (offset + 1)..<(offset + length) {
      guard bytes[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    let isSurrogate = (0xD800...0xDFFF).contains(value)
    return value < minimum || value > 0x10_FFFF || isSurrogate ? nil : (value, length)
  }

  /// The offset of the first byte that is not part of valid UTF-8.
  static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        offset += 1
      } else if let decoded = decode(bytes[...], at: offset) {
        offset += decoded.length
      } else {
        return offset
      }
    }
    return nil
  }

  /// Appends the bytes of a code point.
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    switch value {
    case 0..<0x80:
      bytes.append(UInt8(value))
    case 0x80..<0x800:
      bytes += [UInt8(0xC0 | value >> 6), continuation(value)]
    case 0x800..<0x1_0000:
      bytes += [UInt8(0xE0 | value >> 12), continuation(value >> 6), continuation(value)]
    default:
      bytes += [
        UInt8(0xF0 | value >> 18), continuation(value >> 12), continuation(value >> 6), continuation(value),
      ]
    }
  }

  private static func continuation(_ value: UInt32) -> UInt8 { UInt8(0x80 | value & 0x3F) }
}
