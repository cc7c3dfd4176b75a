import Engine

// Functions of Int, Math and Decimal.

extension Evaluation {
  func numberFunction(_ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .intParse:
      let text = try require(call[0].asString, call)
      try charge(call, text.byteCount)
      return parsedInt(text.utf8).map { Value.some(.int($0)) } ?? Value.none
    case .mathAbs:
      try charge(call)
      if let number = call[0].asDecimal { return .decimal(number.magnitude) }
      guard let integer = call[0].asInt else { throw .typeMismatch }
      if integer == .min { throw .integerOverflow }
      return .int(abs(integer))
    case .mathSign:
      try charge(call)
      if let number = call[0].asDecimal { return .int(Int64(number.compared(to: Decimal(0)))) }
      guard let integer = call[0].asInt else { throw .typeMismatch }
      return .int(integer.signum())
    default:
      return try extreme(call)
    }
  }

  /// The Int that a text of the form `-?(0|[1-9][0-9]*)` writes, if it fits.
  private func parsedInt(_ text: [UInt8]) -> Int64? {
    guard let parts = Decimal.parts(of: text), parts.fraction.isEmpty else { return nil }
    return Int64(String(decoding: text, as: UTF8.self))
  }

  /// `Math.max` and `Math.min`.
  private func extreme(_ call: LibraryCall) throws(Stop) -> Value {
    let areInts = call.arguments.allSatisfy { $0.asInt != nil }
    let areDecimals = call.arguments.allSatisfy { $0.asDecimal != nil }
    if !areInts && !areDecimals { throw try refusal(of: call, .typeMismatch) }
    try charge(call, call.arguments.count)
    var best = call[0]
    for value in call.arguments.dropFirst() {
      let order = try order(value, best)
      if call.builtin == .mathMax ? order > 0 : order < 0 { best = value }
    }
    return best
  }

  // MARK: Decimal

  func decimalFunction(_ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .decimalOfText, .decimalParse, .decimalFrom: return try readDecimal(call)
    case .decimalToString:
      return .string(Text(ascii: try decimals(call)[0].text))
    case .decimalToInt:
      return try decimals(call)[0].integer.map { Value.some(.int($0)) } ?? Value.none
    case .decimalNeg: return .decimal(try decimals(call)[0].negated)
    case .decimalAbs: return .decimal(try decimals(call)[0].magnitude)
    case .decimalRound:
      try charge(call)
      guard let number = call[0].asDecimal, let scale = call[1].asInt else { throw .typeMismatch }
      guard (0...Int64(Decimal.maximumScale)).contains(scale) else { throw .invalidArgument }
      return .decimal(number.rounded(toScale: Int(scale)))
    case .decimalCompare, .decimalEq, .decimalLt:
      let numbers = try decimals(call)
      let order = numbers[0].compared(to: numbers[1])
      return call.builtin == .decimalCompare
        ? .int(Int64(order)) : .bool(call.builtin == .decimalEq ? order == 0 : order < 0)
    default:
      return try decimalArithmetic(call)
    }
  }

  /// The arguments of a call of Decimals, which costs its row.
  private func decimals(_ call: LibraryCall) throws(Stop) -> [Decimal] {
    try charge(call)
    let numbers = call.arguments.compactMap(\.asDecimal)
    if numbers.count < call.arguments.count { throw .typeMismatch }
    return numbers
  }

  /// `Decimal(text)`, `Decimal.parse(text)`, `Decimal.from(x)`.
  private func readDecimal(_ call: LibraryCall) throws(Stop) -> Value {
    if call.builtin == .decimalFrom, call[0].asString == nil {
      try charge(call)
      if let number = call[0].asDecimal { return .decimal(number) }
      guard let integer = call[0].asInt else { throw .typeMismatch }
      return .decimal(Decimal(integer))
    }
    let text = try require(call[0].asString, call)
    try charge(call, text.byteCount)
    let number = Decimal(text: text.utf8)
    if call.builtin == .decimalParse {
      return number.map { Value.ok(.decimal($0)) } ?? Value.err(.string("DecimalSyntax"))
    }
    guard let number else { throw .decimalSyntax }
    return .decimal(number)
  }

  /// `Decimal.add`, `sub`, `mul`, `div`: Results.
  private func decimalArithmetic(_ call: LibraryCall) throws(Stop) -> Value {
    let numbers = try decimals(call)
    do throws(Decimal.Failure) {
      switch call.builtin {
      case .decimalAdd: return Value.ok(.decimal(try numbers[0] + numbers[1]))
      case .decimalSub: return Value.ok(.decimal(try numbers[0] - numbers[1]))
      case .decimalMul: return Value.ok(.decimal(try numbers[0] * numbers[1]))
      default: return Value.ok(.decimal(try numbers[0] / numbers[1]))
      }
    } catch {
      return Value.err(.string(error.code))
    }
  }
}
