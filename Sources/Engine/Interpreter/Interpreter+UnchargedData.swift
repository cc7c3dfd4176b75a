/// Taking elements apart and building Arrays, Records, closures and cells, where this does not charge. The charges of these
/// instructions are in the code. See `RunningMachine.uncharged`.
extension UnchargedMachine {
  // MARK: Patterns

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
