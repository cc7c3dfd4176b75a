/// Makes a Record from keys and values in any order: for literals with spread, `Object.fromEntries`, parsed JSON.
///
/// The pairs are in linear memory while they are collected and sorted. If a key occurs again, its new value replaces
/// the old one.
struct RecordBuilder {
  private var list: PairList
  /// Whether a key occurred twice; known after `finish`.
  private(set) var hadDuplicate = false

  /// Words that a Record of `count` fields and its shape take.
  static func recordWords(_ count: Int) -> Int { RecordView.headerWords &+ 1 &+ 2 &* count }

  /// Words that the pairs take while they are collected and sorted.
  static func workingWords(_ count: Int) -> Int { PairList.words(count) &+ PairList.scratchWords(count) }

  /// A builder for at most `capacity` pairs.
  ///
  /// - Parameter otherWords: words that the caller allocates before `finish`.
  /// - Throws: `memoryExhausted`. All offsets taken earlier are invalid afterwards.
  init(capacity: Int, otherWords: Int = 0, machine: inout Machine) throws(Trap) {
    let pairs = try machine.reserve(
      words: otherWords &+ RecordBuilder.recordWords(capacity), scratch: RecordBuilder.workingWords(capacity))
    list = PairList(
      machine.memory, pairs: pairs, count: 0, scratch: pairs.advanced(words: PairList.words(capacity)), order: .record)
  }

  /// A builder of pairs that are already in memory, with scratch space of the same size at `scratch`. The caller has
  /// reserved the words of the Record.
  init(memory: LinearMemory, pairs: HeapOffset, count: Int, scratch: HeapOffset) {
    list = PairList(memory, pairs: pairs, count: count, scratch: scratch, order: .record)
  }

  /// Adds a pair.
  ///
  /// - Parameter key: a String, as `Image.interned` returned it. So its hash is known.
  mutating func append(key: Value, value: Value) { list.append(key: key, value: value) }

  /// The Record. Its shape is `hint` if `hint` has the same keys.
  mutating func finish(hint: ShapeView?, heap: inout Heap) -> Value {
    list.sort()
    hadDuplicate = list.dropDuplicates()
    let shape = matching(hint) ?? makeShape(&heap)
    let record = heap.makeRecord(shape: shape)
    for index in 0..<list.count { record[index] = list.value(index) }
    return Value(record.offset)
  }

  /// The Record, with its own shape.
  mutating func finish(machine: inout Machine) -> Value { finish(hint: nil, heap: &machine.heap) }

  private func matching(_ hint: ShapeView?) -> ShapeView? {
    guard let hint, hint.count == list.count else { return nil }
    for index in 0..<list.count {
      let key = list.key(index)
      if hint[index] != key && !hint.key(at: index).equals(StringView(hint.memory, key.offset)) { return nil }
    }
    return hint
  }

  private func makeShape(_ heap: inout Heap) -> ShapeView {
    let shape = heap.makeShape(count: list.count)
    for index in 0..<list.count { shape[index] = list.key(index) }
    return shape
  }
}
