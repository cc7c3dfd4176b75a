import Engine

// Functions of Object, and Options and Results, which are Records of one field.

extension Value {
  /// `{Some: value}`
  static func some(_ value: Value) -> Value { .record(Record([("Some", value)])) }
  /// `{None: {}}`
  static var none: Value { .record(Record([("None", .record(.empty))])) }
  /// `{Ok: value}`
  static func ok(_ value: Value) -> Value { .record(Record([("Ok", value)])) }
  /// `{Err: value}`
  static func err(_ value: Value) -> Value { .record(Record([("Err", value)])) }

  /// The only field of a Record that has one.
  fileprivate var onlyField: Record.Field? {
    guard let record = asRecord, record.fields.count == 1 else { return nil }
    return record.fields[0]
  }
}

extension Evaluation {
  func objectFunction(_ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .objectKeys, .objectValues, .objectEntries:
      let fields = try require(call[0].asRecord, call).fields
      try charge(call, fields.count)
      return .array(
        fields.map { field in
          switch call.builtin {
          case .objectKeys: .string(field.key)
          case .objectValues: field.value
          default: .array([.string(field.key), field.value])
          }
        })
    case .objectFromEntries:
      return try recordFromEntries(call)
    default:
      guard let record = call[0].asRecord, let key = call[1].asString else {
        throw try refusal(of: call, .typeMismatch)
      }
      try charge(call, (.steps, searchSteps(among: record.fields.count)), (.canonicalText, key.byteCount))
      if call.builtin == .objectHasOwn { return .bool(record[key] != nil) }
      return record[key].map { Value.some($0) } ?? Value.none
    }
  }

  private func recordFromEntries(_ call: LibraryCall) throws(Stop) -> Value {
    let entries = try require(call[0].asArray, call)
    try charge(call, (.elements, entries.count), (.ordering, orderingSize(of: entries.count)))
    var fields: [(key: Text, value: Value)] = []
    for entry in entries {
      let (key, value) = try self.entry(entry)
      guard let key = key.asString else { throw .typeMismatch }
      fields.append((key, value))
    }
    try charge(BulkWork.canonicalText.units(of: fields.reduce(0) { Size.sum($0, $1.key.byteCount) }))
    return .record(Record(fields))
  }

  /// The parts of a `[key, value]`.
  func entry(_ value: Value) throws(Stop) -> (key: Value, value: Value) {
    guard let parts = value.asArray else { throw .typeMismatch }
    guard parts.count == 2 else { throw .invalidArgument }
    return (parts[0], parts[1])
  }

  // MARK: Option and Result

  func variantFunction(_ call: LibraryCall) throws(Stop) -> Value {
    try charge(call)
    switch call.builtin {
    case .some: return Value.some(call[0])
    case .ok: return Value.ok(call[0])
    case .err: return Value.err(call[0])
    case .optionIsSome: return .bool(try option(call[0]) != nil)
    case .resultIsOk: return .bool(try result(call[0]).isOk)
    case .optionUnwrapOr: return try option(call[0]) ?? call[1]
    case .resultUnwrapOr:
      let (isOk, value) = try result(call[0])
      return isOk ? value : call[1]
    default: return try mapVariant(call)
    }
  }

  /// `Option.map`, `Result.map`, `Result.mapErr`, `Result.andThen`.
  private func mapVariant(_ call: LibraryCall) throws(Stop) -> Value {
    var payload: Value?
    if call.builtin == .optionMap {
      payload = try option(call[0])
    } else {
      let (isOk, value) = try result(call[0])
      payload = isOk != (call.builtin == .resultMapErr) ? value : nil
    }
    if !call[1].isCallable { throw .notCallable }
    guard let payload else { return call[0] }
    return try callingBack(1) { () throws(Stop) in
      let value = try callBack(call[1], [payload])
      switch call.builtin {
      case .optionMap: return Value.some(value)
      case .resultMap: return Value.ok(value)
      case .resultMapErr: return Value.err(value)
      default:
        _ = try result(value)
        return value
      }
    }
  }

  /// What an Option holds, or nil.
  private func option(_ value: Value) throws(Stop) -> Value? {
    guard let field = value.onlyField else { throw .typeMismatch }
    if field.key == "Some" { return field.value }
    guard field.key == "None", field.value.asRecord?.fields.isEmpty == true else { throw .typeMismatch }
    return nil
  }

  /// What a Result holds.
  private func result(_ value: Value) throws(Stop) -> (isOk: Bool, value: Value) {
    guard let field = value.onlyField, field.key == "Ok" || field.key == "Err" else { throw .typeMismatch }
    return (field.key == "Ok", field.value)
  }
}
