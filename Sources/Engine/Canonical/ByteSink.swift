/// A destination of canonical bytes: memory, a hash, or a counter that only counts them.
protocol ByteSink {
  mutating func put(_ byte: UInt8)
  mutating func put(_ head: CBORHead)
  mutating func put(_ memory: LinearMemory, _ first: HeapOffset, count: Int)
}

extension ByteSink {
  mutating func put(_ memory: LinearMemory, _ first: HeapOffset, count: Int) {
    var index = 0
    while index < count {
      put(memory[byte: HeapOffset(first.bytes &+ index)])
      index &+= 1
    }
  }
}

extension TextSink: ByteSink {
  @inline(__always)
  mutating func put(_ head: CBORHead) {
    put(count: head.count) { memory, end in
      for index in 0..<head.count { memory[byte: HeapOffset(end.bytes &- head.count &+ index)] = head[index] }
    }
  }

  mutating func put(_ memory: LinearMemory, _ first: HeapOffset, count: Int) { copy(first, count: count) }
}

extension FNV1a: ByteSink {
  @inline(__always)
  mutating func put(_ byte: UInt8) { add(byte) }
}

extension SHA256: ByteSink {
  @inline(__always)
  mutating func put(_ byte: UInt8) { add(byte) }
}

/// Writes each byte as two lowercase hexadecimal digits.
struct HexSink: ByteSink {
  private var writer: TextWriter

  /// - Precondition: the String has two bytes for each byte that will be put.
  init(_ string: StringView) { writer = TextWriter(string) }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    writer.append(HexSink.digit(byte >> 4))
    writer.append(HexSink.digit(byte & 15))
  }

  /// The digit of a number below 16.
  @inline(__always)
  static func digit(_ number: UInt8) -> UInt8 { number < 10 ? 0x30 &+ number : 0x57 &+ number }
}
