// Where a call of a built-in goes: one function for each, or for a few that differ in little.

extension Machine {
  /// Calls a built-in that calls no function itself.
  ///
  /// Every built-in keeps the same order: the charge for its row, together with the work that the sizes of its operands
  /// determine; then their kinds; then their ranges; then memory is reserved; then the result is built.
  mutating func callBuiltin(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) -> Value {
    try checkArity(builtin, arguments)
    switch builtin {
    case .stringAt: return try stringAt(arguments)
    case .stringCharAt: return try stringCharAt(arguments)
    case .stringCharCodeAt: return try stringCharCodeAt(arguments)
    case .stringCodePointAt: return try stringCodePointAt(arguments)
    case .stringConcat: return try stringConcat(arguments)
    case .stringEndsWith: return try stringEndsWith(arguments)
    case .stringIncludes: return try stringIncludes(arguments)
    case .stringIndexOf: return try stringIndexOf(arguments)
    case .stringLastIndexOf: return try stringLastIndexOf(arguments)
    case .stringPadEnd, .stringPadStart: return try stringPad(builtin, arguments)
    case .stringRepeat: return try stringRepeat(arguments)
    case .stringSlice: return try stringSlice(arguments)
    case .stringSplit: return try stringSplit(arguments)
    case .stringStartsWith: return try stringStartsWith(arguments)
    case .stringSubstring: return try stringSubstring(arguments)
    case .stringToLowerCase, .stringToUpperCase: return try stringToCase(builtin, arguments)
    case .stringTrim, .stringTrimEnd, .stringTrimStart: return try stringTrim(builtin, arguments)
    case .stringFrom: return try stringFrom(arguments)
    case .stringFromCodePoint: return try stringFromCodePoint(arguments)
    case .arrayAt: return try arrayAt(arguments)
    case .arrayConcat: return try arrayConcat(arguments)
    case .arrayFlat: return try arrayFlat(arguments)
    case .arrayIncludes: return try arrayIncludes(arguments)
    case .arrayIndexOf: return try arrayIndexOf(arguments)
    case .arrayJoin: return try arrayJoin(arguments)
    case .arrayLastIndexOf: return try arrayLastIndexOf(arguments)
    case .arraySlice: return try arraySlice(arguments)
    case .arrayToReversed: return try arrayToReversed(arguments)
    case .arrayToSpliced: return try arrayToSpliced(arguments)
    case .arrayWith: return try arrayWith(arguments)
    case .arrayOf: return try arrayOf(arguments)
    case .arrayIsArray: return try arrayIsArray(arguments)
    case .objectKeys: return try objectKeys(arguments)
    case .objectValues: return try objectValues(arguments)
    case .objectEntries: return try objectEntries(arguments)
    case .objectFromEntries: return try objectFromEntries(arguments)
    case .objectHasOwn: return try objectHasOwn(arguments)
    case .objectGet: return try objectGet(arguments)
    case .intParse: return try intParse(arguments)
    case .mathAbs: return try mathAbs(arguments)
    case .mathMax, .mathMin: return try mathExtreme(builtin, arguments)
    case .mathSign: return try mathSign(arguments)
    case .jsonParse: return try jsonParse(arguments)
    case .jsonStringify: return try jsonStringify(arguments)
    case .jsonKind: return try jsonKind(arguments)
    case .jsonIsNull: return try jsonIsNull(arguments)
    case .some, .ok, .err: return try construct(builtin, arguments)
    case .optionIsSome, .resultIsOk: return try isPresent(builtin, arguments)
    case .optionUnwrapOr, .resultUnwrapOr: return try unwrapOr(builtin, arguments)
    case .decimalOfText: return try decimalOfText(arguments)
    case .decimalParse: return try decimalParse(arguments)
    case .decimalFrom: return try decimalFrom(arguments)
    case .decimalAdd, .decimalSub, .decimalMul, .decimalDiv: return try decimalArithmetic(builtin, arguments)
    case .decimalNeg, .decimalAbs: return try decimalSign(builtin, arguments)
    case .decimalRound: return try decimalRound(arguments)
    case .decimalCompare, .decimalEq, .decimalLt: return try decimalComparison(builtin, arguments)
    case .decimalToString: return try decimalToString(arguments)
    case .decimalToInt: return try decimalToInt(arguments)
    case .mapOf: return try mapOf(arguments)
    case .mapGet: return try mapGet(arguments)
    case .mapHas: return try mapHas(arguments)
    case .mapSet: return try mapSet(arguments)
    case .mapDelete: return try mapDelete(arguments)
    case .mapSize: return try mapSize(arguments)
    case .mapKeys, .mapValues: return try mapMembers(builtin, arguments)
    case .mapEntries: return try mapEntries(arguments)
    case .hashCbor: return try hashCbor(arguments)
    case .hashFnv1a: return try hashFnv1a(arguments)
    case .hashSha256: return try hashSha256(arguments)
    case .textSha256: return try textSha256(arguments)
    case .textHmacSha256: return try textHmacSha256(arguments)
    case .textBase64Encode, .textBase64UrlEncode: return try textBase64Encode(builtin, arguments)
    case .textBase64Decode, .textBase64UrlDecode: return try textBase64Decode(builtin, arguments)
    case .textUrlEncode: return try textUrlEncode(arguments)
    case .textUrlDecode: return try textUrlDecode(arguments)
    case .intMax, .intMin, .none, .mapEmpty:
      preconditionFailure("a constant is not called")
    case .stringReplace, .stringReplaceAll, .arrayEvery, .arrayFilter, .arrayFindIndex, .arrayFindLastIndex,
      .arrayFlatMap, .arrayForEach, .arrayMap, .arrayReduce, .arrayReduceRight, .arraySome, .arrayToSorted, .arrayFrom,
      .arrayFind, .optionMap, .resultMap, .resultMapErr, .resultAndThen:
      preconditionFailure("it is started in a frame of its own")
    }
  }

  /// Begins a call of a built-in that calls functions that it is given. If it gives a result at once, it has left the
  /// frame unused; otherwise its state is in the frame.
  mutating func startBuiltin(
    _ builtin: Builtin, _ frame: BuiltinFrame, _ arguments: Arguments
  ) throws(Trap) -> BuiltinStep {
    try checkArity(builtin, arguments)
    switch builtin {
    case .stringReplace, .stringReplaceAll: return try startReplace(builtin, frame, arguments)
    case .arrayReduce, .arrayReduceRight: return try startReduce(builtin, frame, arguments)
    case .arrayToSorted: return try startSort(frame, arguments)
    case .arrayFrom: return try startArrayFrom(frame, arguments)
    case .optionMap, .resultMap, .resultMapErr, .resultAndThen:
      return try startVariantMap(builtin, frame, arguments)
    default: return try startIteration(builtin, frame, arguments)
    }
  }

  /// Goes on with what the function returned that the built-in had asked to call.
  mutating func resumeBuiltin(
    _ builtin: Builtin, _ frame: BuiltinFrame, result: Value
  ) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .stringReplace, .stringReplaceAll: return try resumeReplace(frame, result: result)
    case .arrayReduce, .arrayReduceRight: return resumeReduce(builtin, frame, result: result)
    case .arrayToSorted: return try resumeSort(frame, result: result)
    case .arrayFrom: return try resumeArrayFrom(frame, result: result)
    case .optionMap, .resultMap, .resultMapErr, .resultAndThen:
      return try resumeVariantMap(builtin, frame, result: result)
    default: return try resumeIteration(builtin, frame, result: result)
    }
  }

  /// A wrong number of arguments costs the row and is `ArityMismatch`.
  @inline(__always)
  private mutating func checkArity(_ builtin: Builtin, _ arguments: Arguments) throws(Trap) {
    let definition = builtin.definition
    if arguments.count < definition.minimumArity || arguments.count > definition.maximumArity ?? .max {
      throw failure(.arityMismatch, of: builtin)
    }
  }
}
