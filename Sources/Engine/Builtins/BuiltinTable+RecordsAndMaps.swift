// The rows of Records and Maps, and the functions that execute calls of them.

/// The members of `Object`: functions on Records.
public enum ObjectBuiltin: UInt16, CaseIterable, Sendable {
  case keys = 51, values = 52, entries = 53, fromEntries = 54, hasOwn = 55, get = 56

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .keys:
      Builtin.Definition(
        name: "keys", form: .function, arity: .exactly(1), row: .objectKeys, callsBack: false,
        bulk: .one(.elements, "fields"))
    case .values:
      Builtin.Definition(
        name: "values", form: .function, arity: .exactly(1), row: .objectValues, callsBack: false,
        bulk: .one(.elements, "fields"))
    case .entries:
      Builtin.Definition(
        name: "entries", form: .function, arity: .exactly(1), row: .objectEntries, callsBack: false,
        bulk: .one(.elements, "4 × fields"))
    case .fromEntries:
      Builtin.Definition(
        name: "fromEntries", form: .function, arity: .exactly(1), row: .objectNew, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.visits, "2 × entries"), BulkCharge(.elements, "2 × entries"),
          BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for n entries"), BulkCharge(.canonicalText, "bytes of all keys"),
          BulkCharge(.keyComparison, "bytes of all keys × ⌈log2(n + 1)⌉")))
    case .hasOwn:
      Builtin.Definition(
        name: "hasOwn", form: .function, arity: .exactly(2), row: .propAccess, callsBack: false,
        bulk: .fieldSearch)
    case .get:
      Builtin.Definition(
        name: "get", form: .function, arity: .exactly(2), row: .propAccess, callsBack: false,
        bulk: .fieldSearch)
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Object`.
  mutating func start(_ builtin: ObjectBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .keys: .done(try objectKeys(call))
    case .values: .done(try objectValues(call))
    case .entries: .done(try objectEntries(call))
    case .fromEntries: .done(try objectFromEntries(call))
    case .hasOwn: .done(try objectHasOwn(call))
    case .get: .done(try objectGet(call))
    }
  }
}

/// The members of `Map`.
public enum MapBuiltin: UInt16, CaseIterable, Sendable {
  case empty = 95, of = 96, get = 97, has = 98, set = 99, delete = 100, size = 101, keys = 102, values = 103,
    entries = 104

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .empty:
      Builtin.Definition(
        name: "empty", form: .constant(.emptyMap), arity: .exactly(0), row: .stackPush, callsBack: false, bulk: .none)
    case .of:
      Builtin.Definition(
        name: "of", form: .function, arity: .exactly(1), row: .objectNew, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.visits, "2 × entries"), BulkCharge(.elements, "4 × entries"),
          BulkCharge(.steps, "2 × ⌈log2(n + 1)⌉ steps for each entry"),
          BulkCharge(.nodes, "3 × values and keys of the key"), BulkCharge(.canonicalText, "bytes of the key's CBOR"),
          BulkCharge(.ordering, "2 × n × ⌈log2(n + 1)⌉ for each Record and Map of n members in it"),
          BulkCharge(.keyComparison, "bytes of the key's CBOR × ⌈log2(n + 1)⌉")))
    case .get:
      Builtin.Definition(
        name: "get", form: .function, arity: .exactly(2), row: .propAccess, callsBack: false,
        bulk: .search(steps: "⌈log2(n + 1)⌉ steps among the n pairs"))
    case .has:
      Builtin.Definition(
        name: "has", form: .function, arity: .exactly(2), row: .propAccess, callsBack: false,
        bulk: .search(steps: "⌈log2(n + 1)⌉ steps among the n pairs"))
    case .set:
      Builtin.Definition(
        name: "set", form: .function, arity: .exactly(3), row: .objectNew, callsBack: false,
        bulk: .search(steps: "4 × ⌈log2(n + 1)⌉ steps among the n pairs"))
    case .delete:
      Builtin.Definition(
        name: "delete", form: .function, arity: .exactly(2), row: .objectNew, callsBack: false,
        bulk: .search(steps: "4 × ⌈log2(n + 1)⌉ steps among the n pairs"))
    case .size:
      Builtin.Definition(
        name: "size", form: .function, arity: .exactly(1), row: .propAccess, callsBack: false, bulk: .none)
    case .keys:
      Builtin.Definition(
        name: "keys", form: .function, arity: .exactly(1), row: .objectKeys, callsBack: false,
        bulk: BulkCharges(BulkCharge(.visits, "2 × pairs"), BulkCharge(.elements, "pairs")))
    case .values:
      Builtin.Definition(
        name: "values", form: .function, arity: .exactly(1), row: .objectValues, callsBack: false,
        bulk: BulkCharges(BulkCharge(.visits, "2 × pairs"), BulkCharge(.elements, "pairs")))
    case .entries:
      Builtin.Definition(
        name: "entries", form: .function, arity: .exactly(1), row: .objectEntries, callsBack: false,
        bulk: BulkCharges(BulkCharge(.visits, "2 × pairs"), BulkCharge(.elements, "4 × pairs")))
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Map`.
  mutating func start(_ builtin: MapBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .of: .done(try mapOf(call))
    case .get: .done(try mapGet(call))
    case .has: .done(try mapHas(call))
    case .set: .done(try mapSet(call))
    case .delete: .done(try mapDelete(call))
    case .size: .done(try mapSize(call))
    case .keys: .done(try mapMembers(.key, call))
    case .values: .done(try mapMembers(.value, call))
    case .entries: .done(try mapEntries(call))
    case .empty: preconditionFailure("a constant is not called")
    }
  }
}

extension BulkCharges {
  /// The charges of a search for a key in a Map.
  fileprivate static func search(steps: StaticString) -> BulkCharges {
    BulkCharges(
      BulkCharge(.steps, steps), BulkCharge(.nodes, "3 × values and keys of the key"),
      BulkCharge(.canonicalText, "bytes of the key's CBOR"),
      BulkCharge(.ordering, "2 × n × ⌈log2(n + 1)⌉ for each Record and Map of n members in it"),
      BulkCharge(.keyComparison, "bytes of the key's CBOR × ⌈log2(n + 1)⌉"))
  }

  /// The charges of a search for a field of a Record.
  fileprivate static var fieldSearch: BulkCharges {
    BulkCharges(
      BulkCharge(.canonicalText, "bytes of the key"), BulkCharge(.steps, "⌈log2(n + 1)⌉ steps among the n fields"),
      BulkCharge(.keyComparison, "bytes of the key × ⌈log2(n + 1)⌉"))
  }
}
