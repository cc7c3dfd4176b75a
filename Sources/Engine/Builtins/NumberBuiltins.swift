// Built-ins on numbers.

extension Machine {
  /// `Int.parse(text)`: an Option of the Int that a String of decimal digits denotes. The syntax is
  /// `-?(0|[1-9][0-9]*)`, and the value must fit 64 bits. ECMAScript has no such function.
  mutating func intParse(_ call: BuiltinCall) throws(Trap) -> Value {
    guard isString(argument(0, of: call)) else { throw mismatch(call) }
    let text = knownString(argument(0, of: call))
    try charge(call, .stringSearch, text.byteCount)
    guard let integer = Machine.parseInteger(text) else { return image.constant(LibraryConstant.none) }
    try reserve(words: Machine.variantWords &+ 2)
    let value = heap.makeInteger(integer)
    return makeSome(value)
  }

  private static func parseInteger(_ text: StringView) -> Int64? {
    let start = text.byteCount > 0 && text[0] == 0x2d ? 1 : 0
    // The longest text has a sign and 19 digits.
    guard text.byteCount > start, text.byteCount <= 20 else { return nil }
    if text[start] == 0x30 && text.byteCount > start &+ 1 { return nil }
    var integer: Int64 = 0
    for index in start..<text.byteCount {
      let byte = text[index]
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let digit = Int64(byte &- 0x30)
      // Subtracts, since the least Int has no positive counterpart.
      let (tenfold, overflow) = integer.multipliedReportingOverflow(by: 10)
      let (sum, overflowAgain) = tenfold.subtractingReportingOverflow(digit)
      if overflow || overflowAgain { return nil }
      integer = sum
    }
    if start == 1 { return integer }
    return integer == .min ? nil : 0 &- integer
  }

  /// `Math.abs(x)` (ECMA-262 21.3.2.1) of an Int or a Decimal; `IntegerOverflow` for the least Int.
  mutating func mathAbs(_ call: BuiltinCall) throws(Trap) -> Value {
    let value = argument(0, of: call)
    try charge(call)
    if let number = decimalOrNil(value) { return number.isNegative ? try newDecimal(number.magnitude) : value }
    let integer = try integer(value)
    if integer >= 0 { return value }
    if integer == .min { throw .integerOverflow }
    try reserve(words: 2)
    return heap.makeInteger(0 &- integer)
  }

  /// `Math.sign(x)` (ECMA-262 21.3.2.29) of an Int or a Decimal: the Int -1, 0 or 1.
  mutating func mathSign(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let value = argument(0, of: call)
    if let number = decimalOrNil(value) { return Value(small: DecimalComparison.compare(number, .zero)) }
    return Value(small: Int(try integer(value).signum()))
  }

  /// `Math.max(...xs)` and `Math.min(...xs)` (ECMA-262 21.3.2.24, 21.3.2.25) of one or more Ints, or of one or more
  /// Decimals.
  mutating func mathExtreme(greatest: Bool, _ call: BuiltinCall) throws(Trap) -> Value {
    let isDecimal = decimalOrNil(argument(0, of: call)) != nil
    for index in 0..<call.count {
      let value = argument(index, of: call)
      let isFit = isDecimal ? decimalOrNil(value) != nil : integerOrNil(value) != nil
      if !isFit { throw mismatch(call) }
    }
    try charge(call, .visits, BulkWork.unitsPerVisit &* max(0, call.count &- 2))
    var best = argument(0, of: call)
    for index in 1..<call.count {
      let value = argument(index, of: call)
      let order = try order(value, best)
      if greatest ? order > 0 : order < 0 { best = value }
    }
    return best
  }
}
