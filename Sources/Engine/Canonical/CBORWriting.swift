/// Deterministic CBOR (RFC 7049, section 3.9): shortest integers, definite lengths, and the keys of maps sorted shorter
/// first, then bytewise. Each value has one encoding.
extension Machine {
  /// The size of a value's CBOR.
  struct CBORSize {
    let byteCount: Int
    /// Words of scratch space for sorting keys while it is written.
    let sortingWords: Int
  }

  /// Measures a value's CBOR and charges for it, unit by unit as it grows. A value can be far larger as CBOR than in
  /// memory, since parts can be shared. It charges for each value and each key from the second on, for the sorting of
  /// members, and for the bytes.
  ///
  /// - Parameter function: the trap for a function, or for a value that holds one.
  /// - Throws: `notSerializable` (also for `undefined`), `function`, `gasExhausted`, `stackExhausted`,
  ///   `memoryExhausted`.
  mutating func measureCBOR(_ value: Value, function: Trap = .notSerializable) throws(Trap) -> CBORSize {
    let members = MemberSorter(measuring: .cbor)
    var walk = CBORWalk(TextSink(countingFor: memory), members, function, isPaidFor: false, self)
    var paid = 0
    repeat {
      try walk.step(value, &self)
      let due = BulkWork.canonicalText.units(walk.sink.count)
      try chargeUnits(due &- paid)
      paid = due
    } while !walk.isDone
    if walk.sink.count > ObjectHeader.maximum { throw .memoryExhausted }
    return CBORSize(byteCount: walk.sink.count, sortingWords: walk.members.peakWords)
  }

  /// Writes the CBOR of a value that has been measured.
  ///
  /// - Parameter room: the scratch space for sorting, `CBORSize.sortingWords` words.
  mutating func writeCBOR<Sink: ByteSink>(
    _ value: Value, to sink: inout Sink, sortingAt room: HeapOffset
  ) throws(Trap) {
    var walk = CBORWalk(sink, MemberSorter(.cbor, room: room), .notSerializable, isPaidFor: true, self)
    repeat { try walk.step(value, &self) } while !walk.isDone
    sink = walk.sink
  }
}

/// The words of a level of the walk.
private enum Level {
  static let object = 0
  static let index = 1
  static let count = 2
  static let members = 3
}

/// One pass over a value. Open Arrays, Records and Maps are levels of a work list; there is no recursion.
private struct CBORWalk<Sink: ByteSink> {
  private(set) var sink: Sink
  private(set) var members: MemberSorter
  private var levels: WorkList
  private var hasBegun = false
  private let function: Trap
  private let isPaidFor: Bool

  init(
    _ sink: Sink, _ members: MemberSorter, _ function: Trap, isPaidFor: Bool, _ machine: borrowing Machine
  ) {
    self.sink = sink
    self.members = members
    self.function = function
    self.isPaidFor = isPaidFor
    levels = WorkList(machine)
  }

  var isDone: Bool { hasBegun && levels.isEmpty }

  /// Puts the next value, or its head if it has parts, or closes what is open.
  mutating func step(_ value: Value, _ machine: inout Machine) throws(Trap) {
    guard hasBegun else {
      hasBegun = true
      return try put(value, &machine)
    }
    let object = HeapOffset(Int(truncatingIfNeeded: levels.top(Level.object)))
    let index = Int(truncatingIfNeeded: levels.top(Level.index))
    let count = Int(truncatingIfNeeded: levels.top(Level.count))
    let memory = machine.memory
    let isArray = ObjectHeader(bits: memory[object]).is(.array)
    if index == count {
      if !isArray && count > 1 { members.close(count: count, levels.top(Level.members)) }
      return levels.pop(&machine)
    }
    levels.setTop(Level.index, UInt64(truncatingIfNeeded: index &+ 1))
    if !isPaidFor { try machine.chargeUnits((isArray ? 1 : 2) &* BulkWork.unitsPerNode) }
    if isArray { return try put(ArrayView(memory, object)[index], &machine) }
    var place = levels.top(Level.members)
    let member = members.member(index, of: object, &place, memory)
    levels.setTop(Level.members, place)
    MapKey(memory, member.key).write(to: &sink)
    try put(member.value, &machine)
  }

  /// Puts a value without parts, or the head of a value with parts.
  private mutating func put(_ value: Value, _ machine: inout Machine) throws(Trap) {
    switch machine.kind(of: value) {
    case .jsonNull: sink.put(CBORHead.null)
    case .bool: sink.put(value == .true ? CBORHead.true : .false)
    case .int: sink.put(CBORHead(integer: try machine.integer(value)))
    case .string: sink.put(cbor: StringView(machine.memory, value.offset))
    case .array:
      let count = ArrayView(machine.memory, value.offset).count
      sink.put(CBORHead(.array, count: count))
      if count == 0 { return try levels.visit(&machine) }
      try levels.push(UInt64(value.offset.bytes), 0, UInt64(count), 0, &machine)
    case .record:
      let count = RecordView(machine.memory, value.offset).count
      sink.put(CBORHead(.map, count: count))
      try open(value.offset, count: count, &machine)
    case .map:
      let count = MapView(machine.memory, value.offset).count
      sink.put(CBORHead.mapTag)
      sink.put(CBORHead(.map, count: count))
      try open(value.offset, count: count, &machine)
    case .decimal: sink.put(cbor: DecimalView(machine.memory, value.offset).number)
    case .function: throw function
    case .undefined: throw .notSerializable
    }
  }

  private mutating func open(_ object: HeapOffset, count: Int, _ machine: inout Machine) throws(Trap) {
    if !isPaidFor { try machine.chargeUnits(BulkWork.ordering.units(2 &* BulkWork.ordering(of: count))) }
    if count == 0 { return try levels.visit(&machine) }
    try levels.push(UInt64(object.bytes), 0, UInt64(count), 0, &machine)
    if count > 1 { levels.setTop(Level.members, members.open(object, count: count, machine.memory)) }
  }
}
