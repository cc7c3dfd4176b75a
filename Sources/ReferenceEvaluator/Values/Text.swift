/// A String: UTF-16 code units, as in ECMA-262 6.1.4. It never contains half a surrogate pair on its own.
struct Text: Equatable, Sendable {
  let units: [UInt16]
  /// The length of the UTF-8 in bytes, which is the measure of most prices.
  let byteCount: Int

  /// A String with these code units; nil if they contain half a surrogate pair on its own.
  init?(_ units: some Sequence<UInt16>) {
    let units = Array(units)
    var index = 0
    var byteCount = 0
    while index < units.count {
      switch units[index] {
      case 0..<0x80: byteCount += 1
      case 0x80..<0x800: byteCount += 2
      case 0xd800..<0xdc00:
        guard index + 1 < units.count, (0xdc00..<0xe000).contains(units[index + 1]) else { return nil }
        index += 1
        byteCount += 4
      case 0xdc00..<0xe000: return nil
      default: byteCount += 3
      }
      index += 1
    }
    self.units = units
    self.byteCount = byteCount
  }

  /// A String of well-formed UTF-8.
  init(utf8: [UInt8]) {
    units = Array(String(decoding: utf8, as: UTF8.self).utf16)
    byteCount = utf8.count
  }

  /// A String of ASCII characters.
  init(ascii: [UInt8]) {
    units = ascii.map(UInt16.init)
    byteCount = ascii.count
  }

  private init(joined units: [UInt16], byteCount: Int) {
    self.units = units
    self.byteCount = byteCount
  }

  /// The UTF-8.
  var utf8: [UInt8] { Array(String(decoding: units, as: UTF16.self).utf8) }

  var isASCII: Bool { byteCount == units.count }

  /// The characters (code points), each as a String.
  var characters: [Text] {
    scalars.map { Text(scalar: $0) }
  }

  /// The code points.
  var scalars: [UInt32] {
    var scalars: [UInt32] = []
    var index = 0
    while index < units.count {
      let scalar = scalar(at: index)
      scalars.append(scalar)
      index += scalar > 0xffff ? 2 : 1
    }
    return scalars
  }

  /// The code point whose first code unit is at an index.
  func scalar(at index: Int) -> UInt32 {
    let unit = UInt32(units[index])
    guard (0xd800..<0xdc00).contains(unit) else { return unit }
    return 0x1_0000 + (unit - 0xd800) << 10 + (UInt32(units[index + 1]) - 0xdc00)
  }

  /// The String of one code point, which is not a surrogate.
  init(scalar: UInt32) {
    if scalar > 0xffff {
      let offset = scalar - 0x1_0000
      units = [UInt16(0xd800 + offset >> 10), UInt16(0xdc00 + offset & 0x3ff)]
      byteCount = 4
    } else {
      units = [UInt16(scalar)]
      byteCount = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : 3
    }
  }

  /// The bytes of UTF-8 before a code unit; for the second half of a pair, before the pair.
  func byteCount(before index: Int) -> Int {
    var byteCount = 0
    var place = 0
    while place < index {
      let scalar = scalar(at: place)
      place += scalar > 0xffff ? 2 : 1
      if place > index { break }
      byteCount += scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
    }
    return byteCount
  }

  /// Whether an index is between the two halves of a pair.
  func splitsCharacter(at index: Int) -> Bool {
    index > 0 && index < units.count && (0xdc00..<0xe000).contains(units[index])
  }

  static func + (left: Text, right: Text) -> Text {
    Text(joined: left.units + right.units, byteCount: left.byteCount + right.byteCount)
  }

  /// Strings one after the other.
  static func joined(_ parts: [Text]) -> Text {
    Text(joined: parts.flatMap { $0.units }, byteCount: parts.reduce(0) { $0 + $1.byteCount })
  }
}

extension Text: ExpressibleByStringLiteral {
  init(stringLiteral literal: StaticString) {
    self.init(utf8: Array("\(literal)".utf8))
  }
}
