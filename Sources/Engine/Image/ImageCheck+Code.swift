/// Functions and their instructions, one by one. What has to hold on the ways through them is in
/// `ImageCheck+Flow.swift`.
extension ImageCheck {
  func functionEntry(_ index: Int) -> FunctionEntry {
    let offset = range(of: .functions).lowerBound + index * ImageLayout.FunctionEntry.wordCount * 8
    return FunctionEntry(memory: memory, offset: HeapOffset(offset))
  }

  func instruction(_ index: Int) -> Instruction {
    Instruction(bits: word(range(of: .code).lowerBound + index * 8))
  }

  func constant(_ index: Int) -> Value { Value(bits: word(range(of: .constants).lowerBound + index * 8)) }

  /// The functions cover the code section, one after the other.
  mutating func checkCode() throws(ImageDefect) {
    let count = range(of: .code).count / 8
    guard count >= 2, instruction(0) == Instruction(.halt), instruction(1) == Instruction(.resume) else {
      throw .instruction(0)
    }
    try checkFunctions(count)
    cellCaptures = Array(repeating: [], count: functionCount)
    effectNames = Array(repeating: 0, count: objectStarts.count)
    for index in 0..<functionCount {
      let entry = functionEntry(index)
      for position in 0..<entry.instructionCount {
        let place = entry.firstInstruction + position
        let i = instruction(place)
        guard isValid(i, at: position, of: entry), namesKnownEffect(i) else { throw .instruction(place) }
      }
      let last = entry.firstInstruction + entry.instructionCount - 1
      guard instruction(last).opcode?.endsBlock == true else { throw .missingEnd(function: index) }
      try checkFlow(ofFunction: index, entry)
    }
    try checkCharges(count)
  }

  // MARK: Functions

  private func checkFunctions(_ instructionCount: Int) throws(ImageDefect) {
    var next = 2
    var ratio = ImageLayout.minimumStackRatio
    for index in 0..<functionCount {
      let entry = functionEntry(index)
      guard entry.firstInstruction == next, entry.instructionCount > 0,
        entry.instructionCount <= instructionCount - next, isFrameSound(index, entry),
        hasCodeClass(index, entry), entry.hasOnlyKnownFields
      else { throw .function(index) }
      next += entry.instructionCount
      if index > 0 {
        ratio = max(ratio, (entry.registerCount + Frame.headerWords + entry.stackWords - 1) / entry.stackWords)
      }
    }
    guard next == instructionCount else { throw .section(.code) }
    guard word(ImageLayout.Header.stackRatio) == UInt64(ratio) else {
      throw .header(offset: ImageLayout.Header.stackRatio)
    }
    // The host calls the handler by its number, with one argument.
    let handler = Int(word(ImageLayout.Header.handler))
    guard handler == 0 || handler > 1 && functionEntry(handler - 1).captureCount == 0 else {
      throw .header(offset: ImageLayout.Header.handler)
    }
  }

  private func isFrameSound(_ index: Int, _ entry: FunctionEntry) -> Bool {
    let parameters = entry.parameterCount + (entry.hasRest ? 1 : 0)
    guard entry.registerCount <= Frame.maximumRegisters, entry.registerCount >= max(1, parameters),
      entry.minimumArity <= entry.parameterCount, entry.stackWords <= Frame.maximumWords,
      entry.captureCount <= Frame.maximumRegisters
    else { return false }
    if index > 0 { return entry.stackWords >= Frame.baseWords + parameters }
    return entry.stackWords == 0 && parameters == 0 && entry.captureCount == 0
  }

  /// A class is named by its first function. Closures of one class are compared capture by capture, so they have equally
  /// many. That functions of one class really have the same code can't be told from an image; if they haven't, they are
  /// merely equal by mistake.
  private func hasCodeClass(_ index: Int, _ entry: FunctionEntry) -> Bool {
    let first = entry.codeClass
    guard first >= min(index, 1), first <= index else { return false }
    let other = functionEntry(first)
    return other.codeClass == first && other.captureCount == entry.captureCount
  }

  // MARK: Instructions

  private func isValid(_ i: Instruction, at position: Int, of entry: FunctionEntry) -> Bool {
    guard let opcode = i.opcode, opcode != .halt, opcode != .resume else { return false }
    let definition = opcode.definition
    let rest = entry.instructionCount - position - 2
    return isValid(definition.a, i.a, i, entry, rest) && isValid(definition.b, i.b, i, entry, rest)
      && (definition.b.isWide || isValid(definition.c, i.c, i, entry, rest))
      && isConsistent(opcode, i, entry)
  }

  /// - Parameter rest: instructions behind the next one.
  private func isValid(
    _ operand: Opcode.Operand, _ number: Int, _ i: Instruction, _ entry: FunctionEntry, _ rest: Int
  ) -> Bool {
    switch operand {
    case .none: return number == 0
    case .integer, .wideInteger, .count: return true
    case .source, .target, .base: return number < entry.registerCount
    case .constant: return number < constantCount
    case .wideConstant: return i.wide < constantCount
    case .immediate: return isImmediate(Value(bits: UInt64(i.wide)))
    case .global: return i.wide < globalCount
    case .capture: return number < entry.captureCount
    case .function: return number > 0 && number < functionCount
    case .builtin: return Builtin(rawValue: UInt16(number))?.definition.form == .function
    case .stackWords: return number == entry.stackWords
    case .jump: return number <= rest
    case .wideJump: return i.wide <= rest
    }
  }

  /// What the operands have to do with each other.
  private func isConsistent(_ opcode: Opcode, _ i: Instruction, _ entry: FunctionEntry) -> Bool {
    let registers = entry.registerCount
    func row(_ base: Int, _ count: Int) -> Bool { base + count <= registers }
    func callable(_ count: Int) -> Bool { i.a >= Frame.headerWords && row(i.a, max(1, count)) }
    switch opcode {
    case .charge: return (1...Int(Int32.max)).contains(i.wide) && i.charge == 0
    case .closure:
      let captures = functionEntry(i.b).captureCount
      return captures > 0 && row(i.c, captures)
    case .template, .newArray: return row(i.b, i.c)
    case .takeRestFields: return row(i.b, i.c)
    case .newRecord:
      guard kind(of: constant(i.c)) == .recordLayout else { return false }
      return row(i.b, RecordLayoutView(memory, constant(i.c).offset).count)
    case .buildArray, .buildRecord: return hasPieces(i, registers, isRecord: opcode == .buildRecord)
    case .getField, .takeField, .takeFieldOrUndefined:
      return kind(of: constant(i.c)) == .string
    case .loadConstant:
      guard let kind = kind(of: constant(i.wide)) else { return true }
      return kind.isValue
    case .prepareMethod:
      guard i.a >= Frame.headerWords, i.c + 1 < constantCount, kind(of: constant(i.c)) == .string else { return false }
      return isMethodPair(constant(i.c + 1))
    case .restArguments: return i.a == entry.parameterCount
    case .callFunction, .tailCallFunction:
      let callee = functionEntry(i.c)
      guard callee.captureCount == 0, !callee.hasRest else { return false }
      return callable(callee.parameterCount)
    case .call, .callMethod, .callBuiltin, .tailCall, .tailCallMethod: return callable(i.b)
    case .callEffect: return kind(of: constant(i.c)) == .string && callable(i.b)
    case .callEffectSpread: return kind(of: constant(i.c)) == .string && callable(1)
    case .callSpread, .callMethodSpread, .callBuiltinSpread, .tailCallSpread, .tailCallMethodSpread:
      return callable(1)
    default: return true
    }
  }

  /// Whether an instruction that calls an effect names one of a capability that the manifest names. Each String is looked
  /// at once, however many instructions name it.
  private mutating func namesKnownEffect(_ i: Instruction) -> Bool {
    guard i.opcode == .callEffect || i.opcode == .callEffectSpread else { return true }
    let name = StringView(memory, constant(i.c).offset)
    let object = (name.offset.bytes - range(of: .objects).lowerBound) / 8
    if effectNames[object / 64] >> UInt64(object % 64) & 1 != 0 { return true }
    let stop = memory.firstByte(0x2e, from: name.bytes, to: HeapOffset(name.bytes.bytes + name.byteCount))
    let capability = memory.bytes(at: name.bytes, count: stop.bytes - name.bytes.bytes)
    guard effects.containsSorted(capability) else { return false }
    effectNames[object / 64] |= 1 << UInt64(object % 64)
    return true
  }

  private func hasPieces(_ i: Instruction, _ registers: Int, isRecord: Bool) -> Bool {
    guard kind(of: constant(i.c)) == .array else { return false }
    let pieces = ArrayView(memory, constant(i.c).offset)
    guard pieces.count <= ImageLayout.maximumPieces else { return false }
    var used = 0
    for index in 0..<pieces.count {
      switch pieces[index] {
      case Value(small: 0): used += isRecord ? 2 : 1
      case Value(small: 1): used += 1
      case Value(small: 2) where isRecord: used += 1
      default: return false
      }
    }
    return i.b + used <= registers
  }

  /// Whether a constant holds the numbers of methods: of Strings in the low half, of Arrays above, each plus 1.
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
  /// Whether a text is among these, which are in order.
  fileprivate func containsSorted(_ text: [UInt8]) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == text
  }
}
