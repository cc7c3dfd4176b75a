// Invariants of each object by itself, and of Records and their shapes. It has already been checked that references
// lead to objects of the right kinds.

extension LinearMemory {
  /// Checks an object of the heap.
  func checkObject(at offset: HeapOffset, _ image: Image?) throws(InvariantViolation) {
    func require(_ invariant: Invariant, _ holds: Bool) throws(InvariantViolation) {
      if !holds { throw InvariantViolation(invariant, at: offset) }
    }
    let header = ObjectHeader(bits: self[offset])
    switch header.kind {
    case .boxedInteger:
      try require(.unusedBitsAreZero, header.first == 0 && header.second == 0)
      try require(.boxedIntegerNeedsBox, Value(inline: Int64(bitPattern: self[offset.advanced(words: 1)])) == nil)
    case .decimal:
      try require(.unusedBitsAreZero, header.first == 0 && header.second == 0)
      try require(.decimalIsCanonical, DecimalView(self, offset).number.isCanonical)
    case .string:
      try StringView(self, offset).checkInvariants()
    case .array:
      try require(.unusedBitsAreZero, header.second == 0)
    case .record:
      try require(.unusedBitsAreZero, header.second == 0)
      try RecordView(self, offset).checkInvariants()
    case .shape:
      try require(.unusedBitsAreZero, header.second == 0)
      try ShapeView(self, offset).checkInvariants(image)
    case .function:
      guard let image else { return }
      try require(.functionIsKnown, header.second > 0 && header.second < image.functionCount)
      try require(.captureCountIsThatOfFunction, header.first == image.function(header.second).captureCount)
    case .builtinFunction:
      try require(.unusedBitsAreZero, header.first == 0)
      try require(.builtinIsKnown, Builtin(rawValue: UInt16(truncatingIfNeeded: header.second)) != nil)
    case .cell:
      try require(.unusedBitsAreZero, header.first == 0 && header.second == 0)
    case .map:
      try require(.unusedBitsAreZero, header.second == 0)
      try MapView(self, offset).checkInvariants()
    case .mapNode:
      try MapNodeView(self, offset).checkInvariants()
    case .mapKey:
      try require(.unusedBitsAreZero, header.second == 0)
      try MapKey.checkInvariants(self, offset)
    case .recordLayout, nil:
      throw InvariantViolation(.kindFitsPlace, at: offset)
    }
  }

  /// Checks that the bytes of a text are followed by zeros up to the end of its last word.
  func checkPadding(_ bytes: HeapOffset, _ byteCount: Int, of object: HeapOffset) throws(InvariantViolation) {
    for byte in byteCount..<(byteCount &+ 7) & ~7 where self[byte: HeapOffset(bytes.bytes &+ byte)] != 0 {
      throw InvariantViolation(.paddingIsZero, at: object)
    }
  }
}

extension StringView {
  /// Checks the text, its length in code units, and the cached hash.
  func checkInvariants() throws(InvariantViolation) {
    try memory.checkPadding(bytes, byteCount, of: offset)
    let isText = memory.withBytes(at: bytes, count: byteCount) { UTF8Text.firstInvalidByte(of: $0) == nil }
    guard isText else { throw InvariantViolation(.textIsUTF8, at: offset) }
    guard countedUTF16 == utf16Count else { throw InvariantViolation(.textLengthIsCounted, at: offset) }
    let kept = memory[offset.advanced(words: 1)]
    guard kept == 0 || kept == KeyOrder.hash(of: self) else { throw InvariantViolation(.cachedHashIsRight, at: offset) }
  }
}

extension ShapeView {
  /// Checks that the hashes of the keys are known, that the keys are in canonical order, so that each occurs once, and
  /// that a key that the image has is the image's own String.
  func checkInvariants(_ image: Image?) throws(InvariantViolation) {
    for index in 0..<count {
      guard memory[key(at: index).offset.advanced(words: 1)] == KeyOrder.hash(of: key(at: index)) else {
        throw InvariantViolation(.cachedHashIsRight, at: offset)
      }
      if index > 0 && !KeyOrder.precedes(key(at: index &- 1), key(at: index)) {
        throw InvariantViolation(.shapeIsInOrder, at: offset)
      }
      if let image, image.interned(key(at: index)) != self[index] {
        throw InvariantViolation(.shapeKeyIsInterned, at: offset)
      }
    }
  }
}

extension RecordView {
  /// Checks that there are as many values as keys.
  func checkInvariants() throws(InvariantViolation) {
    if shape.count != count { throw InvariantViolation(.fieldCountIsThatOfShape, at: offset) }
  }
}
