/// Structural equality: defined for all values, without native recursion, and charged for each pair that it visits.
extension Machine {
  /// Whether two values are equal.
  ///
  /// Visits pairs in pre-order up to the first difference. Each pair from the second on is charged (`BulkWork.pairs`).
  /// The keys of two Records are pairs as well. The keys of two Maps, and their values, count as three pairs each, since
  /// finding them takes a search. A pair of Strings also costs the bytes of the shorter one.
  ///
  /// Functions are equal if their code is the same and their captures are equal. Closures can refer to each other in a
  /// cycle: a pair of functions that is already being compared counts as equal.
  ///
  /// - Throws: `gasExhausted`, `stackExhausted`.
  mutating func equal(_ left: Value, _ right: Value) throws(Trap) -> Bool {
    var pending = ComparedPairs(self)
    var isEqual = try visit(left, right, &pending)
    while isEqual, let (a, b, index) = pending.next(&self) {
      try chargeUnits(pairCount(in: a) &* BulkWork.unitsPerPair)
      guard try equalKeys(a, b, index) else {
        isEqual = false
        break
      }
      let children = children(of: a, b, index, pending)
      isEqual = try visit(children.0, children.1, &pending)
    }
    pending.clear(&self)
    return isEqual
  }

  /// Compares two values without their children, and pushes the pair if it has any.
  private mutating func visit(_ left: Value, _ right: Value, _ pending: inout ComparedPairs) throws(Trap) -> Bool {
    guard left.isReference && right.isReference && left != .uninitialized && right != .uninitialized else {
      return left == right
    }
    let (a, b) = (left.offset, right.offset)
    let (first, second) = (ObjectHeader(bits: memory[a]), ObjectHeader(bits: memory[b]))
    guard let kind = first.kind, second.is(kind) else { return false }
    switch kind {
    case .boxedInteger:
      return memory[a.advanced(words: 1)] == memory[b.advanced(words: 1)]
    case .decimal:
      return DecimalComparison.areEqual(DecimalView(memory, a).number, DecimalView(memory, b).number)
    case .string:
      try charge(BulkWork.stringComparison.units(min(first.first, second.first)))
      return StringView(memory, a).equals(StringView(memory, b))
    case .builtinFunction:
      return first.bits == second.bits
    case .function:
      guard
        first.second == second.second
          || image.function(first.second).codeClass == image.function(second.second).codeClass
      else { return false }
      if first.first > 0 { try pending.pushFunctions(a, b, count: first.first, &self) }
    case .map:
      guard first.first == second.first else { return false }
      // Keys are children, as values are.
      if first.first > 0 { try pending.push(a, b, count: 2 &* first.first, &self) }
    default:
      guard first.first == second.first else { return false }
      if first.first > 0 { try pending.push(a, b, count: first.first, &self) }
    }
    return true
  }

  /// How many pairs a child of an object on the list, and the same child of the other object, count as.
  @inline(__always)
  private func pairCount(in object: HeapOffset) -> Int {
    let header = ObjectHeader(bits: memory[object])
    return header.is(.record) ? 2 : header.is(.map) ? 3 : 1
  }

  /// Whether two objects on the list have the same key at `index`; only Records have keys.
  @inline(__always)
  private mutating func equalKeys(_ a: HeapOffset, _ b: HeapOffset, _ index: Int) throws(Trap) -> Bool {
    guard ObjectHeader(bits: memory[a]).is(.record) else { return true }
    let (first, second) = (RecordView(memory, a).shape, RecordView(memory, b).shape)
    let (left, right) = (first.key(at: index), second.key(at: index))
    try charge(BulkWork.stringComparison.units(min(left.byteCount, right.byteCount)))
    return first[index] == second[index] || left.equals(right)
  }

  /// The children of two objects on the list.
  @inline(__always)
  private func children(
    of a: HeapOffset, _ b: HeapOffset, _ index: Int, _ pending: ComparedPairs
  ) -> (Value, Value) {
    if ObjectHeader(bits: memory[a]).is(.map) {
      return pending.children(MapView(memory, a), MapView(memory, b), index)
    }
    return (child(of: a, index), child(of: b, index))
  }

  /// A child of an object on the list that is not a Map.
  @inline(__always)
  private func child(of object: HeapOffset, _ index: Int) -> Value {
    let header = ObjectHeader(bits: memory[object])
    switch header.kind {
    case .record:
      return RecordView(memory, object)[index]
    case .function:
      let capture = FunctionView(memory, object)[index]
      guard let inner = self.header(of: capture), inner.is(.cell) else { return capture }
      return Value(bits: memory[capture.offset.advanced(words: 1)])
    default:
      return ArrayView(memory, object)[index]
    }
  }
}

/// Pairs of objects whose children are being compared, the innermost last.
///
/// Pairs of functions are also in a hash table, so one step shows whether a pair is being compared. Each bucket is a
/// chain of levels, the innermost first. The pair that is popped was pushed last, so it is always the first of its
/// chain. The table is at the far end of the stack, which has space for as many words as the levels can take
/// (`MachineLayout`).
///
/// ```
///  word 0                word 1            word 2                     word 3
/// ┌─────────────────────┬─────────────────┬──────────────────────────┬─────────────────────┐
/// │ both objects, in    │ next child,     │ functions: level + 1 of  │ Maps: the cursor's  │
/// │ words, 32 bits each │ their number    │ the next in the chain;   │ state in the second │
/// │                     │                 │ Maps: the cursor's state │                     │
/// │                     │                 │ in the first             │                     │
/// └─────────────────────┴─────────────────┴──────────────────────────┴─────────────────────┘
/// ```
private struct ComparedPairs {
  private var levels: WorkList
  private let memory: LinearMemory
  /// The end of the table.
  private let end: HeapOffset
  /// A power of two, or 0 before the first pair of functions.
  private var bucketCount = 0
  private var functionCount = 0

  init(_ machine: borrowing Machine) {
    levels = WorkList(machine)
    memory = machine.memory
    end = machine.layout.liveness
  }

  /// The next children to compare: the objects, and the child's index. Pairs without further children are dropped.
  mutating func next(_ machine: inout Machine) -> (HeapOffset, HeapOffset, index: Int)? {
    while !levels.isEmpty {
      let progress = levels.top(1)
      if progress & 0xffff_ffff == progress >> 32 {
        pop(&machine)
        continue
      }
      levels.setTop(1, progress &+ 1)
      let objects = levels.top(0)
      return (
        HeapOffset(Int(truncatingIfNeeded: objects & 0xffff_ffff) &* 8),
        HeapOffset(Int(truncatingIfNeeded: objects >> 32) &* 8), Int(truncatingIfNeeded: progress & 0xffff_ffff)
      )
    }
    return nil
  }

  mutating func push(_ a: HeapOffset, _ b: HeapOffset, count: Int, _ machine: inout Machine) throws(Trap) {
    try levels.push(ComparedPairs.word(a, b), UInt64(count) << 32, 0, 0, &machine)
  }

  /// Pushes a pair of functions, unless it is on the list.
  mutating func pushFunctions(_ a: HeapOffset, _ b: HeapOffset, count: Int, _ machine: inout Machine) throws(Trap) {
    let objects = ComparedPairs.word(a, b)
    if bucketCount > 0 {
      var level = memory[bucket(objects)]
      while level != 0 {
        let index = Int(truncatingIfNeeded: level &- 1)
        if levels[level: index, word: 0] == objects { return }
        level = levels[level: index, word: 2]
      }
    }
    try levels.push(objects, UInt64(count) << 32, 0, 0, &machine)
    functionCount &+= 1
    if functionCount > bucketCount { grow(&machine) } else { link(levels.depth &- 1) }
  }

  /// The children of two Maps: keys and values alternately. The level keeps the cursors' states.
  func children(_ a: MapView, _ b: MapView, _ index: Int) -> (Value, Value) {
    var (first, second) = (levels.top(2), levels.top(3))
    if index & 1 != 0 {
      return (MapCursor(a, state: first).pair.value, MapCursor(b, state: second).pair.value)
    }
    let (left, right) = (a.pair(at: index >> 1, &first), b.pair(at: index >> 1, &second))
    levels.setTop(2, first)
    levels.setTop(3, second)
    return (MapKey.value(memory, left.key), MapKey.value(memory, right.key))
  }

  private mutating func pop(_ machine: inout Machine) {
    if isFunction(levels.depth &- 1) {
      memory[bucket(levels.top(0))] = levels.top(2)
      functionCount &-= 1
    }
    levels.pop(&machine)
  }

  mutating func clear(_ machine: inout Machine) { levels.clear(&machine) }

  // MARK: The table

  private func isFunction(_ level: Int) -> Bool {
    let object = HeapOffset(Int(truncatingIfNeeded: levels[level: level, word: 0] & 0xffff_ffff) &* 8)
    return ObjectHeader(bits: memory[object]).is(.function)
  }

  private func link(_ level: Int) {
    let place = bucket(levels[level: level, word: 0])
    levels[level: level, word: 2] = memory[place]
    memory[place] = UInt64(level) &+ 1
  }

  private mutating func grow(_ machine: inout Machine) {
    bucketCount = max(16, 2 &* bucketCount)
    let table = end.advanced(words: 0 &- bucketCount)
    machine.comparisonTable = min(machine.comparisonTable, table)
    memory.clear(table, byteCount: bucketCount &* 8)
    for level in 0..<levels.depth where isFunction(level) { link(level) }
  }

  private func bucket(_ objects: UInt64) -> HeapOffset {
    let number = ComparedPairs.scrambled(objects) & UInt64(bucketCount &- 1)
    return end.advanced(words: -1 &- Int(truncatingIfNeeded: number))
  }

  private static func word(_ a: HeapOffset, _ b: HeapOffset) -> UInt64 {
    UInt64(a.bytes) >> 3 | (UInt64(b.bytes) >> 3) << 32
  }

  /// A hash of a word that depends on all of its bits (the finaliser of MurmurHash3), so no pattern of addresses puts
  /// many pairs in one bucket.
  private static func scrambled(_ word: UInt64) -> UInt64 {
    var bits = word
    bits = (bits ^ bits >> 33) &* 0xff51_afd7_ed55_8ccd
    bits = (bits ^ bits >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return bits ^ bits >> 33
  }
}
