/// Where canonical text or CBOR goes: nowhere, to learn its length, or into linear memory. The same code prints in both
/// passes, so a String can be allocated at its exact size, and paid for, before it is written.
struct TextSink {
  private let memory: LinearMemory
  private let start: HeapOffset
  private let isCounting: Bool
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

  mutating func put(_ text: StaticString) {
    if !isCounting { memory.write(text, at: HeapOffset(start.bytes &+ count)) }
    count &+= text.utf8CodeUnitCount
  }

  /// Plain decimal digits, all 64 bits, with a minus sign if negative.
  mutating func put(integer: Int64) {
    if integer < 0 { put(0x2d) }
    var magnitude = integer.magnitude
    let end = count &+ TextSink.digitCount(magnitude)
    if !isCounting {
      // From the last digit on; the divisor is a constant, so nothing is really divided.
      var place = start.bytes &+ end
      repeat {
        place &-= 1
        memory[byte: HeapOffset(place)] = UInt8(truncatingIfNeeded: 0x30 &+ magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
    }
    count = end
  }

  private static func digitCount(_ magnitude: UInt64) -> Int {
    var digits = 1
    // An Int has at most 19 digits, so the limit stays below 2^64.
    var limit: UInt64 = 10
    while magnitude >= limit {
      digits &+= 1
      limit &*= 10
    }
    return digits
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

  private mutating func put(escaped byte: UInt8) {
    switch byte {
    case 0x22: put("\\\"")
    case 0x5c: put("\\\\")
    case 0x08: put("\\b")
    case 0x09: put("\\t")
    case 0x0a: put("\\n")
    case 0x0c: put("\\f")
    case 0x0d: put("\\r")
    default:
      put("\\u00")
      put(HexSink.digit(byte >> 4))
      put(HexSink.digit(byte & 15))
    }
  }
}
