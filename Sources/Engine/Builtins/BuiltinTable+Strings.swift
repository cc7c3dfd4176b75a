// The rows of Strings, and the functions that execute calls of them.

/// The methods of Strings, and the members of `String`.
public enum StringBuiltin: UInt16, CaseIterable, Sendable {
  case at = 0, charAt = 1, charCodeAt = 2, codePointAt = 3, concat = 4, endsWith = 5, includes = 6, indexOf = 7,
    lastIndexOf = 8, padEnd = 9, padStart = 10, `repeat` = 11, replace = 12, replaceAll = 13, slice = 14, split = 15,
    startsWith = 16, substring = 17, toLowerCase = 18, toUpperCase = 19, trim = 20, trimEnd = 21, trimStart = 22,
    fromCodePoint = 46

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .at:
      Builtin.Definition(
        name: "at", form: .method, arity: .exactly(1), row: .strIndex, callsBack: false,
        bulk: .one(.stringSearch, "code units before that place, if `s` is not all ASCII"))
    case .charAt:
      Builtin.Definition(
        name: "charAt", form: .method, arity: .between(0, 1), row: .strIndex, callsBack: false,
        bulk: .one(.stringSearch, "code units before that place, if `s` is not all ASCII"))
    case .charCodeAt:
      Builtin.Definition(
        name: "charCodeAt", form: .method, arity: .between(0, 1), row: .strIndex, callsBack: false,
        bulk: .one(.stringSearch, "code units before that place, if `s` is not all ASCII"))
    case .codePointAt:
      Builtin.Definition(
        name: "codePointAt", form: .method, arity: .between(0, 1), row: .strIndex, callsBack: false,
        bulk: .one(.stringSearch, "code units before that place, if `s` is not all ASCII"))
    case .concat:
      Builtin.Definition(
        name: "concat", form: .method, arity: .atLeast(0), row: .strConcat, callsBack: false,
        bulk: .one(.stringBuilding, "bytes of the result"))
    case .endsWith:
      Builtin.Definition(
        name: "endsWith", form: .method, arity: .between(1, 2), row: .strSearch, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`"))
    case .includes:
      Builtin.Definition(
        name: "includes", form: .method, arity: .between(1, 2), row: .strSearch, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`"))
    case .indexOf:
      Builtin.Definition(
        name: "indexOf", form: .method, arity: .between(1, 2), row: .strSearch, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`"))
    case .lastIndexOf:
      Builtin.Definition(
        name: "lastIndexOf", form: .method, arity: .between(1, 2), row: .strSearch, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`, counted twice"))
    case .padEnd:
      Builtin.Definition(
        name: "padEnd", form: .method, arity: .between(1, 2), row: .strConcat, callsBack: false,
        bulk: .one(.stringBuilding, "bytes of the result"))
    case .padStart:
      Builtin.Definition(
        name: "padStart", form: .method, arity: .between(1, 2), row: .strConcat, callsBack: false,
        bulk: .one(.stringBuilding, "bytes of the result"))
    case .repeat:
      Builtin.Definition(
        name: "repeat", form: .method, arity: .exactly(1), row: .strConcat, callsBack: false,
        bulk: .one(.stringBuilding, "bytes of the result"))
    case .replace:
      Builtin.Definition(
        name: "replace", form: .method, arity: .exactly(2), row: .strReplace, callsBack: true,
        bulk: BulkCharges(
          BulkCharge(.stringSearch, "bytes of `s` and of a replacement that is a String"),
          BulkCharge(.steps, "one for a match, and one for each `$` pattern that is filled in"),
          BulkCharge(.stringSearch, "bytes of the result")))
    case .replaceAll:
      Builtin.Definition(
        name: "replaceAll", form: .method, arity: .exactly(2), row: .strReplace, callsBack: true,
        bulk: BulkCharges(
          BulkCharge(.stringSearch, "bytes of `s` and of a replacement that is a String"),
          BulkCharge(.steps, "one for a match, and one for each `$` pattern that is filled in"),
          BulkCharge(.stringSearch, "bytes of the result")))
    case .slice:
      Builtin.Definition(
        name: "slice", form: .method, arity: .between(0, 2), row: .strSlice, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.stringBuilding, "bytes of the result, if `s` is all ASCII"),
          BulkCharge(.stringSearch, "code units up to the end of the slice, if it is not")))
    case .split:
      Builtin.Definition(
        name: "split", form: .method, arity: .between(1, 2), row: .strSplit, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.stringSearch, "bytes of `s`"), BulkCharge(.steps, "parts"),
          BulkCharge(.elements, "4 × code units, if the separator is empty")))
    case .startsWith:
      Builtin.Definition(
        name: "startsWith", form: .method, arity: .between(1, 2), row: .strSearch, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`"))
    case .substring:
      Builtin.Definition(
        name: "substring", form: .method, arity: .between(1, 2), row: .strSlice, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.stringBuilding, "bytes of the result, if `s` is all ASCII"),
          BulkCharge(.stringSearch, "code units up to the end of the slice, if it is not")))
    case .toLowerCase:
      Builtin.Definition(
        name: "toLowerCase", form: .method, arity: .exactly(0), row: .strFormat, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.canonicalText, "bytes of `s`, if it is all ASCII"),
          BulkCharge(.caseMapping, "bytes of `s`, or of the result if it is longer, if it is not")))
    case .toUpperCase:
      Builtin.Definition(
        name: "toUpperCase", form: .method, arity: .exactly(0), row: .strFormat, callsBack: false,
        bulk: BulkCharges(
          BulkCharge(.canonicalText, "bytes of `s`, if it is all ASCII"),
          BulkCharge(.caseMapping, "bytes of `s`, or of the result if it is longer, if it is not")))
    case .trim:
      Builtin.Definition(
        name: "trim", form: .method, arity: .exactly(0), row: .strSlice, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`"))
    case .trimEnd:
      Builtin.Definition(
        name: "trimEnd", form: .method, arity: .exactly(0), row: .strSlice, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`"))
    case .trimStart:
      Builtin.Definition(
        name: "trimStart", form: .method, arity: .exactly(0), row: .strSlice, callsBack: false,
        bulk: .one(.stringSearch, "bytes of `s`"))
    case .fromCodePoint:
      Builtin.Definition(
        name: "fromCodePoint", form: .function, arity: .atLeast(0), row: .strConcat, callsBack: false,
        bulk: BulkCharges(BulkCharge(.stringBuilding, "bytes of the result"), BulkCharge(.values, "arguments")))
    }
  }
}

extension Machine {
  /// Executes a call of a built-in of Strings.
  mutating func start(_ builtin: StringBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .at: .done(try stringAt(call))
    case .charAt: .done(try stringCharAt(call))
    case .charCodeAt: .done(try stringCharCodeAt(call))
    case .codePointAt: .done(try stringCodePointAt(call))
    case .concat: .done(try stringConcat(call))
    case .endsWith: .done(try stringEndsWith(call))
    case .includes: .done(try stringIncludes(call))
    case .indexOf: .done(try stringIndexOf(call))
    case .lastIndexOf: .done(try stringLastIndexOf(call))
    case .padEnd: .done(try stringPad(atStart: false, call))
    case .padStart: .done(try stringPad(atStart: true, call))
    case .repeat: .done(try stringRepeat(call))
    case .replace: try startReplace(all: false, call)
    case .replaceAll: try startReplace(all: true, call)
    case .slice: .done(try stringSlice(call))
    case .split: .done(try stringSplit(call))
    case .startsWith: .done(try stringStartsWith(call))
    case .substring: .done(try stringSubstring(call))
    case .toLowerCase: .done(try stringToCase(toUpper: false, call))
    case .toUpperCase: .done(try stringToCase(toUpper: true, call))
    case .trim: .done(try stringTrim(start: true, end: true, call))
    case .trimEnd: .done(try stringTrim(start: false, end: true, call))
    case .trimStart: .done(try stringTrim(start: true, end: false, call))
    case .fromCodePoint: .done(try stringFromCodePoint(call))
    }
  }
}
