/// Why an operation on decimals has no result.
public enum DecimalError: Error, Sendable {
  /// The integer part needs more than 34 digits.
  case overflow
  /// The divisor is zero.
  case divisionByZero
  /// This build does not contain the library that does the arithmetic.
  case unavailable

  /// The trap for this error of an operator.
  var trap: Trap {
    switch self {
    case .overflow: .decimalOverflow
    case .divisionByZero: .divisionByZero
    case .unavailable: .invalidArgument
    }
  }
}

// The only rounding: half to even, on integers.

extension Decimal128 {
  /// The number ±(coefficient + rest) × 10^exponent, rounded half to even (IEEE 754-2008, 4.3.1 roundTiesToEven) to a
  /// scale of at most 28.
  ///
  /// - Parameters:
  ///   - coefficient: at most 34 digits.
  ///   - hasRest: whether nonzero digits follow: 0 < rest < 1. It matters only if digits are dropped here. If none are,
  ///     the operation has already rounded the rest away.
  /// - Throws: `overflow` if the integer part does not fit 34 digits.
  static func rounding(
    isNegative: Bool, coefficient: UInt128, exponent: Int, hasRest: Bool
  ) throws(DecimalError) -> Decimal128 {
    if exponent > 0 && coefficient != 0 {
      guard exponent < maximumDigits, coefficient < powerOfTen(maximumDigits &- exponent) else { throw .overflow }
      return Decimal128(isNegative: isNegative, coefficient: coefficient &* powerOfTen(exponent), scale: 0)
    }
    let dropped = 0 &- maximumScale &- exponent
    if dropped <= 0 {
      return Decimal128(isNegative: isNegative, coefficient: coefficient, scale: max(0, 0 &- exponent))
    }
    let kept = quotient(of: coefficient, droppingDigits: dropped, hasRest: hasRest)
    return Decimal128(isNegative: isNegative, coefficient: kept, scale: maximumScale)
  }

  /// (coefficient + rest) / 10^count, rounded half to even.
  private static func quotient(of coefficient: UInt128, droppingDigits count: Int, hasRest: Bool) -> UInt128 {
    // A coefficient has at most 34 digits, so it is less than half of 10^35.
    if count > maximumDigits { return 0 }
    let unit = powerOfTen(count)
    let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: unit)
    let half = unit >> 1
    let isTie = remainder == half && !hasRest
    let roundsUp = isTie ? quotient & 1 == 1 : remainder >= half
    return roundsUp ? quotient &+ 1 : quotient
  }

  /// The number rounded half to even to a scale (IEEE 754-2008, 5.3.2 quantize). It never overflows: dropping digits
  /// leaves space for a carry.
  ///
  /// - Precondition: the scale is 0 to 28.
  public func rounded(toScale scale: Int) -> Decimal128 {
    let dropped = self.scale &- scale
    if dropped <= 0 { return self }
    let kept = Decimal128.quotient(of: coefficient, droppingDigits: dropped, hasRest: false)
    return Decimal128(isNegative: isNegative, coefficient: kept, scale: scale)
  }
}
