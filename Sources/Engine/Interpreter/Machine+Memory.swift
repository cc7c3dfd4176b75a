/// Reserving memory, and the collections that this may need.
extension Machine {
  /// Makes sure that `words` can be allocated without a collection.
  ///
  /// **For authors of built-ins.** This is the only place where objects move. So after a call,
  ///
  /// - every offset and view from before is invalid, and so is every value in a variable. Read operands from their
  ///   registers again (`argument(_:of:)`, `Arguments.receiver`, a `BuiltinFrame`'s state). Numbers stay valid: counts,
  ///   sizes, byte offsets within a String, Decimals;
  /// - a value that is in no register is lost, unless `reserve(words:keeping:)` keeps it.
  ///
  /// Before a call, every word of every allocated object must have been written, even if only with `undefined`.
  ///
  /// The operands of the running instruction are live. So is the state of a built-in that has begun to call functions.
  /// Work lists are not: there must be no reservation between the first push and the last pop.
  ///
  /// - Throws: `memoryExhausted`.
  @inline(__always)
  mutating func reserve(words: Int) throws(Trap) {
    if words > heap.freeWords { try collect(words) }
  }

  /// Does the same for a caller whose value may be in no register, and returns the value.
  mutating func reserve(words: Int, keeping value: Value) throws(Trap) -> Value {
    try reserve(words: words, keeping: value, .undefined).0
  }

  /// Does the same for two values.
  mutating func reserve(words: Int, keeping first: Value, _ second: Value) throws(Trap) -> (Value, Value) {
    let place = layout.start.advanced(words: HostWord.kept)
    memory[place] = first.bits
    memory[place.advanced(words: 1)] = second.bits
    defer { memory.clear(place, byteCount: 16) }
    try reserve(words: words)
    return (Value(bits: memory[place]), Value(bits: memory[place.advanced(words: 1)]))
  }

  /// Reserves words and, after them, scratch memory that is not needed once they have been allocated.
  ///
  /// - Returns: where the scratch memory begins.
  mutating func reserve(words: Int, scratch: Int) throws(Trap) -> HeapOffset {
    try reserve(words: words &+ scratch)
    return heap.scratch(behind: words, count: scratch)
  }

  /// Does the same for a caller whose value may be in no register.
  ///
  /// - Returns: the value, and where the scratch memory begins.
  mutating func reserve(words: Int, scratch: Int, keeping value: Value) throws(Trap) -> (Value, HeapOffset) {
    let value = try reserve(words: words &+ scratch, keeping: value)
    return (value, heap.scratch(behind: words, count: scratch))
  }

  /// Collects, because the words don't fit or because every reservation must collect.
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

  /// The running instruction.
  private var runningInstruction: Instruction { memory.code(at: programCounter).advanced(by: -1).instruction }

  /// Whether the stack in use is more than twice as large as the heap budget. Each collection scans the whole stack and
  /// frees at least half of the heap. Beyond this ratio, scanning would cost more than the freed memory is worth.
  private var hasDeepStack: Bool {
    isRunning && 8 &* (layout.stackBudget &- stackWords) > 2 &* layout.budgets.heapBytes
  }
}

/// The roots: what keeps values alive.
extension Machine {
  private func moveRoots(_ collector: inout Collector) {
    let kept = layout.start.advanced(words: HostWord.kept)
    collector.moveReference(at: kept)
    collector.moveReference(at: kept.advanced(words: 1))
    guard isRunning else {
      // The host parses or prints. It keeps the value that it works on in one register.
      return collector.moveReference(at: frame)
    }
    collector.moveReference(at: layout.start.advanced(words: HostWord.request))
    for slot in 0..<layout.globalCount { collector.moveReference(at: layout.globals.advanced(words: slot)) }
    moveFrames(&collector)
  }

  /// Moves the registers of the running frame that its instruction or later ones read, and for each frame that waits,
  /// the registers that are read after its call.
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
      // The caller of the first frame is the host.
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

  /// Moves the state of a built-in, and what it also holds while it makes a call or receives its result.
  fileprivate func moveAll(_ collector: inout Collector) {
    moveState(&collector)
    let callee = BuiltinFrame.stateCount
    registers[callee] = collector.moved(registers[callee])
    for index in BuiltinFrame.callbackBase..<BuiltinFrame.registerCount {
      registers[index] = collector.moved(registers[index])
    }
  }
}
