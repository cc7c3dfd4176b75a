// The rows of Options, Results and the names without a namespace, and the functions that execute calls of them.

/// The names without a namespace.
public enum GlobalBuiltin: UInt16, CaseIterable, Sendable {
  case string = 45, some = 68, none = 69, ok = 70, err = 71, decimal = 80

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .string:
      Builtin.Definition(
        name: "String", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.stringBuilding, "bytes of the result"))
    case .some:
      Builtin.Definition(
        name: "Some", form: .function, arity: .exactly(1), row: .optionSome, callsBack: false, bulk: .none)
    case .none:
      Builtin.Definition(
        name: "None", form: .constant(.none), arity: .exactly(0), row: .stackPush, callsBack: false, bulk: .none)
    case .ok:
      Builtin.Definition(
        name: "Ok", form: .function, arity: .exactly(1), row: .resultOk, callsBack: false, bulk: .none)
    case .err:
      Builtin.Definition(
        name: "Err", form: .function, arity: .exactly(1), row: .resultErr, callsBack: false, bulk: .none)
    case .decimal:
      Builtin.Definition(
        name: "Decimal", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `text`"))
    }
  }
}

extension Machine {
  /// Executes a call of a name without a namespace.
  mutating func start(_ builtin: GlobalBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .string: .done(try stringFrom(call))
    case .some: .done(try some(call))
    case .ok: .done(try ok(call))
    case .err: .done(try err(call))
    case .decimal: .done(try decimalOfText(call))
    case .none: preconditionFailure("a constant is not called")
    }
  }
}

/// The members of `Option`.
public enum OptionBuiltin: UInt16, CaseIterable, Sendable {
  case map = 72, unwrapOr = 73, isSome = 74

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .map:
      Builtin.Definition(
        name: "map", form: .function, arity: .exactly(2), row: .propAccess, callsBack: true, bulk: .none)
    case .unwrapOr:
      Builtin.Definition(
        name: "unwrapOr", form: .function, arity: .exactly(2), row: .propAccess, callsBack: false, bulk: .none)
    case .isSome:
      Builtin.Definition(
        name: "isSome", form: .function, arity: .exactly(1), row: .propAccess, callsBack: false, bulk: .none)
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Option`.
  mutating func start(_ builtin: OptionBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .map: try startMapping(of: .some, shape: LibraryConstant.someShape, call)
    case .unwrapOr: .done(try unwrapOr(.some, call))
    case .isSome: .done(try isVariant(.some, call))
    }
  }
}

/// The members of `Result`.
public enum ResultBuiltin: UInt16, CaseIterable, Sendable {
  case map = 75, mapErr = 76, andThen = 77, unwrapOr = 78, isOk = 79

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .map:
      Builtin.Definition(
        name: "map", form: .function, arity: .exactly(2), row: .propAccess, callsBack: true, bulk: .none)
    case .mapErr:
      Builtin.Definition(
        name: "mapErr", form: .function, arity: .exactly(2), row: .propAccess, callsBack: true, bulk: .none)
    case .andThen:
      Builtin.Definition(
        name: "andThen", form: .function, arity: .exactly(2), row: .propAccess, callsBack: true, bulk: .none)
    case .unwrapOr:
      Builtin.Definition(
        name: "unwrapOr", form: .function, arity: .exactly(2), row: .propAccess, callsBack: false, bulk: .none)
    case .isOk:
      Builtin.Definition(
        name: "isOk", form: .function, arity: .exactly(1), row: .propAccess, callsBack: false, bulk: .none)
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Result`.
  mutating func start(_ builtin: ResultBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .map: try startMapping(of: .ok, shape: LibraryConstant.okShape, call)
    case .mapErr: try startMapping(of: .err, shape: LibraryConstant.errShape, call)
    case .andThen: try startAndThen(call)
    case .unwrapOr: .done(try unwrapOr(.ok, call))
    case .isOk: .done(try isVariant(.ok, call))
    }
  }
}
