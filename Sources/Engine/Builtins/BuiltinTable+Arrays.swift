// The rows of Arrays, and the functions that execute calls of them.

/// The methods of Arrays, and the members of `Array`.
public enum ArrayBuiltin: UInt16, CaseIterable, Sendable {
  case at = 23, concat = 24, every = 25, filter = 26, findIndex = 27, findLastIndex = 28, flat = 29, flatMap = 30,
    forEach = 31, includes = 32, indexOf = 33, join = 34, lastIndexOf = 35, map = 36, reduce = 37, reduceRight = 38,
    slice = 39, some = 40, toReversed = 41, toSorted = 42, toSpliced = 43, with = 44, from = 47, of = 48, isArray = 49,
    find = 50

  /// Comparing the elements of `xs` with `x`.
  private static let search = BulkCharges(
    BulkCharge(.values, "elements of `xs`, if `x` takes no memory"),
    BulkCharge(.visits, "2 × elements of `xs`, if it does"))

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .at:
      Builtin.Definition(
        name: "at", form: .method, arity: .exactly(1), row: .arrayAccess, callsBack: false, bulk: .none)
    case .concat:
      Builtin.Definition(
        name: "concat", form: .method, arity: .atLeast(0), row: .arrayNew, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.elements, "elements of the result"),
          BulkCharge(.visits, "2 × arguments beyond the second")))
    case .every:
      Builtin.Definition(
        name: "every", form: .method, arity: .exactly(1), row: .arrayAccess, callsBack: true, bulk: .none)
    case .filter:
      Builtin.Definition(
        name: "filter", form: .method, arity: .exactly(1), row: .arrayNew, callsBack: true,
        bulk: .one(.elements, "elements of `xs`"))
    case .findIndex:
      Builtin.Definition(
        name: "findIndex", form: .method, arity: .exactly(1), row: .arrayAccess, callsBack: true, bulk: .none)
    case .findLastIndex:
      Builtin.Definition(
        name: "findLastIndex", form: .method, arity: .exactly(1), row: .arrayAccess, callsBack: true, bulk: .none)
    case .flat:
      Builtin.Definition(
        name: "flat", form: .method, arity: .between(0, 1), row: .arrayNew, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.visits, "2 × elements of `xs`"),
          BulkCharge(.elements, "elements that come out, and 4 more"),
          BulkCharge(.visits, "2 × elements of an Array that is flattened again")))
    case .flatMap:
      Builtin.Definition(
        name: "flatMap", form: .method, arity: .exactly(1), row: .arrayNew, callsBack: true,
        bulk: BulkCharges(BulkCharge(.elements, "elements of `xs`"), BulkCharge(.elements, "elements of the result")))
    case .forEach:
      Builtin.Definition(
        name: "forEach", form: .method, arity: .exactly(1), row: .arrayAccess, callsBack: true, bulk: .none)
    case .includes:
      Builtin.Definition(
        name: "includes", form: .method, arity: .between(1, 2), row: .arrayAccess, callsBack: false,
        bulk: ArrayBuiltin.search)
    case .indexOf:
      Builtin.Definition(
        name: "indexOf", form: .method, arity: .between(1, 2), row: .arrayAccess, callsBack: false,
        bulk: ArrayBuiltin.search)
    case .join:
      Builtin.Definition(
        name: "join", form: .method, arity: .between(0, 1), row: .arrayJoin, callsBack: false,
        bulk: BulkCharges(BulkCharge(.visits, "2 × elements of `xs`"), BulkCharge(.stringSearch, "bytes of the result"))
      )
    case .lastIndexOf:
      Builtin.Definition(
        name: "lastIndexOf", form: .method, arity: .between(1, 2), row: .arrayAccess, callsBack: false,
        bulk: ArrayBuiltin.search)
    case .map:
      Builtin.Definition(
        name: "map", form: .method, arity: .exactly(1), row: .arrayNew, callsBack: true,
        bulk: .one(.elements, "elements of `xs`"))
    case .reduce:
      Builtin.Definition(
        name: "reduce", form: .method, arity: .between(1, 2), row: .arrayAccess, callsBack: true, bulk: .none)
    case .reduceRight:
      Builtin.Definition(
        name: "reduceRight", form: .method, arity: .between(1, 2), row: .arrayAccess, callsBack: true, bulk: .none)
    case .slice:
      Builtin.Definition(
        name: "slice", form: .method, arity: .between(0, 2), row: .arraySlice, callsBack: false,
        bulk: .one(.elements, "elements of the result"))
    case .some:
      Builtin.Definition(
        name: "some", form: .method, arity: .exactly(1), row: .arrayAccess, callsBack: true, bulk: .none)
    case .toReversed:
      Builtin.Definition(
        name: "toReversed", form: .method, arity: .exactly(0), row: .arrayReverse, callsBack: false,
        bulk: .one(.elements, "elements of `xs`"))
    case .toSorted:
      Builtin.Definition(
        name: "toSorted", form: .method, arity: .between(0, 1), row: .arraySort, callsBack: true,
        bulk: BulkCharges(
          BulkCharge(.steps, "⌈log2(n + 1)⌉ steps for each of the n elements"),
          BulkCharge(.stringComparison, "bytes of the shorter String"), BulkCharge(.elements, "elements of `xs`")))
    case .toSpliced:
      Builtin.Definition(
        name: "toSpliced", form: .method, arity: .atLeast(1), row: .arraySplice, callsBack: false,
        bulk: .one(.elements, "elements of the result"))
    case .with:
      Builtin.Definition(
        name: "with", form: .method, arity: .exactly(2), row: .arraySplice, callsBack: false,
        bulk: .one(.elements, "elements of `xs`"))
    case .from:
      Builtin.Definition(
        name: "from", form: .function, arity: .between(1, 2), row: .arrayNew, callsBack: true,
        bulk: BulkCharges(
          BulkCharge(.elements, "elements of the result, 4 × pairs of a Map, or 2 × bytes of a String"),
          BulkCharge(.visits, "2 × pairs of a Map")))
    case .of:
      Builtin.Definition(
        name: "of", form: .function, arity: .atLeast(0), row: .arrayNew, callsBack: false,
        bulk: .one(.elements, "elements of the result"))
    case .isArray:
      Builtin.Definition(
        name: "isArray", form: .function, arity: .exactly(1), row: .strictEq, callsBack: false, bulk: .none)
    case .find:
      Builtin.Definition(
        name: "find", form: .function, arity: .exactly(2), row: .arrayAccess, callsBack: true, bulk: .none)
    }
  }
}

extension Machine {
  /// Executes a call of a built-in of Arrays.
  mutating func start(_ builtin: ArrayBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .at: .done(try arrayAt(call))
    case .concat: .done(try arrayConcat(call))
    case .every:
      try startIteration(
        ArrayIteration(direction: .forwards, verdict: .endsIfFalse, result: .verdict), of: .receiver, call)
    case .filter:
      try startIteration(
        ArrayIteration(direction: .forwards, verdict: .keepsElement, result: .keptElements), of: .receiver, call)
    case .findIndex:
      try startIteration(
        ArrayIteration(direction: .forwards, verdict: .endsIfTrue, result: .index), of: .receiver, call)
    case .findLastIndex:
      try startIteration(
        ArrayIteration(direction: .backwards, verdict: .endsIfTrue, result: .index), of: .receiver, call)
    case .flat: .done(try arrayFlat(call))
    case .flatMap:
      try startIteration(
        ArrayIteration(direction: .forwards, verdict: .isElement, result: .flattenedArray), of: .receiver, call)
    case .forEach:
      try startIteration(
        ArrayIteration(direction: .forwards, verdict: .isIgnored, result: .nothing), of: .receiver, call)
    case .includes: .done(try arrayIncludes(call))
    case .indexOf: .done(try arrayIndexOf(call))
    case .join: .done(try arrayJoin(call))
    case .lastIndexOf: .done(try arrayLastIndexOf(call))
    case .map:
      try startIteration(ArrayIteration(direction: .forwards, verdict: .isElement, result: .array), of: .receiver, call)
    case .reduce: try startReduce(.forwards, call)
    case .reduceRight: try startReduce(.backwards, call)
    case .slice: .done(try arraySlice(call))
    case .some:
      try startIteration(
        ArrayIteration(direction: .forwards, verdict: .endsIfTrue, result: .verdict), of: .receiver, call)
    case .toReversed: .done(try arrayToReversed(call))
    case .toSorted: try startSort(call)
    case .toSpliced: .done(try arrayToSpliced(call))
    case .with: .done(try arrayWith(call))
    case .from: try startArrayFrom(call)
    case .of: .done(try arrayOf(call))
    case .isArray: .done(try arrayIsArray(call))
    case .find:
      try startIteration(
        ArrayIteration(direction: .forwards, verdict: .endsIfTrue, result: .element), of: .firstArgument, call)
    }
  }
}
