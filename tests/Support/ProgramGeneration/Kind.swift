/// What kind of value an expression is meant to give. A program is made from wanted kinds, so that most programs get
/// far; nothing checks them.
indirect enum Kind: Hashable, Sendable {
  case bool, int, decimal, string, null
  case array(Kind)
  /// An Array of fixed length whose elements have kinds of their own.
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
  /// A function that the library calls with as many of these arguments as it takes.
  case callback([Kind], Kind)
  /// An Int or a String of a certain form, as an argument.
  case special(Special)
  /// A kind that is still open, in a signature.
  case variable(String)

  /// A field of a Record.
  struct Field: Hashable, Sendable {
    let name: String
    let kind: Kind
  }

  /// Arguments of which a random Int or String would seldom make sense.
  enum Special: String, CaseIterable, Hashable, Sendable {
    case position = "Position"
    case count = "Count"
    case scale = "Scale"
    case codePoint = "CodePoint"
    /// How often a function still calls itself.
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

  /// What `JSON.parse` and the like say of a text that is not well-formed.
  static let defect = Kind.record([Field(name: "code", kind: .string), Field(name: "offset", kind: .int)])

  /// Why an effect did not do what it was asked to.
  static let failure = Kind.record([Field(name: "code", kind: .string), Field(name: "message", kind: .string)])

  /// Whether a value prints as JSON.
  var isSerializable: Bool {
    switch self {
    case .function, .callback: false
    case .map(let key, let value): key == .string && value.isSerializable
    default: parts.allSatisfy(\.isSerializable)
    }
  }

  /// Whether a value has CBOR, so that it can be a key of a Map.
  var isHashable: Bool {
    switch self {
    case .function, .callback: false
    default: parts.allSatisfy(\.isHashable)
    }
  }

  /// The kinds of the values inside.
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
