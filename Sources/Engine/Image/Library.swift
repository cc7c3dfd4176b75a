/// The constants that every image begins with. Built-ins use them to allocate less, and to compare keys by word.
public enum LibraryConstant {
  /// The empty String.
  public static let emptyString = 0
  /// The empty Array.
  public static let emptyArray = 1
  /// The empty Record.
  public static let emptyRecord = 2
  /// `{None: {}}`
  public static let none = 3
  /// The shape of `{Some: v}`.
  public static let someShape = 4
  /// The shape of `{Ok: v}`.
  public static let okShape = 5
  /// The shape of `{Err: e}`.
  public static let errShape = 6
  /// The shape of `{code, offset}`, which `JSON.parse` puts in an `Err`.
  public static let parseErrorShape = 7
  /// The shape of `{length}`, for `Array.from` and for the `length` of Strings and Arrays.
  public static let lengthShape = 8
  /// The shape of `{effect}`, for the key that names the effect of `Async.await`.
  public static let effectShape = 9
  /// The empty Map.
  public static let emptyMap = 10
  /// The names of the kinds, in the order of their tags.
  public static let kindNames = 11
  /// The codes of JSON errors, in the order of `JSONError`.
  public static let jsonErrorCodes = kindNames + Kind.allCases.count
  /// Strings of one ASCII character each, by code.
  public static let characters = jsonErrorCodes + JSONError.allCases.count
  /// The number of these constants, and so the index of the program's first one.
  public static let count = characters + 128
}

/// Why a text is not JSON in the accepted form.
public enum JSONError: UInt8, CaseIterable, Error, Sendable {
  /// A character is not allowed at its place, or there is text after the value.
  case unexpectedCharacter
  /// The text ends within a value.
  case unexpectedEnd
  /// A byte sequence is not UTF-8.
  case invalidUTF8
  /// JSON has no such escape.
  case invalidEscape
  /// An escape denotes half of a surrogate pair.
  case loneSurrogate
  /// There is a control character in a string.
  case controlCharacter
  /// The object already has this key.
  case duplicateKey
  /// Neither Int nor Decimal can hold the number exactly.
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
