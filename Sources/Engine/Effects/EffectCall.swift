/// A call of an effect that a machine has charged for and waits on. It is in the machine's memory until the host has
/// replied.
public struct EffectCall: Sendable {
  /// The capability and the operation, such as `Log.info`, as a String.
  let name: StringView
  /// The canonical CBOR (RFC 7049, section 3.9) of the Array of the arguments.
  let arguments: (first: HeapOffset, byteCount: Int)
  /// Register 0 of the calling frame.
  let frame: HeapOffset
  /// The register for the result.
  let target: Int
  /// The instruction after the call.
  let next: HeapOffset
  /// The host's work for the call. The result's bytes are charged with the result.
  let work: HostWork
}

/// A host's reply to a call of an effect.
public enum EffectReply: Sendable {
  /// The result: the canonical CBOR of a value, by convention `{Ok: value}` or `{Err: {code, message}}`.
  case result([UInt8])
  /// The same, in memory that its owner wipes. The closure calls `take` once, which copies the bytes into the machine.
  case lent(@Sendable (_ take: (Span<UInt8>) -> Void) -> Void)
  /// The request was not granted that effect: the run ends with `EffectNotGranted`.
  case notGranted
  /// An argument is outside the range that the effect accepts: the run ends with `InvalidArgument`.
  case invalidArgument
  /// `Async.await` got a continuation that belongs to another call: the run ends with `ContinuationMismatch`.
  case continuationMismatch
}

extension Machine {
  /// The capability and the operation of a call, such as `Log.info`.
  public func name(of call: EffectCall) -> [UInt8] {
    memory.bytes(at: call.name.bytes, count: call.name.byteCount)
  }

  /// Passes the canonical CBOR of the Array of a call's arguments to `body`, without copying it.
  public func withArguments<Result, Failure>(
    of call: EffectCall, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try memory.withBytes(at: call.arguments.first, count: call.arguments.byteCount, body)
  }
}

// MARK: - Calling

extension Machine {
  /// An effect call instruction: charges for it, checks the arguments, and stops the interpreter until the host has
  /// replied.
  ///
  /// It charges EFFECT_PERFORM, then the operation's own row, then for the arguments' CBOR as it is measured, and then
  /// for the host's work.
  mutating func callEffect(
    named name: StringView, _ arguments: Arguments, _ r: Registers, _ pc: CodePointer
  ) throws(Trap) -> Continuation {
    try charge(GasRow.effectPerform.cost)
    guard hasEffects else { throw notGranted(name) }
    let work =
      if let operation = EffectOperation.find(name) { try check(arguments, of: operation) } else {
        HostWork.declared
      }
    // From here on, the arguments are one Array, in the first of their registers.
    if !arguments.isSpread {
      let list = try newArray(count: arguments.count)
      for index in 0..<list.count { list[index] = arguments.registers[index] }
      arguments.registers[0] = Value(list.offset)
    }
    let size = try measureCBOR(arguments.registers[0])
    try charge(work.units(argumentBytes: size.byteCount))
    let (list, room) = try reserve(
      words: StringView.wordCount(byteCount: size.byteCount), scratch: size.sortingWords,
      keeping: arguments.registers[0])
    let text = heap.makeString(byteCount: size.byteCount, utf16Count: size.byteCount)
    var sink = TextSink(memory, at: text.bytes)
    try writeCBOR(list, to: &sink, sortingAt: room)
    pendingEffect = EffectCall(
      name: name, arguments: (text.bytes, size.byteCount), frame: memory.offset(of: r),
      target: arguments.registers.index(from: r), next: memory.offset(of: pc), work: work)
    return (r, memory.code(at: image.code))
  }

  /// Charges the operation's own row, then checks the number and the kinds of the arguments. If the arguments decide
  /// which row is charged, they are checked first.
  ///
  /// - Returns: the host's work.
  private mutating func check(_ arguments: Arguments, of operation: EffectOperation) throws(Trap) -> HostWork {
    let definition = operation.definition
    switch definition.price {
    case .free: try checkKinds(arguments, definition.parameters)
    case .row(let row):
      try charge(row.cost)
      try checkKinds(arguments, definition.parameters)
    case .awaited:
      try checkKinds(arguments, definition.parameters)
      let call = try record(argument(2, of: arguments))
      let key = ShapeView(memory, image.constant(LibraryConstant.effectShape).offset)[0]
      let effect = try string(try field(key, of: call))
      guard let awaited = EffectOperation.find(effect)?.definition else { return definition.hostWork + .declared }
      if let row = awaited.price.row { try charge(row.cost) }
      return definition.hostWork + awaited.hostWork
    }
    return definition.hostWork
  }

  private func checkKinds(_ arguments: Arguments, _ parameters: EffectOperation.Parameters) throws(Trap) {
    guard arguments.count >= parameters.required, arguments.count <= parameters.count else { throw .arityMismatch }
    for index in 0..<arguments.count {
      if let kind = parameters.kind(index), kind != self.kind(of: argument(index, of: arguments)) {
        throw .typeMismatch
      }
    }
  }

  private mutating func notGranted(_ name: StringView) -> Trap {
    trapDetail = (Value(name.offset), .undefined)
    return .effectNotGranted
  }

  /// Stores the host's reply to a call where the result belongs.
  ///
  /// - Throws: `memoryExhausted`, `gasExhausted`, `stackExhausted`; `notSerializable` for a result that is not
  ///   canonical CBOR, which a host never sends; or the trap that the reply names.
  mutating func accept(_ reply: EffectReply, to call: EffectCall) throws(Trap) {
    switch reply {
    case .notGranted: throw notGranted(call.name)
    case .invalidArgument: throw .invalidArgument
    case .continuationMismatch: throw .continuationMismatch
    case .result(let bytes): try accept(bytes.span, to: call)
    case .lent(let lend):
      var trap: Trap?
      lend { bytes in
        do throws(Trap) { try accept(bytes, to: call) } catch { trap = error }
      }
      if let trap { throw trap }
    }
  }

  private mutating func accept(_ bytes: Span<UInt8>, to call: EffectCall) throws(Trap) {
    try charge(BulkWork.jsonParsing.units(bytes.count) &+ call.work.units(resultBytes: bytes.count))
    if bytes.count > ObjectHeader.maximum { throw .memoryExhausted }
    try reserve(words: StringView.wordCount(byteCount: bytes.count))
    let text = heap.makeString(byteCount: bytes.count, utf16Count: bytes.count)
    memory.write(bytes, at: text.bytes)
    guard let value = try readCBOR(Value(text.offset)) else { throw .notSerializable }
    memory.registers(at: call.frame)[call.target] = value
  }
}
