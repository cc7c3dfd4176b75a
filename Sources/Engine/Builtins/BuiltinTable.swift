/// The built-in library: one row for each function, method and constant that programs can name.
///
/// The compiler resolves names with this table, the machine checks arities and charges with it, and the library's
/// reference is printed from it. The order of the cases is part of the image format: a built-in's number stands in
/// code.
public enum Builtin: UInt16, CaseIterable, Sendable {
  // String methods
  case stringAt, stringCharAt, stringCharCodeAt, stringCodePointAt, stringConcat, stringEndsWith, stringIncludes,
    stringIndexOf, stringLastIndexOf, stringPadEnd, stringPadStart, stringRepeat, stringReplace, stringReplaceAll,
    stringSlice, stringSplit, stringStartsWith, stringSubstring, stringToLowerCase, stringToUpperCase, stringTrim,
    stringTrimEnd, stringTrimStart
  // Array methods
  case arrayAt, arrayConcat, arrayEvery, arrayFilter, arrayFindIndex, arrayFindLastIndex, arrayFlat, arrayFlatMap,
    arrayForEach, arrayIncludes, arrayIndexOf, arrayJoin, arrayLastIndexOf, arrayMap, arrayReduce, arrayReduceRight,
    arraySlice, arraySome, arrayToReversed, arrayToSorted, arrayToSpliced, arrayWith
  // globals
  case stringFrom, stringFromCodePoint, arrayFrom, arrayOf, arrayIsArray, arrayFind, objectKeys, objectValues,
    objectEntries, objectFromEntries, objectHasOwn, objectGet, intParse, intMax, intMin, mathAbs, mathMax, mathMin,
    mathSign, jsonParse, jsonStringify, jsonKind, jsonIsNull
  // Option and Result
  case some, none, ok, err, optionMap, optionUnwrapOr, optionIsSome, resultMap, resultMapErr, resultAndThen,
    resultUnwrapOr, resultIsOk
  // Decimal
  case decimalOfText, decimalParse, decimalFrom, decimalAdd, decimalSub, decimalMul, decimalDiv, decimalNeg, decimalAbs,
    decimalRound, decimalCompare, decimalEq, decimalLt, decimalToString, decimalToInt
  // Map, Hash, Text
  case mapEmpty, mapOf, mapGet, mapHas, mapSet, mapDelete, mapSize, mapKeys, mapValues, mapEntries, hashCbor, hashFnv1a,
    hashSha256, textSha256, textHmacSha256, textBase64Encode, textBase64Decode, textBase64UrlEncode,
    textBase64UrlDecode, textUrlEncode, textUrlDecode

  /// Where a name stands: on its own, as a member of a namespace, or as a method of a kind of values.
  public enum Namespace: UInt8, CaseIterable, Sendable {
    case global, string, array, object, int, math, json, option, result, decimal, map, hash, text

    /// The namespace's name in programs; empty for `global`.
    public var name: StaticString {
      switch self {
      case .global: ""
      case .string: "String"
      case .array: "Array"
      case .object: "Object"
      case .int: "Int"
      case .math: "Math"
      case .json: "JSON"
      case .option: "Option"
      case .result: "Result"
      case .decimal: "Decimal"
      case .map: "Map"
      case .hash: "Hash"
      case .text: "Text"
      }
    }
  }

  /// How a built-in is used.
  public enum Form: Sendable {
    /// `name(x)` or `Namespace.name(x)`; also a value, as a callback.
    case function
    /// `receiver.name(x)`, the receiver being of the namespace's kind; never a value.
    case method
    /// A value.
    case constant
  }

  /// One row of the table.
  public struct Definition: Sendable {
    /// Where the name stands.
    public let namespace: Namespace
    /// The name.
    public let name: StaticString
    /// How it is used.
    public let form: Form
    /// Fewest arguments, the receiver not counted.
    public let minimumArity: Int
    /// Most arguments, the receiver not counted; nil if there is no limit.
    public let maximumArity: Int?
    /// The row charged at entry; `Builtin.bulk` has what is charged besides.
    public let row: GasRow
    /// Whether it calls functions that it is given, so that it runs in a frame of its own.
    public let callsBack: Bool

    init(
      _ namespace: Namespace, _ name: StaticString, _ form: Form, _ minimumArity: Int, _ maximumArity: Int?,
      _ row: GasRow, calls: Bool = false
    ) {
      self.namespace = namespace
      self.name = name
      self.form = form
      self.minimumArity = minimumArity
      self.maximumArity = maximumArity
      self.row = row
      callsBack = calls
    }
  }

  /// The row of the table.
  public var definition: Definition {
    switch self {
    // String methods
    case .stringAt: Definition(.string, "at", .method, 1, 1, .strIndex)
    case .stringCharAt: Definition(.string, "charAt", .method, 0, 1, .strIndex)
    case .stringCharCodeAt: Definition(.string, "charCodeAt", .method, 0, 1, .strIndex)
    case .stringCodePointAt: Definition(.string, "codePointAt", .method, 0, 1, .strIndex)
    case .stringConcat: Definition(.string, "concat", .method, 0, nil, .strConcat)
    case .stringEndsWith: Definition(.string, "endsWith", .method, 1, 2, .strSearch)
    case .stringIncludes: Definition(.string, "includes", .method, 1, 2, .strSearch)
    case .stringIndexOf: Definition(.string, "indexOf", .method, 1, 2, .strSearch)
    case .stringLastIndexOf: Definition(.string, "lastIndexOf", .method, 1, 2, .strSearch)
    case .stringPadEnd: Definition(.string, "padEnd", .method, 1, 2, .strConcat)
    case .stringPadStart: Definition(.string, "padStart", .method, 1, 2, .strConcat)
    case .stringRepeat: Definition(.string, "repeat", .method, 1, 1, .strConcat)
    case .stringReplace: Definition(.string, "replace", .method, 2, 2, .strReplace, calls: true)
    case .stringReplaceAll: Definition(.string, "replaceAll", .method, 2, 2, .strReplace, calls: true)
    case .stringSlice: Definition(.string, "slice", .method, 0, 2, .strSlice)
    case .stringSplit: Definition(.string, "split", .method, 1, 2, .strSplit)
    case .stringStartsWith: Definition(.string, "startsWith", .method, 1, 2, .strSearch)
    case .stringSubstring: Definition(.string, "substring", .method, 1, 2, .strSlice)
    case .stringToLowerCase: Definition(.string, "toLowerCase", .method, 0, 0, .strFormat)
    case .stringToUpperCase: Definition(.string, "toUpperCase", .method, 0, 0, .strFormat)
    case .stringTrim: Definition(.string, "trim", .method, 0, 0, .strSlice)
    case .stringTrimEnd: Definition(.string, "trimEnd", .method, 0, 0, .strSlice)
    case .stringTrimStart: Definition(.string, "trimStart", .method, 0, 0, .strSlice)
    // Array methods
    case .arrayAt: Definition(.array, "at", .method, 1, 1, .arrayAccess)
    case .arrayConcat: Definition(.array, "concat", .method, 0, nil, .arrayNew)
    case .arrayEvery: Definition(.array, "every", .method, 1, 1, .arrayAccess, calls: true)
    case .arrayFilter: Definition(.array, "filter", .method, 1, 1, .arrayNew, calls: true)
    case .arrayFindIndex: Definition(.array, "findIndex", .method, 1, 1, .arrayAccess, calls: true)
    case .arrayFindLastIndex: Definition(.array, "findLastIndex", .method, 1, 1, .arrayAccess, calls: true)
    case .arrayFlat: Definition(.array, "flat", .method, 0, 1, .arrayNew)
    case .arrayFlatMap: Definition(.array, "flatMap", .method, 1, 1, .arrayNew, calls: true)
    case .arrayForEach: Definition(.array, "forEach", .method, 1, 1, .arrayAccess, calls: true)
    case .arrayIncludes: Definition(.array, "includes", .method, 1, 2, .arrayAccess)
    case .arrayIndexOf: Definition(.array, "indexOf", .method, 1, 2, .arrayAccess)
    case .arrayJoin: Definition(.array, "join", .method, 0, 1, .arrayJoin)
    case .arrayLastIndexOf: Definition(.array, "lastIndexOf", .method, 1, 2, .arrayAccess)
    case .arrayMap: Definition(.array, "map", .method, 1, 1, .arrayNew, calls: true)
    case .arrayReduce: Definition(.array, "reduce", .method, 1, 2, .arrayAccess, calls: true)
    case .arrayReduceRight: Definition(.array, "reduceRight", .method, 1, 2, .arrayAccess, calls: true)
    case .arraySlice: Definition(.array, "slice", .method, 0, 2, .arraySlice)
    case .arraySome: Definition(.array, "some", .method, 1, 1, .arrayAccess, calls: true)
    case .arrayToReversed: Definition(.array, "toReversed", .method, 0, 0, .arrayReverse)
    case .arrayToSorted: Definition(.array, "toSorted", .method, 0, 1, .arraySort, calls: true)
    case .arrayToSpliced: Definition(.array, "toSpliced", .method, 1, nil, .arraySplice)
    case .arrayWith: Definition(.array, "with", .method, 2, 2, .arraySplice)
    // globals
    case .stringFrom: Definition(.global, "String", .function, 1, 1, .strFormat)
    case .stringFromCodePoint: Definition(.string, "fromCodePoint", .function, 0, nil, .strConcat)
    case .arrayFrom: Definition(.array, "from", .function, 1, 2, .arrayNew, calls: true)
    case .arrayOf: Definition(.array, "of", .function, 0, nil, .arrayNew)
    case .arrayIsArray: Definition(.array, "isArray", .function, 1, 1, .strictEq)
    case .arrayFind: Definition(.array, "find", .function, 2, 2, .arrayAccess, calls: true)
    case .objectKeys: Definition(.object, "keys", .function, 1, 1, .objectKeys)
    case .objectValues: Definition(.object, "values", .function, 1, 1, .objectValues)
    case .objectEntries: Definition(.object, "entries", .function, 1, 1, .objectEntries)
    case .objectFromEntries: Definition(.object, "fromEntries", .function, 1, 1, .objectNew)
    case .objectHasOwn: Definition(.object, "hasOwn", .function, 2, 2, .propAccess)
    case .objectGet: Definition(.object, "get", .function, 2, 2, .propAccess)
    case .intParse: Definition(.int, "parse", .function, 1, 1, .strFormat)
    case .intMax: Definition(.int, "MAX", .constant, 0, 0, .stackPush)
    case .intMin: Definition(.int, "MIN", .constant, 0, 0, .stackPush)
    case .mathAbs: Definition(.math, "abs", .function, 1, 1, .neg)
    case .mathMax: Definition(.math, "max", .function, 1, nil, .gt)
    case .mathMin: Definition(.math, "min", .function, 1, nil, .lt)
    case .mathSign: Definition(.math, "sign", .function, 1, 1, .lt)
    case .jsonParse: Definition(.json, "parse", .function, 1, 1, .jsonParse)
    case .jsonStringify: Definition(.json, "stringify", .function, 1, 1, .jsonStringify)
    case .jsonKind: Definition(.json, "kind", .function, 1, 1, .strictEq)
    case .jsonIsNull: Definition(.json, "isNull", .function, 1, 1, .strictEq)
    // Option and Result
    case .some: Definition(.global, "Some", .function, 1, 1, .optionSome)
    case .none: Definition(.global, "None", .constant, 0, 0, .stackPush)
    case .ok: Definition(.global, "Ok", .function, 1, 1, .resultOk)
    case .err: Definition(.global, "Err", .function, 1, 1, .resultErr)
    case .optionMap: Definition(.option, "map", .function, 2, 2, .propAccess, calls: true)
    case .optionUnwrapOr: Definition(.option, "unwrapOr", .function, 2, 2, .propAccess)
    case .optionIsSome: Definition(.option, "isSome", .function, 1, 1, .propAccess)
    case .resultMap: Definition(.result, "map", .function, 2, 2, .propAccess, calls: true)
    case .resultMapErr: Definition(.result, "mapErr", .function, 2, 2, .propAccess, calls: true)
    case .resultAndThen: Definition(.result, "andThen", .function, 2, 2, .propAccess, calls: true)
    case .resultUnwrapOr: Definition(.result, "unwrapOr", .function, 2, 2, .propAccess)
    case .resultIsOk: Definition(.result, "isOk", .function, 1, 1, .propAccess)
    // Decimal
    case .decimalOfText: Definition(.global, "Decimal", .function, 1, 1, .strFormat)
    case .decimalParse: Definition(.decimal, "parse", .function, 1, 1, .strFormat)
    case .decimalFrom: Definition(.decimal, "from", .function, 1, 1, .strFormat)
    case .decimalAdd: Definition(.decimal, "add", .function, 2, 2, .add)
    case .decimalSub: Definition(.decimal, "sub", .function, 2, 2, .sub)
    case .decimalMul: Definition(.decimal, "mul", .function, 2, 2, .mul)
    case .decimalDiv: Definition(.decimal, "div", .function, 2, 2, .div)
    case .decimalNeg: Definition(.decimal, "neg", .function, 1, 1, .neg)
    case .decimalAbs: Definition(.decimal, "abs", .function, 1, 1, .neg)
    case .decimalRound: Definition(.decimal, "round", .function, 2, 2, .mul)
    case .decimalCompare: Definition(.decimal, "compare", .function, 2, 2, .lt)
    case .decimalEq: Definition(.decimal, "eq", .function, 2, 2, .strictEq)
    case .decimalLt: Definition(.decimal, "lt", .function, 2, 2, .lt)
    case .decimalToString: Definition(.decimal, "toString", .function, 1, 1, .strFormat)
    case .decimalToInt: Definition(.decimal, "toInt", .function, 1, 1, .strFormat)
    // Map
    case .mapEmpty: Definition(.map, "empty", .constant, 0, 0, .stackPush)
    case .mapOf: Definition(.map, "of", .function, 1, 1, .objectNew)
    case .mapGet: Definition(.map, "get", .function, 2, 2, .propAccess)
    case .mapHas: Definition(.map, "has", .function, 2, 2, .propAccess)
    case .mapSet: Definition(.map, "set", .function, 3, 3, .objectNew)
    case .mapDelete: Definition(.map, "delete", .function, 2, 2, .objectNew)
    case .mapSize: Definition(.map, "size", .function, 1, 1, .propAccess)
    case .mapKeys: Definition(.map, "keys", .function, 1, 1, .objectKeys)
    case .mapValues: Definition(.map, "values", .function, 1, 1, .objectValues)
    case .mapEntries: Definition(.map, "entries", .function, 1, 1, .objectEntries)
    // Hash
    case .hashCbor: Definition(.hash, "cbor", .function, 1, 1, .jsonStringify)
    case .hashFnv1a: Definition(.hash, "fnv1a", .function, 1, 1, .jsonStringify)
    case .hashSha256: Definition(.hash, "sha256", .function, 1, 1, .cryptoSha256)
    // Text
    case .textSha256: Definition(.text, "sha256", .function, 1, 1, .cryptoSha256)
    case .textHmacSha256: Definition(.text, "hmacSha256", .function, 2, 2, .cryptoHmacSha256)
    case .textBase64Encode: Definition(.text, "base64Encode", .function, 1, 1, .strFormat)
    case .textBase64Decode: Definition(.text, "base64Decode", .function, 1, 1, .strFormat)
    case .textBase64UrlEncode: Definition(.text, "base64UrlEncode", .function, 1, 1, .strFormat)
    case .textBase64UrlDecode: Definition(.text, "base64UrlDecode", .function, 1, 1, .strFormat)
    case .textUrlEncode: Definition(.text, "urlEncode", .function, 1, 1, .strFormat)
    case .textUrlDecode: Definition(.text, "urlDecode", .function, 1, 1, .strFormat)
    }
  }
}
