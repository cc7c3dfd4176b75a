/// One collection: moves the live objects from one semispace to the other (C. J. Cheney, "A nonrecursive list
/// compacting algorithm", 1970).
///
/// An object that has been moved leaves its new address behind, in a word whose kind is 0, which no header has. The
/// moved objects are also the queue of objects whose references must still be followed. So a collection needs no memory
/// other than the two semispaces, and no recursion.
struct Collector: ~Copyable {
  private let memory: LinearMemory
  /// The objects that may be moved. References to anything else (the image) stay as they are.
  private let source: Range<HeapOffset>
  /// The first object whose references have not been followed yet.
  private var next: HeapOffset
  /// Where the next object goes.
  private(set) var top: HeapOffset

  /// - Parameters:
  ///   - source: the allocated objects.
  ///   - target: the other semispace, which has the same size.
  init(_ memory: LinearMemory, from source: Range<HeapOffset>, to target: HeapOffset) {
    self.memory = memory
    self.source = source
    next = target
    top = target
  }

  /// The value as it is after the collection. Moves the object that it refers to, unless it has been moved already.
  mutating func moved(_ value: Value) -> Value {
    guard value.isReference, source.contains(value.offset) else { return value }
    let offset = value.offset
    let header = ObjectHeader(bits: memory[offset])
    if header.bits & 0xf == 0 { return Value(bits: header.bits >> 4) }
    let words = header.wordCount
    let target = top
    memory.copyWords(from: offset, to: target, count: words)
    memory[offset] = UInt64(truncatingIfNeeded: target.bytes) << 4
    top = target.advanced(words: words)
    return Value(target)
  }

  /// Moves the object that a word of the machine refers to, and updates the word.
  mutating func moveReference(at place: HeapOffset) {
    let value = moved(Value(bits: memory[place]))
    memory[place] = value.bits
  }

  /// Moves everything that can be reached from the moved objects.
  mutating func finish() {
    while next < top {
      let header = ObjectHeader(bits: memory[next])
      for word in header.valueWords { moveReference(at: next.advanced(words: word)) }
      next = next.advanced(words: header.wordCount)
    }
  }
}
