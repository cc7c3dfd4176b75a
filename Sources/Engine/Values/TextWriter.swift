/// Writes the bytes of a String that has just been allocated, from the first byte on.
struct TextWriter {
  private let memory: LinearMemory
  /// Where the next byte goes.
  private(set) var position: HeapOffset

  init(_ string: StringView) {
    memory = string.memory
    position = string.bytes
  }

  /// Continues at a place in memory.
  init(_ memory: LinearMemory, at position: HeapOffset) {
    self.memory = memory
    self.position = position
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    memory[byte: position] = byte
    position.bytes &+= 1
  }

  /// Skips bytes that have been written by other means.
  mutating func advance(_ byteCount: Int) { position.bytes &+= byteCount }

  mutating func append(_ string: StringView) { append(string, from: 0, to: string.byteCount) }

  /// Appends a range of a String's bytes.
  mutating func append(_ string: StringView, from: Int, to: Int) {
    assert(from >= 0 && from <= to && to <= string.byteCount, "range out of bounds")
    let count = to &- from
    memory.copy(from: HeapOffset(string.bytes.bytes &+ from), to: position, byteCount: count)
    position.bytes &+= count
  }

  /// Appends a String `times` times, and then its first `byteCount` bytes.
  mutating func append(_ string: StringView, times: Int, thenFirst byteCount: Int) {
    let total = string.byteCount &* times &+ byteCount
    if total == 0 { return }
    let start = position
    var done = min(string.byteCount, total)
    append(string, from: 0, to: done)
    // The bytes written so far are doubled until there are enough.
    while done < total {
      let count = min(done, total &- done)
      memory.copy(from: start, to: position, byteCount: count)
      position.bytes &+= count
      done &+= count
    }
  }

  /// Appends a Unicode scalar value.
  ///
  /// - Precondition: it is not a surrogate, and at most U+10FFFF.
  mutating func append(scalar: UInt32) {
    position.bytes &+= memory.write(scalar: scalar, at: position)
  }

  /// Appends the bytes of a literal.
  mutating func append(_ literal: StaticString) {
    memory.write(literal, at: position)
    position.bytes &+= literal.utf8CodeUnitCount
  }
}

/// The size of a text that is going to be built. It stops growing at `unattainable`, which no heap can hold. So sums
/// and products of lengths can't overflow, and cost the same on every platform.
struct TextSize {
  private(set) var byteCount = 0
  private(set) var utf16Count = 0

  /// One more than the largest length or count that any object has.
  static let unattainable = ObjectHeader.maximum + 1

  init() {}

  init(byteCount: Int, utf16Count: Int) {
    self.byteCount = byteCount
    self.utf16Count = utf16Count
  }

  /// The size of one character.
  init(of scalar: UInt32) {
    self.init(byteCount: UTF8Text.byteCount(of: scalar), utf16Count: scalar < 0x1_0000 ? 1 : 2)
  }

  init(_ string: StringView) { self.init(byteCount: string.byteCount, utf16Count: string.utf16Count) }

  static func += (left: inout TextSize, right: TextSize) {
    left.byteCount = sum(left.byteCount, right.byteCount)
    left.utf16Count = sum(left.utf16Count, right.utf16Count)
  }

  /// Subtracts `times` parts that are known to be in it.
  mutating func remove(_ part: TextSize, times: Int) {
    byteCount &-= part.byteCount &* times
    utf16Count &-= part.utf16Count &* times
  }

  /// The size of `times` copies.
  func repeated(_ times: Int64) -> TextSize {
    TextSize(
      byteCount: TextSize.product(byteCount, times), utf16Count: TextSize.product(utf16Count, times))
  }

  /// The sum of two counts, each at most `unattainable`, limited to `unattainable`.
  static func sum(_ left: Int, _ right: Int) -> Int {
    right > unattainable &- left ? unattainable : left &+ right
  }

  /// The product of a count and a non-negative factor, limited to `unattainable`.
  static func product(_ count: Int, _ times: Int64) -> Int {
    let (product, overflow) = Int64(count).multipliedReportingOverflow(by: times)
    return overflow || product > Int64(unattainable) ? unattainable : Int(product)
  }
}
