/// Reads deterministic CBOR (RFC 7049, section 3.9) that comes from the host: the inverse of `writeCBOR`.
///
/// As with JSON, there are two passes: the first checks the CBOR and measures the memory that the value takes; the
/// second builds the value. Neither recurses.
extension Machine {
  /// The value of the CBOR that a String holds; nil if it is not the canonical CBOR of a value. The gas for its length
  /// has already been charged.
  ///
  /// - Throws: `stackExhausted`, `memoryExhausted`.
  mutating func readCBOR(_ text: Value) throws(Trap) -> Value? {
    var measure = CBORReader(knownString(text), self)
    guard try measure.read(&self) else { return nil }
    let (kept, row) = try reserve(
      words: measure.assembly.objectWords, scratch: measure.assembly.peakWords, keeping: text)
    var build = CBORReader(knownString(kept), self)
    build.beginBuilding(at: row)
    guard try build.read(&self) else { return nil }
    return build.assembly.result
  }
}

/// One pass over CBOR.
private struct CBORReader {
  private var scanner: CBORScanner
  /// Where the text begins.
  private let start: HeapOffset
  private var levels: WorkList
  private(set) var assembly: ValueAssembly

  /// An open container.
  private enum Container: UInt64 {
    case array
    case record
    case map
  }

  /// The words of a level.
  private enum Level {
    /// The container, and in the bits above it the number of its items. A pair counts as two items.
    static let container = 0
    /// Items still to be read.
    static let remaining = 1
    /// Where the current key begins, in bytes from the start of the text. A region can have more than 4 GiB; a text has
    /// less than 1 GiB.
    static let key = 2
    /// The same for the previous key, with its length in bytes in the upper half; 0 if there is none.
    static let previousKey = 3
  }

  init(_ text: StringView, _ machine: borrowing Machine) {
    scanner = CBORScanner(text)
    start = text.bytes
    levels = WorkList(machine)
    assembly = ValueAssembly(machine.memory)
  }

  /// Begins the second pass, in which objects are made.
  mutating func beginBuilding(at row: HeapOffset) { assembly.beginBuilding(at: row) }

  /// Reads the whole CBOR.
  ///
  /// - Returns: whether it is the canonical CBOR of a value.
  mutating func read(_ machine: inout Machine) throws(Trap) -> Bool {
    repeat {
      var step = Step.complete
      if !levels.isEmpty && levels.top(Level.remaining) == 0 {
        close(&machine)
      } else {
        if !levels.isEmpty { levels.setTop(Level.key, UInt64(scanner.position.bytes &- start.bytes)) }
        step = try item(&machine)
      }
      if step == .complete && !take(&machine) { step = .failed }
      if step == .failed {
        levels.clear(&machine)
        return false
      }
    } while !levels.isEmpty
    return scanner.isAtEnd
  }

  /// The kind of item that was read.
  private enum Step {
    case complete
    /// Its parts follow.
    case open
    /// Not canonical.
    case failed
  }

  /// Reads the next item: a value without parts, or the head of a value with parts.
  private mutating func item(_ machine: inout Machine) throws(Trap) -> Step {
    let start = scanner.position
    guard let head = scanner.head() else { return .failed }
    switch (head.major, head.argument) {
    case (.unsigned, let argument), (.negative, let argument):
      guard let integer = scanner.integer(argument, isNegative: head.major == .negative) else { return .failed }
      assembly.produce(words: Value(inline: integer) == nil ? 2 : 0)
      if assembly.isBuilding { assembly.put(machine.heap.makeInteger(integer)) }
    case (.text, let argument):
      guard let count = scanner.count(argument), let first = scanner.text(byteCount: count) else { return .failed }
      assembly.produce(words: StringView.wordCount(byteCount: count))
      if assembly.isBuilding { assembly.put(machine.heap.makeString(copying: first, byteCount: count)) }
    case (.array, let argument):
      return try open(.array, argument, &machine)
    case (.map, let argument):
      return try open(.record, argument, &machine)
    case (.tag, 259):
      guard let map = scanner.head(), map.major == .map else { return .failed }
      return try open(.map, map.argument, &machine)
    case (.tag, 4):
      guard let number = scanner.decimal(from: start) else { return .failed }
      assembly.produce(words: DecimalView.wordCount)
      if assembly.isBuilding { assembly.put(machine.heap.makeDecimal(number)) }
    case (.simple, 20...22):
      assembly.produce(words: 0)
      if assembly.isBuilding {
        assembly.put(head.argument == 20 ? .false : head.argument == 21 ? .true : .jsonNull)
      }
    default:
      return .failed
    }
    return .complete
  }

  private mutating func open(
    _ container: Container, _ argument: UInt64, _ machine: inout Machine
  ) throws(Trap) -> Step {
    guard let count = scanner.count(argument) else { return .failed }
    let items = UInt64(container == .array ? count : 2 &* count)
    try levels.push(items << 2 | container.rawValue, items, 0, 0, &machine)
    return .open
  }

  private var container: Container? { Container(rawValue: levels.top(Level.container) & 3) }

  /// Closes the innermost container.
  private mutating func close(_ machine: inout Machine) {
    let (container, items) = (container, Int(truncatingIfNeeded: levels.top(Level.container) >> 2))
    levels.pop(&machine)
    switch container {
    case .record: _ = assembly.closeRecord(count: items / 2, &machine.heap)
    case .map: assembly.closeMap(count: items / 2, &machine.heap)
    default: assembly.closeArray(count: items, &machine.heap)
    }
  }

  /// Counts a complete item in the container around it.
  ///
  /// - Returns: whether the item is allowed there.
  private mutating func take(_ machine: inout Machine) -> Bool {
    if levels.isEmpty { return true }
    let remaining = levels.top(Level.remaining)
    levels.setTop(Level.remaining, remaining &- 1)
    if container == .array || remaining & 1 == 1 { return true }
    let place = levels.top(Level.key)
    let key = HeapOffset(start.bytes &+ Int(truncatingIfNeeded: place))
    let byteCount = scanner.position.bytes &- key.bytes
    let previous = levels.top(Level.previousKey)
    levels.setTop(Level.previousKey, UInt64(byteCount) << 32 | place)
    if previous != 0 {
      let first = HeapOffset(start.bytes &+ Int(truncatingIfNeeded: previous & 0xffff_ffff))
      guard scanner.precedes(first, byteCount: Int(previous >> 32), key, byteCount: byteCount) else { return false }
    }
    let major = scanner.major(at: key)
    if container == .record {
      if assembly.isBuilding { assembly.internLast(&machine) }
      return major == .text
    }
    switch major {
    case .array, .map, .tag: assembly.wrapLastAsKey(key, byteCount: byteCount, &machine.heap)
    default: break
    }
    return true
  }
}
