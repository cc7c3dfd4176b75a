/// The life of one request in a machine: set up, parse, initialise, call, print.
extension Machine {
  /// A machine in a region whose private part is all zeros.
  ///
  /// - Parameters:
  ///   - memory: a region of at least `layout.end` bytes with a checked image at its start.
  ///   - gasLimit: 1 to 2,000,000,000 units.
  ///   - seed: the 32 bytes that the host derived for this request, as four words.
  public init(
    memory: LinearMemory, image: Image, layout: MachineLayout, gasLimit: Int64,
    seed: (UInt64, UInt64, UInt64, UInt64)
  ) {
    precondition(memory.byteCount >= layout.end.bytes, "the region is smaller than its layout")
    precondition((1...Machine.maximumGasLimit).contains(gasLimit), "gas limit out of range")
    self.memory = memory
    self.image = image
    self.layout = layout
    heap = Heap(
      memory: memory, start: layout.heap, spare: layout.secondHeap, byteCount: layout.budgets.heapBytes & ~7,
      collectsAlways: layout.budgets.collectsAlways)
    gas = gasLimit
    self.gasLimit = gasLimit
    stackWords = layout.stackBudget
    leastStackWords = layout.stackBudget
    programCounter = image.code
    frame = layout.stack.advanced(words: Frame.headerWords)
    comparisonTable = layout.liveness
    memory[layout.start.advanced(words: HostWord.seed)] = seed.0
    memory[layout.start.advanced(words: HostWord.seed + 1)] = seed.1
    memory[layout.start.advanced(words: HostWord.seed + 2)] = seed.2
    memory[layout.start.advanced(words: HostWord.seed + 3)] = seed.3
    memory[layout.start.advanced(words: HostWord.gasLimit)] = UInt64(gasLimit)
  }

  /// The largest gas limit that a host may set.
  public static let maximumGasLimit: Int64 = 2_000_000_000

  /// The words before the global slots.
  enum HostWord {
    static let seed = 0
    static let gasLimit = 4
    /// The parsed request while the static initialisers run.
    static let request = 5
    /// Two values that are kept during a reservation.
    static let kept = 6
  }

  /// How a run ended. The body is canonical JSON in linear memory.
  public struct Outcome: Sendable {
    /// Nil if the run ended in a value.
    public let trap: Trap?
    /// Where the body begins.
    public let body: HeapOffset
    /// Length of the body in bytes.
    public let byteCount: Int
  }

  /// The resources that a run has used.
  public struct Figures: Equatable, Sendable {
    /// Units, the last charge included.
    public let gasUsed: Int64
    /// Bytes of the heap budget that were in use at the fullest point.
    public let heapPeakBytes: Int
    /// Words of the abstract stack budget that were in use at the deepest point.
    public let stackPeakWords: Int

    /// Figures that were recorded earlier.
    public init(gasUsed: Int64, heapPeakBytes: Int, stackPeakWords: Int) {
      self.gasUsed = gasUsed
      self.heapPeakBytes = heapPeakBytes
      self.stackPeakWords = stackPeakWords
    }
  }

  /// The resources that the run has used so far.
  public var figures: Figures {
    Figures(gasUsed: gasUsed, heapPeakBytes: heapPeakBytes, stackPeakWords: stackPeakWords)
  }

  /// Runs the program: a handler on this request (JSON text), a script on none.
  ///
  /// - Parameters:
  ///   - keys: the order in which the body's keys are printed. Responses have the canonical order, of which their
  ///     hashes are computed. The price is the same for each; another order needs memory for sorting.
  ///   - effects: performs the effects that the handler calls, one after another. Each has been charged for. The static
  ///     initialisers, and so scripts, have no effects.
  public mutating func run(
    request: Span<UInt8>, keys: JSONKeyOrder = .canonical,
    effects: (EffectCall, borrowing Machine) -> EffectReply = { _, _ in .notGranted }
  ) -> Outcome {
    do throws(Trap) {
      let response = try respond(to: request, keys, effects)
      return Outcome(trap: nil, body: response.bytes, byteCount: response.byteCount)
    } catch {
      return outcome(of: error, keys)
    }
  }

  private mutating func respond(
    to request: Span<UInt8>, _ keys: JSONKeyOrder, _ effects: (EffectCall, borrowing Machine) -> EffectReply
  ) throws(Trap) -> StringView {
    let requestSlot = layout.start.advanced(words: HostWord.request)
    if image.handler != nil {
      let value = try parse(request: request)
      assertInvariants(with: value, keepsGlobals: false)
      memory[requestSlot] = value.bits
    }
    var value = try execute(image.initializer, .undefined, effects)
    assertInvariants(with: value, keepsGlobals: true)
    if let handler = image.handler {
      hasEffects = true
      try charge(GasRow.funcCall.cost)
      let request = Value(bits: memory[requestSlot])
      memory[requestSlot] = Value.undefined.bits
      value = try execute(handler, request, effects)
      assertInvariants(with: value, keepsGlobals: true)
    }
    let body = try printBody(value, keys: keys)
    assertInvariants(with: Value(body.offset), keepsGlobals: false)
    return body
  }

  /// Calls a function of the image with one argument, or with none if it has no parameters. The interpreter stops at
  /// each call of an effect, and continues with the host's reply.
  private mutating func execute(
    _ index: Int, _ argument: Value, _ effects: (EffectCall, borrowing Machine) -> EffectReply
  ) throws(Trap) -> Value {
    let entry = image.function(index)
    if entry.minimumArity > 1 { throw .arityMismatch }
    stackWords &-= entry.stackWords
    if stackWords < 0 { throw .stackExhausted }
    leastStackWords = min(leastStackWords, stackWords)
    let registers = memory.registers(at: layout.stack.advanced(words: Frame.headerWords))
    registers.link(callee: .undefined, distance: 0, return: image.code)
    for parameter in 0..<entry.parameterCount { registers[parameter] = parameter == 0 ? argument : .undefined }
    frame = memory.offset(of: registers)
    programCounter = image.code.advanced(words: entry.firstInstruction &+ 1)
    isRunning = true
    if entry.hasRest {
      let isCollected = entry.parameterCount == 0
      registers[entry.parameterCount] = .undefined
      let collected = try reserve(words: ArrayView.headerWords &+ 1, keeping: argument)
      let rest = heap.makeArray(count: isCollected ? 1 : 0)
      if isCollected { rest[0] = collected }
      registers[entry.parameterCount] = Value(rest.offset)
    }
    var value = try interpret(memory.code(at: image.code.advanced(words: entry.firstInstruction)), registers)
    while let call = pendingEffect {
      pendingEffect = nil
      try accept(effects(call, self), to: call)
      value = try interpret(memory.code(at: call.next), memory.registers(at: call.frame))
    }
    // The frame that was written back last may have been a deep one. The host continues with the first.
    frame = memory.offset(of: registers)
    isRunning = false
    return value
  }

  /// The request as a value, by the rules of `JSON.parse`.
  private mutating func parse(request: Span<UInt8>) throws(Trap) -> Value {
    try charge(BulkWork.jsonParsing.units(request.count))
    if let offset = UTF8Text.firstInvalidByte(of: request) {
      throw invalidRequest(JSONDefect(code: .invalidUTF8, offset: offset))
    }
    if request.count > ObjectHeader.maximum { throw .memoryExhausted }
    try reserve(words: StringView.wordCount(byteCount: request.count))
    switch try parseJSON(Value(heap.makeString(request).offset)) {
    case .value(let value): return value
    case .defect(let defect): throw invalidRequest(defect)
    }
  }

  private mutating func invalidRequest(_ defect: JSONDefect) -> Trap {
    let code = image.constant(LibraryConstant.jsonErrorCodes + Int(defect.code.rawValue))
    trapDetail = (code, Value(small: defect.offset))
    return .invalidRequest
  }
}
