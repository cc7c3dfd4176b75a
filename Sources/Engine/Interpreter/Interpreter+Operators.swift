/// Operators that do not charge, off the interpreter's fast paths: boxed integers, Decimals, and all errors. The
/// charges of these instructions are in the code. See `RunningMachine.uncharged`.
extension UnchargedMachine {
  /// The operators on two numbers of the same kind.
  enum ArithmeticOperator {
    case add, subtract, multiply, divide, remainder

    /// The operation on Decimals; nil for the remainder, which Decimals don't have.
    var onDecimals: Decimal128.Operation? {
      switch self {
      case .add: .addition
      case .subtract: .subtraction
      case .multiply: .multiplication
      case .divide: .division
      case .remainder: nil
      }
    }
  }

  /// Checked arithmetic. Division of Ints truncates. A remainder has the sign of the dividend (ECMA-262 6.1.6.2.5 and
  /// .6). Results of Decimals are rounded half to even.
  ///
  /// - Throws: `typeMismatch`, `integerOverflow`, `decimalOverflow`, `divisionByZero`, `memoryExhausted`.
  @inline(never)
  mutating func arithmetic(_ operation: ArithmeticOperator, _ left: Value, _ right: Value) throws(Trap) -> Value {
    if let operation = operation.onDecimals, let a = memory.decimalOrNil(left), let b = memory.decimalOrNil(right) {
      return try calculate(operation, a, b)
    }
    let (a, b) = (try memory.integer(left), try memory.integer(right))
    let (result, overflow): (Int64, Bool)
    switch operation {
    case .add: (result, overflow) = a.addingReportingOverflow(b)
    case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
    case .divide:
      if b == 0 { throw .divisionByZero }
      (result, overflow) = a.dividedReportingOverflow(by: b)
    case .remainder:
      if b == 0 { throw .divisionByZero }
      // The only overflow is Int.MIN % -1; its remainder is 0.
      (result, overflow) = (b == -1 ? 0 : a % b, false)
    }
    if overflow { throw .integerOverflow }
    if let value = Value(inline: result) { return value }
    try reserve(words: 2)
    return heap.makeInteger(result)
  }

  private mutating func calculate(
    _ operation: Decimal128.Operation, _ left: Decimal128, _ right: Decimal128
  ) throws(Trap) -> Value {
    let result: Decimal128
    do throws(DecimalError) { result = try Decimal128.perform(operation, left, right) } catch { throw error.trap }
    return try newDecimal(result)
  }

  /// `-a` of an Int or a Decimal.
  @inline(never)
  mutating func negate(_ value: Value) throws(Trap) -> Value {
    if let number = memory.decimalOrNil(value) { return try newDecimal(number.negated) }
    return try arithmetic(.subtract, Value(small: 0), value)
  }

  /// The order of two Ints or two Decimals: see `LinearMemory.orderOfNumbers`.
  @inline(never)
  mutating func orderOfNumbers(_ left: Value, _ right: Value) throws(Trap) -> Int {
    try memory.orderOfNumbers(left, right)
  }

  /// `checkText`: accepts a value that can be converted to text; throws `TypeMismatch` for others.
  @inline(never)
  mutating func checkText(_ value: Value) throws(Trap) {
    if !memory.hasText(value) { throw .typeMismatch }
  }
}

/// Operators that charge, off the interpreter's fast paths. See `RunningMachine.charging`.
extension Machine {
  /// `a + b` of two Strings. It is priced as a concatenation, so the charge for the addition, which is in the code, is
  /// taken back.
  @inline(never)
  mutating func addStrings(_ left: Value, _ right: Value) throws(Trap) -> Value {
    gas &+= Int64(GasRow.add.cost)
    return try concatenate(left, right)
  }

  /// The order of two Ints, two Decimals (in constant time) or two Strings: negative, 0 or positive. Strings are
  /// ordered by UTF-16 code units (ECMA-262 7.2.13); the charge depends on the bytes of the shorter one.
  @inline(never)
  mutating func order(_ left: Value, _ right: Value) throws(Trap) -> Int {
    if memory.areStrings(left, right) {
      let (a, b) = (StringView(memory, left.offset), StringView(memory, right.offset))
      try charge(BulkWork.stringComparison.units(min(a.byteCount, b.byteCount)))
      return a.compareUTF16(b)
    }
    return try memory.orderOfNumbers(left, right)
  }

  /// The whole charge of an instruction's own operation. It may depend on the operands.
  ///
  /// - Parameter units: the part of it that is in the code.
  func ownCharge(of instruction: Instruction, charging units: Int, _ r: Registers) -> Int {
    let behavior = instruction.checkedOpcode.behavior
    switch behavior.charging {
    case .sum:
      let (left, right) = (r[instruction.b], r[instruction.c])
      guard memory.areStrings(left, right) else { return units }
      let bytes = StringView(memory, left.offset).byteCount &+ StringView(memory, right.offset).byteCount
      return GasRow.strConcat.cost &+ BulkWork.stringBuilding.units(bytes)
    case .index:
      return indexCharge(r[instruction.b], r[instruction.c])
    case .computedKey:
      return keyCharge(r[instruction.b], r[instruction.c])
    case .comparison:
      // A jump compares a and b. An instruction with a result has the result in a, and compares b and c.
      let (left, right) = behavior.jumpsNear ? (instruction.a, instruction.b) : (instruction.b, instruction.c)
      return units &+ comparisonUnits(r[left], r[right])
    case .free, .fixed, .namedKey, .call, .itself:
      return units
    }
  }

  /// The price of comparing two values in addition to the row: for two Strings, it depends on the bytes of the shorter
  /// one.
  private func comparisonUnits(_ left: Value, _ right: Value) -> Int {
    guard memory.areStrings(left, right) else { return 0 }
    let (a, b) = (StringView(memory, left.offset), StringView(memory, right.offset))
    return BulkWork.stringComparison.units(min(a.byteCount, b.byteCount))
  }
}

extension LinearMemory {
  /// The order of two Ints, or of two Decimals (in constant time): negative, 0 or positive.
  ///
  /// - Throws: `typeMismatch` for anything else.
  func orderOfNumbers(_ left: Value, _ right: Value) throws(Trap) -> Int {
    if let a = decimalOrNil(left), let b = decimalOrNil(right) { return DecimalComparison.compare(a, b) }
    let (a, b) = (try integer(left), try integer(right))
    return a < b ? -1 : a == b ? 0 : 1
  }
}
