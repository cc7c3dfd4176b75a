/// Reading and building Arrays, Records, closures and cells, where this does not charge. The charges of these
/// instructions are in the code. See `RunningMachine.uncharged`.
extension UnchargedMachine {
  // MARK: Reading

  /// `a.key` where `a` is not a Record with that field: the `length` of a String or an Array, or an error.
  @inline(never)
  mutating func getFieldSlowly(_ object: Value, _ key: Value) throws(Trap) -> Value {
    switch memory.kind(of: object) {
    case .record:
      return try field(key, of: RecordView(memory, object.offset))
    case .string:
      if isLength(key) { return Value(small: StringView(memory, object.offset).utf16Count) }
    case .array:
      if isLength(key) { return Value(small: ArrayView(memory, object.offset).count) }
    case .jsonNull, .bool, .int, .decimal, .map, .function, .undefined:
      throw .typeMismatch
    }
    throw noSuchField(key)
  }

  private func isLength(_ key: Value) -> Bool {
    let shape = ShapeView(memory, image.constant(LibraryConstant.lengthShape).offset)
    return shape[0] == key
  }

  // MARK: Patterns

  /// The field of a Record that a pattern names, or `NoSuchField`.
  mutating func takeField(_ object: Value, _ key: Value) throws(Trap) -> Value {
    try field(key, of: memory.record(object))
  }

  /// The field of a Record that a pattern names, or `undefined`.
  mutating func takeFieldOrUndefined(_ object: Value, _ key: Value) throws(Trap) -> Value {
    let record = try memory.record(object)
    let index = record.shape.index(ofInterned: key)
    return index < 0 ? .undefined : record[index]
  }

  /// An element that a pattern names, or `IndexOutOfRange`.
  mutating func takeElement(_ object: Value, _ index: Int) throws(Trap) -> Value {
    let array = try memory.array(object)
    if index >= array.count { throw indexOutOfRange(Int64(index), length: array.count) }
    return array[index]
  }

  /// An element that a pattern names, or `undefined`.
  mutating func takeElementOrUndefined(_ object: Value, _ index: Int) throws(Trap) -> Value {
    let array = try memory.array(object)
    return index < array.count ? array[index] : .undefined
  }

  // MARK: Building

  /// An Array of the values in registers.
  mutating func makeArray(_ values: Registers, count: Int) throws(Trap) -> Value {
    try reserve(words: ArrayView.headerWords &+ count)
    let array = heap.makeArray(count: count)
    for index in 0..<count { array[index] = values[index] }
    return Value(array.offset)
  }

  /// A Record of the values in registers, which are in the order of the literal that `layout` describes.
  mutating func makeRecord(_ values: Registers, layout: Value) throws(Trap) -> Value {
    let layout = RecordLayoutView(memory, layout.offset)
    try reserve(words: RecordView.headerWords &+ layout.count)
    let record = heap.makeRecord(shape: layout.shape)
    for index in 0..<layout.count { record[layout[index]] = values[index] }
    return Value(record.offset)
  }

  /// A closure over the captures in these registers.
  mutating func makeClosure(function index: Int, captures: Registers) throws(Trap) -> Value {
    let count = image.function(index).captureCount
    try reserve(words: 1 &+ count)
    let function = heap.makeFunction(index: index, captureCount: count)
    for capture in 0..<count { function[capture] = captures[capture] }
    return Value(function.offset)
  }

  /// A cell without a value.
  mutating func newCell() throws(Trap) -> Value {
    try reserve(words: 2)
    return heap.makeCell(.uninitialized)
  }
}
