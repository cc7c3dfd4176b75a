/// JSON input: RFC 8259, one value in the whole text. Duplicate keys are rejected at every depth, and numbers are
/// exact.
///
/// There are two passes over the text. The first checks the grammar and measures the memory that the value takes, which
/// is then reserved. The second builds the value; only a duplicate key can make it fail. Neither recurses: open arrays
/// and objects are levels of a work list.
extension Machine {
  /// The result of parsing.
  enum JSONResult {
    case value(Value)
    case defect(JSONDefect)
  }

  /// The value of a JSON text, which is a String. The gas for its length has already been charged.
  ///
  /// - Throws: `stackExhausted`, `memoryExhausted`.
  mutating func parseJSON(_ text: Value) throws(Trap) -> JSONResult {
    var measure = JSONReader(knownString(text), self)
    if let defect = try measure.read(&self) { return .defect(defect) }
    let (kept, row) = try reserve(
      words: measure.assembly.objectWords, scratch: measure.assembly.peakWords, keeping: text)
    var build = JSONReader(knownString(kept), self)
    build.beginBuilding(at: row)
    if let defect = try build.read(&self) { return .defect(defect) }
    return .value(build.assembly.result)
  }
}

/// One pass over a JSON text.
private struct JSONReader {
  private var scanner: JSONScanner
  private var levels: WorkList
  private(set) var assembly: ValueAssembly

  /// The words of a level.
  private enum Level {
    static let isObject = 0
    static let count = 1
  }

  init(_ text: StringView, _ machine: borrowing Machine) {
    scanner = JSONScanner(text)
    levels = WorkList(machine)
    assembly = ValueAssembly(machine.memory)
  }

  /// Begins the second pass, in which objects are made.
  mutating func beginBuilding(at row: HeapOffset) { assembly.beginBuilding(at: row) }

  /// Reads the whole text.
  mutating func read(_ machine: inout Machine) throws(Trap) -> JSONDefect? {
    var next = Next.value
    while true {
      let outcome: Result<Next, JSONDefect>
      do throws(JSONDefect) { outcome = .success(try step(next, &machine)) } catch { outcome = .failure(error) }
      switch outcome {
      case .failure(let defect):
        levels.clear(&machine)
        return defect
      case .success(.done):
        return nil
      case .success(.open(let isObject)):
        try levels.push(isObject ? 1 : 0, 0, 0, 0, &machine)
        next = .first
      case .success(let following):
        next = following
      }
    }
  }

  /// What comes next in the text.
  private enum Next {
    /// The value of the whole text.
    case value
    /// The first member of the array or object that was just opened, or its end.
    case first
    /// An array or object that begins here.
    case open(isObject: Bool)
    /// A comma or the end, after a member.
    case separator
    case done
  }

  private mutating func step(_ next: Next, _ machine: inout Machine) throws(JSONDefect) -> Next {
    switch next {
    case .value:
      return try value(&machine)
    case .first:
      scanner.skipWhiteSpace()
      let isObject = levels.top(Level.isObject) == 1
      if scanner.next == (isObject ? 0x7d : 0x5d) { return try close(&machine) }
      if isObject { try key(&machine) }
      return try value(&machine)
    case .separator:
      scanner.skipWhiteSpace()
      if levels.isEmpty {
        if !scanner.isAtEnd { throw scanner.unexpected() }
        return .done
      }
      let isObject = levels.top(Level.isObject) == 1
      levels.setTop(Level.count, levels.top(Level.count) &+ 1)
      if scanner.next == (isObject ? 0x7d : 0x5d) { return try close(&machine) }
      try scanner.expect(0x2c)
      if isObject { try key(&machine) }
      return try value(&machine)
    case .open, .done:
      return next
    }
  }

  /// A value without parts, or the beginning of a value with parts.
  private mutating func value(_ machine: inout Machine) throws(JSONDefect) -> Next {
    scanner.skipWhiteSpace()
    switch scanner.next {
    case 0x7b, 0x5b:
      let isObject = scanner.next == 0x7b
      scanner.position &+= 1
      return .open(isObject: isObject)
    case 0x22:
      let token = try scanner.string()
      assembly.produce(words: StringView.wordCount(byteCount: token.byteCount))
      if assembly.isBuilding { assembly.put(Value(scanner.make(token, &machine.heap).offset)) }
    case 0x74, 0x66, 0x6e:
      let value = try scanner.literal()
      assembly.produce(words: 0)
      if assembly.isBuilding { assembly.put(value) }
    default:
      switch try scanner.number() {
      case .integer(let integer):
        assembly.produce(words: Value(inline: integer) == nil ? 2 : 0)
        if assembly.isBuilding { assembly.put(machine.heap.makeInteger(integer)) }
      case .decimal(let number):
        assembly.produce(words: DecimalView.wordCount)
        if assembly.isBuilding { assembly.put(machine.heap.makeDecimal(number)) }
      }
    }
    return .separator
  }

  /// A key and its colon.
  private mutating func key(_ machine: inout Machine) throws(JSONDefect) {
    scanner.skipWhiteSpace()
    let token = try scanner.string()
    assembly.produce(words: StringView.wordCount(byteCount: token.byteCount))
    if assembly.isBuilding {
      assembly.put(Value(scanner.make(token, &machine.heap).offset))
      assembly.internLast(&machine)
    }
    scanner.skipWhiteSpace()
    try scanner.expect(0x3a)
  }

  /// The end of the innermost array or object.
  private mutating func close(_ machine: inout Machine) throws(JSONDefect) -> Next {
    let start = scanner.position
    scanner.position &+= 1
    let isObject = levels.top(Level.isObject) == 1
    let count = Int(truncatingIfNeeded: levels.top(Level.count))
    levels.pop(&machine)
    if !isObject {
      assembly.closeArray(count: count, &machine.heap)
    } else if assembly.closeRecord(count: count, &machine.heap) {
      throw JSONDefect(code: .duplicateKey, offset: start)
    }
    return .separator
  }
}
