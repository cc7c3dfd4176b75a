/// A bump allocator over part of linear memory, and the constructors of every kind of object.
///
/// Allocation is in two steps, so that a collection can only happen at a known place: the caller works out how many
/// words it needs and reserves them (`Machine.reserve` may collect and may trap), and then makes its objects, which
/// can't fail. The same constructors write the heap image when a snapshot is built.
public struct Heap: Sendable {
  /// The region that it lies in.
  public let memory: LinearMemory
  /// Where the next object goes.
  public private(set) var top: HeapOffset
  /// How far the space has been filled, as far as `top` has come back from there.
  public private(set) var highWater: HeapOffset
  /// Where the space ends.
  public let end: HeapOffset

  /// An empty heap in the space from `start` to `end`.
  public init(memory: LinearMemory, start: HeapOffset, end: HeapOffset) {
    self.memory = memory
    top = start
    highWater = start
    self.end = end
  }

  /// Words that are left.
  @inline(__always)
  public var freeWords: Int { (end.bytes &- top.bytes) >> 3 }

  /// Takes words that have been reserved.
  @inline(__always)
  public mutating func allocate(words: Int) -> HeapOffset {
    assert(words > 0 && words <= freeWords, "allocation without reservation")
    let offset = top
    top = top.advanced(words: words)
    return offset
  }

  /// Gives back what was allocated since `top` was this.
  public mutating func release(to top: HeapOffset) {
    highWater = max(highWater, self.top)
    self.top = top
  }

  /// An integer of any size: inline if it fits 63 bits, else boxed (2 words).
  @inline(__always)
  public mutating func makeInteger(_ integer: Int64) -> Value {
    if let value = Value(inline: integer) { return value }
    let offset = allocate(words: 2)
    memory[offset] = ObjectHeader(.boxedInteger).bits
    memory[offset.advanced(words: 1)] = UInt64(bitPattern: integer)
    return Value(offset)
  }

  /// A String whose bytes the caller still has to write, all of them (`StringView.wordCount` words).
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
    let string = makeString(byteCount: text.count, utf16Count: UTF8Text.utf16Count(of: text))
    memory.write(text, at: string.bytes)
    return string
  }

  /// A String of bytes of the region, which are valid UTF-8.
  mutating func makeString(copying first: HeapOffset, byteCount: Int) -> Value {
    let string = makeString(byteCount: byteCount, utf16Count: 0)
    memory.copy(from: first, to: string.bytes, byteCount: byteCount)
    return measured(string)
  }

  /// A String of these bytes, which are ASCII.
  public mutating func makeString(_ text: StaticString) -> StringView {
    let string = makeString(byteCount: text.utf8CodeUnitCount, utf16Count: text.utf8CodeUnitCount)
    memory.write(text, at: string.bytes)
    return string
  }

  /// Sets the length in code units of a String that was made, and filled, before it was known.
  mutating func measured(_ string: StringView) -> Value {
    let units = memory.withBytes(at: string.bytes, count: string.byteCount) { UTF8Text.utf16Count(of: $0) }
    memory[string.offset] = ObjectHeader(.string, first: string.byteCount, second: units).bits
    return Value(string.offset)
  }

  /// An Array whose elements the caller still has to write, all of them (1 + count words).
  @inline(__always)
  public mutating func makeArray(count: Int) -> ArrayView {
    let offset = allocate(words: ArrayView.headerWords &+ count)
    memory[offset] = ObjectHeader(.array, first: count).bits
    return ArrayView(memory, offset)
  }

  /// A Record whose values the caller still has to write, all of them (2 + count words).
  @inline(__always)
  public mutating func makeRecord(shape: ShapeView) -> RecordView {
    let offset = allocate(words: RecordView.headerWords &+ shape.count)
    memory[offset] = ObjectHeader(.record, first: shape.count).bits
    memory[offset.advanced(words: 1)] = Value(shape.offset).bits
    return RecordView(memory, offset)
  }

  /// A shape whose keys the caller still has to write, in canonical order (1 + count words).
  public mutating func makeShape(count: Int) -> ShapeView {
    let offset = allocate(words: 1 &+ count)
    memory[offset] = ObjectHeader(.shape, first: count).bits
    return ShapeView(memory, offset)
  }

  /// Cuts the last object, a shape, down to its first keys.
  mutating func shrink(_ shape: ShapeView, to count: Int) {
    assert(top == shape.offset.advanced(words: 1 &+ shape.count), "not the last object")
    memory[shape.offset] = ObjectHeader(.shape, first: count).bits
    release(to: shape.offset.advanced(words: 1 &+ count))
  }

  /// Cuts an Array that no guest has seen yet down to its first elements. What lay behind them is left to the next
  /// collection, unless it was the end of what is allocated.
  mutating func shrink(_ array: ArrayView, to count: Int) {
    assert(count <= array.count, "an Array can't grow")
    if top == array.elements.advanced(words: array.count) { release(to: array.elements.advanced(words: count)) }
    memory[array.offset] = ObjectHeader(.array, first: count).bits
  }

  /// How a record literal is built; the caller still has to write the indices (2 + count words).
  public mutating func makeRecordLayout(shape: ShapeView) -> RecordLayoutView {
    let offset = allocate(words: 2 &+ shape.count)
    memory[offset] = ObjectHeader(.recordLayout, first: shape.count).bits
    memory[offset.advanced(words: 1)] = Value(shape.offset).bits
    return RecordLayoutView(memory, offset)
  }

  /// A closure whose captures the caller still has to write, all of them (1 + count words).
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

  /// The Map of no pairs (3 words).
  public mutating func makeMap() -> Value { makeMap(count: 0, .undefined, .undefined) }

  /// A Map (3 words): see `MapView` for what its words are.
  mutating func makeMap(count: Int, _ first: Value, _ second: Value) -> Value {
    let offset = allocate(words: MapView.wordCount)
    memory[offset] = ObjectHeader(.map, first: count).bits
    memory[offset.advanced(words: 1)] = first.bits
    memory[offset.advanced(words: 2)] = second.bits
    return Value(offset)
  }

  /// A node of a Map's trie whose slots the caller still has to fill (`MapNodeView.wordCount` words).
  mutating func makeMapNode(digit: Int, count: Int, pairs: Int, children: Int) -> MapNodeView {
    let words = MapNodeView.wordCount(pairs: pairs.nonzeroBitCount, children: children.nonzeroBitCount)
    let offset = allocate(words: words)
    memory[offset] = ObjectHeader(.mapNode, first: pairs, second: children).bits
    memory[offset.advanced(words: 1)] = Value(inlineUnchecked: Int64(digit) << 30 | Int64(count)).bits
    return MapNodeView(memory, offset)
  }

  /// The key of a Map whose CBOR has been written where it belongs: `MapKey.headerWords` beyond the top.
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
