/// Where canonical text or CBOR goes: nowhere, to learn its length, or into linear memory. The same code prints in both
/// passes, so a String can be allocated at its exact size, and paid for, before it is written.
struct TextSink {
  private let memory: LinearMemory
  private let start: HeapOffset
  let isCounting: Bool
  /// Bytes so far.
  private(set) var count = 0

  init(countingFor memory: LinearMemory) {
    self.memory = memory
    start = HeapOffset(0)
    isCounting = true
  }

  /// - Precondition: there is room at `start` for all that will be put.
  init(_ memory: LinearMemory, at start: HeapOffset) {
    self.memory = memory
    self.start = start
    isCounting = false
  }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    if !isCounting { memory[byte: HeapOffset(start.bytes &+ count)] = byte }
    count &+= 1
  }

  /// Counts bytes, and lets them be written, if they are to be, before the place where they end.
  @inline(__always)
  mutating func put(count byteCount: Int, _ write: (LinearMemory, _ end: HeapOffset) -> Void) {
    count &+= byteCount
    if !isCounting { write(memory, HeapOffset(start.bytes &+ count)) }
  }

  mutating func put(_ text: StaticString) {
    if !isCounting { memory.write(text, at: HeapOffset(start.bytes &+ count)) }
    count &+= text.utf8CodeUnitCount
  }

  /// Plain decimal digits, all 64 bits, with a minus sign if negative.
  mutating func put(integer: Int64) {
    if integer < 0 { put(0x2d) }
    let magnitude = integer.magnitude
    put(count: TextSink.digitCount(magnitude)) { memory, end in
      // From the last digit on; the divisor is a constant, so nothing is really divided.
      var (place, rest) = (end.bytes, magnitude)
      repeat {
        place &-= 1
        memory[byte: HeapOffset(place)] = UInt8(truncatingIfNeeded: 0x30 &+ rest % 10)
        rest /= 10
      } while rest > 0
    }
  }

  /// Decimal digits of a number.
  static func digitCount(_ magnitude: UInt64) -> Int {
    var (digits, rest) = (1, magnitude)
    while rest >= 10_000 {
      digits &+= 4
      rest /= 10_000
    }
    return digits &+ (rest >= 1000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0)
  }

  /// A JSON string as RFC 8785, section 3.2.2.2 has it: `"`, `\` and control characters escaped, the ones with short
  /// forms in those, everything else as it is.
  mutating func put(quoted string: StringView) {
    put(0x22)
    let length = string.byteCount
    var index = 0
    while index < length {
      // Runs of characters that stand for themselves are copied at once.
      var end = index
      while end < length, !TextSink.needsEscape(string[end]) { end &+= 1 }
      copy(HeapOffset(string.bytes.bytes &+ index), count: end &- index)
      if end < length { put(escaped: string[end]) }
      index = end &+ 1
    }
    put(0x22)
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5c }

  /// Bytes of the region.
  mutating func copy(_ first: HeapOffset, count byteCount: Int) {
    if !isCounting && byteCount > 0 {
      memory.copy(from: first, to: HeapOffset(start.bytes &+ count), byteCount: byteCount)
    }
    count &+= byteCount
  }

  @inline(__always)
  private mutating func put(escape letter: UInt8) {
    put(0x5c)
    put(letter)
  }

  private mutating func put(escaped byte: UInt8) {
    switch byte {
    case 0x22, 0x5c: put(escape: byte)
    case 0x08: put(escape: 0x62)
    case 0x09: put(escape: 0x74)
    case 0x0a: put(escape: 0x6e)
    case 0x0c: put(escape: 0x66)
    case 0x0d: put(escape: 0x72)
    default:
      put("\\u00")
      put(HexSink.digit(byte >> 4))
      put(HexSink.digit(byte & 15))
    }
  }
}
