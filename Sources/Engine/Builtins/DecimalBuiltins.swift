// The built-ins of Decimal. ECMAScript has none of them.

extension DecimalError {
  /// What a Result says.
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
  mutating func decimalOfText(_ arguments: Arguments) throws(Trap) -> Value {
    guard let number = try readDecimal(.decimalOfText, argument(0, of: arguments)) else { throw .decimalSyntax }
    return try newDecimal(number)
  }

  /// `Decimal.parse(text)`: a Result of the Decimal, or of `"DecimalSyntax"`. Bulk: bytes of the text.
  mutating func decimalParse(_ arguments: Arguments) throws(Trap) -> Value {
    guard let number = try readDecimal(.decimalParse, argument(0, of: arguments)) else {
      return try makeErr(Trap.decimalSyntax.code)
    }
    return try makeOk(number)
  }

  /// `Decimal.from(x)` of an Int, a Decimal, or a String as `Decimal(text)` takes it.
  mutating func decimalFrom(_ arguments: Arguments) throws(Trap) -> Value {
    let value = argument(0, of: arguments)
    if isString(value) {
      guard let number = try readDecimal(.decimalFrom, value) else { throw .decimalSyntax }
      return try newDecimal(number)
    }
    try charge(.decimalFrom)
    if decimalOrNil(value) != nil { return value }
    return try newDecimal(Decimal128(try integer(value)))
  }

  /// Charges a call that reads a text, and reads it; nil if it is no decimal.
  private mutating func readDecimal(_ builtin: Builtin, _ value: Value) throws(Trap) -> Decimal128? {
    guard isString(value) else { throw mismatch(builtin) }
    let text = knownString(value)
    try charge(builtin, .stringSearch, text.byteCount)
    return memory.withBytes(at: text.bytes, count: text.byteCount) { Decimal128($0) }
  }

  /// `Decimal.add`, `sub`, `mul` and `div` of two Decimals: a Result of the Decimal, or of `"Overflow"` or
  /// `"DivisionByZero"`.
  mutating func decimalArithmetic(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) -> Value {
    try charge(builtin)
    let (left, right) = (try decimal(argument(0, of: arguments)), try decimal(argument(1, of: arguments)))
    let operation: Decimal128.Operation
    switch builtin {
    case .decimalAdd: operation = .addition
    case .decimalSub: operation = .subtraction
    case .decimalMul: operation = .multiplication
    default: operation = .division
    }
    let result: Decimal128
    do throws(DecimalError) {
      result = try Decimal128.perform(operation, left, right)
    } catch {
      // A build without arithmetic stops; it must not look like a result.
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

  /// `Decimal.neg(d)` and `Decimal.abs(d)`.
  mutating func decimalSign(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) -> Value {
    try charge(builtin)
    let number = try decimal(argument(0, of: arguments))
    return try newDecimal(builtin == .decimalNeg ? number.negated : number.magnitude)
  }

  /// `Decimal.round(d, scale)`, half to even; a scale outside 0 to 28 is `InvalidArgument`.
  mutating func decimalRound(_ arguments: Arguments) throws(Trap) -> Value {
    try charge(.decimalRound)
    let (number, scale) = (try decimal(argument(0, of: arguments)), try integer(argument(1, of: arguments)))
    guard scale >= 0, scale <= Int64(Decimal128.maximumScale) else { throw .invalidArgument }
    return try newDecimal(number.rounded(toScale: Int(scale)))
  }

  /// `Decimal.compare(a, b)`: -1, 0 or 1; `Decimal.eq(a, b)`, `Decimal.lt(a, b)`. In constant time.
  mutating func decimalComparison(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) -> Value {
    try charge(builtin)
    let (left, right) = (try decimal(argument(0, of: arguments)), try decimal(argument(1, of: arguments)))
    switch builtin {
    case .decimalCompare: return Value(small: DecimalComparison.compare(left, right))
    case .decimalEq: return Value(DecimalComparison.areEqual(left, right))
    default: return Value(DecimalComparison.compare(left, right) < 0)
    }
  }

  /// `Decimal.toString(d)`: the shortest plain text.
  mutating func decimalToString(_ arguments: Arguments) throws(Trap) -> Value {
    try charge(.decimalToString)
    let number = try decimal(argument(0, of: arguments))
    let length = number.textLength
    try reserve(words: StringView.wordCount(byteCount: length))
    let string = heap.makeString(byteCount: length, utf16Count: length)
    var sink = TextSink(memory, at: string.bytes)
    sink.put(decimal: number)
    return Value(string.offset)
  }

  /// `Decimal.toInt(d)`: an Option of the Int of the same value.
  mutating func decimalToInt(_ arguments: Arguments) throws(Trap) -> Value {
    try charge(.decimalToInt)
    guard let integer = try decimal(argument(0, of: arguments)).integer else {
      return image.constant(LibraryConstant.none)
    }
    try reserve(words: Machine.variantWords &+ 2)
    let value = heap.makeInteger(integer)
    return makeSome(value)
  }
}
