/// Objects: where each begins, and whether each is well-formed.
extension ImageCheck {
  /// Whether an object begins at a byte offset.
  func isObject(_ offset: Int) -> Bool {
    let range = range(of: .objects)
    guard range.contains(offset), offset % 8 == 0 else { return false }
    let index = (offset - range.lowerBound) / 8
    return objectStarts[index / 64] >> UInt64(index % 64) & 1 != 0
  }

  /// Walks the section from object to object, and notes where objects begin. References are checked against this.
  mutating func findObjects() throws(ImageDefect) {
    let range = range(of: .objects)
    objectStarts = Array(repeating: 0, count: range.count / 512 + 1)
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard let words = ObjectHeader(bits: word(offset)).wordsInImage, words <= (range.upperBound - offset) / 8 else {
        throw .object(offset: offset)
      }
      objects.append(offset)
      let index = (offset - range.lowerBound) / 8
      objectStarts[index / 64] |= 1 << UInt64(index % 64)
      offset += words * 8
    }
  }

  mutating func checkObjects() throws(ImageDefect) {
    // Strings come first: whether keys are in order depends on hashes, which must not be trusted before they are checked.
    for strings in [true, false] {
      for offset in objects where ObjectHeader(bits: word(offset)).is(.string) == strings {
        guard isWellFormed(offset) else { throw .object(offset: offset) }
      }
    }
  }

  private mutating func isWellFormed(_ offset: Int) -> Bool {
    let header = ObjectHeader(bits: word(offset))
    switch header.kind {
    case .boxedInteger:
      return header.first == 0 && header.second == 0 && Value(inline: Int64(bitPattern: word(offset + 8))) == nil
    case .decimal:
      return header.first == 0 && header.second == 0 && DecimalView(memory, HeapOffset(offset)).number.isCanonical
    case .string: return isString(offset, header)
    case .array: return (0..<header.first).allSatisfy { isEarlierValue(word(offset + 8 + $0 * 8), before: offset) }
    case .shape: return isShape(offset, header.first)
    case .record: return isRecord(offset, header.first)
    case .recordLayout: return isRecordLayout(offset, header.first)
    case .function:
      // Function 0 runs the initialisers and is never called by the program.
      return (1..<functionCount).contains(header.second) && function(header.second).captureCount == 0
    case .builtinFunction:
      guard header.first == 0, let builtin = Builtin(rawValue: UInt16(truncatingIfNeeded: header.second)) else {
        return false
      }
      return header.second < 1 << 16 && builtin.definition.form == .function
    case .map:
      return (1..<MapView.wordCount).allSatisfy { Value(bits: word(offset + $0 * 8)) == .undefined }
    default: return false
    }
  }

  private func isString(_ offset: Int, _ header: ObjectHeader) -> Bool {
    let view = StringView(memory, HeapOffset(offset))
    let isText = memory.withBytes(at: view.bytes, count: header.first) { UTF8Text.firstInvalidByte(of: $0) == nil }
    guard isText, view.countedUTF16 == header.second else { return false }
    let end = offset + StringView.wordCount(byteCount: header.first) * 8
    for padding in view.bytes.bytes + header.first..<end where memory[byte: HeapOffset(padding)] != 0 { return false }
    return word(offset + 8) == KeyOrder.hash(of: view)
  }

  /// Whether a word is a value. A reference must be to an object before `offset`, so images contain no cycles.
  private func isEarlierValue(_ bits: UInt64, before offset: Int) -> Bool {
    let value = Value(bits: bits)
    if isImmediate(value) { return true }
    guard let kind = kind(of: value), kind.isValue else { return false }
    return value.offset.bytes < offset
  }

  private mutating func isShape(_ offset: Int, _ count: Int) -> Bool {
    let shape = ShapeView(memory, HeapOffset(offset))
    for index in 0..<count {
      guard kind(of: shape[index]) == .string, shape[index].offset.bytes < offset else { return false }
      if index > 0 && !keyRanks.precedes(shape.key(at: index - 1), shape.key(at: index), among: objects) {
        return false
      }
    }
    return true
  }

  private func hasShape(_ offset: Int, _ count: Int) -> Bool {
    let value = Value(bits: word(offset + 8))
    guard kind(of: value) == .shape, value.offset.bytes < offset else { return false }
    return ShapeView(memory, value.offset).count == count
  }

  private func isRecord(_ offset: Int, _ count: Int) -> Bool {
    hasShape(offset, count)
      && (0..<count).allSatisfy { isEarlierValue(word(offset + 16 + $0 * 8), before: offset) }
  }

  private func isRecordLayout(_ offset: Int, _ count: Int) -> Bool {
    guard hasShape(offset, count) else { return false }
    var isTaken = Array(repeating: false, count: count)
    for index in 0..<count {
      guard let position = number(offset + 16 + index * 8, atMost: count - 1), !isTaken[position] else { return false }
      isTaken[position] = true
    }
    return true
  }
}

extension ObjectHeader {
  /// The number of words of the object, including the header; nil if an image can't contain such an object.
  public var wordsInImage: Int? {
    switch kind {
    // A function in an image has no captures, since nothing has run yet. The only Map in an image is the empty one.
    case .function, .map: first == 0 ? wordCount : nil
    case .cell, .mapNode, .mapKey, nil: nil
    default: wordCount
    }
  }
}
