import Testing

@testable import Engine

/// A way to break something, and the invariant that the check must report.
struct Damage<Subject: ~Copyable>: Sendable, CustomTestStringConvertible {
  let invariant: Invariant
  let name: String
  let make: @Sendable (inout Subject) -> Void

  init(_ invariant: Invariant, _ name: String, _ make: @escaping @Sendable (inout Subject) -> Void) {
    self.invariant = invariant
    self.name = name
    self.make = make
  }

  var testDescription: String { name }
}

/// The violation that a check reports, or nil.
func firstViolation(_ check: () throws(InvariantViolation) -> Void) -> InvariantViolation? {
  do throws(InvariantViolation) {
    try check()
    return nil
  } catch {
    return error
  }
}

/// Objects in their own memory, for tests that break them.
struct HeapWorkshop: ~Copyable {
  private let owner = OwnedMemory(byteCount: 1 << 16)
  var heap: Heap
  /// The reference to the objects.
  var root = Value.undefined
  var memory: LinearMemory { owner.memory }

  init() { heap = Heap(memory: owner.memory, start: HeapOffset(64), end: HeapOffset(1 << 15)) }

  /// A word of the root object.
  subscript(word: Int) -> UInt64 {
    get { memory[root.offset.advanced(words: word)] }
    nonmutating set { memory[root.offset.advanced(words: word)] = newValue }
  }

  mutating func string(_ text: String) -> Value { Value(heap.makeString(Array(text.utf8).span).offset) }

  mutating func array(_ elements: Value...) -> Value {
    let array = heap.makeArray(count: elements.count)
    for (index, element) in elements.enumerated() { array[index] = element }
    return Value(array.offset)
  }

  /// A shape with these keys, in this order.
  mutating func shape(_ keys: Value...) -> ShapeView {
    let shape = heap.makeShape(count: keys.count)
    for (index, key) in keys.enumerated() { shape[index] = key }
    return shape
  }

  /// A Record of two fields.
  mutating func record() -> Value {
    let (a, b) = (string("a"), string("b"))
    for key in [a, b] { _ = StringView(memory, key.offset).keyHash }
    let inOrder = KeyOrder.precedes(StringView(memory, a.offset), StringView(memory, b.offset))
    let record = heap.makeRecord(shape: inOrder ? shape(a, b) : shape(b, a))
    record[0] = Value(small: 1)
    record[1] = .true
    return Value(record.offset)
  }

  /// The Map key of an empty Array, with these bytes as its CBOR.
  mutating func key(_ bytes: [UInt8]) -> Value {
    let content = array()
    memory.write(bytes.span, at: heap.top.advanced(words: MapKey.headerWords))
    return heap.makeMapKey(content, byteCount: bytes.count)
  }

  /// A Map with these keys. The value of each key is its index.
  mutating func map(_ keys: [Value]) -> Value {
    let room = heap.scratch(behind: Heap.mapWords(keys.count), count: 4 * keys.count)
    let scratch = room.advanced(words: 2 * keys.count)
    var list = PairList(memory, pairs: room, count: 0, scratch: scratch, order: .map)
    for (index, key) in keys.enumerated() { list.append(key: key, value: Value(small: index)) }
    list.sort()
    return heap.makeMap(list)
  }

  /// Makes the root node, which holds the keys `true` and `false`, branch on another digit in which they differ.
  func branch(on digits: Range<Int>) {
    let (yes, no) = (MapKey(memory, .true), MapKey(memory, .false))
    let digit = digits.last { yes.digit($0) != no.digit($0) } ?? 0
    let (first, second) = yes.digit(digit) < no.digit(digit) ? (yes, no) : (no, yes)
    memory[rootNode] = ObjectHeader(.mapNode, first: 1 << first.digit(digit) | 1 << second.digit(digit)).bits
    memory[rootNode.advanced(words: 1)] = Value(small: digit << 30 | 2).bits
    memory[rootNode.advanced(words: 2)] = first.word.bits
    memory[rootNode.advanced(words: 4)] = second.word.bits
  }

  /// The root node of the Map in `root`.
  var rootNode: HeapOffset { MapView(memory, root.offset).root.offset }

  /// The first violation in the objects that are reachable from the root.
  func check() -> InvariantViolation? {
    firstViolation { () throws(InvariantViolation) in
      var walk = HeapWalk(heap, nil)
      try walk.visit(root, in: .value, at: HeapOffset(0))
      try walk.finish()
    }
  }
}
