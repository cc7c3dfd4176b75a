/// Reads data items of deterministic CBOR (RFC 7049, section 3.9) in linear memory. It accepts only the form that
/// `writeCBOR` writes; for anything else, each function returns nil.
struct CBORScanner {
  private let memory: LinearMemory
  private let end: HeapOffset
  /// The next byte.
  private(set) var position: HeapOffset

  /// - Parameter text: the bytes, held as a String.
  init(_ text: StringView) {
    memory = text.memory
    position = text.bytes
    end = HeapOffset(text.bytes.bytes &+ text.byteCount)
  }

  var isAtEnd: Bool { position == end }

  private var bytesLeft: Int { end.bytes &- position.bytes }

  /// A head whose argument is in its shortest form.
  mutating func head() -> (major: CBORHead.Major, argument: UInt64)? {
    guard bytesLeft > 0 else { return nil }
    let initial = memory[byte: position]
    guard let major = CBORHead.Major(rawValue: initial >> 5) else { return nil }
    let mark = initial & 31
    guard mark <= 27 else { return nil }
    let size = mark < 24 ? 0 : 1 &<< (Int(mark) &- 24)
    guard bytesLeft > size else { return nil }
    var argument = mark < 24 ? UInt64(mark) : 0
    for index in 0..<size { argument = argument << 8 | UInt64(memory[byte: HeapOffset(position.bytes &+ 1 &+ index)]) }
    guard CBORHead(major, argument).count == 1 &+ size else { return nil }
    position = HeapOffset(position.bytes &+ 1 &+ size)
    return (major, argument)
  }

  /// The major type of the item that begins at a position.
  func major(at position: HeapOffset) -> CBORHead.Major? { CBORHead.Major(rawValue: memory[byte: position] >> 5) }

  /// The number of bytes or items that an argument announces. Each takes at least one byte.
  func count(_ argument: UInt64) -> Int? {
    argument <= UInt64(bytesLeft) ? Int(truncatingIfNeeded: argument) : nil
  }

  /// The Int of an argument: a negative n has the argument -1 - n.
  func integer(_ argument: UInt64, isNegative: Bool) -> Int64? {
    guard argument <= UInt64(Int64.max) else { return nil }
    let integer = Int64(truncatingIfNeeded: argument)
    return isNegative ? ~integer : integer
  }

  /// Skips the bytes of a text string and returns where they begin; nil if they are not UTF-8.
  mutating func text(byteCount: Int) -> HeapOffset? {
    guard memory.withBytes(at: position, count: byteCount, { UTF8Text.firstInvalidByte(of: $0) }) == nil else {
      return nil
    }
    return skip(byteCount)
  }

  private mutating func skip(_ byteCount: Int) -> HeapOffset {
    let first = position
    position = HeapOffset(first.bytes &+ byteCount)
    return first
  }

  /// A decimal fraction after its tag. The tag's first byte is at `start`.
  mutating func decimal(from start: HeapOffset) -> Decimal128? {
    guard let array = head(), array.major == .array, array.argument == 2 else { return nil }
    guard let exponent = head(), exponent.major == .unsigned || exponent.major == .negative,
      let power = integer(exponent.argument, isNegative: exponent.major == .negative), let mantissa = mantissa()
    else { return nil }
    guard mantissa.magnitude < Decimal128.coefficientLimit, power.magnitude <= UInt64(Decimal128.maximumDigits),
      let number = DecimalDigits(mantissa.magnitude).number(isNegative: mantissa.isNegative, exponent: power)
    else { return nil }
    // Each number has one form, so these bytes must equal the ones that would be written.
    var form = MatchingSink(memory, from: start)
    form.put(cbor: number)
    return form.matches(upTo: position) ? number : nil
  }

  /// An integer of up to 16 bytes: plain, or as a tagged byte string.
  private mutating func mantissa() -> (magnitude: UInt128, isNegative: Bool)? {
    guard let head = head() else { return nil }
    switch (head.major, head.argument) {
    case (.unsigned, let argument): return (UInt128(argument), false)
    case (.negative, let argument): return (UInt128(argument) &+ 1, true)
    case (.tag, 2), (.tag, 3):
      guard let bytes = self.head(), bytes.major == .bytes, bytes.argument <= 16, let size = count(bytes.argument)
      else {
        return nil
      }
      let first = skip(size)
      var argument: UInt128 = 0
      for index in 0..<size { argument = argument << 8 | UInt128(memory[byte: HeapOffset(first.bytes &+ index)]) }
      guard argument < Decimal128.coefficientLimit else { return nil }
      return head.argument == 2 ? (argument, false) : (argument &+ 1, true)
    default: return nil
    }
  }

  /// Whether the first item comes before the second: the shorter one first, then bytewise.
  func precedes(_ first: HeapOffset, byteCount: Int, _ second: HeapOffset, byteCount other: Int) -> Bool {
    byteCount == other ? memory.compareBytes(first, second, byteCount: other) < 0 : byteCount < other
  }
}

/// Compares bytes with bytes in memory.
private struct MatchingSink: ByteSink {
  private let memory: LinearMemory
  private var position: HeapOffset
  private var isEqual = true

  init(_ memory: LinearMemory, from position: HeapOffset) {
    self.memory = memory
    self.position = position
  }

  mutating func put(_ byte: UInt8) {
    isEqual = isEqual && memory[byte: position] == byte
    position = HeapOffset(position.bytes &+ 1)
  }

  func matches(upTo end: HeapOffset) -> Bool { isEqual && position == end }
}
