// The built-ins of Decimal. ECMAScript has none of them.

extension DecimalError {
  /// The code in a Result.
  var code: StaticString {
    switch self {
    case .overflow: "Overflow"
    case .divisionByZero: "DivisionByZero"
    case .unavailable: "Unavailable"
    }
  }
}

extension Machine {
  /// `Decimal(text)`, or `DecimalSyntax`. Bulk: bytes of the text.
  mutating func decimalOfText(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let number = try readDecimal(argument(0, of: call), call) else { throw .decimalSyntax }
    return try newDecimal(number)
  }

  /// `Decimal.parse(text)`: a Result of the Decimal, or of `"DecimalSyntax"`. Bulk: bytes of the text.
  mutating func decimalParse(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let number = try readDecimal(argument(0, of: call), call) else {
      return try makeErr(Trap.decimalSyntax.code)
    }
    return try makeOk(number)
  }

  /// `Decimal.from(x)` of an Int, a Decimal, or a String that `Decimal(text)` accepts.
  mutating func decimalFrom(_ call: BuiltinCall) throws(Trap) -> Value {
    let value = argument(0, of: call)
    if isString(value) {
      guard let number = try readDecimal(value, call) else { throw .decimalSyntax }
      return try newDecimal(number)
    }
    try charge(call)
    if decimalOrNil(value) != nil { return value }
    return try newDecimal(Decimal128(try integer(value)))
  }

  /// Charges for a call that reads a text, and reads it; nil if it is not a decimal.
  private mutating func readDecimal(_ value: Value, _ call: BuiltinCall) throws(Trap) -> Decimal128? {
    guard isString(value) else { throw mismatch(call) }
    let text = knownString(value)
    try charge(call, .stringSearch, text.byteCount)
    return memory.withBytes(at: text.bytes, count: text.byteCount) { Decimal128($0) }
  }

  /// `Decimal.add`, `sub`, `mul` and `div` of two Decimals: a Result of the Decimal, or of `"Overflow"` or
  /// `"DivisionByZero"`.
  mutating func decimalArithmetic(
    _ operation: Decimal128.Operation, _ call: BuiltinCall
  ) throws(Trap) -> Value {
    let (left, right) = try chargedDecimals(call)
    let result: Decimal128
    do throws(DecimalError) {
      result = try Decimal128.perform(operation, left, right)
    } catch {
      // Without decimal arithmetic in the build, the run ends; the error must not look like a result.
      if error == .unavailable { throw error.trap }
      return try makeErr(error.code)
    }
    return try makeOk(result)
  }

  private mutating func makeOk(_ number: Decimal128) throws(Trap) -> Value {
    try reserve(words: DecimalView.wordCount &+ Machine.variantWords)
    return makeOk(heap.makeDecimal(number))
  }

  private mutating func makeErr(_ code: StaticString) throws(Trap) -> Value {
    try reserve(words: StringView.wordCount(byteCount: code.utf8CodeUnitCount) &+ Machine.variantWords)
    return makeErr(Value(heap.makeString(code).offset))
  }

  /// `Decimal.neg(d)`.
  mutating func decimalNeg(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    return try newDecimal(try decimal(argument(0, of: call)).negated)
  }

  /// `Decimal.abs(d)`.
  mutating func decimalAbs(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    return try newDecimal(try decimal(argument(0, of: call)).magnitude)
  }

  /// `Decimal.round(d, scale)`, half to even; a scale outside 0 to 28 is `InvalidArgument`.
  mutating func decimalRound(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let (number, scale) = (try decimal(argument(0, of: call)), try integer(argument(1, of: call)))
    guard scale >= 0, scale <= Int64(Decimal128.maximumScale) else { throw .invalidArgument }
    return try newDecimal(number.rounded(toScale: Int(scale)))
  }

  /// `Decimal.compare(a, b)`: -1, 0 or 1, in constant time.
  mutating func decimalCompare(_ call: BuiltinCall) throws(Trap) -> Value {
    let (left, right) = try chargedDecimals(call)
    return Value(small: DecimalComparison.compare(left, right))
  }

  /// `Decimal.eq(a, b)`, in constant time.
  mutating func decimalEq(_ call: BuiltinCall) throws(Trap) -> Value {
    let (left, right) = try chargedDecimals(call)
    return Value(DecimalComparison.areEqual(left, right))
  }

  /// `Decimal.lt(a, b)`, in constant time.
  mutating func decimalLt(_ call: BuiltinCall) throws(Trap) -> Value {
    let (left, right) = try chargedDecimals(call)
    return Value(DecimalComparison.compare(left, right) < 0)
  }

  /// Charges for a call with two Decimals, and reads them.
  @inline(__always)
  private mutating func chargedDecimals(_ call: BuiltinCall) throws(Trap) -> (Decimal128, Decimal128) {
    try charge(call)
    return (try decimal(argument(0, of: call)), try decimal(argument(1, of: call)))
  }

  /// `Decimal.toString(d)`: the shortest plain text.
  mutating func decimalToString(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let number = try decimal(argument(0, of: call))
    let length = number.textLength
    try reserve(words: StringView.wordCount(byteCount: length))
    let string = heap.makeString(byteCount: length, utf16Count: length)
    var sink = TextSink(memory, at: string.bytes)
    sink.put(decimal: number)
    return Value(string.offset)
  }

  /// `Decimal.toInt(d)`: an Option of the Int with the same value.
  mutating func decimalToInt(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    guard let integer = try decimal(argument(0, of: call)).integer else {
      return image.constant(LibraryConstant.none)
    }
    try reserve(words: Machine.variantWords &+ 2)
    let value = heap.makeInteger(integer)
    return makeSome(value)
  }
}
