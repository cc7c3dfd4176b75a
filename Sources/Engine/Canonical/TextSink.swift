/// The destination of canonical text or CBOR: a counter in the first pass, linear memory in the second. The same code
/// prints in both passes, so a String is allocated at its exact size, and paid for, before it is written.
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

  /// - Precondition: there is space at `start` for everything that will be put.
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

  /// Counts bytes. Unless this sink only counts, `write` writes them; they end at `end`.
  @inline(__always)
  mutating func put(count byteCount: Int, _ write: (LinearMemory, _ end: HeapOffset) -> Void) {
    count &+= byteCount
    if !isCounting { write(memory, HeapOffset(start.bytes &+ count)) }
  }

  mutating func put(_ text: StaticString) {
    if !isCounting { memory.write(text, at: HeapOffset(start.bytes &+ count)) }
    count &+= text.utf8CodeUnitCount
  }

  /// Decimal digits, of all 64 bits, with a minus sign if negative.
  mutating func put(integer: Int64) {
    if integer < 0 { put(0x2d) }
    let magnitude = integer.magnitude
    put(count: TextSink.digitCount(magnitude)) { memory, end in
      // From the last digit to the first. The divisor is a constant, so the compiler avoids divisions.
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

  /// A JSON string (RFC 8785, section 3.2.2.2). `"`, `\` and control characters are escaped, in the short form if there
  /// is one; everything else is written as it is.
  mutating func put(quoted string: StringView) {
    put(0x22)
    let end = HeapOffset(string.bytes.bytes &+ string.byteCount)
    var position = string.bytes
    while position < end {
      // A run of characters without escapes is copied at once.
      let run = TextSink.escapeFree(memory, from: position, to: end)
      copy(position, count: run.bytes &- position.bytes)
      position = run
      while position < end, let escape = TextSink.escape(memory[byte: position]) {
        put(escape)
        position.bytes &+= 1
      }
    }
    put(0x22)
  }

  /// The end of a run of characters that need no escape.
  @inline(__always)
  private static func escapeFree(_ memory: LinearMemory, from start: HeapOffset, to end: HeapOffset) -> HeapOffset {
    var position = start
    // Eight bytes at a time. The top bit of a byte in `found` is set if the byte is below 32, `"` or `\`. After the
    // first such byte the bits are meaningless.
    let ones: UInt64 = 0x0101_0101_0101_0101
    while position.bytes &+ 8 <= end.bytes {
      let word = memory[unaligned: position]
      let (quote, backslash) = (word ^ ones &* 0x22, word ^ ones &* 0x5c)
      let found = (word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
      if found & ones << 7 != 0 { break }
      position.bytes &+= 8
    }
    while position < end, escape(memory[byte: position]) == nil { position.bytes &+= 1 }
    return position
  }

  /// The escape of a character: its bytes, the first one in the lowest bits.
  private struct Escape {
    let bytes: UInt64
    let count: Int

    /// A backslash and a letter.
    @inline(__always)
    init(letter: UInt8) { (bytes, count) = (UInt64(letter) << 8 | 0x5c, 2) }

    /// `\u00` and two digits.
    @inline(__always)
    init(code: UInt8) {
      let digits = UInt64(HexSink.digit(code & 15)) << 8 | UInt64(HexSink.digit(code >> 4))
      (bytes, count) = (digits << 32 | 0x3030_755c, 6)
    }
  }

  /// The escape of a character; nil if it needs none.
  @inline(__always)
  private static func escape(_ byte: UInt8) -> Escape? {
    if byte == 0x22 || byte == 0x5c { return Escape(letter: byte) }
    if byte >= 0x20 { return nil }
    return switch byte {
    case 0x08: Escape(letter: 0x62)
    case 0x09: Escape(letter: 0x74)
    case 0x0a: Escape(letter: 0x6e)
    case 0x0c: Escape(letter: 0x66)
    case 0x0d: Escape(letter: 0x72)
    default: Escape(code: byte)
    }
  }

  @inline(__always)
  private mutating func put(_ escape: Escape) {
    put(count: escape.count) { memory, end in
      var (place, rest) = (end.bytes &- escape.count, escape.bytes)
      while place < end.bytes {
        memory[byte: HeapOffset(place)] = UInt8(truncatingIfNeeded: rest)
        (place, rest) = (place &+ 1, rest >> 8)
      }
    }
  }

  /// Puts bytes of the region.
  mutating func copy(_ first: HeapOffset, count byteCount: Int) {
    if !isCounting && byteCount > 0 {
      memory.copy(from: first, to: HeapOffset(start.bytes &+ count), byteCount: byteCount)
    }
    count &+= byteCount
  }
}
