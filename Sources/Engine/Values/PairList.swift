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
  /// Scratch space for sorting: `scratchWords`. Afterwards it still has as many words as the pairs.
  private(set) var scratch: HeapOffset
  private(set) var count: Int
  /// Whether a key may come more than once; known after sorting.
  private var mayRepeat = true

  /// Up to this many keys fit in the cache, so they are compared directly.
  private static let directLimit = 32

  /// Words that `count` pairs take.
  @inline(__always)
  static func words(_ count: Int) -> Int { 2 &* count }

  /// Words of scratch space that sorting `count` pairs takes.
  static func scratchWords(_ count: Int) -> Int { count <= directLimit ? words(count) : 2 &* words(count) }

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

  // MARK: Order

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

  /// A number that orders keys as far as it goes: of two keys, the one with the smaller number comes first. If the
  /// numbers are equal, the keys decide.
  @inline(__always)
  private func prefix(_ key: Value) -> UInt64 {
    switch order {
    case .record: StringView(memory, key.offset).knownKeyHash
    case .map: MapKey(memory, key).prefix
    case .cbor: MapKey.prefixInCBOR(memory, key)
    case .utf16: 0
    }
  }

  /// Keeps the last pair of each run of equal keys.
  ///
  /// - Precondition: the pairs are in order.
  /// - Returns: whether there were equal keys.
  mutating func dropDuplicates() -> Bool {
    if !mayRepeat { return false }
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

  // MARK: Sorting

  /// Sorts the pairs. Equal keys keep their order. Does nothing if the keys are in order already.
  mutating func sort() {
    if count <= PairList.directLimit { sortDirectly() } else { sortByPrefix() }
  }

  /// A bottom-up merge sort of the pairs.
  private mutating func sortDirectly() {
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

  /// Sorts prefixes and indices, which are side by side, and then moves each pair once. The keys of a large list are
  /// scattered in memory, so reading one costs more than many steps of sorting.
  private mutating func sortByPrefix() {
    var entries = PrefixList(memory, scratch, count: count)
    var isSorted = true
    mayRepeat = false
    for index in 0..<count {
      let prefix = prefix(key(index))
      entries.set(index, prefix)
      guard index > 0, isSorted else { continue }
      let previous = entries.prefix(index &- 1)
      if prefix == previous { mayRepeat = true }
      isSorted = prefix == previous ? !precedes(key(index), key(index &- 1)) : prefix > previous
    }
    if isSorted { return }
    var free = scratch.advanced(words: PairList.words(count))
    while entries.mergeRuns(to: free, isBefore: { precedes(key($0), key($1)) }) { swap(&entries.start, &free) }
    mayRepeat = false
    for position in 0..<count {
      move(from: pairs, entries.index(position), to: free, position)
      if position > 0, entries.prefix(position) == entries.prefix(position &- 1) { mayRepeat = true }
    }
    (pairs, scratch) = (free, entries.start)
  }
}

/// Prefixes of keys and the indices of their pairs, in two words each.
private struct PrefixList {
  private let memory: LinearMemory
  /// Where the list is.
  var start: HeapOffset
  private let count: Int

  init(_ memory: LinearMemory, _ start: HeapOffset, count: Int) {
    self.memory = memory
    self.start = start
    self.count = count
  }

  /// Sets the entry for the pair at an index.
  func set(_ index: Int, _ prefix: UInt64) {
    memory[start.advanced(words: 2 &* index)] = prefix
    memory[start.advanced(words: 2 &* index &+ 1)] = UInt64(truncatingIfNeeded: index)
  }

  func prefix(_ position: Int) -> UInt64 { memory[start.advanced(words: 2 &* position)] }

  func index(_ position: Int) -> Int { Int(truncatingIfNeeded: memory[start.advanced(words: 2 &* position &+ 1)]) }

  private func precedes(_ left: Int, _ right: Int, _ isBefore: (Int, Int) -> Bool) -> Bool {
    let (a, b) = (prefix(left), prefix(right))
    return a == b ? isBefore(index(left), index(right)) : a < b
  }

  /// The end of the run that begins at a position: the entries up to there are in order.
  private func runEnd(_ position: Int, _ isBefore: (Int, Int) -> Bool) -> Int {
    var end = position &+ 1
    while end < count, !precedes(end, end &- 1, isBefore) { end &+= 1 }
    return min(end, count)
  }

  /// Merges every two neighbouring runs.
  ///
  /// - Parameters:
  ///   - target: as many words as this list has.
  ///   - isBefore: decides about pairs with equal prefixes, by their indices.
  /// - Returns: false if the list was one run; then nothing was written.
  func mergeRuns(to target: HeapOffset, isBefore: (Int, Int) -> Bool) -> Bool {
    var start = 0
    while start < count {
      let middle = runEnd(start, isBefore)
      if start == 0 && middle == count { return false }
      let end = middle < count ? runEnd(middle, isBefore) : middle
      merge(start, middle, end, to: target, isBefore)
      start = end
    }
    return true
  }

  private func merge(
    _ start: Int, _ middle: Int, _ end: Int, to target: HeapOffset, _ isBefore: (Int, Int) -> Bool
  ) {
    var (left, right) = (start, middle)
    for position in start..<end {
      let takesRight = right < end && (left == middle || precedes(right, left, isBefore))
      let source = takesRight ? right : left
      memory[target.advanced(words: 2 &* position)] = prefix(source)
      memory[target.advanced(words: 2 &* position &+ 1)] = UInt64(truncatingIfNeeded: index(source))
      if takesRight { right &+= 1 } else { left &+= 1 }
    }
  }
}
