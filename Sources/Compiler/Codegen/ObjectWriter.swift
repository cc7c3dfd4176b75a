internal import Engine

/// Writes the objects of an image: the library's constants, then the program's.
struct ObjectWriter {
  private let symbols: SymbolTable
  private let start: Int
  private let buffer: OwnedMemory
  private var heap: Heap
  /// One word for each constant.
  private(set) var constants: [UInt64] = []
  /// The hash table of Strings.
  private(set) var internedStrings: InternedStrings
  /// Offsets of the symbols' Strings; 0 for symbols that are not in the image.
  private var strings: [Int]

  /// The number of slots for this many symbols and the library's Strings.
  static func internedSlots(for symbolCount: Int) -> Int { InternedStrings.slotCount(for: symbolCount + 256) }

  init(_ symbols: SymbolTable, _ pool: ConstantPool, start: Int) {
    self.symbols = symbols
    self.start = start
    buffer = OwnedMemory(byteCount: start + ObjectWriter.capacity(symbols, pool))
    heap = Heap(memory: buffer.memory, start: HeapOffset(start), end: HeapOffset(buffer.memory.byteCount))
    internedStrings = InternedStrings(
      buffer.memory, slotCount: ObjectWriter.internedSlots(for: symbols.count))
    strings = Array(repeating: 0, count: symbols.count)
  }

  /// A number of bytes that suffices for all objects.
  private static func capacity(_ symbols: SymbolTable, _ pool: ConstantPool) -> Int {
    var words = 4096
    for index in 0..<symbols.count {
      words += StringView.wordCount(byteCount: symbols[Symbol(index: Int32(index))].count)
    }
    for entry in pool.entries {
      switch entry {
      case .constant(let constant): words += capacity(constant)
      case .recordLayout(let keys): words += 3 + 2 * keys.count
      }
    }
    return words * 8
  }

  private static func capacity(_ constant: Constant) -> Int {
    switch constant {
    case .text(let bytes): StringView.wordCount(byteCount: bytes.count)
    case .array(let elements): elements.reduce(1) { $0 + 1 + capacity($1) }
    case .record(let fields): fields.reduce(3) { $0 + 2 + capacity($1.value) }
    default: 2
    }
  }

  /// The size of the objects so far, in bytes.
  var byteCount: Int { heap.top.bytes - start }

  /// The bytes of the objects so far.
  var bytes: [UInt8] { buffer.memory.bytes(at: HeapOffset(start), count: byteCount) }

  // MARK: The library

  /// The constants that every image begins with, in the order of `LibraryConstant`.
  mutating func writeLibrary() {
    add(string([]))
    add(Value(heap.makeArray(count: 0).offset))
    let emptyShape = heap.makeShape(count: 0)
    let emptyRecord = Value(heap.makeRecord(shape: emptyShape).offset)
    add(emptyRecord)
    let noneShape = shape([string(("None" as StaticString).bytes)])
    let none = heap.makeRecord(shape: noneShape)
    none[0] = emptyRecord
    add(Value(none.offset))
    for keys in [["Some"], ["Ok"], ["Err"], ["code", "offset"], ["length"], ["effect"]] as [[StaticString]] {
      add(Value(shape(keys.map { string($0.bytes) }).offset))
    }
    add(heap.makeMap())
    for kind in Kind.allCases { add(string(kind.name.bytes)) }
    for code in JSONError.allCases { add(string(code.code.bytes)) }
    for character in 0..<128 { add(string([UInt8(character)])) }
    precondition(constants.count == LibraryConstant.count, "the library's constants are numbered by LibraryConstant")
  }

  private mutating func add(_ value: Value) { constants.append(value.bits) }

  // MARK: The program

  /// The constants of the program.
  mutating func write(_ pool: ConstantPool) {
    for entry in pool.entries {
      switch entry {
      case .constant(let constant): add(value(of: constant))
      case .recordLayout(let keys): add(layout(keys))
      }
    }
  }

  private mutating func value(of constant: Constant) -> Value {
    switch constant {
    case .integer(let integer):
      return heap.makeInteger(integer)
    case .boolean(let flag):
      return Value(flag)
    case .string(let symbol):
      return string(symbol)
    case .text(let bytes):
      return string(bytes)
    case .array(let elements):
      let values = elements.map { value(of: $0) }
      let array = heap.makeArray(count: values.count)
      for (index, value) in values.enumerated() { array[index] = value }
      return Value(array.offset)
    case .record(let fields):
      let values = fields.map { value(of: $0.value) }
      let (shape, order) = shape(of: fields.map { string($0.key) })
      let record = heap.makeRecord(shape: shape)
      for (index, value) in values.enumerated() { record[order[index]] = value }
      return Value(record.offset)
    case .function(let id):
      return Value(heap.makeFunction(index: id.index + 1, captureCount: 0).offset)
    case .builtin(let builtin):
      return heap.makeBuiltinFunction(builtin)
    case .library(let number):
      return Value(bits: constants[number])
    }
  }

  private mutating func layout(_ keys: [Symbol]) -> Value {
    let (shape, order) = shape(of: keys.map { string($0) })
    let layout = heap.makeRecordLayout(shape: shape)
    for (index, position) in order.enumerated() { layout[index] = position }
    return Value(layout.offset)
  }

  // MARK: Strings and shapes

  private mutating func string(_ symbol: Symbol) -> Value {
    let index = Int(symbol.index)
    if strings[index] == 0 { strings[index] = string(symbols[symbol]).offset.bytes }
    return Value(HeapOffset(strings[index]))
  }

  /// The String of these bytes, with its hash. The image holds each String once.
  private mutating func string(_ bytes: [UInt8]) -> Value {
    let top = heap.top
    let string = heap.makeString(bytes.span)
    if let other = internedStrings.find(string) {
      heap.release(to: top)
      return Value(other.offset)
    }
    internedStrings.insert(string)
    return Value(string.offset)
  }

  private mutating func shape(_ keys: [Value]) -> ShapeView { shape(of: keys).shape }

  /// A new shape with these keys, and the index of each key in it.
  private mutating func shape(of keys: [Value]) -> (shape: ShapeView, order: [Int]) {
    let memory = buffer.memory
    let sorted = keys.indices.sorted {
      KeyOrder.precedes(StringView(memory, keys[$0].offset), StringView(memory, keys[$1].offset))
    }
    var order = Array(repeating: 0, count: keys.count)
    let shape = heap.makeShape(count: keys.count)
    for (position, index) in sorted.enumerated() {
      shape[position] = keys[index]
      order[index] = position
    }
    return (shape, order)
  }
}
