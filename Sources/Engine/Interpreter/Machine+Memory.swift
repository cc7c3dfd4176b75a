/// Reserving memory, and the collections that this may take.
extension Machine {
  /// Makes sure that `words` can be allocated without a collection.
  ///
  /// **For authors of built-ins.** This is the only place where objects move, so after it
  ///
  /// - every offset and view taken before is invalid, and so is every value in a variable: read operands again from
  ///   their registers (`argument(_:of:)`, `Arguments.receiver`, a `BuiltinFrame`'s state). Numbers stay: counts, sizes,
  ///   byte offsets within a String, Decimals;
  /// - what is in no register is lost, unless `reserve(words:keeping:)` carries it over;
  /// - all that has been allocated is complete: each of its words was written before, be it with `undefined`.
  ///
  /// What is live is the operands of the instruction at hand, and of a built-in that has begun to call functions its
  /// state. Work lists are none of it: no reservation comes between the first push and the last pop.
  ///
  /// - Throws: `memoryExhausted`.
  @inline(__always)
  mutating func reserve(words: Int) throws(Trap) {
    if words > heap.freeWords { try collect(words) }
  }

  /// Does the same for a caller that holds a value which may be in no register, and gives it back.
  mutating func reserve(words: Int, keeping value: Value) throws(Trap) -> Value {
    try reserve(words: words, keeping: value, .undefined).0
  }

  /// Does the same with two values.
  mutating func reserve(words: Int, keeping first: Value, _ second: Value) throws(Trap) -> (Value, Value) {
    let place = layout.start.advanced(words: HostWord.kept)
    memory[place] = first.bits
    memory[place.advanced(words: 1)] = second.bits
    defer { memory.clear(place, byteCount: 16) }
    try reserve(words: words)
    return (Value(bits: memory[place]), Value(bits: memory[place.advanced(words: 1)]))
  }

  /// Reserves words and, behind them, room for work that nobody needs once they have been allocated.
  ///
  /// - Returns: where the room is.
  mutating func reserve(words: Int, scratch: Int) throws(Trap) -> HeapOffset {
    try reserve(words: words &+ scratch)
    return heap.scratch(behind: words, count: scratch)
  }

  /// Does the same for a caller that holds a value which may be in no register.
  ///
  /// - Returns: the value, and where the room is.
  mutating func reserve(words: Int, scratch: Int, keeping value: Value) throws(Trap) -> (Value, HeapOffset) {
    let value = try reserve(words: words &+ scratch, keeping: value)
    return (value, heap.scratch(behind: words, count: scratch))
  }

  /// Collects, since the words that are asked for don't fit, or since every reservation is to collect.
  @inline(never)
  private mutating func collect(_ words: Int) throws(Trap) {
    assert(!isRunning || runningInstruction.checkedOpcode.behavior.collects, "its row says that it reserves nothing")
    let isDue = heap.isCollectionDue(toReserve: words)
    var collector = heap.collector()
    moveRoots(&collector)
    collector.finish()
    heap.adopt(collector, isDue: isDue)
    assertInvariantsAfterCollection()
    if isDue && (!heap.hasRoom(forWords: words) || hasDeepStack) { throw .memoryExhausted }
    heap.grant(words: words)
  }

  /// The instruction at hand.
  private var runningInstruction: Instruction { memory.code(at: programCounter).advanced(by: -1).instruction }

  /// Whether more than twice as much stack as heap is in use. Each collection scans all of the stack and frees at least half
  /// of the heap: beyond this, scanning would cost more than the memory it frees is worth.
  private var hasDeepStack: Bool {
    isRunning && 8 &* (layout.stackBudget &- stackWords) > 2 &* layout.budgets.heapBytes
  }
}

/// What keeps values alive.
extension Machine {
  private func moveRoots(_ collector: inout Collector) {
    let kept = layout.start.advanced(words: HostWord.kept)
    collector.moveReference(at: kept)
    collector.moveReference(at: kept.advanced(words: 1))
    guard isRunning else {
      // The host parses or prints; it keeps what it works on in one register.
      return collector.moveReference(at: frame)
    }
    collector.moveReference(at: layout.start.advanced(words: HostWord.request))
    for slot in 0..<layout.globalCount { collector.moveReference(at: layout.globals.advanced(words: slot)) }
    moveFrames(&collector)
  }

  /// The registers of the running frame that its instruction or what follows it reads, and of the frames that wait for
  /// it those that are read after their calls.
  private func moveFrames(_ collector: inout Collector) {
    var live = LiveRegisters(image, layout)
    var registers = memory.registers(at: frame)
    if isBuiltinFrame(registers) {
      BuiltinFrame(registers: registers).moveAll(&collector)
    } else {
      live.move(registers, before: instruction(endingAt: programCounter), &collector)
    }
    while true {
      let (address, distance) = (registers.returnAddress, registers.callerDistance)
      // The host waits for the first frame.
      if address == image.code { return }
      registers = registers.advanced(by: 0 &- distance)
      if isBuiltinFrame(registers) {
        BuiltinFrame(registers: registers).moveState(&collector)
      } else {
        live.move(registers, after: instruction(endingAt: address), resultIn: distance, &collector)
      }
    }
  }

  /// The number of the instruction before an address.
  private func instruction(endingAt address: HeapOffset) -> Int { (address.bytes &- image.code.bytes) >> 3 &- 1 }
}

extension BuiltinFrame {
  /// Moves what a built-in holds while a function that it called runs.
  fileprivate func moveState(_ collector: inout Collector) {
    for index in 0..<BuiltinFrame.stateCount { registers[index] = collector.moved(registers[index]) }
  }

  /// Moves what it holds besides while it makes a call or takes its result.
  fileprivate func moveAll(_ collector: inout Collector) {
    moveState(&collector)
    let callee = BuiltinFrame.stateCount
    registers[callee] = collector.moved(registers[callee])
    for index in BuiltinFrame.callbackBase..<BuiltinFrame.registerCount {
      registers[index] = collector.moved(registers[index])
    }
  }
}
