/// Functions and their instructions, one by one. `ImageCheck+Flow.swift` checks the paths through them.
extension ImageCheck {
  func function(_ index: Int) -> FunctionEntry {
    let offset = range(of: .functions).lowerBound + index * ImageLayout.FunctionEntry.wordCount * 8
    return FunctionEntry(memory: memory, offset: HeapOffset(offset))
  }

  func instruction(_ index: Int) -> Instruction {
    Instruction(bits: word(range(of: .code).lowerBound + index * 8))
  }

  /// What an instruction does; nil if its opcode is unknown.
  @inline(__always)
  func behavior(of i: Instruction) -> Opcode.Behavior? {
    let number = Int(i.opcodeByte)
    return number < behaviors.count ? behaviors[number] : nil
  }

  func constant(_ index: Int) -> Value { Value(bits: word(range(of: .constants).lowerBound + index * 8)) }

  /// Checks that the functions cover the code section, one after another.
  mutating func checkCode() throws(ImageDefect) {
    let count = range(of: .code).count / 8
    guard count >= 2, instruction(0) == Instruction(.halt), instruction(1) == Instruction(.resume) else {
      throw .instruction(0)
    }
    try checkFunctions(count)
    cellCaptures = Array(repeating: [], count: functionCount)
    effectNames = Array(repeating: 0, count: objectStarts.count)
    for index in 0..<functionCount {
      let entry = function(index)
      for position in 0..<entry.instructionCount {
        let place = entry.firstInstruction + position
        let i = instruction(place)
        guard isValid(i, at: position, of: entry) else { throw .instruction(place) }
      }
      let last = entry.firstInstruction + entry.instructionCount - 1
      guard behavior(of: instruction(last))?.endsBlock == true else { throw .missingEnd(function: index) }
      try checkFlow(ofFunction: index, entry)
    }
    try checkCharges(count)
  }

  // MARK: Functions

  private func checkFunctions(_ instructionCount: Int) throws(ImageDefect) {
    var next = 2
    for index in 0..<functionCount {
      let entry = function(index)
      guard entry.firstInstruction == next, entry.instructionCount > 0,
        entry.instructionCount <= instructionCount - next, isFrameSound(index, entry),
        hasCodeClass(index, entry), entry.hasOnlyKnownFields
      else { throw .function(index) }
      next += entry.instructionCount
    }
    guard next == instructionCount else { throw .section(.code) }
    // The host calls the handler by its number, with one argument.
    let handler = Int(word(ImageLayout.Header.handler))
    guard handler == 0 || handler > 1 && function(handler - 1).captureCount == 0 else {
      throw .header(offset: ImageLayout.Header.handler)
    }
  }

  private func isFrameSound(_ index: Int, _ entry: FunctionEntry) -> Bool {
    let parameters = entry.parameterCount + (entry.hasRest ? 1 : 0)
    guard entry.registerCount <= Frame.maximumRegisters, entry.registerCount >= max(1, parameters),
      entry.minimumArity <= entry.parameterCount, entry.captureCount <= Frame.maximumRegisters,
      // A frame takes no more of the stack than it pays for.
      entry.stackWords >= Frame.headerWords + entry.registerCount, entry.stackWords <= Frame.maximumWords
    else { return false }
    return index > 0 || parameters == 0 && entry.captureCount == 0
  }

  /// Whether a function's class is valid. A class is named by its first function. Closures of one class are compared
  /// capture by capture, so they must have the same number of captures. An image can't show that functions of one class
  /// really have the same code. If they don't, the only effect is that they are equal by mistake.
  private func hasCodeClass(_ index: Int, _ entry: FunctionEntry) -> Bool {
    let first = entry.codeClass
    guard first >= min(index, 1), first <= index else { return false }
    let other = function(first)
    return other.codeClass == first && other.captureCount == entry.captureCount
  }

  // MARK: Instructions

  private mutating func isValid(_ i: Instruction, at position: Int, of entry: FunctionEntry) -> Bool {
    guard let behavior = behavior(of: i) else { return false }
    let rest = entry.instructionCount - position - 2
    return isValid(behavior.a, i.a, i, entry, rest) && isValid(behavior.b, i.b, i, entry, rest)
      && (behavior.b.isWide || isValid(behavior.c, i.c, i, entry, rest))
      && isInFrame(behavior.row, i, entry) && isInFrame(behavior.flow, i, entry)
  }

  /// - Parameter rest: the number of instructions after the next one.
  private mutating func isValid(
    _ operand: Opcode.Operand, _ number: Int, _ i: Instruction, _ entry: FunctionEntry, _ rest: Int
  ) -> Bool {
    switch operand {
    case .none: return number == 0
    case .integer, .wideInteger, .count: return true
    case .source, .checked, .target, .updated, .base: return number < entry.registerCount
    case .frame: return number >= Frame.headerWords && number < entry.registerCount
    case .key: return number < constantCount && kind(of: constant(number)) == .string
    case .method: return number + 1 < constantCount && isMethodName(number)
    case .effect: return number < constantCount && namesKnownEffect(constant(number))
    case .layout: return number < constantCount && kind(of: constant(number)) == .recordLayout
    case .elements, .members: return number < constantCount && kind(of: constant(number)) == .array
    case .wideConstant: return i.wide < constantCount && kind(of: constant(i.wide))?.isValue ?? true
    case .units: return (1...Int(Int32.max)).contains(i.wide) && i.charge == 0
    case .immediate: return isImmediate(Value(bits: UInt64(i.wide)))
    case .global: return i.wide < globalCount
    case .capture, .cellCapture: return number < entry.captureCount
    case .closure: return number > 0 && number < functionCount && function(number).captureCount > 0
    case .function: return number > 0 && number < functionCount && isCalledByNumber(function(number))
    case .builtin: return Builtin(rawValue: UInt16(number))?.definition.form == .function
    case .restParameter: return number == entry.parameterCount
    case .stackWords: return number == entry.stackWords
    case .jump: return number <= rest
    case .wideJump: return i.wide <= rest
    }
  }

  private func isCalledByNumber(_ callee: FunctionEntry) -> Bool { callee.captureCount == 0 && !callee.hasRest }

  /// Whether the consecutive registers that an instruction reads are in the frame.
  private func isInFrame(_ row: Opcode.Row, _ i: Instruction, _ entry: FunctionEntry) -> Bool {
    guard let registers = registers(of: row, i) else { return false }
    return registers.upperBound <= entry.registerCount
  }

  /// Whether a call's arguments are in the frame. Instructions for the host are refused in functions.
  private func isInFrame(_ flow: Opcode.Flow, _ i: Instruction, _ entry: FunctionEntry) -> Bool {
    switch flow {
    case .next, .ends, .leaves, .preparesCall: true
    case .outside: false
    case .calls(_, let arguments), .tailCalls(_, let arguments):
      i.a + max(1, argumentRegisters(of: arguments, i)) <= entry.registerCount
    }
  }

  /// Whether a String names an operation of a capability that the manifest names. Each String is examined only once,
  /// however many instructions refer to it.
  private mutating func namesKnownEffect(_ value: Value) -> Bool {
    guard kind(of: value) == .string else { return false }
    let name = StringView(memory, value.offset)
    let object = (name.offset.bytes - range(of: .objects).lowerBound) / 8
    if effectNames[object / 64] >> UInt64(object % 64) & 1 != 0 { return true }
    let stop = memory.firstByte(0x2e, from: name.bytes, to: HeapOffset(name.bytes.bytes + name.byteCount))
    let capability = memory.bytes(at: name.bytes, count: stop.bytes - name.bytes.bytes)
    guard effects.containsSorted(capability) else { return false }
    effectNames[object / 64] |= 1 << UInt64(object % 64)
    return true
  }

  private func isMethodName(_ index: Int) -> Bool {
    kind(of: constant(index)) == .string && isMethodPair(constant(index + 1))
  }

  /// Whether a constant holds the numbers of methods, each plus 1: that of Strings in the low 16 bits, that of Arrays
  /// above them.
  private func isMethodPair(_ value: Value) -> Bool {
    guard value.isInlineInteger, value.inlineInteger >= 0, value.inlineInteger < 1 << 32 else { return false }
    func isMethod(_ number: Int64, of namespace: Builtin.Namespace) -> Bool {
      if number == 0 { return true }
      guard let builtin = Builtin(rawValue: UInt16(number - 1)) else { return false }
      return builtin.definition.form == .method && builtin.namespace == namespace
    }
    return isMethod(value.inlineInteger & 0xffff, of: .string) && isMethod(value.inlineInteger >> 16, of: .array)
  }
}

extension [[UInt8]] {
  /// Whether these texts, which are sorted, contain a text.
  fileprivate func containsSorted(_ text: [UInt8]) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == text
  }
}
