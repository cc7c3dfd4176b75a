extension Heap {
  /// Checks the bounds of the heap, the bytes in use, and the marks of how far it was filled.
  func checkInvariants() throws(InvariantViolation) {
    func require(_ invariant: Invariant, _ holds: Bool) throws(InvariantViolation) {
      if !holds { throw InvariantViolation(invariant, at: start) }
    }
    let end = HeapOffset(start.bytes &+ byteCount)
    try require(.semispacesAreApart, start == spare || abs(start.bytes &- spare.bytes) >= byteCount)
    try require(.topIsInSpace, start <= top && top <= end && top.bytes & 7 == 0)
    try require(.limitIsInSpace, top <= limit && limit <= end)
    try require(.usedBytesAreInBudget, freedEarly >= 0 && usedByteCount <= byteCount && peak <= byteCount)
    let (first, second) = (min(start, spare), max(start, spare))
    let marks = filledSpaces
    try require(.marksAreInSpace, first <= marks.0 && marks.0.bytes <= first.bytes &+ byteCount)
    try require(.marksAreInSpace, second <= marks.1 && marks.1.bytes <= second.bytes &+ byteCount)
  }

  /// Checks that nothing was written after the marks. A wipe clears memory only up to them.
  func checkUnwrittenMemory() throws(InvariantViolation) {
    let marks = filledSpaces
    try checkZeros(from: marks.0, to: HeapOffset(min(start, spare).bytes &+ byteCount))
    try checkZeros(from: marks.1, to: HeapOffset(max(start, spare).bytes &+ byteCount))
  }

  private func checkZeros(from start: HeapOffset, to end: HeapOffset) throws(InvariantViolation) {
    var place = start
    while place < end {
      if memory[place] != 0 { throw InvariantViolation(.unwrittenMemoryIsZero, at: place) }
      place = place.advanced(words: 1)
    }
  }
}

/// A walk over all objects that can be reached from given words. It checks each object once, without recursion.
///
/// First it follows all references, so that every object is known to be one and to be in bounds. Only then does it
/// check the relations between objects.
struct HeapWalk {
  /// What a word may hold.
  enum Place {
    /// A value that guests can hold.
    case value
    /// A capture: a value or a cell.
    case capture
    /// A register: a value, a cell, or the mark of a method.
    case register
    /// A cell or a global slot: a value, or nothing yet.
    case binding
    /// A key of a shape: a String.
    case shapeKey
    /// A key in the form that Maps store.
    case mapKey
    /// The shape of a Record.
    case shape
    /// A node of a trie.
    case mapNode
    /// What the host keeps across a collection: a value, a reference to any other object of the heap, or nothing.
    case hostWord
  }

  let memory: LinearMemory
  /// The image that references may lead to; nil for a heap without an image.
  let image: Image?
  /// The words in use.
  private let space: Range<HeapOffset>
  /// Where the image's objects are.
  private let imageObjects: Range<HeapOffset>
  /// The offsets of the objects found so far, in the order in which they were found.
  private(set) var objects: [HeapOffset] = []
  /// Strings that the host keeps. They hold bytes, such as the CBOR of a reply, and need not be valid text.
  private var hostStrings: [HeapOffset] = []
  /// A bit for each word of the space: whether a known object begins there.
  private var starts: [UInt64]
  /// A bit for each word of the space: whether it belongs to a known object.
  private var covered: [UInt64]
  /// Words of the objects found so far.
  private(set) var wordCount = 0

  init(_ heap: Heap, _ image: Image?) {
    memory = heap.memory
    self.image = image
    space = heap.start..<heap.top
    imageObjects = image?.objects ?? HeapOffset(0)..<HeapOffset(0)
    let words = (heap.top.bytes &- heap.start.bytes) >> 3
    starts = Array(repeating: 0, count: words >> 6 &+ 1)
    covered = starts
  }

  /// Visits the word at `word`, and notes the object that it refers to.
  mutating func visit(_ value: Value, in place: Place, at word: HeapOffset) throws(InvariantViolation) {
    if !value.isReference || value == .uninitialized {
      guard place.admits(immediate: value) else { throw InvariantViolation(.wordIsValue, at: word) }
      return
    }
    let offset = value.offset
    if space.contains(offset) {
      try note(offset)
    } else {
      guard imageObjects.contains(offset) else { throw InvariantViolation(.referenceIsInBounds, at: word) }
      guard let words = ObjectHeader(bits: memory[offset]).wordsInImage,
        offset.advanced(words: words) <= imageObjects.upperBound
      else { throw InvariantViolation(.referenceLeadsToObject, at: word) }
    }
    guard let kind = ObjectHeader(bits: memory[offset]).kind, place.admits(kind) else {
      throw InvariantViolation(.kindFitsPlace, at: word)
    }
    if place == .hostWord && kind == .string { hostStrings.append(offset) }
  }

  /// Notes an object of the space if it is not known yet.
  private mutating func note(_ offset: HeapOffset) throws(InvariantViolation) {
    let first = (offset.bytes &- space.lowerBound.bytes) >> 3
    if starts[first >> 6] >> UInt64(first & 63) & 1 != 0 { return }
    let words = ObjectHeader(bits: memory[offset]).wordCount
    guard words > 0 else { throw InvariantViolation(.referenceLeadsToObject, at: offset) }
    guard offset.advanced(words: words) <= space.upperBound else {
      throw InvariantViolation(.objectFitsSpace, at: offset)
    }
    for word in first..<first &+ words {
      let bit: UInt64 = 1 &<< UInt64(word & 63)
      guard covered[word >> 6] & bit == 0 else { throw InvariantViolation(.objectsAreApart, at: offset) }
      covered[word >> 6] |= bit
    }
    starts[first >> 6] |= 1 &<< UInt64(first & 63)
    objects.append(offset)
    wordCount &+= words
  }

  /// Follows the references of all objects, then checks each of them.
  mutating func finish() throws(InvariantViolation) {
    var next = 0
    while next < objects.count {
      try followReferences(of: objects[next])
      next &+= 1
    }
    for offset in objects where !hostStrings.contains(offset) { try memory.checkObject(at: offset, image) }
  }

  /// Checks, after a collection, that the objects found take up all words in use.
  func checkNothingElse() throws(InvariantViolation) {
    let words = (space.upperBound.bytes &- space.lowerBound.bytes) >> 3
    if wordCount == words { return }
    for word in 0..<words where covered[word >> 6] >> UInt64(word & 63) & 1 == 0 {
      throw InvariantViolation(.heapHoldsLiveObjectsOnly, at: space.lowerBound.advanced(words: word))
    }
  }

  private mutating func followReferences(of offset: HeapOffset) throws(InvariantViolation) {
    let header = ObjectHeader(bits: memory[offset])
    switch header.kind {
    case .boxedInteger, .decimal, .string, .builtinFunction, nil: break
    case .array: try visitWords(of: offset, 1..<header.wordCount, .value)
    case .record:
      try visitWords(of: offset, 1..<2, .shape)
      try visitWords(of: offset, RecordView.headerWords..<header.wordCount, .value)
    case .shape: try visitWords(of: offset, 1..<header.wordCount, .shapeKey)
    case .function: try visitWords(of: offset, 1..<header.wordCount, .capture)
    case .cell: try visitWords(of: offset, 1..<2, .binding)
    // No word of the heap may refer to one.
    case .recordLayout: throw InvariantViolation(.kindFitsPlace, at: offset)
    case .map:
      switch header.first {
      case 0: try visitWords(of: offset, 1..<MapView.wordCount, .value)
      case 1:
        try visitWords(of: offset, 1..<2, .mapKey)
        try visitWords(of: offset, 2..<MapView.wordCount, .value)
      default: try visitWords(of: offset, 1..<2, .mapNode)
      }
    case .mapNode: try visitSlots(of: offset)
    case .mapKey: try visitWords(of: offset, 2..<3, .value)
    }
  }

  private mutating func visitWords(
    of offset: HeapOffset, _ words: Range<Int>, _ place: Place
  ) throws(InvariantViolation) {
    for word in words {
      let position = offset.advanced(words: word)
      try visit(Value(bits: memory[position]), in: place, at: position)
    }
  }

  private mutating func visitSlots(of offset: HeapOffset) throws(InvariantViolation) {
    let node = MapNodeView(memory, offset)
    guard node.pairs & node.children == 0, (node.pairs | node.children) >> 16 == 0 else {
      throw InvariantViolation(.nodeSlotsAreApart, at: offset)
    }
    for slot in 0..<16 {
      let place = node.place(slot)
      if let pair = node.pair(slot) {
        try visit(pair.key, in: .mapKey, at: place)
        try visit(pair.value, in: .value, at: place.advanced(words: 1))
      } else if node.children & 1 &<< slot != 0 {
        try visit(Value(bits: memory[place]), in: .mapNode, at: place)
      }
    }
  }
}

extension HeapWalk.Place {
  /// Whether a word that is not a reference is allowed here.
  fileprivate func admits(immediate value: Value) -> Bool {
    let isValue = value.isInlineInteger || value.isBool || value == .jsonNull || value == .undefined
    switch self {
    case .value, .capture: return isValue
    case .register: return isValue || Machine.isMark(value)
    case .binding, .hostWord: return isValue || value == .uninitialized
    case .mapKey: return isValue && value != .undefined
    case .shapeKey, .shape, .mapNode: return false
    }
  }

  /// Whether a reference to an object of this kind is allowed here.
  fileprivate func admits(_ kind: ObjectKind) -> Bool {
    switch self {
    case .value, .binding: kind.isValue
    case .capture, .register: kind.isValue || kind == .cell
    case .shapeKey: kind == .string
    case .mapKey: kind == .string || kind == .boxedInteger || kind == .mapKey
    case .shape: kind == .shape
    case .mapNode: kind == .mapNode
    case .hostWord: kind != .recordLayout
    }
  }
}
