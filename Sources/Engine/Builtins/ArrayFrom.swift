// `Array.from`.

/// The state of a running `Array.from` with a function.
private enum State {
  static let source = 0
  static let callback = 1
  static let index = 2
  static let result = 3
  /// In a String: the byte offset of the next character.
  static let byte = 4
  static let count = 5
}

extension Machine {
  /// `Array.from(source, f)` (ECMA-262 23.1.2.1) of an Array, of a String (its characters), of a Map (its entries), or
  /// of a Record whose only field is `length` (that many `undefined`). The function gets an element and its index.
  ///
  /// Charges for the row and the elements of the result at entry; for a String, for its bytes, whose number is known
  /// without decoding it; for a Map, for its pairs.
  mutating func startArrayFrom(_ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    let function = argument(1, of: call)
    guard let length = sourceLength(argument(0, of: call)) else { throw mismatch(call) }
    guard function == .undefined || isCallable(function) else { throw failure(.notCallable, of: call) }
    let size = TextSize.product(1, max(0, length))
    let given = argument(0, of: call)
    if isMap(given) {
      try charge(call, .elements, Machine.listedEntryWords &* size, .visits, BulkWork.unitsPerVisit &* size)
    } else {
      try charge(call, .elements, isString(given) ? TextSize.product(size, Machine.characterWords) : size)
    }
    if length < 0 { throw .invalidArgument }
    let count = isString(given) ? knownString(given).characterCount : size
    if function == .undefined { return .done(try arrayFrom(call, count: count)) }
    // All entries of a Map are made at once: to find them one by one would take longer.
    var source = isMap(given) ? try entries(ofMap: call) : given
    // The frame has no state yet, so the words for the first element are reserved together with the Array.
    source = try reserve(words: ArrayView.headerWords &+ count &+ Machine.elementWords, keeping: source)
    let result = Value(makeArray(filledTo: count).offset)
    let callback = argument(1, of: call)
    let frame = call.frame
    frame.begin(.arrayFrom, clearingFrom: State.count)
    frame[State.source] = source
    frame[State.callback] = callback
    frame[State.result] = result
    frame.set(State.index, 0)
    frame.set(State.byte, 0)
    return callMapper(frame)
  }

  /// The number of elements of a source, or an upper bound for a String; nil if it is not a source.
  private func sourceLength(_ source: Value) -> Int64? {
    if isArray(source) { return Int64(knownArray(source).count) }
    if isString(source) { return Int64(knownString(source).byteCount) }
    if isMap(source) { return Int64(knownMap(source).count) }
    guard isRecord(source) else { return nil }
    let record = RecordView(memory, source.offset)
    let length = ShapeView(memory, image.constant(LibraryConstant.lengthShape).offset)[0]
    return record.count == 1 && record.shape[0] == length ? integerOrNil(record[0]) : nil
  }

  /// The Array if there is no function.
  private mutating func arrayFrom(_ call: BuiltinCall, count: Int) throws(Trap) -> Value {
    let source = argument(0, of: call)
    if isArray(source) { return source }
    if isMap(source) { return try entries(ofMap: call) }
    if isRecord(source) { return Value(try newArray(filledTo: count).offset) }
    if call.arguments.isSpread { call.registers[0] = source }
    return try characters(of: call.registers, 0, to: knownString(source).byteCount, count: count)
  }

  /// Stores the value that the function returned for an element.
  mutating func resumeArrayFrom(_ frame: BuiltinFrame, result: Value) throws(Trap) -> BuiltinStep {
    let index = frame.integer(State.index)
    knownArray(frame[State.result])[index] = result
    frame.set(State.index, index &+ 1)
    try reserve(words: Machine.elementWords)
    return callMapper(frame)
  }

  /// The most words that an element made for the function takes: a character.
  private static let elementWords = StringView.wordCount(byteCount: 4)

  /// Asks for the call for the next element, or ends with the result. Reserved: `elementWords`.
  private mutating func callMapper(_ frame: BuiltinFrame) -> BuiltinStep {
    let index = frame.integer(State.index)
    if index == knownArray(frame[State.result]).count { return .done(frame[State.result]) }
    var element = Value.undefined
    if isArray(frame[State.source]) {
      element = knownArray(frame[State.source])[index]
    } else if isString(frame[State.source]) {
      let string = knownString(frame[State.source])
      let byte = frame.integer(State.byte)
      let scalar = string.scalar(at: byte)
      frame.set(State.byte, byte &+ UTF8Text.sequenceLength(beginningWith: string[byte]))
      element = makeCharacter(scalar)
    }
    return frame.call(frame[State.callback], element, Value(small: index))
  }
}
