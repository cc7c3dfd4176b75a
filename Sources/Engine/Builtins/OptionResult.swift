// Option and Result: Records of one field whose key says which variant it is. ECMAScript has neither.

/// The variants, each a Record of one field: `{Some: v}`, `{None: {}}`, `{Ok: v}`, `{Err: e}`.
enum Variant {
  case some, none, ok, err

  /// Whether it is a variant of Option; otherwise, it is one of Result.
  var isOption: Bool {
    switch self {
    case .some, .none: true
    case .ok, .err: false
    }
  }
}

extension Machine {
  /// Words to reserve for a Record of one field.
  static let variantWords = RecordView.headerWords + 1

  /// `{Some: value}`. Reserved: `variantWords`.
  mutating func makeSome(_ value: Value) -> Value { makeVariant(LibraryConstant.someShape, value) }

  /// `{Ok: value}`. Reserved: `variantWords`.
  mutating func makeOk(_ value: Value) -> Value { makeVariant(LibraryConstant.okShape, value) }

  /// `{Err: value}`. Reserved: `variantWords`.
  mutating func makeErr(_ value: Value) -> Value { makeVariant(LibraryConstant.errShape, value) }

  private mutating func makeVariant(_ shape: Int, _ value: Value) -> Value {
    let record = heap.makeRecord(shape: ShapeView(memory, image.constant(shape).offset))
    record[0] = value
    return Value(record.offset)
  }

  /// The variant of a value; nil if it is none. A key that equals an interned String is that String, so words are
  /// compared.
  func variant(of value: Value) -> Variant? {
    guard isRecord(value) else { return nil }
    let record = RecordView(memory, value.offset)
    guard record.count == 1 else { return nil }
    let key = record.shape[0]
    if key == libraryKey(LibraryConstant.someShape) { return .some }
    if key == libraryKey(LibraryConstant.okShape) { return .ok }
    if key == libraryKey(LibraryConstant.errShape) { return .err }
    let none = RecordView(memory, image.constant(LibraryConstant.none).offset)
    guard key == none.shape[0], isRecord(record[0]), RecordView(memory, record[0].offset).count == 0 else { return nil }
    return Variant.none
  }

  /// The only key of a shape of the library.
  private func libraryKey(_ shape: Int) -> Value { ShapeView(memory, image.constant(shape).offset)[0] }

  /// The value in a variant.
  private func payload(_ value: Value) -> Value { RecordView(memory, value.offset)[0] }
}

extension Machine {
  /// `Some(value)`.
  mutating func some(_ call: BuiltinCall) throws(Trap) -> Value { try construct(LibraryConstant.someShape, call) }

  /// `Ok(value)`.
  mutating func ok(_ call: BuiltinCall) throws(Trap) -> Value { try construct(LibraryConstant.okShape, call) }

  /// `Err(value)`.
  mutating func err(_ call: BuiltinCall) throws(Trap) -> Value { try construct(LibraryConstant.errShape, call) }

  private mutating func construct(_ shape: Int, _ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    try reserve(words: Machine.variantWords)
    return makeVariant(shape, argument(0, of: call))
  }

  /// `Option.isSome(option)`, `Result.isOk(result)`: whether the argument is that variant.
  mutating func isVariant(_ variant: Variant, _ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    return Value(try isVariant(variant, argument(0, of: call)))
  }

  /// `Option.unwrapOr(option, default)`, `Result.unwrapOr(result, default)`: the value in that variant, or the default.
  mutating func unwrapOr(_ variant: Variant, _ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let value = argument(0, of: call)
    return try isVariant(variant, value) ? payload(value) : argument(1, of: call)
  }

  /// Whether a value is this variant and not the other one of its type.
  ///
  /// - Throws: `TypeMismatch` if it is neither.
  private func isVariant(_ expected: Variant, _ value: Value) throws(Trap) -> Bool {
    guard let variant = variant(of: value), variant.isOption == expected.isOption else { throw .typeMismatch }
    return variant == expected
  }
}

// MARK: - Mapping

/// The state of a running `map`, `mapErr` or `andThen`.
private enum State {
  /// The constant that is the shape of the result, or -1 if the function returns the result itself, which must be a
  /// Result.
  static let shape = 0
  static let count = 1
}

extension Machine {
  /// `Option.map(option, f)`, `Result.map(result, f)`, `Result.mapErr(result, f)`: calls the function with the value in
  /// the variant, and returns a variant of this shape with the function's result. The other variant is returned
  /// unchanged.
  mutating func startMapping(of variant: Variant, shape: Int, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    try charge(call)
    let (value, function) = (argument(0, of: call), argument(1, of: call))
    let isMapped = try isVariant(variant, value)
    guard isCallable(function) else { throw .notCallable }
    if !isMapped { return .done(value) }
    let frame = call.frame
    frame.begin(.mapping, clearingFrom: State.count)
    frame.set(State.shape, shape)
    return frame.call(function, payload(value))
  }

  /// `Result.andThen(result, f)`: calls the function with the value in an Ok, and returns the function's result.
  mutating func startAndThen(_ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    try startMapping(of: .ok, shape: -1, call)
  }

  /// Handles the value that the function returned.
  mutating func resumeMapping(_ frame: BuiltinFrame, result: Value) throws(Trap) -> BuiltinStep {
    let shape = frame.integer(State.shape)
    if shape < 0 {
      _ = try isVariant(.ok, result)
      return .done(result)
    }
    try reserve(words: Machine.variantWords)
    // Reads the value from its register again, since reserving may have moved it.
    return .done(makeVariant(shape, frame.registers[BuiltinFrame.callbackBase]))
  }
}
