import Engine
import TestSupport

/// Makes decimals that are likely to reveal errors, as strings.
struct DecimalSamples {
  private var random: Expressions

  init(seed: UInt64) { random = Expressions(seed: seed) }

  /// A number from 0 up to, not including, a bound.
  mutating func below(_ bound: Int) -> Int { random.below(bound) }

  /// A coefficient of up to 34 digits: random, near a power of ten, near half of one, or with few digits.
  private mutating func coefficient() -> String {
    let count = random.below(34)
    switch random.below(8) {
    case 0: return "1" + String(repeating: "0", count: count)
    case 1: return String(repeating: "9", count: count + 1)
    case 2: return "5" + String(repeating: "0", count: count)
    case 3: return "4" + String(repeating: "9", count: count)
    case 4: return "1" + String(repeating: "0", count: max(0, count - 1)) + "\(random.below(3))"
    case 5: return "\(random.below(1000))"
    default: return random.many(count + 1) { "\($0.below(10))" }.joined()
    }
  }

  /// A decimal in plain notation, not always in its shortest form.
  mutating func decimal() -> String {
    let scale = random.chance(30) ? 0 : random.chance(30) ? 28 : random.below(29)
    return (random.chance(40) ? "-" : "") + DecimalSamples.plain(coefficient(), scale: scale)
  }

  /// The same number, one with a different digit or sign, or an unrelated one.
  mutating func neighbour(of text: String) -> String {
    switch random.below(4) {
    case 0: return text
    case 1: return text.hasPrefix("-") ? String(text.dropFirst()) : "-\(text)"
    case 2:
      var digits = Array(text)
      let last = digits.lastIndex { $0 != "." } ?? 0
      digits[last] = Character("\(random.below(10))")
      return String(digits)
    default: return decimal()
    }
  }

  /// Two decimals whose product and whose quotient have about 34 digits when they end at scale 28, where one rounding
  /// takes over from the other.
  mutating func pairAtBothRoundings(forProduct isProduct: Bool) -> (String, String) {
    let near = random.below(3)
    let (leftScale, left) = (random.below(29), digits(10 + random.below(25)))
    // For s + 6 digits of a product, and for 10^(5 + difference of scales) as a quotient.
    let rightScale = isProduct ? max(0, min(28, left.count + 17 - leftScale)) : random.below(29)
    let length =
      isProduct ? leftScale + rightScale + 5 + near - left.count : left.count - 6 - leftScale + rightScale + near
    return (
      DecimalSamples.plain(left, scale: leftScale),
      DecimalSamples.plain(digits(max(1, min(34, length))), scale: rightScale)
    )
  }

  /// So many digits: random, or the least or greatest number.
  private mutating func digits(_ count: Int) -> String {
    switch random.below(8) {
    case 0: "1" + String(repeating: "0", count: count - 1)
    case 1: String(repeating: "9", count: count)
    default: "\(1 + random.below(9))" + random.many(count - 1) { "\($0.below(10))" }.joined()
    }
  }

  /// digits × 10^-scale.
  static func plain(_ digits: String, scale: Int) -> String {
    let trimmed = String(digits.drop { $0 == "0" })
    let padded = String(repeating: "0", count: max(0, scale + 1 - trimmed.count)) + trimmed
    if scale == 0 { return padded }
    return "\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
}

extension Decimal128 {
  /// Parses a decimal in the guest's form.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(bytes.span)
  }

  /// The canonical text.
  var string: String { String(decoding: text, as: UTF8.self) }

  /// The result of an operation, in the oracle's notation.
  static func answer(_ operation: Operation, _ left: Decimal128, _ right: Decimal128) -> String {
    do throws(DecimalError) {
      return try perform(operation, left, right).string
    } catch {
      return error == .overflow ? "Overflow" : error == .divisionByZero ? "DivisionByZero" : "Unavailable"
    }
  }
}
