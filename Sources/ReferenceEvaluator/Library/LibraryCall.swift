import Engine

/// A call of a function of the library.
struct LibraryCall {
  let builtin: Builtin
  /// The value before the dot of a method; `undefined` for a function.
  let receiver: Value
  let arguments: [Value]

  /// An argument; `undefined` past the last one.
  subscript(index: Int) -> Value { index < arguments.count ? arguments[index] : .undefined }

  /// An argument that may be left out; nil if it is of another kind than Int.
  func int(_ index: Int, default: Int64) -> Int64? {
    self[index].isUndefined ? `default` : self[index].asInt
  }

  /// An argument that may be left out; nil if it is of another kind than String.
  func string(_ index: Int, default: Text) -> Text? {
    self[index].isUndefined ? `default` : self[index].asString
  }
}

extension Evaluation {
  /// The charge of a call: its row, and the bulk for a size of the first work that the table names with it.
  func charge(_ call: LibraryCall, _ size: Int = 0) throws(Stop) {
    try charge(call.builtin.definition.row.units + (call.builtin.bulk.first?.work.units(of: size) ?? 0))
  }

  /// The charge of a call: its row, and the bulk for the sizes of several kinds of work.
  func charge(_ call: LibraryCall, _ works: (BulkWork, Int)...) throws(Stop) {
    try charge(works.reduce(call.builtin.definition.row.units) { $0 + $1.0.units(of: $1.1) })
  }

  /// An argument that must be of a kind, which the caller has asked for. If it is not, the call costs its row alone.
  func require<Kind>(_ value: Kind?, _ call: LibraryCall) throws(Stop) -> Kind {
    guard let value else { throw try refusal(of: call, .typeMismatch) }
    return value
  }

  /// The end of a call that can't be made, whose row alone is charged.
  func refusal(of call: LibraryCall, _ stop: Stop) throws(Stop) -> Stop {
    try charge(call)
    return stop
  }

  /// The value of a constant of the library, or of a function as a value.
  func constant(_ builtin: Builtin) -> Value {
    switch builtin {
    case .intMax: .int(.max)
    case .intMin: .int(.min)
    case .none: Value.none
    case .mapEmpty: .map(.empty)
    default: .builtin(builtin)
    }
  }

  /// What a call gives.
  func library(_ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .stringAt, .stringCharAt, .stringCharCodeAt, .stringCodePointAt, .stringConcat, .stringEndsWith,
      .stringIncludes,
      .stringIndexOf, .stringLastIndexOf, .stringPadEnd, .stringPadStart, .stringRepeat, .stringReplace,
      .stringReplaceAll, .stringSlice, .stringSplit, .stringStartsWith, .stringSubstring, .stringToLowerCase,
      .stringToUpperCase, .stringTrim, .stringTrimEnd, .stringTrimStart:
      guard case .string(let text) = call.receiver else { preconditionFailure("methods are found by their receiver") }
      return try method(of: text, call)
    case .arrayAt, .arrayConcat, .arrayEvery, .arrayFilter, .arrayFindIndex, .arrayFindLastIndex, .arrayFlat,
      .arrayFlatMap, .arrayForEach, .arrayIncludes, .arrayIndexOf, .arrayJoin, .arrayLastIndexOf, .arrayMap,
      .arrayReduce,
      .arrayReduceRight, .arraySlice, .arraySome, .arrayToReversed, .arrayToSorted, .arrayToSpliced, .arrayWith:
      guard case .array(let elements) = call.receiver else {
        preconditionFailure("methods are found by their receiver")
      }
      return try method(of: elements, call)
    case .stringFrom, .stringFromCodePoint: return try stringFunction(call)
    case .arrayFrom, .arrayOf, .arrayIsArray, .arrayFind: return try arrayFunction(call)
    case .objectKeys, .objectValues, .objectEntries, .objectFromEntries, .objectHasOwn, .objectGet:
      return try objectFunction(call)
    case .intParse, .mathAbs, .mathMax, .mathMin, .mathSign: return try numberFunction(call)
    case .jsonParse, .jsonStringify, .jsonKind, .jsonIsNull: return try jsonFunction(call)
    case .some, .ok, .err, .optionMap, .optionUnwrapOr, .optionIsSome, .resultMap, .resultMapErr, .resultAndThen,
      .resultUnwrapOr, .resultIsOk:
      return try variantFunction(call)
    case .decimalOfText, .decimalParse, .decimalFrom, .decimalAdd, .decimalSub, .decimalMul, .decimalDiv, .decimalNeg,
      .decimalAbs, .decimalRound, .decimalCompare, .decimalEq, .decimalLt, .decimalToString, .decimalToInt:
      return try decimalFunction(call)
    case .mapOf, .mapGet, .mapHas, .mapSet, .mapDelete, .mapSize, .mapKeys, .mapValues, .mapEntries:
      return try mapFunction(call)
    case .hashCbor, .hashFnv1a, .hashSha256: return try hashFunction(call)
    case .textSha256, .textHmacSha256, .textBase64Encode, .textBase64Decode, .textBase64UrlEncode, .textBase64UrlDecode,
      .textUrlEncode, .textUrlDecode:
      return try textFunction(call)
    case .intMax, .intMin, .none, .mapEmpty: preconditionFailure("a constant is not called")
    }
  }

  /// Runs what calls functions that a function of the library was given, which takes a level of the stack from the first
  /// call on.
  func callingBack(_ count: Int, _ body: () throws(Stop) -> Value) throws(Stop) -> Value {
    if count == 0 { return try body() }
    try takeStack(Evaluation.levelWords)
    let value = try body()
    giveStackBack(Evaluation.levelWords)
    return value
  }
}

/// The ways in which ECMAScript brings an index into the bounds of what it indexes.
enum Place {
  /// From 0 to `length`; a negative index counts from the end.
  static func relative(_ index: Int64, _ length: Int) -> Int {
    clamped(index < 0 ? index + Int64(length) : index, length)
  }

  /// From 0 to `length`; a negative index is 0.
  static func clamped(_ index: Int64, _ length: Int) -> Int { Int(min(max(index, 0), Int64(length))) }

  /// That of one element, a negative index counting from the end; nil if there is none.
  static func element(_ index: Int64, _ length: Int) -> Int? {
    let place = index < 0 ? index + Int64(length) : index
    return place >= 0 && place < Int64(length) ? Int(place) : nil
  }
}
