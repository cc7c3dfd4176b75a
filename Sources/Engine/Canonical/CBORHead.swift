/// The head of a CBOR data item (RFC 7049, section 2.1): a major type and its argument, in the shortest form (section
/// 3.9). Integers and simple values consist of a head alone.
///
/// ```
///   7   5 4       0
/// ┌──────┬─────────┐┌───────────────────────────┐
/// │ major│ 0 … 27  ││ argument, 0 1 2 4 8 bytes │   24 … 27: one, two, four, eight bytes follow
/// └──────┴─────────┘└───────────────────────────┘
/// ```
struct CBORHead {
  /// The kind of data item that begins.
  enum Major: UInt8 {
    case unsigned = 0
    case negative = 1
    case bytes = 2
    case text = 3
    case array = 4
    case map = 5
    case tag = 6
    case simple = 7
  }

  private let initial: UInt8
  private let argument: UInt64
  /// Number of bytes.
  let count: Int

  static let `false` = CBORHead(.simple, 20)
  static let `true` = CBORHead(.simple, 21)
  static let null = CBORHead(.simple, 22)
  /// A map whose keys may be of any kind.
  static let mapTag = CBORHead(.tag, 259)
  /// A decimal fraction: an Array of an exponent of ten and a mantissa (RFC 7049, section 2.4.3).
  static let decimalTag = CBORHead(.tag, 4)

  init(_ major: Major, _ argument: UInt64) {
    let (size, mark): (Int, UInt8)
    switch argument {
    case 0..<24: (size, mark) = (0, UInt8(argument))
    case 24..<0x100: (size, mark) = (1, 24)
    case 0x100..<0x1_0000: (size, mark) = (2, 25)
    case 0x1_0000..<0x1_0000_0000: (size, mark) = (4, 26)
    default: (size, mark) = (8, 27)
    }
    initial = major.rawValue << 5 | mark
    self.argument = argument
    count = 1 &+ size
  }

  /// An integer. A negative n has the argument -1 - n, which is its bits inverted.
  init(integer: Int64) {
    self.init(integer < 0 ? .negative : .unsigned, UInt64(bitPattern: integer < 0 ? ~integer : integer))
  }

  /// The head of an item whose argument is a count, such as a length.
  init(_ major: Major, count: Int) { self.init(major, UInt64(truncatingIfNeeded: count)) }

  /// Whether this head comes first: the shorter one first, then bytewise.
  @inline(__always)
  func precedes(_ other: CBORHead) -> Bool {
    if count != other.count { return count < other.count }
    return initial == other.initial ? argument < other.argument : initial < other.initial
  }

  /// The first six bytes as a number; a shorter head is followed by zeros.
  var firstSixBytes: UInt64 {
    if count > 6 { return UInt64(initial) << 40 | argument >> 24 }
    // The argument of a head of one byte is part of that byte.
    return (UInt64(initial) << UInt64(8 &* (count &- 1)) | argument) << UInt64(8 &* (6 &- count))
  }

  /// A byte of the head.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    index == 0 ? initial : UInt8(truncatingIfNeeded: argument >> UInt64(8 &* (count &- 1 &- index)))
  }
}

extension ByteSink {
  @inline(__always)
  mutating func put(_ head: CBORHead) {
    for index in 0..<head.count { put(head[index]) }
  }

  /// A String as a text string.
  mutating func put(cbor string: StringView) {
    put(CBORHead(.text, count: string.byteCount))
    put(string.memory, string.bytes, count: string.byteCount)
  }
}
