/// Calls of values, methods and built-ins. Each function of an instruction takes the registers of the calling frame and
/// the next instruction, and returns where the interpreter continues.
extension Machine {
  typealias Continuation = (Registers, CodePointer)

  /// The word that `prepareMethod` leaves in the callee's place for a method of a String or an Array; not a guest
  /// value.
  private static func methodMark(_ builtin: Int) -> Value { Value(bits: UInt64(builtin) << 8 | 0x2a) }

  /// Whether a word is a mark and not a value: of a method, or of the frame of a built-in.
  static func isMark(_ value: Value) -> Bool { value.bits & 0xff == 0x2a || value == builtinFrameMark }

  /// The number of the built-in that a word marks; nil if it marks none.
  private func markedMethod(_ value: Value) -> Int? {
    value.bits & 0xff == 0x2a ? Int(truncatingIfNeeded: value.bits >> 8) : nil
  }

  /// The word in the callee's place of a built-in's frame. It is not a guest value either.
  private static let builtinFrameMark = Value(bits: 0x32)

  func isBuiltinFrame(_ registers: Registers) -> Bool { registers[Frame.callee] == Machine.builtinFrameMark }

  // MARK: Instructions

  /// `call`: the callee is in a-3, the arguments are in registers.
  @inline(never)
  mutating func call(
    _ r: Registers, _ pc: CodePointer, base: Int, count: Int
  ) throws(Trap) -> Continuation {
    let callee = r[base &- 3]
    let arguments = Arguments(registers: r.advanced(by: base), count: count)
    return try call(callee, arguments, r, pc)
  }

  /// `callSpread`: the same, but the arguments are the elements of the Array in a.
  @inline(never)
  mutating func callSpread(_ r: Registers, _ pc: CodePointer, base: Int) throws(Trap) -> Continuation {
    let callee = r[base &- 3]
    return try call(callee, spreadArguments(r, base), r, pc)
  }

  /// `callMethod`: calls what `prepareMethod` found, a method or the value of a field.
  @inline(never)
  mutating func callMethod(
    _ arguments: Arguments, _ r: Registers, _ pc: CodePointer
  ) throws(Trap) -> Continuation {
    let callee = arguments.registers[Frame.callee]
    if let builtin = markedMethod(callee) { return try invoke(builtin, arguments, r, pc) }
    try charge(GasRow.funcCall.cost)
    return try call(callee, arguments, r, pc)
  }

  /// `callBuiltin`: calls a function of the library by its number.
  @inline(never)
  mutating func callBuiltin(
    _ number: Int, _ arguments: Arguments, _ r: Registers, _ pc: CodePointer
  ) throws(Trap) -> Continuation {
    try invoke(number, arguments, r, pc)
  }

  /// `tailCall`: a function of the program replaces the running frame; anything else is called as usual.
  @inline(never)
  mutating func tailCall(
    _ arguments: Arguments, _ r: Registers, _ pc: CodePointer, ownWords: Int
  ) throws(Trap) -> Continuation {
    let callee = arguments.registers[Frame.callee]
    if isGuestFunction(callee) { return try replaceFrame(arguments, r, ownWords: ownWords) }
    try charge(GasRow.funcCall.cost)
    return try call(callee, arguments, r, pc)
  }

  /// `tailCallMethod`: the same for what `prepareMethod` found.
  @inline(never)
  mutating func tailCallMethod(
    _ arguments: Arguments, _ r: Registers, _ pc: CodePointer, ownWords: Int
  ) throws(Trap) -> Continuation {
    if let builtin = markedMethod(arguments.registers[Frame.callee]) { return try invoke(builtin, arguments, r, pc) }
    return try tailCall(arguments, r, pc, ownWords: ownWords)
  }

  /// `restArguments`: charges for the Array, which was made when the function was entered.
  mutating func chargeRestArguments(_ array: Value) throws(Trap) {
    try charge(row: .arrayNew, .elements, ArrayView(memory, array.offset).count)
  }

  /// The arguments of a call with spread: the elements of the Array in a register.
  func spreadArguments(_ r: Registers, _ base: Int) throws(Trap) -> Arguments {
    Arguments(registers: r.advanced(by: base), count: try array(r[base]).count, isSpread: true)
  }

  /// Finds the callee of `receiver.key(…)`: the function in a Record's field, or the method of a String or an Array.
  @inline(never)
  mutating func prepareMethod(
    _ r: Registers, base: Int, receiver: Value, key: Int
  ) throws(Trap) {
    let name = image.constant(key)
    let methods = image.constant(key &+ 1).inlineInteger
    r[base &- 1] = receiver
    switch kind(of: receiver) {
    case .record:
      try charge(GasRow.propAccess.cost)
      r[base &- 3] = try field(name, of: RecordView(memory, receiver.offset))
      return
    case .string:
      let method = Int(truncatingIfNeeded: methods & 0xffff)
      if method != 0 {
        r[base &- 3] = Machine.methodMark(method &- 1)
        return
      }
      try charge(GasRow.propAccess.cost)
      throw noSuchField(name)
    case .array:
      let method = Int(truncatingIfNeeded: methods >> 16)
      if method != 0 {
        r[base &- 3] = Machine.methodMark(method &- 1)
        return
      }
      try charge(GasRow.propAccess.cost)
      throw noSuchField(name)
    default:
      try charge(GasRow.propAccess.cost)
      throw .typeMismatch
    }
  }

  // MARK: Functions of the program

  private func isGuestFunction(_ value: Value) -> Bool {
    guard let header = header(of: value) else { return false }
    return header.is(.function)
  }

  /// Calls the value below the arguments. FUNC_CALL has been charged; a built-in's rows are charged in addition.
  private mutating func call(
    _ callee: Value, _ arguments: Arguments, _ r: Registers, _ pc: CodePointer
  ) throws(Trap) -> Continuation {
    let base = arguments.registers.index(from: r)
    guard let header = header(of: callee) else { throw .notCallable }
    if header.is(.function) {
      let entry = image.function(header.second)
      try prepareFrame(of: entry, taking: entry.stackWords, arguments)
      let registers = arguments.registers
      registers.link(callee: registers[Frame.callee], distance: base, return: memory.offset(of: pc))
      return (registers, memory.code(at: image.code.advanced(words: entry.firstInstruction)))
    }
    guard header.is(.builtinFunction) else { throw .notCallable }
    return try invoke(header.second, arguments, r, pc)
  }

  /// Calls the function below the arguments in place of the running frame. That frame gives back its words first.
  private mutating func replaceFrame(
    _ arguments: Arguments, _ r: Registers, ownWords: Int
  ) throws(Trap) -> Continuation {
    let base = arguments.registers.index(from: r)
    let entry = image.function(FunctionView(memory, r[base &+ Frame.callee].offset).functionIndex)
    try prepareFrame(of: entry, taking: entry.stackWords &- ownWords, arguments)
    r[Frame.callee] = r[base &+ Frame.callee]
    r.moveArguments(from: base, count: entry.parameterCount &+ (entry.hasRest ? 1 : 0))
    return (r, memory.code(at: image.code.advanced(words: entry.firstInstruction)))
  }

  /// Checks the number of arguments, takes the frame's stack words, and lays out the arguments as parameters.
  @inline(__always)
  private mutating func prepareFrame(
    of entry: FunctionEntry, taking words: Int, _ arguments: Arguments
  ) throws(Trap) {
    let isPlain = arguments.count == entry.parameterCount && !entry.hasRest && !arguments.isSpread
    if !isPlain {
      if arguments.count < entry.minimumArity { throw .arityMismatch }
      if arguments.count > entry.parameterCount && !entry.hasRest { throw .arityMismatch }
    }
    stackWords &-= words
    if stackWords < leastStackWords {
      if stackWords < 0 { throw .stackExhausted }
      leastStackWords = stackWords
    }
    if !isPlain { try spread(arguments, over: entry) }
  }

  /// Fills the parameter registers for an unusual call: with the elements of a spread, with `undefined` for missing
  /// arguments, and with the Array for a rest parameter.
  @inline(never)
  private mutating func spread(_ arguments: Arguments, over entry: FunctionEntry) throws(Trap) {
    let parameters = entry.parameterCount
    let registers = arguments.registers
    let extra = max(0, arguments.count &- parameters)
    var rest = Value.undefined
    if entry.hasRest {
      try reserve(words: ArrayView.headerWords &+ extra)
      let array = heap.makeArray(count: extra)
      for index in 0..<extra { array[index] = argument(parameters &+ index, of: arguments) }
      rest = Value(array.offset)
    }
    if arguments.isSpread {
      let source = ArrayView(memory, registers[0].offset)
      for index in 0..<parameters { registers[index] = index < source.count ? source[index] : .undefined }
    } else {
      var index = arguments.count
      while index < parameters {
        registers[index] = .undefined
        index &+= 1
      }
    }
    if entry.hasRest { registers[parameters] = rest }
  }

  // MARK: Built-ins

  /// Calls the function of the library with this number. If it calls functions itself, it gets its own frame.
  private mutating func invoke(
    _ builtin: Int, _ arguments: Arguments, _ r: Registers, _ pc: CodePointer
  ) throws(Trap) -> Continuation {
    switch try startBuiltin(builtin, arguments) {
    case .done(let value):
      arguments.registers[0] = value
      return (r, pc)
    case .call(let count):
      assert(Builtin.entries[builtin].builtin.definition.callsBack, "the table says that it calls no function")
      let distance = arguments.registers.index(from: r)
      try enter(arguments.registers, distance: distance, return: memory.offset(of: pc))
      return try runBuiltins(.call(argumentCount: count), arguments.registers)
    }
  }

  /// Links the frame of a built-in and takes its stack words.
  private mutating func enter(_ registers: Registers, distance: Int, return address: HeapOffset) throws(Trap) {
    stackWords &-= BuiltinFrame.stackWords
    if stackWords < leastStackWords {
      if stackWords < 0 { throw .stackExhausted }
      leastStackWords = stackWords
    }
    registers.link(callee: Machine.builtinFrameMark, distance: distance, return: address)
    // From here on, work lists must be above this frame, not above its caller's.
    frame = memory.offset(of: registers)
  }

  /// `resume`: a callback has returned to the built-in whose frame begins at `r`.
  @inline(never)
  mutating func resume(_ r: Registers) throws(Trap) -> Continuation {
    try runBuiltins(try resumeBuiltin(of: r), r)
  }

  private mutating func resumeBuiltin(of r: Registers) throws(Trap) -> BuiltinStep {
    precondition(isBuiltinFrame(r), "only frames of built-ins return to the resume instruction")
    frame = memory.offset(of: r)
    BuiltinFrame(registers: r).clearCall()
    return try resumeBuiltin(BuiltinFrame(registers: r), result: r[BuiltinFrame.callbackBase])
  }

  /// Performs the steps that built-ins ask for until control passes to a function of the program: the one that is
  /// called, or the one that called the first of these built-ins.
  private mutating func runBuiltins(_ first: BuiltinStep, _ start: Registers) throws(Trap) -> Continuation {
    var r = start
    var step = first
    while true {
      switch step {
      case .done(let value):
        // Leave the built-in's frame.
        stackWords &+= BuiltinFrame.stackWords
        let address = r.returnAddress
        let distance = r.callerDistance
        r[0] = value
        r = r.advanced(by: 0 &- distance)
        if address != resumeAddress { return (r, memory.code(at: address)) }
        // This built-in was itself a callback of a built-in.
        try charge(GasRow.return.cost)
        step = try resumeBuiltin(of: r)
      case .call(let count):
        try charge(GasRow.funcCall.cost)
        let callee = r[BuiltinFrame.stateCount]
        let target = r.advanced(by: BuiltinFrame.callbackBase)
        guard let header = header(of: callee) else { throw .notCallable }
        if header.is(.function) {
          let entry = image.function(header.second)
          let passed = entry.hasRest ? count : min(count, entry.parameterCount)
          try prepareFrame(of: entry, taking: entry.stackWords, Arguments(registers: target, count: passed))
          target.link(
            callee: target[Frame.callee], distance: BuiltinFrame.callbackBase, return: resumeAddress)
          return (target, memory.code(at: image.code.advanced(words: entry.firstInstruction)))
        }
        guard header.is(.builtinFunction) else { throw .notCallable }
        let builtin = header.second
        let passed = min(count, Builtin.entries[builtin].arity.maximum)
        let arguments = Arguments(registers: target, count: passed)
        switch try startBuiltin(builtin, arguments) {
        case .done(let value):
          try charge(GasRow.return.cost)
          target[0] = value
          step = try resumeBuiltin(of: r)
        case .call(let inner):
          assert(Builtin.entries[builtin].builtin.definition.callsBack, "the table says that it calls no function")
          try enter(target, distance: BuiltinFrame.callbackBase, return: resumeAddress)
          r = target
          step = .call(argumentCount: inner)
        }
      }
    }
  }

  /// The address of the `resume` instruction, to which callbacks return: the second of the code section.
  private var resumeAddress: HeapOffset { image.code.advanced(words: 1) }
}
