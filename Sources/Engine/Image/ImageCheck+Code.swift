/// Functions, instructions and charges.
extension ImageCheck {
  private func entry(_ index: Int) -> FunctionEntry {
    let offset = range(of: .functions).lowerBound + index * ImageLayout.FunctionEntry.wordCount * 8
    return FunctionEntry(memory: memory, offset: HeapOffset(offset))
  }

  func captureCount(ofFunction index: Int) -> Int { entry(index).captureCount }

  private func instruction(_ index: Int) -> Instruction {
    Instruction(bits: word(range(of: .code).lowerBound + index * 8))
  }

  private func constant(_ index: Int) -> Value { Value(bits: word(range(of: .constants).lowerBound + index * 8)) }

  /// The functions cover the code section, one after the other; each is checked by itself.
  func checkCode() throws(ImageDefect) {
    let count = range(of: .code).count / 8
    guard count >= 2, instruction(0) == Instruction(.halt), instruction(1) == Instruction(.resume) else {
      throw .instruction(0)
    }
    var next = 2
    for index in 0..<functionCount {
      let entry = entry(index)
      guard entry.firstInstruction == next, entry.instructionCount > 0, entry.instructionCount <= count - next else {
        throw .function(index)
      }
      try checkFrame(index, entry)
      for position in next..<next + entry.instructionCount {
        guard isValid(instruction(position), at: position - next, of: index, entry) else {
          throw .instruction(position)
        }
      }
      next += entry.instructionCount
      guard instruction(next - 1).opcode?.endsBlock == true else { throw .missingEnd(function: index) }
    }
    guard next == count else { throw .section(.code) }
    try checkCharges(count)
  }

  private func checkFrame(_ index: Int, _ entry: FunctionEntry) throws(ImageDefect) {
    let parameters = entry.parameterCount + (entry.hasRest ? 1 : 0)
    let ratio = Int(word(ImageLayout.Header.stackRatio))
    let isSound =
      entry.registerCount <= Frame.maximumRegisters && entry.registerCount >= max(1, parameters)
      && entry.minimumArity <= entry.parameterCount && entry.stackWords <= Frame.maximumWords
      && (index == 0
        ? entry.stackWords == 0 && parameters == 0 && entry.captureCount == 0
        : entry.stackWords >= Frame.baseWords + parameters
          && entry.registerCount + Frame.headerWords <= ratio * entry.stackWords)
      && entry.codeClass <= index
    guard isSound else { throw .function(index) }
  }

  // MARK: Instructions

  private func isValid(_ i: Instruction, at position: Int, of index: Int, _ entry: FunctionEntry) -> Bool {
    guard let opcode = i.opcode, opcode != .halt, opcode != .resume else { return false }
    let definition = opcode.definition
    let place = (position: position, function: index, entry: entry)
    return isValid(definition.a, i.a, i, place) && isValid(definition.b, i.b, i, place)
      && isValid(definition.c, i.c, i, place) && isConsistent(opcode, i, place)
  }

  private typealias Place = (position: Int, function: Int, entry: FunctionEntry)

  private func isValid(_ operand: Opcode.Operand, _ number: Int, _ i: Instruction, _ place: Place) -> Bool {
    let entry = place.entry
    let rest = entry.instructionCount - place.position - 2
    switch operand {
    case .none, .integer, .wideInteger, .count: return true
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
  private func isConsistent(_ opcode: Opcode, _ i: Instruction, _ place: Place) -> Bool {
    let registers = place.entry.registerCount
    func row(_ base: Int, _ count: Int) -> Bool { base + count <= registers }
    func callable(_ count: Int) -> Bool { i.a >= Frame.headerWords && row(i.a, max(1, count)) }
    switch opcode {
    case .charge: return i.wide <= Int(Int32.max)
    case .closure: return i.c + self.entry(i.b).captureCount <= registers && self.entry(i.b).captureCount > 0
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
    case .callFunction, .tailCallFunction:
      let callee = self.entry(i.c)
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

  private func hasPieces(_ i: Instruction, _ registers: Int, isRecord: Bool) -> Bool {
    guard kind(of: constant(i.c)) == .array else { return false }
    let pieces = ArrayView(memory, constant(i.c).offset)
    var used = 0
    for index in 0..<pieces.count {
      switch pieces[index] {
      case Value(small: 0): used += isRecord ? 2 : 1
      case Value(small: 1): used += 1
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
      return builtin.definition.form == .method && builtin.definition.namespace == namespace
    }
    return isMethod(value.inlineInteger & 0xffff, of: .string) && isMethod(value.inlineInteger >> 16, of: .array)
  }

  // MARK: Charges

  /// Each entry names a different instruction, in order, and its charges add up to what the instruction carries.
  private func checkCharges(_ instructionCount: Int) throws(ImageDefect) {
    let range = range(of: .charges)
    guard range.count >= 8, let count = number(range.lowerBound, atMost: range.count / 8 - 1) else {
      throw .section(.charges)
    }
    let firstUnit = range.lowerBound + 8 + count * 8
    let unitCount = (range.upperBound - firstUnit) / 4
    func unit(_ index: Int) -> Int {
      let word = word(firstUnit + index / 2 * 8)
      return Int(index % 2 == 0 ? word & 0xffff_ffff : word >> 32)
    }
    var previous = 1
    for entry in 0..<count {
      let bits = word(range.lowerBound + 8 + entry * 8)
      let (index, first) = (Int(bits >> 32), Int(bits & 0xffff_ffff))
      guard index > previous, index < instructionCount, first < unitCount, unit(first) > 0,
        unit(first) < unitCount - first
      else { throw .charge(entry) }
      let total = (1...unit(first)).reduce(0) { $0 + unit(first + $1) }
      let carrier = instruction(index)
      guard total == (carrier.opcode == .charge ? carrier.wide : carrier.charge) else { throw .charge(entry) }
      previous = index
    }
  }
}
