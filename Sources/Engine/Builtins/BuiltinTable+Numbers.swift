// The rows of numbers, and the functions that execute calls of them.

/// The members of `Int`.
public enum IntBuiltin: UInt16, CaseIterable, Sendable {
  case parse = 57, max = 58, min = 59

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .parse:
      Builtin.Definition(
        name: "parse", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `text`"))
    case .max:
      Builtin.Definition(
        name: "MAX", form: .constant(.greatestInt), arity: .exactly(0), row: .stackPush, callsBack: false, bulk: .none)
    case .min:
      Builtin.Definition(
        name: "MIN", form: .constant(.leastInt), arity: .exactly(0), row: .stackPush, callsBack: false, bulk: .none)
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Int`.
  mutating func start(_ builtin: IntBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .parse: .done(try intParse(call))
    case .max, .min: preconditionFailure("a constant is not called")
    }
  }
}

/// The members of `Math`.
public enum MathBuiltin: UInt16, CaseIterable, Sendable {
  case abs = 60, max = 61, min = 62, sign = 63

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .abs:
      Builtin.Definition(
        name: "abs", form: .function, arity: .exactly(1), row: .neg, callsBack: false, bulk: .none)
    case .max:
      Builtin.Definition(
        name: "max", form: .function, arity: .atLeast(1), row: .gt, callsBack: false,
        bulk: .one(.visits, "2 × arguments beyond the second"))
    case .min:
      Builtin.Definition(
        name: "min", form: .function, arity: .atLeast(1), row: .lt, callsBack: false,
        bulk: .one(.visits, "2 × arguments beyond the second"))
    case .sign:
      Builtin.Definition(
        name: "sign", form: .function, arity: .exactly(1), row: .lt, callsBack: false, bulk: .none)
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Math`.
  mutating func start(_ builtin: MathBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .abs: .done(try mathAbs(call))
    case .max: .done(try mathExtreme(greatest: true, call))
    case .min: .done(try mathExtreme(greatest: false, call))
    case .sign: .done(try mathSign(call))
    }
  }
}

/// The members of `Decimal`.
public enum DecimalBuiltin: UInt16, CaseIterable, Sendable {
  case parse = 81, from = 82, add = 83, sub = 84, mul = 85, div = 86, neg = 87, abs = 88, round = 89, compare = 90,
    eq = 91, lt = 92, toString = 93, toInt = 94

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .parse:
      Builtin.Definition(
        name: "parse", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `text`"))
    case .from:
      Builtin.Definition(
        name: "from", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.stringSearch, "bytes of a String"))
    case .add:
      Builtin.Definition(
        name: "add", form: .function, arity: .exactly(2), row: .add, callsBack: false, bulk: .none)
    case .sub:
      Builtin.Definition(
        name: "sub", form: .function, arity: .exactly(2), row: .sub, callsBack: false, bulk: .none)
    case .mul:
      Builtin.Definition(
        name: "mul", form: .function, arity: .exactly(2), row: .mul, callsBack: false, bulk: .none)
    case .div:
      Builtin.Definition(
        name: "div", form: .function, arity: .exactly(2), row: .div, callsBack: false, bulk: .none)
    case .neg:
      Builtin.Definition(
        name: "neg", form: .function, arity: .exactly(1), row: .neg, callsBack: false, bulk: .none)
    case .abs:
      Builtin.Definition(
        name: "abs", form: .function, arity: .exactly(1), row: .neg, callsBack: false, bulk: .none)
    case .round:
      Builtin.Definition(
        name: "round", form: .function, arity: .exactly(2), row: .mul, callsBack: false, bulk: .none)
    case .compare:
      Builtin.Definition(
        name: "compare", form: .function, arity: .exactly(2), row: .lt, callsBack: false, bulk: .none)
    case .eq:
      Builtin.Definition(
        name: "eq", form: .function, arity: .exactly(2), row: .strictEq, callsBack: false, bulk: .none)
    case .lt:
      Builtin.Definition(
        name: "lt", form: .function, arity: .exactly(2), row: .lt, callsBack: false, bulk: .none)
    case .toString:
      Builtin.Definition(
        name: "toString", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false, bulk: .none)
    case .toInt:
      Builtin.Definition(
        name: "toInt", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false, bulk: .none)
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Decimal`.
  mutating func start(_ builtin: DecimalBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .parse: .done(try decimalParse(call))
    case .from: .done(try decimalFrom(call))
    case .add: .done(try decimalArithmetic(.addition, call))
    case .sub: .done(try decimalArithmetic(.subtraction, call))
    case .mul: .done(try decimalArithmetic(.multiplication, call))
    case .div: .done(try decimalArithmetic(.division, call))
    case .neg: .done(try decimalNeg(call))
    case .abs: .done(try decimalAbs(call))
    case .round: .done(try decimalRound(call))
    case .compare: .done(try decimalCompare(call))
    case .eq: .done(try decimalEq(call))
    case .lt: .done(try decimalLt(call))
    case .toString: .done(try decimalToString(call))
    case .toInt: .done(try decimalToInt(call))
    }
  }
}
