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
  func object(_ member: ObjectBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .keys: return .array(try fields(call, resultWords: 1).map { .string($0.key) })
    case .values: return .array(try fields(call, resultWords: 1).map { $0.value })
    case .entries: return .array(try fields(call, resultWords: entryWords).map { .array([.string($0.key), $0.value]) })
    case .fromEntries: return try recordFromEntries(call)
    case .hasOwn: return .bool(try field(call) != nil)
    case .get: return try field(call).map { Value.some($0) } ?? Value.none
    }
  }

  /// All fields of the Record, which have been paid for.
  private func fields(_ call: LibraryCall, resultWords: Int) throws(Stop) -> [Record.Field] {
    let fields = try require(call[0].asRecord, call).fields
    try charge(call, (.elements, resultWords * fields.count))
    return fields
  }

  /// The value of the field that the second argument names, after a search that has been paid for.
  private func field(_ call: LibraryCall) throws(Stop) -> Value? {
    guard let record = call[0].asRecord, let key = call[1].asString else { throw try refusal(of: call, .typeMismatch) }
    try charge(
      call.builtin.definition.row.units + BulkWork.canonicalText.units(of: key.byteCount)
        + searchUnits(forKeyOf: key.byteCount, among: record.fields.count))
    return record[key]
  }

  private func recordFromEntries(_ call: LibraryCall) throws(Stop) -> Value {
    let entries = try require(call[0].asArray, call)
    try charge(
      call, (.visits, BulkWork.unitsPerVisit * entries.count), (.elements, 2 * entries.count),
      (.ordering, orderingSize(of: entries.count)))
    var fields: [(key: Text, value: Value)] = []
    for entry in entries {
      let (key, value) = try self.entry(entry)
      guard let key = key.asString else { throw .typeMismatch }
      fields.append((key, value))
    }
    let keyBytes = fields.reduce(0) { Size.sum($0, $1.key.byteCount) }
    try charge(
      BulkWork.canonicalText.units(of: keyBytes)
        + BulkWork.keyComparison.units(of: keyComparisonSize(of: keyBytes, among: entries.count)))
    return .record(Record(fields))
  }

  /// The parts of a `[key, value]`.
  func entry(_ value: Value) throws(Stop) -> (key: Value, value: Value) {
    guard let parts = value.asArray else { throw .typeMismatch }
    guard parts.count == 2 else { throw .invalidArgument }
    return (parts[0], parts[1])
  }

  // MARK: Option and Result

  func option(_ member: OptionBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    try charge(call)
    let payload = try option(call[0])
    switch member {
    case .isSome: return .bool(payload != nil)
    case .unwrapOr: return payload ?? call[1]
    case .map: return try map(payload, call) { (value) throws(Stop) in Value.some(value) }
    }
  }

  func result(_ member: ResultBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    try charge(call)
    let (isOk, payload) = try result(call[0])
    switch member {
    case .isOk: return .bool(isOk)
    case .unwrapOr: return isOk ? payload : call[1]
    case .map: return try map(isOk ? payload : nil, call) { (value) throws(Stop) in Value.ok(value) }
    case .mapErr: return try map(isOk ? nil : payload, call) { (value) throws(Stop) in Value.err(value) }
    case .andThen:
      return try map(isOk ? payload : nil, call) { (value) throws(Stop) in
        _ = try result(value)
        return value
      }
    }
  }

  /// Calls the second argument with what there is to map, and makes the result of what that returns; if there is nothing
  /// to map, the first argument is the result.
  private func map(
    _ payload: Value?, _ call: LibraryCall, _ wrap: (Value) throws(Stop) -> Value
  ) throws(Stop) -> Value {
    if !call[1].isCallable { throw .notCallable }
    guard let payload else { return call[0] }
    return try callingBack(1) { () throws(Stop) in try wrap(try callBack(call[1], [payload])) }
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
