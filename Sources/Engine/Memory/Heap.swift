/// A bump allocator over part of linear memory, with a constructor for every kind of object.
///
/// Allocation takes two steps, so that a collection can happen only at a known place. First the caller computes how
/// many words it needs and reserves them (`Machine.reserve` may collect and may trap). Then it makes its objects, which
/// can't fail. The same constructors write the heap image when a snapshot is built.
///
/// A machine has two semispaces, each of the size of the budget. All objects are in one of them. A collection moves the
/// live ones to the other, which then takes its place.
public struct Heap: Sendable {
  /// The region that the heap is part of.
  public let memory: LinearMemory
  /// The start of the current semispace.
  public private(set) var start: HeapOffset
  /// Where the next object goes.
  public private(set) var top: HeapOffset
  /// The end of the words that can be reserved without a collection.
  private(set) var limit: HeapOffset
  /// The other semispace.
  private(set) var spare: HeapOffset
  /// The size of a semispace in bytes: the budget.
  let byteCount: Int
  /// Whether every reservation collects, even if no collection is due.
  private let collectsAlways: Bool
  /// Bytes freed by collections that were not due. They count as in use until a collection is due, so the number of
  /// other collections affects neither the time nor the outcome of that one.
  private(set) var freedEarly = 0
  /// The most bytes in use whenever `top` was moved back.
  private(set) var peak = 0
  /// How far each semispace was filled whenever `top` was moved back, the one at the lower address first.
  private var filled: (HeapOffset, HeapOffset)

  /// An empty heap from `start` to `end`. It is never collected.
  public init(memory: LinearMemory, start: HeapOffset, end: HeapOffset) {
    self.init(
      memory: memory, start: start, spare: start, byteCount: end.bytes &- start.bytes, collectsAlways: false)
  }

  /// An empty heap of two semispaces.
  init(memory: LinearMemory, start: HeapOffset, spare: HeapOffset, byteCount: Int, collectsAlways: Bool) {
    self.memory = memory
    self.start = start
    self.spare = spare
    self.byteCount = byteCount
    self.collectsAlways = collectsAlways
    top = start
    limit = collectsAlways ? start : HeapOffset(start.bytes &+ byteCount)
    filled = (start, spare)
  }

  /// Words that can be reserved without a collection.
  @inline(__always)
  public var freeWords: Int { (limit.bytes &- top.bytes) >> 3 }

  /// Allocates words that have been reserved.
  @inline(__always)
  public mutating func allocate(words: Int) -> HeapOffset {
    assert(words > 0 && words <= freeWords, "allocation without reservation")
    let offset = top
    top = top.advanced(words: words)
    return offset
  }

  /// `count` words of scratch space, after `words` words that are about to be allocated. The caller has reserved all of
  /// them. Results must be stored elsewhere.
  mutating func scratch(behind words: Int, count: Int) -> HeapOffset {
    let room = top.advanced(words: words)
    raiseFilledMark(to: room.advanced(words: count))
    return room
  }

  /// Frees everything that has been allocated since `top` had this value.
  public mutating func release(to top: HeapOffset) {
    raiseMarks()
    self.top = top
  }

  /// An integer of any size: inline if it fits 63 bits, otherwise boxed (2 words).
  @inline(__always)
  public mutating func makeInteger(_ integer: Int64) -> Value {
    if let value = Value(inline: integer) { return value }
    let offset = allocate(words: 2)
    memory[offset] = ObjectHeader(.boxedInteger).bits
    memory[offset.advanced(words: 1)] = UInt64(bitPattern: integer)
    return Value(offset)
  }

  /// A String whose bytes the caller must still write, all of them (`StringView.wordCount` words).
  public mutating func makeString(byteCount: Int, utf16Count: Int) -> StringView {
    let offset = allocate(words: StringView.wordCount(byteCount: byteCount))
    memory[offset] = ObjectHeader(.string, first: byteCount, second: utf16Count).bits
    memory[offset.advanced(words: 1)] = 0
    if byteCount & 7 != 0 { memory[offset.advanced(words: StringView.headerWords &+ byteCount >> 3)] = 0 }
    return StringView(memory, offset)
  }

  /// A String of these bytes.
  ///
  /// - Precondition: they are valid UTF-8.
  public mutating func makeString(_ text: Span<UInt8>) -> StringView {
    let string = makeString(byteCount: text.count, utf16Count: 0)
    memory.write(text, at: string.bytes)
    return StringView(memory, measured(string).offset)
  }

  /// A String of bytes of the region, which must be valid UTF-8.
  mutating func makeString(copying first: HeapOffset, byteCount: Int) -> Value {
    let string = makeString(byteCount: byteCount, utf16Count: 0)
    memory.copy(from: first, to: string.bytes, byteCount: byteCount)
    return measured(string)
  }

  /// A String of these bytes, which must be ASCII.
  public mutating func makeString(_ text: StaticString) -> StringView {
    let string = makeString(byteCount: text.utf8CodeUnitCount, utf16Count: text.utf8CodeUnitCount)
    memory.write(text, at: string.bytes)
    return string
  }

  /// Sets the length in code units of a String that was made and filled before the length was known.
  mutating func measured(_ string: StringView) -> Value {
    let units = string.countedUTF16
    memory[string.offset] = ObjectHeader(.string, first: string.byteCount, second: units).bits
    return Value(string.offset)
  }

  /// An Array whose elements the caller must still write, all of them (1 + count words).
  @inline(__always)
  public mutating func makeArray(count: Int) -> ArrayView {
    let offset = allocate(words: ArrayView.headerWords &+ count)
    memory[offset] = ObjectHeader(.array, first: count).bits
    return ArrayView(memory, offset)
  }

  /// A Record whose values the caller must still write, all of them (2 + count words).
  @inline(__always)
  public mutating func makeRecord(shape: ShapeView) -> RecordView {
    let offset = allocate(words: RecordView.headerWords &+ shape.count)
    memory[offset] = ObjectHeader(.record, first: shape.count).bits
    memory[offset.advanced(words: 1)] = Value(shape.offset).bits
    return RecordView(memory, offset)
  }

  /// A shape whose keys the caller must still write, in canonical order (1 + count words).
  public mutating func makeShape(count: Int) -> ShapeView {
    let offset = allocate(words: 1 &+ count)
    memory[offset] = ObjectHeader(.shape, first: count).bits
    return ShapeView(memory, offset)
  }

  /// Cuts the last object, which must be a shape, down to its first keys.
  mutating func shrink(_ shape: ShapeView, to count: Int) {
    assert(top == shape.offset.advanced(words: 1 &+ shape.count), "not the last object")
    memory[shape.offset] = ObjectHeader(.shape, first: count).bits
    release(to: shape.offset.advanced(words: 1 &+ count))
  }

  /// Cuts an Array that no guest has seen yet down to its first elements. The rest is left to the next collection, even
  /// at the end of the allocated words: whether the Array is at the end depends on when the last collection was.
  func shrink(_ array: ArrayView, to count: Int) {
    assert(count <= array.count, "an Array can't grow")
    memory[array.offset] = ObjectHeader(.array, first: count).bits
  }

  /// How a record literal is built. The caller must still write the indices (2 + count words).
  public mutating func makeRecordLayout(shape: ShapeView) -> RecordLayoutView {
    let offset = allocate(words: 2 &+ shape.count)
    memory[offset] = ObjectHeader(.recordLayout, first: shape.count).bits
    memory[offset.advanced(words: 1)] = Value(shape.offset).bits
    return RecordLayoutView(memory, offset)
  }

  /// A closure whose captures the caller must still write, all of them (1 + count words).
  @inline(__always)
  public mutating func makeFunction(index: Int, captureCount: Int) -> FunctionView {
    let offset = allocate(words: 1 &+ captureCount)
    memory[offset] = ObjectHeader(.function, first: captureCount, second: index).bits
    return FunctionView(memory, offset)
  }

  /// A function of the library as a value (1 word).
  public mutating func makeBuiltinFunction(_ builtin: Builtin) -> Value {
    let offset = allocate(words: 1)
    memory[offset] = ObjectHeader(.builtinFunction, second: Int(builtin.rawValue)).bits
    return Value(offset)
  }

  /// A cell (2 words).
  @inline(__always)
  public mutating func makeCell(_ value: Value) -> Value {
    let offset = allocate(words: 2)
    memory[offset] = ObjectHeader(.cell).bits
    memory[offset.advanced(words: 1)] = value.bits
    return Value(offset)
  }

  /// An empty Map (3 words).
  public mutating func makeMap() -> Value { makeMap(count: 0, .undefined, .undefined) }

  /// A Map (3 words). `MapView` describes its words.
  mutating func makeMap(count: Int, _ first: Value, _ second: Value) -> Value {
    let offset = allocate(words: MapView.wordCount)
    memory[offset] = ObjectHeader(.map, first: count).bits
    memory[offset.advanced(words: 1)] = first.bits
    memory[offset.advanced(words: 2)] = second.bits
    return Value(offset)
  }

  /// A node of a Map's trie whose slots the caller must still fill (`MapNodeView.wordCount` words).
  mutating func makeMapNode(digit: Int, count: Int, pairs: Int, children: Int) -> MapNodeView {
    let words = MapNodeView.wordCount(pairs: pairs.nonzeroBitCount, children: children.nonzeroBitCount)
    let offset = allocate(words: words)
    memory[offset] = ObjectHeader(.mapNode, first: pairs, second: children).bits
    memory[offset.advanced(words: 1)] = Value(inlineUnchecked: Int64(digit) << 30 | Int64(count)).bits
    return MapNodeView(memory, offset)
  }

  /// A key of a Map. Its CBOR has already been written to its place, `MapKey.headerWords` words after `top`.
  mutating func makeMapKey(_ value: Value, byteCount: Int) -> Value {
    let offset = allocate(words: MapKey.wordCount(byteCount: byteCount))
    let bytes = offset.advanced(words: MapKey.headerWords)
    memory.clear(HeapOffset(bytes.bytes &+ byteCount), byteCount: top.bytes &- bytes.bytes &- byteCount)
    var hash = FNV1a()
    hash.put(memory, bytes, count: byteCount)
    memory[offset] = ObjectHeader(.mapKey, first: byteCount).bits
    memory[offset.advanced(words: 1)] = hash.value
    memory[offset.advanced(words: 2)] = value.bits
    return Value(offset)
  }
}

// MARK: - Collections

extension Heap {
  /// Bytes of the budget in use: what was live after the last collection that was due, and everything allocated since.
  var usedByteCount: Int { top.bytes &- start.bytes &+ freedEarly }

  /// The most bytes of the budget that were ever in use.
  var peakByteCount: Int { max(peak, usedByteCount) }

  /// How far each semispace was ever filled, the one at the lower address first.
  var filledSpaces: (HeapOffset, HeapOffset) {
    var heap = self
    heap.raiseMarks()
    return heap.filled
  }

  /// Whether too little of the budget is left for a reservation.
  func isCollectionDue(toReserve words: Int) -> Bool { words > (byteCount &- usedByteCount) >> 3 }

  /// A collection of the allocated objects.
  func collector() -> Collector { Collector(memory, from: start..<top, to: spare) }

  /// Continues in the semispace to which a collection has moved the live objects.
  ///
  /// - Parameter isDue: whether the collection was due, so that the space it has freed can be used again.
  mutating func adopt(_ collector: consuming Collector, isDue: Bool) {
    raiseMarks()
    let used = usedByteCount
    swap(&start, &spare)
    top = collector.top
    limit = HeapOffset(start.bytes &+ byteCount)
    freedEarly = isDue ? 0 : used &- (top.bytes &- start.bytes)
  }

  /// Whether a reservation succeeds after a collection that was due. The live objects must leave half of the budget
  /// free, so that no more is moved than is allocated.
  func hasRoom(forWords words: Int) -> Bool { 2 &* usedByteCount <= byteCount && words <= freeWords }

  /// Permits the allocation of `words` words before the next collection, if every reservation collects.
  mutating func grant(words: Int) {
    if collectsAlways { limit = top.advanced(words: words) }
  }

  /// Empties the heap. All of the budget is free again.
  mutating func removeAll() {
    raiseMarks()
    top = start
    freedEarly = 0
    limit = HeapOffset(start.bytes &+ byteCount)
    grant(words: 0)
  }

  /// Raises the marks before `top` is moved back.
  private mutating func raiseMarks() {
    peak = max(peak, usedByteCount)
    raiseFilledMark(to: top)
  }

  private mutating func raiseFilledMark(to end: HeapOffset) {
    if start <= spare { filled.0 = max(filled.0, end) } else { filled.1 = max(filled.1, end) }
  }
}
