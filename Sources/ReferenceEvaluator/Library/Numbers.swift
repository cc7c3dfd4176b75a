import Engine

// Functions of Int, Math and Decimal.

extension Evaluation {
  func int(_ member: IntBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .parse:
      let text = try require(call[0].asString, call)
      try charge(call, text.byteCount)
      return parsedInt(text.utf8).map { Value.some(.int($0)) } ?? Value.none
    case .max, .min: preconditionFailure("a constant is not called")
    }
  }

  func math(_ member: MathBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .abs:
      try charge(call)
      if let number = call[0].asDecimal { return .decimal(number.magnitude) }
      guard let integer = call[0].asInt else { throw .typeMismatch }
      if integer == .min { throw .integerOverflow }
      return .int(abs(integer))
    case .sign:
      try charge(call)
      if let number = call[0].asDecimal { return .int(Int64(number.compared(to: Decimal(0)))) }
      guard let integer = call[0].asInt else { throw .typeMismatch }
      return .int(integer.signum())
    case .max: return try extreme(call) { $0 > 0 }
    case .min: return try extreme(call) { $0 < 0 }
    }
  }

  /// The Int that a text of the form `-?(0|[1-9][0-9]*)` writes, if it fits.
  private func parsedInt(_ text: [UInt8]) -> Int64? {
    guard let parts = Decimal.parts(of: text), parts.fraction.isEmpty else { return nil }
    return Int64(String(decoding: text, as: UTF8.self))
  }

  /// The first of the arguments that no other is better than, as their order says.
  private func extreme(_ call: LibraryCall, isBetter: (_ order: Int) -> Bool) throws(Stop) -> Value {
    let areInts = call.arguments.allSatisfy { $0.asInt != nil }
    let areDecimals = call.arguments.allSatisfy { $0.asDecimal != nil }
    if !areInts && !areDecimals { throw try refusal(of: call, .typeMismatch) }
    try charge(call, 2 * max(0, call.arguments.count - 2))
    var best = call[0]
    for value in call.arguments.dropFirst() {
      if isBetter(try order(value, best)) { best = value }
    }
    return best
  }

  // MARK: Decimal

  func decimal(_ member: DecimalBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .parse: return try readDecimal(call).map { Value.ok(.decimal($0)) } ?? Value.err(.string("DecimalSyntax"))
    case .from: return .decimal(try decimalFrom(call))
    case .add: return try decimalResult(call) { (a, b) throws(Decimal.Failure) in try a + b }
    case .sub: return try decimalResult(call) { (a, b) throws(Decimal.Failure) in try a - b }
    case .mul: return try decimalResult(call) { (a, b) throws(Decimal.Failure) in try a * b }
    case .div: return try decimalResult(call) { (a, b) throws(Decimal.Failure) in try a / b }
    case .neg: return .decimal(try decimals(call)[0].negated)
    case .abs: return .decimal(try decimals(call)[0].magnitude)
    case .round:
      try charge(call)
      guard let number = call[0].asDecimal, let scale = call[1].asInt else { throw .typeMismatch }
      guard (0...Int64(Decimal.maximumScale)).contains(scale) else { throw .invalidArgument }
      return .decimal(number.rounded(toScale: Int(scale)))
    case .compare: return .int(Int64(try decimalOrder(call)))
    case .eq: return .bool(try decimalOrder(call) == 0)
    case .lt: return .bool(try decimalOrder(call) < 0)
    case .toString: return .string(Text(ascii: try decimals(call)[0].text))
    case .toInt: return try decimals(call)[0].integer.map { Value.some(.int($0)) } ?? Value.none
    }
  }

  /// The arguments of a call of Decimals, which costs its row.
  private func decimals(_ call: LibraryCall) throws(Stop) -> [Decimal] {
    try charge(call)
    let numbers = call.arguments.compactMap { $0.asDecimal }
    if numbers.count < call.arguments.count { throw .typeMismatch }
    return numbers
  }

  private func decimalOrder(_ call: LibraryCall) throws(Stop) -> Int {
    let numbers = try decimals(call)
    return numbers[0].compared(to: numbers[1])
  }

  /// `Decimal(text)`
  func decimalOfText(_ call: LibraryCall) throws(Stop) -> Decimal {
    guard let number = try readDecimal(call) else { throw .decimalSyntax }
    return number
  }

  /// The Decimal that the argument, a String, writes; nil if it writes none.
  private func readDecimal(_ call: LibraryCall) throws(Stop) -> Decimal? {
    let text = try require(call[0].asString, call)
    try charge(call, text.byteCount)
    return Decimal(text: text.utf8)
  }

  private func decimalFrom(_ call: LibraryCall) throws(Stop) -> Decimal {
    if call[0].asString != nil { return try decimalOfText(call) }
    try charge(call)
    if let number = call[0].asDecimal { return number }
    guard let integer = call[0].asInt else { throw .typeMismatch }
    return Decimal(integer)
  }

  /// A Result of what two Decimals give.
  private func decimalResult(
    _ call: LibraryCall, _ operation: (Decimal, Decimal) throws(Decimal.Failure) -> Decimal
  ) throws(Stop) -> Value {
    let numbers = try decimals(call)
    do throws(Decimal.Failure) {
      return Value.ok(.decimal(try operation(numbers[0], numbers[1])))
    } catch {
      return Value.err(.string(error.code))
    }
  }
}
