/// One collection: moves what is live from one semispace to the other (C. J. Cheney, "A nonrecursive list compacting
/// algorithm", 1970).
///
/// An object that has been moved leaves its new place behind, in a word whose kind is 0, which no header has. The
/// objects that have been moved are the queue of those whose own references are still to be followed: so a collection
/// needs no memory besides the two semispaces, and no recursion.
struct Collector: ~Copyable {
  private let memory: LinearMemory
  /// The objects that may have to be moved. References to anywhere else (the image) stay as they are.
  private let source: Range<HeapOffset>
  /// The first object whose references have not been followed.
  private var next: HeapOffset
  /// Where the next object goes.
  private(set) var top: HeapOffset

  /// - Parameters:
  ///   - source: what has been allocated.
  ///   - target: the other semispace, in which there is as much room.
  init(_ memory: LinearMemory, from source: Range<HeapOffset>, to target: HeapOffset) {
    self.memory = memory
    self.source = source
    next = target
    top = target
  }

  /// The value, as it is after the collection. What it refers to is moved, unless it has been.
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

  /// Moves what a word of the machine refers to.
  mutating func moveReference(at place: HeapOffset) {
    let value = moved(Value(bits: memory[place]))
    memory[place] = value.bits
  }

  /// Moves all that can be reached from what has been moved.
  mutating func finish() {
    while next < top {
      let header = ObjectHeader(bits: memory[next])
      for word in header.valueWords { moveReference(at: next.advanced(words: word)) }
      next = next.advanced(words: header.wordCount)
    }
  }
}
