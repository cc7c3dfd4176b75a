// Option and Result: Records of one field whose key tells which variant it is. ECMAScript has neither.

/// The variants, each a Record of one field: `{Some: v}`, `{None: {}}`, `{Ok: v}`, `{Err: e}`.
enum Variant {
  case some, none, ok, err
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

  /// Which variant a value is, or nil. Keys that equal an interned String are that String, so words are compared.
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

  /// What a variant holds.
  private func payload(_ value: Value) -> Value { RecordView(memory, value.offset)[0] }
}

extension Machine {
  /// `Some(value)`, `Ok(value)`, `Err(value)`.
  mutating func construct(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) -> Value {
    try charge(builtin)
    try reserve(words: Machine.variantWords)
    let value = argument(0, of: arguments)
    switch builtin {
    case .some: return makeSome(value)
    case .ok: return makeOk(value)
    default: return makeErr(value)
    }
  }

  /// `Option.isSome(option)`, `Result.isOk(result)`.
  mutating func isPresent(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) -> Value {
    try charge(builtin)
    return Value(try isPresent(argument(0, of: arguments), builtin == .optionIsSome))
  }

  /// `Option.unwrapOr(option, default)`, `Result.unwrapOr(result, default)`.
  mutating func unwrapOr(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) -> Value {
    try charge(builtin)
    let value = argument(0, of: arguments)
    return try isPresent(value, builtin == .optionUnwrapOr) ? payload(value) : argument(1, of: arguments)
  }

  /// Whether an Option holds a value, or a Result is no error; a value that is neither is `TypeMismatch`.
  private func isPresent(_ value: Value, _ isOption: Bool) throws(Trap) -> Bool {
    switch (variant(of: value), isOption) {
    case (.some(.some), true), (.ok, false): return true
    case (.some(.none), true), (.err, false): return false
    default: throw .typeMismatch
    }
  }

  /// `Option.map(option, f)`, `Result.map(result, f)`, `Result.mapErr(result, f)`, `Result.andThen(result, f)`: calls
  /// the function with what the variant holds, or gives the variant back if it is the other one.
  mutating func startVariantMap(
    _ builtin: Builtin, _ frame: BuiltinFrame, _ arguments: Arguments
  ) throws(Trap) -> BuiltinStep {
    try charge(builtin)
    let (value, function) = (argument(0, of: arguments), argument(1, of: arguments))
    let present = try isPresent(value, builtin == .optionMap)
    guard isCallable(function) else { throw .notCallable }
    if present == (builtin == .resultMapErr) { return .done(value) }
    frame.clear(from: 0)
    return frame.call(function, payload(value))
  }

  /// Wraps what the function returned; that of `andThen` has to be a Result already.
  mutating func resumeVariantMap(
    _ builtin: Builtin, _ frame: BuiltinFrame, result: Value
  ) throws(Trap) -> BuiltinStep {
    if builtin == .resultAndThen {
      _ = try isPresent(result, false)
      return .done(result)
    }
    try reserve(words: Machine.variantWords)
    // The result again, from where the machine left it.
    let value = frame.registers[BuiltinFrame.callbackBase]
    switch builtin {
    case .optionMap: return .done(makeSome(value))
    case .resultMap: return .done(makeOk(value))
    default: return .done(makeErr(value))
    }
  }
}
