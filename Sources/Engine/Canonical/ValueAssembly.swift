/// Builds a value from its text or its CBOR, inside out, in two passes of the same walk. The first pass measures the
/// memory that the value takes; the second makes its objects.
///
/// Values whose Array, Record or Map is still open are kept in a row after the objects. Closing a container takes its
/// members off the end of the row and puts the container in their place.
struct ValueAssembly {
  private let memory: LinearMemory
  private(set) var isBuilding = false
  /// Words of the objects that the value consists of.
  private(set) var objectWords = 0
  /// Values and keys in the row.
  private var count = 0
  /// The most words that the row takes, including scratch space for sorting.
  private(set) var peakWords = 0
  private var row = HeapOffset(0)
  /// The shape of the last Record, which the next one often shares.
  private var lastShape: ShapeView?

  init(_ memory: LinearMemory) { self.memory = memory }

  /// Begins the second pass.
  ///
  /// - Parameter row: where the words for the row are free.
  mutating func beginBuilding(at row: HeapOffset) {
    isBuilding = true
    self.row = row
  }

  /// The whole value, available after the second pass.
  var result: Value { Value(bits: memory[row]) }

  /// Counts a value or key of `words` words. In the second pass, `put` must store it next.
  mutating func produce(words: Int) {
    objectWords &+= words
    count &+= 1
    peakWords = max(peakWords, count)
  }

  /// Stores the value or key that was counted last.
  func put(_ value: Value) { memory[row.advanced(words: count &- 1)] = value.bits }

  /// The value or key that was stored last.
  private var last: Value { Value(bits: memory[row.advanced(words: count &- 1)]) }

  /// Replaces the String that was made last by the image's interned one with the same characters, if there is one.
  func internLast(_ machine: inout Machine) {
    let interned = machine.image.interned(StringView(memory, last.offset))
    if interned == last { return }
    machine.heap.release(to: last.offset)
    put(interned)
  }

  /// Makes the last value the key of a Map. Its kind is one for which the Map stores a `mapKey` object.
  ///
  /// - Parameter cbor: where the value's CBOR begins.
  mutating func wrapLastAsKey(_ cbor: HeapOffset, byteCount: Int, _ heap: inout Heap) {
    objectWords &+= MapKey.wordCount(byteCount: byteCount)
    guard isBuilding else { return }
    memory.copy(from: cbor, to: heap.top.advanced(words: MapKey.headerWords), byteCount: byteCount)
    put(heap.makeMapKey(last, byteCount: byteCount))
  }

  /// Replaces the last elements with their Array.
  mutating func closeArray(count elements: Int, _ heap: inout Heap) {
    count &-= elements
    produce(words: ArrayView.headerWords &+ elements)
    guard isBuilding else { return }
    let array = heap.makeArray(count: elements)
    memory.copy(from: row.advanced(words: count &- 1), to: array.elements, byteCount: elements &* 8)
    put(Value(array.offset))
  }

  /// Replaces the last keys and values with their Record.
  ///
  /// - Returns: whether a key occurs twice; known only in the second pass.
  mutating func closeRecord(count fields: Int, _ heap: inout Heap) -> Bool {
    takePairs(fields, words: RecordBuilder.recordWords(fields))
    guard isBuilding else { return false }
    let first = row.advanced(words: count &- 1)
    let scratch = first.advanced(words: PairList.words(fields))
    var builder = RecordBuilder(memory: memory, pairs: first, count: fields, scratch: scratch)
    let record = builder.finish(hint: lastShape, heap: &heap)
    lastShape = RecordView(memory, record.offset).shape
    put(record)
    return builder.hadDuplicate
  }

  /// Replaces the last keys and values with their Map. The keys are in the form that Maps store, and are all different.
  mutating func closeMap(count pairs: Int, _ heap: inout Heap) {
    takePairs(pairs, words: Heap.mapWords(pairs))
    guard isBuilding else { return }
    let first = row.advanced(words: count &- 1)
    let scratch = first.advanced(words: PairList.words(pairs))
    var list = PairList(memory, pairs: first, count: pairs, scratch: scratch, order: .map)
    list.sort()
    put(pairs == 0 ? heap.makeMap() : heap.makeMap(list))
  }

  /// Takes pairs off the row, counting the scratch space for sorting them, and counts the object that they become.
  private mutating func takePairs(_ pairs: Int, words: Int) {
    peakWords = max(peakWords, count &+ PairList.scratchWords(pairs))
    count &-= PairList.words(pairs)
    produce(words: words)
  }
}
