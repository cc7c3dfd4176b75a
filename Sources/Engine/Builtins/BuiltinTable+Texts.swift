// The rows of the built-ins that read, write and hash text, and the functions that execute calls of them.

/// The members of `JSON`.
public enum JSONBuiltin: UInt16, CaseIterable, Sendable {
  case parse = 64, stringify = 65, kind = 66, isNull = 67

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .parse:
      Builtin.Definition(
        name: "parse", form: .function, arity: .exactly(1), row: .jsonParse, callsBack: false,
        bulk: .one(.jsonParsing, "bytes of `text`"))
    case .stringify:
      Builtin.Definition(
        name: "stringify", form: .function, arity: .exactly(1), row: .jsonStringify, callsBack: false,
        bulk: BulkCharges(BulkCharge(.nodes, "3 × values and keys"), BulkCharge(.canonicalText, "bytes of the text")))
    case .kind:
      Builtin.Definition(
        name: "kind", form: .function, arity: .exactly(1), row: .strictEq, callsBack: false, bulk: .none)
    case .isNull:
      Builtin.Definition(
        name: "isNull", form: .function, arity: .exactly(1), row: .strictEq, callsBack: false, bulk: .none)
    }
  }
}

extension Machine {
  /// Executes a call of a member of `JSON`.
  mutating func start(_ builtin: JSONBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .parse: .done(try jsonParse(call))
    case .stringify: .done(try jsonStringify(call))
    case .kind: .done(try jsonKind(call))
    case .isNull: .done(try jsonIsNull(call))
    }
  }
}

/// The members of `Hash`.
public enum HashBuiltin: UInt16, CaseIterable, Sendable {
  case cbor = 105, fnv1a = 106, sha256 = 107

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .cbor:
      Builtin.Definition(
        name: "cbor", form: .function, arity: .exactly(1), row: .jsonStringify, callsBack: false, bulk: .cbor(then: nil)
      )
    case .fnv1a:
      Builtin.Definition(
        name: "fnv1a", form: .function, arity: .exactly(1), row: .jsonStringify, callsBack: false,
        bulk: .cbor(then: nil))
    case .sha256:
      Builtin.Definition(
        name: "sha256", form: .function, arity: .exactly(1), row: .cryptoSha256, callsBack: false,
        bulk: .cbor(then: BulkCharge(.byteCoding, "bytes of the CBOR")))
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Hash`.
  mutating func start(_ builtin: HashBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .cbor: .done(try hashCbor(call))
    case .fnv1a: .done(try hashFnv1a(call))
    case .sha256: .done(try hashSha256(call))
    }
  }
}

/// The members of `Text`.
public enum TextBuiltin: UInt16, CaseIterable, Sendable {
  case sha256 = 108, hmacSha256 = 109, base64Encode = 110, base64Decode = 111, base64UrlEncode = 112,
    base64UrlDecode = 113, urlEncode = 114, urlDecode = 115

  /// The row of the table.
  public var definition: Builtin.Definition {
    switch self {
    case .sha256:
      Builtin.Definition(
        name: "sha256", form: .function, arity: .exactly(1), row: .cryptoSha256, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `text`"))
    case .hmacSha256:
      Builtin.Definition(
        name: "hmacSha256", form: .function, arity: .exactly(2), row: .cryptoHmacSha256, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `key` and `text` together"))
    case .base64Encode:
      Builtin.Definition(
        name: "base64Encode", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `text`"))
    case .base64Decode:
      Builtin.Definition(
        name: "base64Decode", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `text`"))
    case .base64UrlEncode:
      Builtin.Definition(
        name: "base64UrlEncode", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `text`"))
    case .base64UrlDecode:
      Builtin.Definition(
        name: "base64UrlDecode", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `text`"))
    case .urlEncode:
      Builtin.Definition(
        name: "urlEncode", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `text`"))
    case .urlDecode:
      Builtin.Definition(
        name: "urlDecode", form: .function, arity: .exactly(1), row: .strFormat, callsBack: false,
        bulk: .one(.byteCoding, "bytes of `text`"))
    }
  }
}

extension Machine {
  /// Executes a call of a member of `Text`.
  mutating func start(_ builtin: TextBuiltin, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    switch builtin {
    case .sha256: .done(try textSha256(call))
    case .hmacSha256: .done(try textHmacSha256(call))
    case .base64Encode: .done(try textBase64Encode(Base64(isURLSafe: false), call))
    case .base64Decode: .done(try textBase64Decode(Base64(isURLSafe: false), call))
    case .base64UrlEncode: .done(try textBase64Encode(Base64(isURLSafe: true), call))
    case .base64UrlDecode: .done(try textBase64Decode(Base64(isURLSafe: true), call))
    case .urlEncode: .done(try textUrlEncode(call))
    case .urlDecode: .done(try textUrlDecode(call))
    }
  }
}

extension BulkCharges {
  /// The charges of writing the CBOR of a value, and then of processing it.
  fileprivate static func cbor(then last: BulkCharge?) -> BulkCharges {
    BulkCharges(
      BulkCharge(.nodes, "3 × values and keys"), BulkCharge(.canonicalText, "bytes of the CBOR"),
      BulkCharge(.ordering, "2 × n × ⌈log2(n + 1)⌉ for each Record and Map of n members"), last)
  }
}
