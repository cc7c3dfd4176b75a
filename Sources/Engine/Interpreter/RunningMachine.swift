/// The machine while the interpreter's loop runs.
///
/// The loop keeps the next instruction, the gas left, the registers and the stack words left in local variables, so the
/// machine's own copies of them are out of date. It must therefore call the machine's functions through one of three
/// contracts. These first write the local variables back, and then read again those that the function may have changed.
///
/// | contract | the function may | read again |
/// |---|---|---|
/// | `uncharged` | reserve memory, trap | nothing |
/// | `charging` | also charge | gas |
/// | `calling` | also enter and leave frames | gas, stack words, registers, next instruction |
///
/// The compiler enforces the difference: functions that charge are methods of `Machine`, but `uncharged` gives access
/// only to an `UnchargedMachine`, whose functions cannot charge.
struct RunningMachine: ~Copyable {
  private var machine: UnchargedMachine

  fileprivate init(_ machine: consuming Machine) { self.machine = UnchargedMachine(machine) }

  /// Returns the machine.
  fileprivate consuming func stop() -> Machine { machine.machine }
}

/// The machine without its gas, for functions that reserve memory, build objects and trap, but never charge.
struct UnchargedMachine: ~Copyable {
  fileprivate var machine: Machine

  fileprivate init(_ machine: consuming Machine) { self.machine = machine }

  /// The region that holds the machine.
  @inline(__always)
  var memory: LinearMemory { machine.memory }

  /// The image at the start of the region.
  @inline(__always)
  var image: Image { machine.image }

  /// The objects of this request.
  var heap: Heap {
    @inline(__always) get { machine.heap }
    @inline(__always) _modify { yield &machine.heap }
  }

  /// Makes sure that `words` can be allocated without a collection: see `Machine.reserve(words:)`.
  @inline(__always)
  mutating func reserve(words: Int) throws(Trap) { try machine.reserve(words: words) }

  /// Allocates a Decimal.
  mutating func newDecimal(_ number: Decimal128) throws(Trap) -> Value { try machine.newDecimal(number) }

  /// The `IndexOutOfRange` trap, with index and length in its details.
  mutating func indexOutOfRange(_ index: Int64, length: Int) -> Trap { machine.indexOutOfRange(index, length: length) }
}

extension Machine {
  /// Runs code until the frame at `registers`, whose return address is the `halt` instruction, returns.
  ///
  /// - Throws: the trap that ended the run. The machine then has the gas, the peaks and the details.
  mutating func interpret(_ start: CodePointer, _ registers: Registers) throws(Trap) -> Value {
    var running = RunningMachine(self)
    do throws(Trap) {
      let value = try running.interpret(start, registers)
      self = running.stop()
      return value
    } catch {
      self = running.stop()
      throw error
    }
  }
}

// MARK: - The contracts

extension RunningMachine {
  /// Calls a function that does not charge. It may trap, and it may reserve memory, which can move objects.
  @inline(__always)
  mutating func uncharged<Result>(
    _ pc: CodePointer, _ gas: Int64, _ r: Registers, _ words: Int,
    _ body: (inout UnchargedMachine) throws(Trap) -> Result
  ) throws(Trap) -> Result {
    save(pc, gas, r, words)
    let result = try body(&machine)
    assert(machine.machine.gas == gas && machine.machine.stackWords == words, "what does not charge left gas and stack")
    return result
  }

  /// Calls a function that may charge, and then reads the gas again.
  @inline(__always)
  mutating func charging<Result>(
    _ pc: CodePointer, _ gas: inout Int64, _ r: Registers, _ words: Int,
    _ body: (inout Machine) throws(Trap) -> Result
  ) throws(Trap) -> Result {
    assert(
      pc.advanced(by: -1).instruction.checkedOpcode.behavior.charging.chargesItself, "its row says that it does not")
    save(pc, gas, r, words)
    let result = try body(&machine.machine)
    gas = machine.machine.gas
    assert(machine.machine.stackWords == words, "what enters no frame gives its stack words back")
    return result
  }

  /// Calls a function that may charge, and enter or leave frames. It returns where the loop continues.
  @inline(__always)
  mutating func calling(
    _ pc: CodePointer, _ gas: inout Int64, _ r: Registers, _ words: inout Int,
    _ body: (inout Machine) throws(Trap) -> Machine.Continuation
  ) throws(Trap) -> Machine.Continuation {
    assert(
      pc.advanced(by: -1).instruction.checkedOpcode.behavior.charging.chargesItself, "its row says that it does not")
    save(pc, gas, r, words)
    let next = try body(&machine.machine)
    gas = machine.machine.gas
    words = machine.machine.stackWords
    return next
  }

  /// Writes the loop's local variables back to the machine.
  @inline(__always)
  private mutating func save(_ pc: CodePointer, _ gas: Int64, _ r: Registers, _ words: Int) {
    machine.machine.gas = gas
    machine.machine.programCounter = memory.offset(of: pc)
    machine.machine.frame = memory.offset(of: r)
    machine.machine.stackWords = words
  }
}

// MARK: - What the loop uses directly

extension RunningMachine {
  /// The region that holds the machine.
  @inline(__always)
  var memory: LinearMemory { machine.memory }

  /// The image at the start of the region.
  @inline(__always)
  var image: Image { machine.image }

  /// Where the global slots begin.
  @inline(__always)
  var globals: HeapOffset { machine.machine.layout.globals }

  /// The gas left when it was last written back.
  @inline(__always)
  var savedGas: Int64 { machine.machine.gas }

  /// The stack words left when they were last written back.
  @inline(__always)
  var savedStackWords: Int { machine.machine.stackWords }

  /// Updates the record of the fewest stack words ever left, or traps if they have run out.
  @inline(__always)
  mutating func noteStackWords(_ words: Int, _ pc: CodePointer, _ gas: Int64) throws(Trap) {
    if words < machine.machine.leastStackWords {
      if words < 0 { throw trap(.stackExhausted, pc, gas) }
      machine.machine.leastStackWords = words
    }
  }

  /// Writes back what the end of the run needs.
  @inline(__always)
  mutating func finish(_ gas: Int64, _ words: Int) {
    machine.machine.gas = gas
    machine.machine.stackWords = words
  }

  /// The trap of an instruction that has done nothing yet. Writes back what the end of the run needs.
  @inline(never)
  mutating func trap(_ trap: Trap, _ pc: CodePointer, _ gas: Int64) -> Trap {
    machine.machine.gas = gas
    machine.machine.programCounter = memory.offset(of: pc)
    return trap
  }

  /// The trap of a `throw`, with the thrown value in its details.
  @inline(never)
  mutating func thrown(_ value: Value, _ pc: CodePointer, _ gas: Int64) -> Trap {
    machine.machine.trapDetail = (value, .undefined)
    return trap(.thrown, pc, gas)
  }

  /// The trap of an instruction whose charge reached the gas limit. The gas left is that after the first of its single
  /// charges that reaches the limit.
  @inline(never)
  mutating func exhaustion(_ instruction: Instruction, _ pc: CodePointer, _ gas: Int64, _ r: Registers) -> Trap {
    save(pc, gas, r, savedStackWords)
    return machine.machine.exhaustion(instruction, r)
  }
}

extension Machine {
  /// Finds the first of an instruction's charges that reaches the limit. The run ends there.
  fileprivate mutating func exhaustion(_ instruction: Instruction, _ r: Registers) -> Trap {
    let index = (programCounter.bytes &- image.code.bytes) >> 3 &- 1
    let total = instruction.checkedOpcode.behavior.units(of: instruction)
    let table = ChargeTable(memory: memory, offset: image.charges)
    let charges = table.charges(ofInstruction: index, total: total)
    gas &+= Int64(total)
    for step in 0..<charges.count {
      let isOwn = step == charges.count &- 1
      let units = isOwn ? ownCharge(of: instruction, charging: charges[step], r) : charges[step]
      gas &-= Int64(units)
      if gas <= 0 { break }
    }
    return .gasExhausted
  }
}
