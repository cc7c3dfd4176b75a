/// A decimal number: coefficient × 10^-scale, with at most 34 digits and a scale of 0 to 28. The scale is the smallest
/// possible, and zero has no sign, so equal numbers are the same value.
struct Decimal: Equatable {
  let isNegative: Bool
  let coefficient: Natural
  let scale: Int

  static let maximumScale = 28
  static let maximumDigits = 34

  /// Why an operation has no result.
  enum Failure: Error {
    case overflow, divisionByZero

    /// The value in a Result.
    var code: Text {
      switch self {
      case .overflow: "Overflow"
      case .divisionByZero: "DivisionByZero"
      }
    }
  }

  /// ± coefficient × 10^-scale, exactly; nil if no Decimal has this value.
  init?(isNegative: Bool, coefficient: Natural, scale: Int) {
    var (coefficient, scale) = (coefficient, scale)
    if scale < 0 || coefficient.isZero {
      // The exponent of a literal can be arbitrarily large.
      if !coefficient.isZero && -scale > Decimal.maximumDigits { return nil }
      coefficient = coefficient.times(tenToThe: max(0, -scale))
      scale = 0
    }
    let zeros = min(scale, coefficient.trailingZeros)
    coefficient = coefficient.dropping(zeros)
    scale -= zeros
    guard scale <= Decimal.maximumScale, coefficient.digits.count <= Decimal.maximumDigits else { return nil }
    self.isNegative = isNegative && !coefficient.isZero
    self.coefficient = coefficient
    self.scale = scale
  }

  init(_ integer: Int64) {
    isNegative = integer < 0
    coefficient = Natural(integer.magnitude)
    scale = 0
  }

  /// The number that a text of the form `-?(0|[1-9][0-9]*)(\.[0-9]+)?` spells; nil for any other text, and for a number
  /// that is not a Decimal.
  init?(text: [UInt8]) {
    guard let (isNegative, digits, fraction) = Decimal.parts(of: text) else { return nil }
    self.init(isNegative: isNegative, coefficient: Natural(ascii: digits + fraction), scale: fraction.count)
  }

  /// The sign and the digits before and after the point, for a text of that form; nil for any other text.
  static func parts(of text: [UInt8]) -> (isNegative: Bool, digits: [UInt8], fraction: [UInt8])? {
    let isNegative = text.first == UInt8(ascii: "-")
    let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }),
      parts[0].count == 1 || parts[0].first != UInt8(ascii: "0")
    else { return nil }
    return (isNegative, Array(parts[0]), parts.count == 2 ? Array(parts[1]) : [])
  }

  /// The shortest plain text: no exponent, no zeros at the end of a fraction, no `-0`.
  var text: [UInt8] {
    let digits = coefficient.isZero ? [0] : coefficient.digits
    let padded = Array(repeating: 0, count: max(0, scale + 1 - digits.count)) + digits
    let ascii = padded.map { $0 + 0x30 }
    let sign = isNegative ? [UInt8(ascii: "-")] : []
    if scale == 0 { return sign + ascii }
    return sign + ascii.dropLast(scale) + [UInt8(ascii: ".")] + ascii.suffix(scale)
  }

  /// The Int with the same value, if there is one.
  var integer: Int64? { scale == 0 ? Int64(String(decoding: text, as: UTF8.self)) : nil }

  var negated: Decimal { Decimal(!isNegative, coefficient, scale) }
  var magnitude: Decimal { Decimal(false, coefficient, scale) }

  private init(_ isNegative: Bool, _ coefficient: Natural, _ scale: Int) {
    self.isNegative = isNegative && !coefficient.isZero
    self.coefficient = coefficient
    self.scale = scale
  }

  // MARK: Rounding

  /// ± (coefficient + rest) × 10^-scale, rounded once, half to even, to 28 places, or to fewer if 34 digits leave room
  /// for fewer.
  ///
  /// - Parameter hasRest: whether a rest greater than zero and less than one follows the last digit of the coefficient.
  private static func rounding(
    _ isNegative: Bool, _ coefficient: Natural, scale: Int, hasRest: Bool = false
  ) throws(Failure) -> Decimal {
    let places = min(scale, maximumScale, maximumDigits - coefficient.digits.count + scale)
    if places < 0 { throw .overflow }
    let rounded = round(coefficient, dropping: scale - places, hasRest: hasRest)
    guard let result = Decimal(isNegative: isNegative, coefficient: rounded, scale: places) else { throw .overflow }
    return result
  }

  /// A number without its last digits, rounded half to even.
  private static func round(_ number: Natural, dropping count: Int, hasRest: Bool) -> Natural {
    if count == 0 { return number }
    let digits = Array(repeating: 0, count: max(0, count - number.digits.count)) + number.digits
    let dropped = digits.suffix(count)
    let kept = Natural(digits.dropLast(count))
    let first = dropped.first ?? 0
    let isTie = first == 5 && !hasRest && dropped.dropFirst().allSatisfy { $0 == 0 }
    let roundsUp = isTie ? (kept.digits.last ?? 0) % 2 == 1 : first >= 5
    return roundsUp ? kept + .one : kept
  }

  /// The number rounded half to even to a scale of 0 to 28.
  func rounded(toScale scale: Int) -> Decimal {
    if scale >= self.scale { return self }
    let rounded = Decimal.round(coefficient, dropping: self.scale - scale, hasRest: false)
    return Decimal(isNegative: isNegative, coefficient: rounded, scale: scale) ?? self
  }

  // MARK: Arithmetic

  static func + (left: Decimal, right: Decimal) throws(Failure) -> Decimal {
    let scale = max(left.scale, right.scale)
    let (a, b) = (left.digits(atScale: scale), right.digits(atScale: scale))
    if left.isNegative == right.isNegative { return try rounding(left.isNegative, a + b, scale: scale) }
    return a < b
      ? try rounding(right.isNegative, b - a, scale: scale) : try rounding(left.isNegative, a - b, scale: scale)
  }

  static func - (left: Decimal, right: Decimal) throws(Failure) -> Decimal { try left + right.negated }

  static func * (left: Decimal, right: Decimal) throws(Failure) -> Decimal {
    try rounding(
      left.isNegative != right.isNegative, left.coefficient * right.coefficient, scale: left.scale + right.scale)
  }

  static func / (left: Decimal, right: Decimal) throws(Failure) -> Decimal {
    if right.coefficient.isZero { throw .divisionByZero }
    // More digits than any result keeps. All that matters about the following digits is whether they are zero.
    let extra = 2 * maximumDigits + right.scale
    let (quotient, remainder) = left.coefficient.times(tenToThe: extra).divided(by: right.coefficient)
    return try rounding(
      left.isNegative != right.isNegative, quotient, scale: left.scale + extra - right.scale, hasRest: !remainder.isZero
    )
  }

  /// -1, 0 or 1 if the number is less than, equal to or greater than another.
  func compared(to other: Decimal) -> Int {
    if isNegative != other.isNegative { return isNegative ? -1 : 1 }
    let scale = max(scale, other.scale)
    let (a, b) = (digits(atScale: scale), other.digits(atScale: scale))
    if a == b { return 0 }
    return (a < b) != isNegative ? -1 : 1
  }

  private func digits(atScale scale: Int) -> Natural { coefficient.times(tenToThe: scale - self.scale) }
}
