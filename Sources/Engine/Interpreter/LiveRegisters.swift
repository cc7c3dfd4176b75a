/// The registers of a function that are live at an instruction: those that may be read, there or on a path from there,
/// before they are written. An object to which only dead registers refer is garbage.
///
/// Code jumps forward only, so one pass from a function's last instruction to its first finds the live registers at all
/// its instructions. The pass runs when a collection first meets the function. Its result is kept in the machine's
/// region for the rest of the request:
///
/// ```
///  0              1                               1 + functions
/// ┌──────────────┬───────────────────────────────┬─────────────────────────────────────────────────────┐
/// │ words in use │ for each function: where its  │ for each instruction of a function that has been    │
/// │              │ sets begin, in words; or 0    │ met a set: bit 0 the callee, bit n + 3 register n   │
/// └──────────────┴───────────────────────────────┴─────────────────────────────────────────────────────┘
/// ```
struct LiveRegisters {
  private let image: Image
  private let base: HeapOffset
  /// The function that was asked about last.
  private var entry: FunctionEntry
  private var instructions = 0..<0
  private var sets: HeapOffset

  init(_ image: Image, _ layout: MachineLayout) {
    self.image = image
    base = layout.liveness
    entry = image.function(0)
    sets = base
  }

  /// The number of words for the sets of all functions.
  static func wordCount(for image: Image) -> Int {
    var words = 1 &+ image.functionCount
    for index in 0..<image.functionCount {
      let entry = image.function(index)
      words &+= entry.instructionCount &* RegisterSet.wordCount(entry)
    }
    return words
  }

  /// Moves the objects that registers refer to, for the registers that are live before an instruction.
  mutating func move(_ registers: Registers, before instruction: Int, _ collector: inout Collector) {
    set(before: instruction).move(registers, except: nil, &collector)
  }

  /// Moves the objects that registers refer to, for the registers that are live after a call, except the one that
  /// receives the call's result.
  mutating func move(
    _ registers: Registers, after call: Int, resultIn result: Int, _ collector: inout Collector
  ) {
    set(before: call &+ 1).move(registers, except: result, &collector)
  }

  private mutating func set(before instruction: Int) -> RegisterSet {
    if !instructions.contains(instruction) { find(instruction) }
    return set(at: instruction &- instructions.lowerBound)
  }

  private func set(at position: Int) -> RegisterSet {
    let wordCount = RegisterSet.wordCount(entry)
    return RegisterSet(image.memory, sets.advanced(words: position &* wordCount), wordCount)
  }

  /// Finds the function that contains an instruction, and its sets.
  private mutating func find(_ instruction: Int) {
    var (low, high) = (0, image.functionCount)
    while high &- low > 1 {
      let middle = (low &+ high) >> 1
      if image.function(middle).firstInstruction <= instruction { low = middle } else { high = middle }
    }
    entry = image.function(low)
    instructions = entry.firstInstruction..<entry.firstInstruction &+ entry.instructionCount
    let memory = image.memory
    let place = base.advanced(words: 1 &+ low)
    if memory[place] == 0 {
      let used = max(memory[base], UInt64(1 &+ image.functionCount))
      memory[place] = used
      memory[base] = used &+ UInt64(entry.instructionCount &* RegisterSet.wordCount(entry))
      sets = base.advanced(words: Int(used))
      analyze()
    } else {
      sets = base.advanced(words: Int(memory[place]))
    }
  }

  /// Fills in the sets of a function. All their words are 0 before.
  private func analyze() {
    for position in (0..<instructions.count).reversed() {
      let i = image.instruction(instructions.lowerBound &+ position)
      let live = set(at: position)
      let behavior = i.checkedOpcode.behavior
      if !behavior.endsBlock { live.formUnion(set(at: position &+ 1)) }
      if let distance = behavior.jumpDistance(of: i) { live.formUnion(set(at: position &+ 1 &+ distance)) }
      image.updateLiveness(live, before: i, behavior)
    }
  }
}

extension Image {
  /// Changes a set from the registers that are live after an instruction to those that are live before it: removes the
  /// registers that the instruction writes, and inserts those that it reads.
  fileprivate func updateLiveness(_ live: RegisterSet, before i: Instruction, _ behavior: Opcode.Behavior) {
    // First what is written, then what is read: a register may be both.
    if case .target = behavior.a { live.remove(i.a) }
    switch behavior.flow {
    case .next, .ends, .leaves, .outside: break
    case .preparesCall:
      live.remove(i.a &+ Frame.callee)
      live.remove(i.a &- 1)
    case .calls(let callee, let arguments), .tailCalls(let callee, let arguments):
      live.remove(i.a)
      live.insert(i.a, count: argumentRegisters(of: arguments, i))
      insert(callee, of: i, live)
    }
    insert(behavior.a, i.a, live)
    insert(behavior.b, i.b, live)
    insert(behavior.c, i.c, live)
    for register in registers(of: behavior.row, i) ?? 0..<0 { live.insert(register) }
  }

  /// Inserts the register that an operand reads, if there is one.
  private func insert(_ operand: Opcode.Operand, _ number: Int, _ live: RegisterSet) {
    switch operand {
    case .source, .checked, .updated, .restParameter: live.insert(number)
    case .capture, .cellCapture, .target(.callee): live.insert(Frame.callee)
    case .none, .target, .base, .frame, .key, .method, .effect, .layout, .elements, .members, .wideConstant, .integer,
      .wideInteger, .units, .immediate, .global, .closure, .function, .builtin, .count, .stackWords, .jump, .wideJump:
      break
    }
  }

  /// Inserts the registers that hold the callee of a call.
  private func insert(_ callee: Opcode.Callee, of i: Instruction, _ live: RegisterSet) {
    switch callee {
    case .function, .builtin, .effect: break
    case .value: live.insert(i.a &+ Frame.callee)
    case .method:
      live.insert(i.a &- 1)
      live.insert(i.a &+ Frame.callee)
    }
  }

}

/// A set of registers, in linear memory.
private struct RegisterSet {
  private let memory: LinearMemory
  private let offset: HeapOffset
  private let wordCount: Int

  /// The number of words for a set of a function's registers and the header of its frame.
  static func wordCount(_ entry: FunctionEntry) -> Int { (entry.registerCount &+ Frame.headerWords &+ 63) >> 6 }

  init(_ memory: LinearMemory, _ offset: HeapOffset, _ wordCount: Int) {
    self.memory = memory
    self.offset = offset
    self.wordCount = wordCount
  }

  private func place(_ register: Int) -> (word: HeapOffset, bit: UInt64) {
    let index = register &+ Frame.headerWords
    return (offset.advanced(words: index >> 6), 1 &<< UInt64(index & 63))
  }

  func insert(_ register: Int) {
    let place = place(register)
    memory[place.word] |= place.bit
  }

  func insert(_ first: Int, count: Int) {
    for register in first..<first &+ count { insert(register) }
  }

  func remove(_ register: Int) {
    let place = place(register)
    memory[place.word] &= ~place.bit
  }

  func formUnion(_ other: RegisterSet) {
    for word in 0..<wordCount { memory[offset.advanced(words: word)] |= memory[other.offset.advanced(words: word)] }
  }

  /// Moves the objects that registers of a frame refer to, for the registers in the set.
  func move(_ registers: Registers, except result: Int?, _ collector: inout Collector) {
    for word in 0..<wordCount {
      var bits = memory[offset.advanced(words: word)]
      while bits != 0 {
        let register = 64 &* word &+ bits.trailingZeroBitCount &- Frame.headerWords
        if register != result { registers[register] = collector.moved(registers[register]) }
        bits &= bits &- 1
      }
    }
  }
}

extension RegisterSet {
  /// The registers in the set, ascending.
  fileprivate var registers: [Int] {
    (0..<64 &* wordCount).filter { memory[offset.advanced(words: $0 >> 6)] >> UInt64($0 & 63) & 1 != 0 }.map {
      $0 &- Frame.headerWords
    }
  }
}

extension LiveRegisters {
  /// The registers that are live before an instruction, for the check of frames.
  mutating func registers(before instruction: Int) -> [Int] { set(before: instruction).registers }
}
