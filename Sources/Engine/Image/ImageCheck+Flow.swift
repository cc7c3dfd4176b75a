/// What has to hold on every way through a function: a register is read only where it has been written, and with a word
/// of the right kind; charges come often enough that every run ends.
///
/// Code jumps forward only, so one pass over a function meets all ways to an instruction before it comes to it.
extension ImageCheck {
  mutating func checkFlow(ofFunction index: Int, _ entry: FunctionEntry) throws(ImageDefect) {
    var targets = JumpTargets(instructionCount: entry.instructionCount)
    var state = entryState(of: entry)
    var isReachable = true
    for position in 0..<entry.instructionCount {
      let place = entry.firstInstruction + position
      let i = instruction(place)
      guard let opcode = i.opcode else { throw .instruction(place) }
      if let other = targets.take(position) {
        if isReachable { state.meet(other) } else { state = other }
        isReachable = true
      }
      guard isReachable else { throw .unreachable(instruction: place) }
      try checkCharge(of: i, opcode, at: place, ofFunction: index, &state)
      guard isSound(i, opcode, index, entry, &state.facts) else { throw .register(instruction: place) }
      if let distance = i.jumpDistance {
        guard targets.add(position + 1 + distance, state) else { throw .function(index) }
      }
      isReachable = !opcode.endsBlock
    }
  }

  /// What a call leaves in a function's registers.
  private func entryState(of entry: FunctionEntry) -> FlowState {
    var state = FlowState(registerCount: entry.registerCount)
    for parameter in 0..<entry.parameterCount { state.facts.write(parameter, .value) }
    if entry.hasRest { state.facts.write(entry.parameterCount, .anyArray) }
    return state
  }

  // MARK: Gas

  /// An instruction charges at least what its operation costs by itself. Between two charges lies no more work than a
  /// small constant; and whoever leaves a function, be it for a tail call, has paid. So whatever calls what, the work of
  /// a run is bounded by its gas.
  private func checkCharge(
    of i: Instruction, _ opcode: Opcode, at place: Int, ofFunction index: Int, _ state: inout FlowState
  ) throws(ImageDefect) {
    guard i.charge >= opcode.ownRow?.cost ?? 0 else { throw .undercharged(instruction: place) }
    state.count(units: opcode == .charge ? i.charge + i.wide : i.charge, work: work(of: i, opcode))
    let isPaid: Bool
    switch opcode {
    case .return: isPaid = index == 0 || state.paid >= GasRow.return.cost
    // What is called was read, or made, on the way here.
    case .tailCallFunction, .tailCall, .tailCallSpread, .tailCallMethod, .tailCallMethodSpread:
      isPaid = state.paid >= GasRow.stackPush.cost
    default: isPaid = true
    }
    guard isPaid, state.unpaidWork <= ImageLayout.unpaidWorkLimit else { throw .undercharged(instruction: place) }
    if opcode.isCall { state.countOwnCharge() }
  }

  /// Words that an instruction handles which no later charge depends on.
  private func work(of i: Instruction, _ opcode: Opcode) -> Int {
    switch opcode {
    case .newArray: 1 + i.c
    case .newRecord: 1 + RecordLayoutView(memory, constant(i.c).offset).count
    case .closure: 1 + functionEntry(i.b).captureCount
    default: 1
    }
  }

  // MARK: Registers

  /// Checks what an instruction reads and notes what it writes.
  private mutating func isSound(
    _ i: Instruction, _ opcode: Opcode, _ index: Int, _ entry: FunctionEntry, _ facts: inout RegisterFacts
  ) -> Bool {
    switch opcode {
    case .move:
      guard facts.holds(.value, i.b) || facts.holds(.cell, i.b) else { return false }
      facts.write(i.a, facts[i.b].subtracting(.method))
    case .loadConstant:
      facts.write(i.a, factsOfConstant(i.wide))
    case .loadInteger:
      facts.write(i.a, [.value, .text])
    case .loadCallee, .loadCapture, .loadCaptureCell, .closure:
      return isSoundCapture(i, opcode, index, entry, &facts)
    case .newCell:
      facts.write(i.a, .cell)
    case .storeCell:
      return facts.holds(.cell, i.a) && facts.holds(.value, i.b)
    case .loadCell:
      guard facts.holds(.cell, i.b) else { return false }
      facts.write(i.a, .value)
    case .checkText: return learns(.text, i.a, &facts)
    case .checkSpread: return learns(.sequence, i.a, &facts)
    case .checkArray: return learns(.anyArray, i.a, &facts)
    case .checkKey: return learns(.anyString, i.a, &facts)
    case .takeComputed, .takeComputedOrUndefined:
      guard facts.holds(.value, i.b), learns(.anyString, i.c, &facts) else { return false }
      facts.write(i.a, .value)
    case .template, .newArray, .newRecord, .buildArray, .buildRecord, .takeRestFields:
      return isSoundRow(i, opcode, &facts)
    case .restArguments:
      return entry.hasRest && facts.holds(.array, i.a)
    default:
      if opcode.isCall || opcode == .prepareMethod { return isSoundCall(i, opcode, &facts) }
      return isPlain(i, opcode, &facts)
    }
    return true
  }

  /// An instruction that reads the values and writes the value that its operands name, and no others.
  private func isPlain(_ i: Instruction, _ opcode: Opcode, _ facts: inout RegisterFacts) -> Bool {
    let definition = opcode.definition
    if definition.a == .source && !facts.holds(.value, i.a) { return false }
    if definition.b == .source && !facts.holds(.value, i.b) { return false }
    if definition.c == .source && !facts.holds(.value, i.c) { return false }
    if definition.a == .target { facts.write(i.a, .value) }
    return true
  }

  /// A check of a value's kind, after which more is known of it.
  private func learns(_ fact: RegisterFacts.Fact, _ register: Int, _ facts: inout RegisterFacts) -> Bool {
    guard facts.holds(.value, register) else { return false }
    facts.learn(register, fact)
    return true
  }

  private func factsOfConstant(_ index: Int) -> RegisterFacts.Fact {
    switch kind(of: constant(index)) {
    case .string: .anyString
    case .array: .anyArray
    default: .value
    }
  }

  /// Instructions that take a row of registers.
  private func isSoundRow(_ i: Instruction, _ opcode: Opcode, _ facts: inout RegisterFacts) -> Bool {
    switch opcode {
    case .template:
      guard facts.holds(.text, from: i.b, count: i.c) else { return false }
      facts.write(i.a, .anyString)
    case .newArray:
      guard facts.holds(.value, from: i.b, count: i.c) else { return false }
      facts.write(i.a, .anyArray)
    case .newRecord:
      let count = RecordLayoutView(memory, constant(i.c).offset).count
      guard facts.holds(.value, from: i.b, count: count) else { return false }
      facts.write(i.a, .value)
    case .buildArray:
      let pieces = ArrayView(memory, constant(i.c).offset)
      for index in 0..<pieces.count {
        guard facts.holds(pieces[index] == Value(small: 0) ? .value : .sequence, i.b + index) else { return false }
      }
      facts.write(i.a, .anyArray)
    case .buildRecord:
      let pieces = ArrayView(memory, constant(i.c).offset)
      var register = i.b
      for index in 0..<pieces.count {
        // A key and its value, or a Record to spread.
        let isField = pieces[index] == Value(small: 0)
        guard facts.holds(isField ? .string : .value, register) else { return false }
        if isField && !facts.holds(.value, register + 1) { return false }
        register += isField ? 2 : 1
      }
      facts.write(i.a, .value)
    default:
      // `takeRestFields`: the Record, and the keys that were taken.
      guard facts.holds(.value, i.a), facts.holds(.string, from: i.b, count: i.c) else { return false }
      facts.write(i.a, .value)
    }
    return true
  }

  // MARK: Closures

  /// Closures and what they capture. Which captures are cells is settled where a closure is made; functions are made by
  /// those that stand before them, so it is known when their own code is checked.
  private mutating func isSoundCapture(
    _ i: Instruction, _ opcode: Opcode, _ index: Int, _ entry: FunctionEntry, _ facts: inout RegisterFacts
  ) -> Bool {
    switch opcode {
    case .loadCallee:
      guard entry.captureCount > 0 else { return false }
      facts.write(i.a, .value)
    case .loadCapture:
      // Without a place that makes the function, it never runs.
      let cells = cellCaptures[index]
      facts.write(i.a, cells.isEmpty ? [.value, .cell] : isCell(i.b, cells) ? .cell : .value)
    case .loadCaptureCell:
      let cells = cellCaptures[index]
      guard cells.isEmpty || isCell(i.b, cells) else { return false }
      facts.write(i.a, .value)
    default:
      guard i.b > index else { return false }
      let count = functionEntry(i.b).captureCount
      let cells = facts.row(of: .cell, from: i.c, count: count)
      let values = facts.row(of: .value, from: i.c, count: count)
      for word in cells.indices {
        let wanted = UInt64.max >> UInt64(64 - min(64, count - 64 * word))
        if cells[word] | values[word] != wanted { return false }
      }
      if cellCaptures[i.b].isEmpty { cellCaptures[i.b] = cells }
      guard cellCaptures[i.b] == cells else { return false }
      facts.write(i.a, .value)
    }
    return true
  }

  private func isCell(_ capture: Int, _ cells: [UInt64]) -> Bool {
    cells[capture / 64] >> UInt64(capture % 64) & 1 != 0
  }

  // MARK: Calls

  /// A call needs its callee and its arguments. It leaves its result in register a; its own frame lay there and above.
  private func isSoundCall(_ i: Instruction, _ opcode: Opcode, _ facts: inout RegisterFacts) -> Bool {
    let callee = i.a + Frame.callee
    switch opcode {
    case .prepareMethod:
      guard facts.holds(.value, i.b) else { return false }
      facts.write(i.a - 1, [])
      facts.write(callee, .method)
      return true
    case .call, .tailCall:
      guard facts.holds(.value, callee), facts.holds(.value, from: i.a, count: i.b) else { return false }
    case .callSpread, .tailCallSpread:
      guard facts.holds(.value, callee), facts.holds(.value, i.a) else { return false }
    case .callMethod, .tailCallMethod:
      guard facts.holds(.method, callee), facts.holds(.value, from: i.a, count: i.b) else { return false }
    case .callMethodSpread, .tailCallMethodSpread:
      guard facts.holds(.method, callee), facts.holds(.value, i.a) else { return false }
    case .callFunction, .tailCallFunction:
      guard facts.holds(.value, from: i.a, count: functionEntry(i.c).parameterCount) else { return false }
    case .callBuiltinSpread, .callEffectSpread:
      guard facts.holds(.value, i.a) else { return false }
    default:
      // `callBuiltin`, `callEffect`
      guard facts.holds(.value, from: i.a, count: i.b) else { return false }
    }
    facts.forget(from: callee)
    facts.write(i.a, .value)
    return true
  }
}
