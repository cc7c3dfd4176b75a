/// Pairs of a key and a value in linear memory, to be sorted.
struct PairList {
  /// The order of the pairs.
  enum Order {
    /// Keys of a Record: the canonical order of Strings.
    case record
    /// Keys in the form that Maps store: the canonical order.
    case map
    /// RFC 7049, section 3.9: the shorter CBOR first, then bytewise.
    case cbor
    /// RFC 8785, section 3.2.3: Strings by their UTF-16 code units.
    case utf16
  }

  private let memory: LinearMemory
  private let order: Order
  /// Alternating keys and values.
  private(set) var pairs: HeapOffset
  /// Scratch space of the same size, for sorting.
  private(set) var scratch: HeapOffset
  private(set) var count: Int

  /// Words that `count` pairs take.
  @inline(__always)
  static func words(_ count: Int) -> Int { 2 &* count }

  init(_ memory: LinearMemory, pairs: HeapOffset, count: Int, scratch: HeapOffset, order: Order) {
    self.memory = memory
    self.pairs = pairs
    self.scratch = scratch
    self.count = count
    self.order = order
  }

  /// Adds a pair.
  @inline(__always)
  mutating func append(key: Value, value: Value) {
    memory[pairs.advanced(words: 2 &* count)] = key.bits
    memory[pairs.advanced(words: 2 &* count &+ 1)] = value.bits
    count &+= 1
  }

  @inline(__always)
  func key(_ index: Int) -> Value { Value(bits: memory[pairs.advanced(words: 2 &* index)]) }

  @inline(__always)
  func value(_ index: Int) -> Value { Value(bits: memory[pairs.advanced(words: 2 &* index &+ 1)]) }

  /// Whether the first of two keys comes before the second.
  @inline(__always)
  private func precedes(_ left: Value, _ right: Value) -> Bool {
    switch order {
    case .record: KeyOrder.precedes(StringView(memory, left.offset), StringView(memory, right.offset))
    case .map: MapKey(memory, left).precedes(MapKey(memory, right))
    case .cbor: MapKey.precedesInCBOR(memory, left, right)
    case .utf16: StringView(memory, left.offset).compareUTF16(StringView(memory, right.offset)) < 0
    }
  }

  /// Keeps the last pair of each run of equal keys.
  ///
  /// - Precondition: the pairs are in order.
  /// - Returns: whether there were equal keys.
  mutating func dropDuplicates() -> Bool {
    var kept = 0
    for index in 0..<count {
      if kept > 0 && !precedes(key(kept &- 1), key(index)) { kept &-= 1 }
      if kept != index { move(from: pairs, index, to: pairs, kept) }
      kept &+= 1
    }
    let hadDuplicates = kept < count
    count = kept
    return hadDuplicates
  }

  private func move(from source: HeapOffset, _ index: Int, to target: HeapOffset, _ position: Int) {
    memory[target.advanced(words: 2 &* position)] = memory[source.advanced(words: 2 &* index)]
    memory[target.advanced(words: 2 &* position &+ 1)] = memory[source.advanced(words: 2 &* index &+ 1)]
  }

  /// Sorts the pairs: a stable bottom-up merge sort, so equal keys keep their order. Does nothing if the keys are in
  /// order already.
  mutating func sort() {
    var isSorted = true
    for index in 0..<max(0, count &- 1) where isSorted { isSorted = !precedes(key(index &+ 1), key(index)) }
    if isSorted { return }
    var width = 1
    while width < count {
      var start = 0
      while start < count {
        merge(start, min(start &+ width, count), min(start &+ 2 &* width, count))
        start &+= 2 &* width
      }
      swap(&pairs, &scratch)
      width &*= 2
    }
  }

  /// Merges the runs `start..<middle` and `middle..<end` of the pairs into the scratch space.
  private func merge(_ start: Int, _ middle: Int, _ end: Int) {
    var (left, right, target) = (start, middle, start)
    while target < end {
      let takesRight = right < end && (left == middle || precedes(key(right), key(left)))
      move(from: pairs, takesRight ? right : left, to: scratch, target)
      if takesRight { right &+= 1 } else { left &+= 1 }
      target &+= 1
    }
  }
}
