// The built-ins of JSON.

extension Machine {
  /// `JSON.parse(text)`: a Result of the value, or of `{code, offset}` where ECMA-262 25.5.1 throws. Bulk: the bytes of
  /// the text.
  mutating func jsonParse(_ call: BuiltinCall) throws(Trap) -> Value {
    let text = argument(0, of: call)
    guard isString(text) else { throw mismatch(call) }
    try charge(call, .jsonParsing, knownString(text).byteCount)
    switch try parseJSON(text) {
    case .value(let value):
      return makeOk(try reserve(words: Machine.variantWords, keeping: value))
    case .defect(let defect):
      return try makeErr(defect)
    }
  }

  /// `{Err: {code, offset}}`, the result of functions that fail to read a text.
  mutating func makeErr(_ defect: JSONDefect) throws(Trap) -> Value {
    try reserve(words: Machine.variantWords &+ RecordView.headerWords &+ 2)
    let shape = ShapeView(memory, image.constant(LibraryConstant.parseErrorShape).offset)
    let error = heap.makeRecord(shape: shape)
    // The canonical order decides which of the two keys, `code` and `offset`, is first.
    let codeIndex = shape.key(at: 0).byteCount == 4 ? 0 : 1
    error[codeIndex] = image.constant(LibraryConstant.jsonErrorCodes + Int(defect.code.rawValue))
    error[1 &- codeIndex] = Value(small: defect.offset)
    return makeErr(Value(error.offset))
  }

  /// `JSON.stringify(value)` (ECMA-262 25.5.2) in canonical form. Bulk: the values and keys, and the bytes of the text,
  /// as they are counted.
  mutating func jsonStringify(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    return try printJSON(argument(0, of: call))
  }

  /// `JSON.kind(value)`: the name of its kind. ECMAScript has no such function.
  mutating func jsonKind(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    return image.constant(LibraryConstant.kindNames + Int(kind(of: argument(0, of: call)).rawValue))
  }

  /// `JSON.isNull(value)`: whether it is JSON's null. ECMAScript has no such function.
  mutating func jsonIsNull(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    return Value(argument(0, of: call) == .jsonNull)
  }
}
