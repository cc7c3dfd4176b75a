/// The bodies of runs that end in an error: `{"error": CODE}` and the fields that belong to the code. A body is an
/// ordinary Record, made after the run and printed like a response.
extension Machine {
  /// The outcome of a trap.
  mutating func outcome(of trap: Trap, _ keys: JSONKeyOrder) -> Outcome {
    do throws(Trap) {
      return try print(trap, first: trapDetail.0, second: trapDetail.1, keys)
    } catch {
      // The thrown value, or the name of the missing field, could not be printed within the budgets. The body of the
      // new error has a fixed size, and the heap is emptied first, so it always fits.
      programCounter = image.code
      heap.removeAll()
      do throws(Trap) {
        return try print(error, first: .undefined, second: .undefined, keys)
      } catch {
        preconditionFailure("a body of fixed size fits every budget")
      }
    }
  }

  private mutating func print(
    _ trap: Trap, first: Value, second: Value, _ keys: JSONKeyOrder
  ) throws(Trap) -> Outcome {
    // A thrown value is printed at its usual price, like a response. All other bodies are free, since the run is over.
    let remaining = gas
    if trap != .thrown { gas = .max }
    defer { if trap != .thrown { gas = remaining } }
    let holdsGuestData = trap == .thrown || trap == .noSuchField
    if !holdsGuestData { heap.removeAll() }
    // The stack is free again. Its first register keeps the value that is needed after a collection.
    isRunning = false
    stackWords = layout.stackBudget
    let root = memory.registers(at: layout.stack.advanced(words: Frame.headerWords))
    frame = memory.offset(of: root)
    root[0] = holdsGuestData ? first : .undefined
    var fields = try ErrorFields(trap, machine: &self)
    switch trap {
    case .thrown:
      try fields.append("value", root[0], machine: &self)
    case .noSuchField:
      try fields.append("field", root[0], machine: &self)
    case .effectNotGranted:
      try fields.append("effect", first, machine: &self)
    case .indexOutOfRange:
      // The detail holds the bits of the index, since the index may need a box. Now there is memory for one.
      try fields.append("index", heap.makeInteger(Int64(bitPattern: first.bits)), machine: &self)
      try fields.append("length", second, machine: &self)
    case .invalidRequest:
      try fields.append("code", first, machine: &self)
      try fields.append("offset", second, machine: &self)
    case .gasExhausted:
      try fields.append("gasLimit", Value(inlineUnchecked: gasLimit), machine: &self)
      try fields.append("gasUsed", Value(inlineUnchecked: gasLimit &- remaining), machine: &self)
    case .typeMismatch, .integerOverflow, .divisionByZero, .decimalOverflow, .decimalSyntax, .notCallable,
      .arityMismatch, .uninitializedBinding, .functionAsMapKey, .notSerializable, .stringSplitsCodePoint,
      .invalidArgument, .stackExhausted, .memoryExhausted, .gasLimitOutOfRange, .continuationMismatch,
      .transactionAborted:
      break
    }
    root[0] = fields.finish(machine: &self)
    let body = try printBody(root[0], keys: keys)
    assertInvariants(with: Value(body.offset), keepsGlobals: false)
    return Outcome(trap: trap, body: body.bytes, byteCount: body.byteCount)
  }
}

/// The fields of an error body.
private struct ErrorFields {
  private var builder: RecordBuilder

  init(_ trap: Trap, machine: inout Machine) throws(Trap) {
    // All names and values are reserved at once, so that no collection happens in between.
    builder = try RecordBuilder(capacity: 3, otherWords: 128, machine: &machine)
    let code = machine.heap.makeString(trap.code)
    try append("error", Value(code.offset), machine: &machine)
  }

  mutating func append(_ name: StaticString, _ value: Value, machine: inout Machine) throws(Trap) {
    builder.append(key: machine.image.interned(machine.heap.makeString(name)), value: value)
  }

  consuming func finish(machine: inout Machine) -> Value { builder.finish(machine: &machine) }
}
