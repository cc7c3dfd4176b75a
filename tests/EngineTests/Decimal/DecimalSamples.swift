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
