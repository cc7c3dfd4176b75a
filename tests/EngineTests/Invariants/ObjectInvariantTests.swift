import Testing

@testable import Engine

/// Objects that are broken on purpose. The check must report each defect.
@Suite("Invariants of objects, Records and Maps")
struct ObjectInvariantTests {
  typealias Break = Damage<HeapWorkshop>

  static let objects = [
    Break(.wordIsValue, "a word of an Array that is no value") { $0.root = $0.array(Value(bits: 0x22)) },
    Break(.wordIsValue, "an Array with an uninitialised element") { $0.root = $0.array(.uninitialized) },
    Break(.referenceIsInBounds, "an Array that refers behind what is in use") {
      $0.root = $0.array(Value($0.heap.top.advanced(words: 100)))
    },
    Break(.referenceLeadsToObject, "an Array that refers to a word without a kind") {
      let string = $0.string("text")
      $0.root = $0.array(Value(string.offset.advanced(words: 1)))
    },
    Break(.objectFitsSpace, "an Array that is longer than what is in use") {
      $0.root = $0.array()
      $0[0] = ObjectHeader(.array, first: 1000).bits
    },
    Break(.objectsAreApart, "an Array that reaches into the next object") {
      let short = $0.array()
      let next = $0.array(.true)
      $0.root = $0.array(next, short)
      $0.memory[short.offset] = ObjectHeader(.array, first: 1).bits
    },
    Break(.kindFitsPlace, "an Array whose element is a cell") {
      let cell = $0.heap.makeCell(.true)
      $0.root = $0.array(cell)
    },
    Break(.unusedBitsAreZero, "an Array whose header has a second number") {
      $0.root = $0.array()
      $0[0] = ObjectHeader(.array, first: 0, second: 1).bits
    },
    Break(.boxedIntegerNeedsBox, "a small Int in a box") {
      $0.root = $0.heap.makeInteger(.max)
      $0[1] = 1
    },
    Break(.decimalIsCanonical, "a Decimal of bits that no Decimal has") {
      $0.root = $0.heap.makeDecimal(Decimal128(1))
      $0[2] = .max
    },
    Break(.textIsUTF8, "a String with a byte that UTF-8 never has") {
      $0.root = $0.string("abc")
      $0[2] = 0xff_6261
    },
    Break(.textLengthIsCounted, "a String that is said to be longer") {
      $0.root = $0.string("abc")
      $0[0] = ObjectHeader(.string, first: 3, second: 4).bits
    },
    Break(.paddingIsZero, "a String with a byte behind its end") {
      $0.root = $0.string("abc")
      $0[2] |= 1 << 56
    },
    Break(.cachedHashIsRight, "a String that keeps the hash of another") {
      $0.root = $0.string("abc")
      $0[1] = 1
    },
    Break(.builtinIsKnown, "a function of the library that there is none of") {
      $0.root = $0.heap.makeBuiltinFunction(.map(.of))
      $0[0] = ObjectHeader(.builtinFunction, second: 9999).bits
    },
    Break(.kindFitsPlace, "the layout of a literal as a value") {
      let layout = $0.heap.makeRecordLayout(shape: $0.shape())
      $0.root = Value(layout.offset)
    },
  ]

  static let records = [
    Break(.fieldCountIsThatOfShape, "a Record with a value less than its shape has keys") {
      $0.root = $0.record()
      $0[0] = ObjectHeader(.record, first: 1).bits
    },
    Break(.kindFitsPlace, "a Record whose shape is an Array") {
      let array = $0.array()
      $0.root = $0.record()
      $0[1] = array.bits
    },
    Break(.kindFitsPlace, "a key that is no String") {
      let array = $0.array()
      $0.root = $0.record()
      RecordView($0.memory, $0.root.offset).shape[0] = array
    },
    Break(.shapeIsInOrder, "keys in the wrong order") {
      $0.root = $0.record()
      let shape = RecordView($0.memory, $0.root.offset).shape
      (shape[0], shape[1]) = (shape[1], shape[0])
    },
    Break(.shapeIsInOrder, "the same key twice") {
      $0.root = $0.record()
      let shape = RecordView($0.memory, $0.root.offset).shape
      shape[1] = shape[0]
    },
  ]

  static let maps = [
    Break(.emptyMapHoldsNothing, "an empty Map with a word that is not undefined") {
      $0.root = $0.heap.makeMap()
      $0[1] = Value.true.bits
    },
    Break(.wordIsValue, "a Map whose key is undefined") {
      $0.root = $0.map([.true])
      $0[1] = Value.undefined.bits
    },
    Break(.mapCountIsThatOfRoot, "a Map with a pair more than its root counts") {
      $0.root = $0.map([.true, .false])
      $0[0] = ObjectHeader(.map, first: 3).bits
    },
    Break(.nodeSlotsAreApart, "a slot with both a pair and a node") {
      $0.root = $0.map([.true, .false, Value(small: 1)])
      let node = MapNodeView($0.memory, $0.rootNode)
      $0.memory[node.offset] = ObjectHeader(.mapNode, first: node.pairs, second: node.pairs).bits
    },
    Break(.nodeBranches, "a node with one branch") {
      $0.root = $0.map([.true, Value(small: 1)])
      let node = MapNodeView($0.memory, $0.rootNode)
      $0.memory[node.offset] = ObjectHeader(.mapNode, first: node.pairs & (0 &- node.pairs)).bits
    },
    Break(.nodeDigitIsBelowParent, "a node that branches on the digit of the node above") {
      $0.root = $0.map([.true, .false, Value(small: 1)])
      let root = MapNodeView($0.memory, $0.rootNode)
      let child = root.child(at: root.place(root.children.trailingZeroBitCount))
      $0.memory[child.offset.advanced(words: 1)] = Value(small: root.digit << 30 | child.count).bits
    },
    Break(.nodeCountIsThatOfBranches, "a node and a Map that count one pair too many") {
      $0.root = $0.map([.true, .false])
      $0[0] = ObjectHeader(.map, first: 3).bits
      let node = MapNodeView($0.memory, $0.rootNode)
      $0.memory[node.offset.advanced(words: 1)] = Value(small: node.digit << 30 | 3).bits
    },
    Break(.keyIsInSlotOfDigit, "two keys that have changed places") {
      $0.root = $0.map([.true, Value(small: 1)])
      let first = $0.rootNode.advanced(words: MapNodeView.headerWords)
      let second = first.advanced(words: 2)
      ($0.memory[first], $0.memory[second]) = ($0.memory[second], $0.memory[first])
    },
    Break(.nodeDigitIsFirstDifference, "a node that branches on a later digit of the hash than it could") {
      $0.root = $0.map([.true, .false])
      $0.branch(on: 2..<MapKey.leadingDigits)
    },
    Break(.nodeBelowHashHasEqualHashes, "a node that branches on the CBOR of keys with different hashes") {
      $0.root = $0.map([.true, .false])
      $0.branch(on: MapKey.leadingDigits..<MapKey.leadingDigits + 2)
    },
    Break(.mapKeyIsComposite, "a key object that stands for a String") {
      let key = $0.key([0x80])
      let string = $0.string("a")
      $0.root = $0.map([key])
      $0.memory[key.offset.advanced(words: 2)] = string.bits
    },
    Break(.mapKeyHashIsThatOfBytes, "a key object with another hash than its CBOR has") {
      let key = $0.key([0x80])
      $0.root = $0.map([key])
      $0.memory[key.offset.advanced(words: 1)] ^= 1
    },
    Break(.paddingIsZero, "a key object with a byte behind its CBOR") {
      let key = $0.key([0x80])
      $0.root = $0.map([key])
      $0.memory[key.offset.advanced(words: 3)] |= 1 << 56
    },
  ]

  @Test(arguments: objects + records + maps)
  func aBrokenObjectIsNamed(damage: Break) {
    var workshop = HeapWorkshop()
    damage.make(&workshop)
    #expect(workshop.check()?.invariant == damage.invariant)
  }

  @Test
  func soundObjectsPass() {
    var workshop = HeapWorkshop()
    let values = [
      workshop.heap.makeInteger(.max), workshop.heap.makeDecimal(Decimal128(7)), workshop.string("é😀 and more"),
      workshop.array(.jsonNull, .true), workshop.record(), workshop.heap.makeBuiltinFunction(.map(.of)),
      workshop.heap.makeMap(),
    ]
    let keys = (0..<200).map { Value(small: $0 * 7) } + MapTrieTests.colliding.map { workshop.string($0) }
    let array = workshop.heap.makeArray(count: values.count + 1)
    for (index, value) in values.enumerated() { array[index] = value }
    array[values.count] = workshop.map(keys + [.jsonNull, .true, workshop.key([0x80]), workshop.key([0x81, 0x01])])
    workshop.root = Value(array.offset)
    #expect(workshop.check() == nil)
  }

  @Test
  func aViolationSaysWhereTheObjectLies() {
    var workshop = HeapWorkshop()
    let string = workshop.string("abc")
    workshop.root = workshop.array(.true, string)
    workshop.memory[string.offset.advanced(words: 1)] = 1
    #expect(workshop.check() == InvariantViolation(.cachedHashIsRight, at: string.offset))
    #expect(workshop.check()?.message.contains("byte \(string.offset.bytes)") == true)
  }
}
