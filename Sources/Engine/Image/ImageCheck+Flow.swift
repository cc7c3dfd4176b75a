/// What must be true on every path through a function: a register is read only after it has been written, and holds a
/// word of the right kind; and charges come often enough that every run ends.
///
/// Code jumps forward only, so a single pass over a function knows all paths to an instruction when it reaches the
/// instruction.
extension ImageCheck {
  mutating func checkFlow(ofFunction index: Int, _ entry: FunctionEntry) throws(ImageDefect) {
    var targets = JumpTargets(instructionCount: entry.instructionCount)
    var state = entryState(of: entry)
    var isReachable = true
    for position in 0..<entry.instructionCount {
      let place = entry.firstInstruction + position
      let i = instruction(place)
      guard let behavior = behavior(of: i) else { throw .instruction(place) }
      if let other = targets.take(position) {
        if isReachable { state.meet(other) } else { state = other }
        isReachable = true
      }
      guard isReachable else { throw .unreachable(instruction: place) }
      // A call with more arguments than parameters makes an Array, which the callee pays for.
      if position == 0, entry.hasRest {
        guard case .restParameter = behavior.a else { throw .undercharged(instruction: place) }
      }
      try checkCharge(of: i, behavior, at: place, ofFunction: index, &state)
      guard isSound(i, behavior, index, entry, &state.facts) else { throw .register(instruction: place) }
      if let distance = behavior.jumpDistance(of: i) {
        guard targets.add(position + 1 + distance, state) else { throw .function(index) }
      }
      isReachable = !behavior.endsBlock
    }
  }

  /// The state that a call leaves in a function's registers.
  private func entryState(of entry: FunctionEntry) -> FlowState {
    var state = FlowState(registerCount: entry.registerCount)
    for parameter in 0..<entry.parameterCount { state.facts.write(parameter, .value) }
    if entry.hasRest { state.facts.write(entry.parameterCount, .anyArray) }
    return state
  }

  // MARK: Gas

  /// Checks that an instruction charges at least the fixed price of its own operation. Between two charges there is
  /// only a small, bounded amount of work, and a function that returns or makes a tail call has charged before. So the
  /// work of a run is bounded by its gas, whatever calls what.
  private func checkCharge(
    of i: Instruction, _ behavior: Opcode.Behavior, at place: Int, ofFunction index: Int, _ state: inout FlowState
  ) throws(ImageDefect) {
    guard i.charge >= behavior.charging.row?.cost ?? 0 else { throw .undercharged(instruction: place) }
    state.count(units: behavior.units(of: i), work: work(of: i, behavior))
    let isPaid: Bool
    switch behavior.flow {
    case .leaves: isPaid = index == 0 || state.paid >= GasRow.return.cost
    // The callee was read or made on this path.
    case .tailCalls: isPaid = state.paid >= GasRow.stackPush.cost
    case .next, .ends, .calls, .preparesCall, .outside: isPaid = true
    }
    guard isPaid, state.unpaidWork <= ImageLayout.unpaidWorkLimit else { throw .undercharged(instruction: place) }
    if behavior.calls { state.countOwnCharge() }
  }

  /// The words that an instruction handles in addition to those that it charges for itself: consecutive registers that
  /// it reads, arguments that it passes on, and the header of an object that it makes.
  private func work(of i: Instruction, _ behavior: Opcode.Behavior) -> Int {
    let row = registers(of: behavior.row, i)?.count ?? 0
    let arguments =
      switch behavior.flow {
      case .calls(_, let arguments), .tailCalls(_, let arguments): argumentRegisters(of: arguments, i)
      case .next, .ends, .leaves, .preparesCall, .outside: 0
      }
    return 1 + row + arguments + (behavior.collects ? 2 : 0)
  }

  // MARK: Registers

  /// Checks what an instruction reads, and notes what it writes.
  private mutating func isSound(
    _ i: Instruction, _ behavior: Opcode.Behavior, _ index: Int, _ entry: FunctionEntry,
    _ facts: inout RegisterFacts
  ) -> Bool {
    guard reads(behavior.a, i.a, index, entry, &facts), reads(behavior.b, i.b, index, entry, &facts),
      reads(behavior.c, i.c, index, entry, &facts), readsRow(behavior.row, i, index, &facts)
    else { return false }
    write(behavior.a, i, index, &facts)
    return calls(behavior.flow, i, &facts)
  }

  /// Whether an operand that is read holds what it must.
  private func reads(
    _ operand: Opcode.Operand, _ number: Int, _ index: Int, _ entry: FunctionEntry, _ facts: inout RegisterFacts
  ) -> Bool {
    switch operand {
    case .source(let requirement): return facts.satisfy(requirement, number)
    case .checked(let kind):
      guard facts.holds(.value, number) else { return false }
      facts.learn(number, RegisterFacts.Fact(of: kind))
      return true
    case .updated: return facts.holds(.value, number)
    case .restParameter: return entry.hasRest && facts.holds(.array, number)
    // If no instruction makes the function, it never runs.
    case .cellCapture: return cellCaptures[index].isEmpty || isCell(number, cellCaptures[index])
    // A function is made only by earlier functions, so its captures are known when its own code is checked.
    case .closure: return number > index
    case .target(.callee): return entry.captureCount > 0
    case .none, .target, .base, .frame, .key, .method, .effect, .layout, .elements, .members, .wideConstant, .integer,
      .wideInteger, .units, .immediate, .global, .capture, .function, .builtin, .count, .stackWords, .jump, .wideJump:
      return true
    }
  }

  /// Notes what is known about the first operand if the instruction writes it.
  private func write(_ operand: Opcode.Operand, _ i: Instruction, _ index: Int, _ facts: inout RegisterFacts) {
    switch operand {
    case .target(let product): facts.write(i.a, fact(of: product, i, index, facts))
    case .updated: facts.write(i.a, .value)
    case .none, .source, .checked, .base, .frame, .key, .method, .effect, .layout, .elements, .members, .wideConstant,
      .integer, .wideInteger, .units, .immediate, .global, .capture, .cellCapture, .closure, .function, .builtin,
      .count, .restParameter, .stackWords, .jump, .wideJump:
      break
    }
  }

  private func fact(
    of product: Opcode.Product, _ i: Instruction, _ index: Int, _ facts: RegisterFacts
  ) -> RegisterFacts.Fact {
    switch product {
    case .value, .callee: return .value
    case .integer: return [.value, .text]
    case .string: return .anyString
    case .array: return .anyArray
    case .cell: return .cell
    case .copy: return facts[i.b].subtracting(.method)
    case .constant: return factsOfConstant(i.wide)
    case .capture:
      let cells = cellCaptures[index]
      return cells.isEmpty ? [.value, .cell] : isCell(i.b, cells) ? .cell : .value
    }
  }

  private func factsOfConstant(_ index: Int) -> RegisterFacts.Fact {
    switch kind(of: constant(index)) {
    case .string: .anyString
    case .array: .anyArray
    case .boxedInteger, .decimal, .record, .map, .function, .builtinFunction, .cell, .shape, .recordLayout, .mapNode,
      .mapKey, nil:
      .value
    }
  }

  // MARK: Rows of registers

  /// Whether the consecutive registers that an instruction reads hold what they must.
  private mutating func readsRow(
    _ row: Opcode.Row, _ i: Instruction, _ index: Int, _ facts: inout RegisterFacts
  ) -> Bool {
    switch row {
    case .none: return true
    case .counted(let element): return facts.holds(RegisterFacts.Fact(of: element), from: i.b, count: i.c)
    case .fields:
      return facts.holds(.value, from: i.b, count: RecordLayoutView(memory, constant(i.c).offset).count)
    case .elements, .members: return readsPieces(row, i, facts)
    case .captures: return readsCaptures(i, facts)
    }
  }

  private func readsPieces(_ row: Opcode.Row, _ i: Instruction, _ facts: RegisterFacts) -> Bool {
    let pieces = ArrayView(memory, constant(i.c).offset)
    var register = i.b
    for index in 0..<pieces.count {
      guard let piece = LiteralPiece(pieces[index]), let count = piece.registers(in: row),
        facts.holds(piece.requirement(in: row), register), count == 1 || facts.holds(.value, register + 1)
      else { return false }
      register += count
    }
    return true
  }

  /// Checks the captures of a closure. The first instruction that makes a closure of a function determines which
  /// captures are cells. All others must agree.
  private mutating func readsCaptures(_ i: Instruction, _ facts: RegisterFacts) -> Bool {
    let count = function(i.b).captureCount
    let isFirst = cellCaptures[i.b].isEmpty
    for word in 0..<(count + 63) / 64 {
      let (first, part) = (i.c + 64 * word, min(64, count - 64 * word))
      let cells = facts.mask(of: .cell, from: first, count: part)
      let values = facts.mask(of: .value, from: first, count: part)
      guard cells | values == UInt64.max >> UInt64(64 - part) else { return false }
      if isFirst { cellCaptures[i.b].append(cells) } else if cellCaptures[i.b][word] != cells { return false }
    }
    return true
  }

  private func isCell(_ capture: Int, _ cells: [UInt64]) -> Bool {
    cells[capture / 64] >> UInt64(capture % 64) & 1 != 0
  }

  // MARK: Calls

  /// Checks the callee and the arguments of a call. The call's own frame was in register a and above; afterwards,
  /// register a holds the result.
  private func calls(_ flow: Opcode.Flow, _ i: Instruction, _ facts: inout RegisterFacts) -> Bool {
    switch flow {
    case .next, .ends, .leaves, .outside: return true
    case .preparesCall:
      facts.write(i.a - 1, [])
      facts.write(i.a + Frame.callee, .method)
      return true
    case .calls(let callee, let arguments), .tailCalls(let callee, let arguments):
      guard holds(callee, i, facts), facts.holds(.value, from: i.a, count: argumentRegisters(of: arguments, i)) else {
        return false
      }
      facts.forget(from: i.a + Frame.callee)
      facts.write(i.a, .value)
      return true
    }
  }

  /// Whether the callee of a call is where it must be.
  private func holds(_ callee: Opcode.Callee, _ i: Instruction, _ facts: RegisterFacts) -> Bool {
    switch callee {
    case .value: facts.holds(.value, i.a + Frame.callee)
    case .method: facts.holds(.method, i.a + Frame.callee)
    case .function, .builtin, .effect: true
    }
  }
}

extension RegisterFacts {
  /// Whether enough is known about a register for an operand that reads it.
  fileprivate func satisfy(_ requirement: Opcode.Requirement, _ register: Int) -> Bool {
    switch requirement {
    case .value: holds(.value, register)
    case .cell: holds(.cell, register)
    case .valueOrCell: holds(.value, register) || holds(.cell, register)
    }
  }
}

extension RegisterFacts.Fact {
  /// What a check shows.
  fileprivate init(of kind: Opcode.Kind) {
    switch kind {
    case .text: self = .text
    case .sequence: self = .sequence
    case .string: self = .anyString
    case .array: self = .anyArray
    case .record: self = []
    }
  }

  /// What must be known about each of several consecutive registers.
  fileprivate init(of element: Opcode.Row.Element) {
    switch element {
    case .value: self = .value
    case .text: self = .text
    case .string: self = .string
    }
  }
}

extension LiteralPiece {
  /// What must be known about the part's first register.
  fileprivate func requirement(in row: Opcode.Row) -> RegisterFacts.Fact {
    switch (row, self) {
    case (.elements, .spread): .sequence
    case (.members, .single): .string
    case (.elements, .single), (.elements, .written), (.members, .spread), (.members, .written), (.none, _),
      (.counted, _), (.captures, _), (.fields, _):
      .value
    }
  }
}
