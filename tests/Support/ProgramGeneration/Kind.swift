/// The kind of value that an expression should give. Programs are made from requested kinds, so that most of them run
/// far. Nothing checks the kinds.
indirect enum Kind: Hashable, Sendable {
  case bool, int, decimal, string, null
  case array(Kind)
  /// An Array of fixed length whose elements have individual kinds.
  case tuple([Kind])
  /// A Record with these fields.
  case record([Field])
  /// A Record with unknown fields of one kind.
  case dictionary(Kind)
  case map(Kind, Kind)
  case option(Kind)
  case result(Kind, Kind)
  /// A function that is called with exactly these arguments.
  case function([Kind], Kind)
  /// A function that the library calls with as many of these arguments as the function takes.
  case callback([Kind], Kind)
  /// An argument that is an Int or a String of a certain form.
  case special(Special)
  /// An open kind in a signature.
  case variable(String)

  /// A field of a Record.
  struct Field: Hashable, Sendable {
    let name: String
    let kind: Kind
  }

  /// Arguments for which a random Int or String would rarely make sense.
  enum Special: String, CaseIterable, Hashable, Sendable {
    case position = "Position"
    case count = "Count"
    case scale = "Scale"
    case codePoint = "CodePoint"
    /// The number of remaining recursive calls of a function.
    case turns = "Turns"
    case needle = "Needle"
    case key = "Key"
    case replacement = "Replacement"
    case decimalText = "DecimalText"
    case intText = "IntText"
    case base64 = "Base64"
    case base64Url = "Base64Url"
    case percentEncoded = "PercentEncoded"
  }

  /// The error of `JSON.parse` and similar functions for a malformed String.
  static let defect = Kind.record([Field(name: "code", kind: .string), Field(name: "offset", kind: .int)])

  /// The error of an effect.
  static let failure = Kind.record([Field(name: "code", kind: .string), Field(name: "message", kind: .string)])

  /// Whether a value of this kind can be printed as JSON.
  var isSerializable: Bool {
    switch self {
    case .function, .callback: false
    case .map(let key, let value): key == .string && value.isSerializable
    default: parts.allSatisfy(\.isSerializable)
    }
  }

  /// Whether a value of this kind has CBOR, so that it can be a key of a Map.
  var isHashable: Bool {
    switch self {
    case .function, .callback: false
    default: parts.allSatisfy(\.isHashable)
    }
  }

  /// The kinds of the values inside a value of this kind.
  private var parts: [Kind] {
    switch self {
    case .array(let element), .dictionary(let element), .option(let element): [element]
    case .tuple(let kinds): kinds
    case .record(let fields): fields.map(\.kind)
    case .map(let key, let value): [key, value]
    case .result(let value, let error): [value, error]
    default: []
    }
  }
}
