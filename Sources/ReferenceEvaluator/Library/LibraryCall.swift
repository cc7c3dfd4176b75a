import Engine

/// A call of a function of the library.
struct LibraryCall {
  let builtin: Builtin
  /// The value before the dot of a method; `undefined` for a function.
  let receiver: Value
  let arguments: [Value]

  /// The receiver of a method of Strings.
  var text: Text {
    guard case .string(let text) = receiver else { preconditionFailure("methods are found by their receiver") }
    return text
  }

  /// The elements of the receiver of a method of Arrays.
  var elements: [Value] {
    guard case .array(let elements) = receiver else { preconditionFailure("methods are found by their receiver") }
    return elements
  }

  /// An argument; `undefined` past the last one.
  subscript(index: Int) -> Value { index < arguments.count ? arguments[index] : .undefined }

  /// An argument that may be left out; nil if it is of another kind than Int.
  func int(_ index: Int, default: Int64) -> Int64? {
    self[index].isUndefined ? `default` : self[index].asInt
  }

  /// An argument that may be left out; nil if it is of another kind than String.
  func string(_ index: Int, default: Text) -> Text? {
    self[index].isUndefined ? `default` : self[index].asString
  }
}

extension Evaluation {
  /// The charge of a call: its row, and the bulk for a size of the first work that the table names with it.
  func charge(_ call: LibraryCall, _ size: Int = 0) throws(Stop) {
    try charge(call.builtin.definition.row.units + (call.builtin.bulk.first?.work.units(of: size) ?? 0))
  }

  /// The charge of a call: its row, and the bulk for the sizes of several kinds of work.
  func charge(_ call: LibraryCall, _ works: (BulkWork, Int)...) throws(Stop) {
    try charge(works.reduce(call.builtin.definition.row.units) { $0 + $1.0.units(of: $1.1) })
  }

  /// An argument that must be of a kind, which the caller has asked for. If it is not, the call costs its row alone.
  func require<Kind>(_ value: Kind?, _ call: LibraryCall) throws(Stop) -> Kind {
    guard let value else { throw try refusal(of: call, .typeMismatch) }
    return value
  }

  /// The end of a call that can't be made, whose row alone is charged.
  func refusal(of call: LibraryCall, _ stop: Stop) throws(Stop) -> Stop {
    try charge(call)
    return stop
  }

  /// The value of a constant of the library, or of a function as a value.
  func constant(_ builtin: Builtin) -> Value {
    switch builtin.definition.form {
    case .constant(.greatestInt): .int(.max)
    case .constant(.leastInt): .int(.min)
    case .constant(.none): Value.none
    case .constant(.emptyMap): .map(.empty)
    case .function, .method: .builtin(builtin)
    }
  }

  /// What a call gives.
  func library(_ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .global(let member): try global(member, call)
    case .string(let member): try string(member, call)
    case .array(let member): try array(member, call)
    case .object(let member): try object(member, call)
    case .int(let member): try int(member, call)
    case .math(let member): try math(member, call)
    case .json(let member): try json(member, call)
    case .option(let member): try option(member, call)
    case .result(let member): try result(member, call)
    case .decimal(let member): try decimal(member, call)
    case .map(let member): try map(member, call)
    case .hash(let member): try hash(member, call)
    case .text(let member): try text(member, call)
    }
  }

  private func global(_ member: GlobalBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .string: return try stringFrom(call)
    case .decimal: return .decimal(try decimalOfText(call))
    case .some:
      try charge(call)
      return Value.some(call[0])
    case .ok:
      try charge(call)
      return Value.ok(call[0])
    case .err:
      try charge(call)
      return Value.err(call[0])
    case .none: preconditionFailure("a constant is not called")
    }
  }

  /// Runs what calls functions that a function of the library was given, which takes words of the stack from the first
  /// call on.
  func callingBack(_ count: Int, _ body: () throws(Stop) -> Value) throws(Stop) -> Value {
    if count == 0 { return try body() }
    try takeStack(Evaluation.callbackWords)
    let value = try body()
    giveStackBack(Evaluation.callbackWords)
    return value
  }
}

/// The ways in which ECMAScript brings an index into the bounds of what it indexes.
enum Place {
  /// From 0 to `length`; a negative index counts from the end.
  static func relative(_ index: Int64, _ length: Int) -> Int {
    clamped(index < 0 ? index + Int64(length) : index, length)
  }

  /// From 0 to `length`; a negative index is 0.
  static func clamped(_ index: Int64, _ length: Int) -> Int { Int(min(max(index, 0), Int64(length))) }

  /// That of one element, a negative index counting from the end; nil if there is none.
  static func element(_ index: Int64, _ length: Int) -> Int? {
    let place = index < 0 ? index + Int64(length) : index
    return place >= 0 && place < Int64(length) ? Int(place) : nil
  }
}
