/// The constants that every image begins with: what built-ins need ready-made, so that they allocate little and
/// compare keys by word.
public enum LibraryConstant {
  /// The String without characters.
  public static let emptyString = 0
  /// The Array without elements.
  public static let emptyArray = 1
  /// The Record without fields.
  public static let emptyRecord = 2
  /// `{None: {}}`
  public static let none = 3
  /// The shapes of `{Some: v}`, `{Ok: v}`, `{Err: e}`.
  public static let someShape = 4
  /// The shape of `{Ok: v}`.
  public static let okShape = 5
  /// The shape of `{Err: e}`.
  public static let errShape = 6
  /// The shape of `{code, offset}`, what `JSON.parse` puts in an `Err`.
  public static let parseErrorShape = 7
  /// The shape of `{length}`, what `Array.from` takes.
  public static let lengthShape = 8
  /// The shape of `{effect}`, for the key that names the effect of `Async.await`.
  public static let effectShape = 9
  /// The Map without pairs.
  public static let emptyMap = 10
  /// The names of the kinds, in the order of their tags.
  public static let kindNames = 11
  /// The codes of JSON errors, in the order of `JSONError`.
  public static let jsonErrorCodes = kindNames + Kind.allCases.count
  /// Strings of one ASCII character each, by code.
  public static let characters = jsonErrorCodes + JSONError.allCases.count
  /// The first constant of the program's own.
  public static let count = characters + 128
}

/// Why a text is not JSON of the accepted form.
public enum JSONError: UInt8, CaseIterable, Error, Sendable {
  /// A character that can't stand there, or text after the value.
  case unexpectedCharacter
  /// The text ends inside a value.
  case unexpectedEnd
  /// A byte sequence that is not UTF-8.
  case invalidUTF8
  /// An escape that JSON does not have.
  case invalidEscape
  /// An escape of half a surrogate pair.
  case loneSurrogate
  /// A control character inside a string.
  case controlCharacter
  /// A key that the object already has.
  case duplicateKey
  /// A number that neither Int nor Decimal holds exactly.
  case numberOutOfRange

  /// The code as it appears in results.
  public var code: StaticString {
    switch self {
    case .unexpectedCharacter: "UnexpectedCharacter"
    case .unexpectedEnd: "UnexpectedEnd"
    case .invalidUTF8: "InvalidUtf8"
    case .invalidEscape: "InvalidEscape"
    case .loneSurrogate: "LoneSurrogate"
    case .controlCharacter: "ControlCharacter"
    case .duplicateKey: "DuplicateKey"
    case .numberOutOfRange: "NumberOutOfRange"
    }
  }
}
