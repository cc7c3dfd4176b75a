internal import System

/// How much gas a request may use: 1 to 2,000,000,000 units.
public struct GasLimit: Equatable, Sendable {
  /// Units.
  public let units: Int64

  /// The limits that can be set, in units.
  public static let range: ClosedRange<Int64> = 1...2_000_000_000
  /// 10,000,000 units: what holds where nothing is said.
  public static let standard = GasLimit(checked: 10_000_000)
  /// The environment variable that sets it.
  public static let environmentVariable = "MTP_GAS_LIMIT"

  private init(checked units: Int64) {
    self.units = units
  }

  /// Reads decimal digits without a sign, a leading zero or anything around them (`[1-9][0-9]{0,9}`), of a number in
  /// `range`.
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

  /// The limit that the environment sets; the standard one if it sets none. A variable that is set to nothing is set.
  public static func fromEnvironment() throws(GasLimitOutOfRange) -> GasLimit {
    guard let text = SystemEnvironment.value(of: environmentVariable) else { return standard }
    return try GasLimit(text)
  }

  /// Decimal digits without leading zeros, as the seed takes them.
  var ascii: [UInt8] { Array(String(units).utf8) }
}

/// A gas limit that can't be set. The request is answered with this error, and nothing of the guest runs.
public struct GasLimitOutOfRange: Error, Equatable, Sendable {
  /// What was given.
  public let text: String

  /// An error about this text.
  public init(text: String) {
    self.text = text
  }

  /// The response body: `{"error":"GasLimitOutOfRange","value":TEXT}`, keys in the order of all response bodies.
  public var body: [UInt8] {
    PlainJSON.object([.init("error", .string("GasLimitOutOfRange")), .init("value", .string(text))])
      .bytes(order: .response)
  }
}
