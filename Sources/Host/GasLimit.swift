internal import OperatingSystem

/// The maximum gas that a request may use: 1 to 2,000,000,000 units.
public struct GasLimit: Equatable, Sendable {
  /// The limit in units.
  public let units: Int64

  /// The valid limits, in units.
  public static let range: ClosedRange<Int64> = 1...2_000_000_000
  /// The default: 10,000,000 units.
  public static let standard = GasLimit(checked: 10_000_000)
  /// The environment variable that sets the limit.
  public static let environmentVariable = "MTP_GAS_LIMIT"

  private init(checked units: Int64) {
    self.units = units
  }

  /// Reads decimal digits that encode a number in `range`: without sign, leading zeros or anything around them
  /// (`[1-9][0-9]{0,9}`).
  public init(_ text: String) throws(GasLimitOutOfRange) {
    let digits = Array(text.utf8)
    let isDecimal = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isDecimal, (1...10).contains(digits.count), digits[0] != UInt8(ascii: "0") else {
      throw GasLimitOutOfRange(text: text)
    }
    let units = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    guard GasLimit.range.contains(units) else { throw GasLimitOutOfRange(text: text) }
    self.units = units
  }

  /// The limit in the environment; the standard one if the variable is not set. An empty variable is set.
  public static func fromEnvironment() throws(GasLimitOutOfRange) -> GasLimit {
    guard let text = SystemEnvironment.value(of: environmentVariable) else { return standard }
    return try GasLimit(text)
  }

  /// Decimal digits without leading zeros, as they enter the seed.
  var ascii: [UInt8] { Array(String(units).utf8) }
}

/// A gas limit that is not valid. The request is answered with this error, and nothing of the program runs.
public struct GasLimitOutOfRange: Error, Equatable, Sendable {
  /// The string that was given.
  public let text: String

  /// An error about this string.
  public init(text: String) {
    self.text = text
  }

  /// The response body: `{"error":"GasLimitOutOfRange","value":TEXT}`, with the keys in the order of all response
  /// bodies.
  public var body: [UInt8] {
    PlainJSON.object([.init("error", .string("GasLimitOutOfRange")), .init("value", .string(text))])
      .bytes(order: .response)
  }
}
