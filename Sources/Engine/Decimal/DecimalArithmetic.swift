// This is the only file that knows where arithmetic comes from: Intel's Decimal Floating-Point Math Library. A build
// without it has no arithmetic; there, every operation is `unavailable`.

#if canImport(CIntelDecimal)
internal import CIntelDecimal
#endif

extension Decimal128 {
  /// The operations of arithmetic (IEEE 754-2008, 5.4.1).
  public enum Operation: Sendable { case addition, subtraction, multiplication, division }

  #if canImport(CIntelDecimal)

  /// The exact result of an operation, rounded once, half to even, to 34 digits or to scale 28, whichever is coarser.
  ///
  /// The library rounds to 34 digits. If the scale is then above 28, digits must be dropped, but rounding a rounded
  /// number would be wrong: 0.…0499…9|9 becomes 0.…05, then 0.…1. So the library cuts such a number off, and it is
  /// rounded from there. The inexact flag says whether any of the digits that were cut off is not zero.
  public static func perform(
    _ operation: Operation, _ left: Decimal128, _ right: Decimal128
  ) throws(DecimalError) -> Decimal128 {
    if operation == .division && right.coefficient == 0 { throw .divisionByZero }
    let mode = isFinerThanMaximumScale(operation, left, right) ? MQJS_DECIMAL_TOWARD_ZERO : MQJS_DECIMAL_TO_NEAREST
    let result = call(operation, left, right, UInt32(mode))
    let number = Decimal128(low: result.low, high: result.high)
    let hasRest = result.flags & UInt32(MQJS_DECIMAL_INEXACT) != 0
    return try rounding(
      isNegative: number.isNegative, coefficient: number.coefficient, exponent: number.exponent, hasRest: hasRest)
  }

  /// Whether the first 34 digits of the result, if it has more, end beyond the maximum scale. A sum never has such a
  /// result.
  ///
  /// A product of scale s ends beyond it if it has fewer than s + 6 digits. A quotient of coefficients, x / y, does if
  /// it is less than 10^k, for k of 5 plus the scale of x less the scale of y.
  private static func isFinerThanMaximumScale(
    _ operation: Operation, _ left: Decimal128, _ right: Decimal128
  ) -> Bool {
    let (x, y) = (left.coefficient, right.coefficient)
    switch operation {
    case .addition, .subtraction: return false
    case .multiplication:
      let scale = left.scale &+ right.scale
      if scale <= maximumScale { return false }
      let limit = coefficientLimit.multipliedFullWidth(by: powerOfTen(scale &+ 5 &- maximumDigits))
      return x.multipliedFullWidth(by: y) < limit
    case .division:
      let k = 5 &+ left.scale &- right.scale
      if k >= 0 { return (0, x) < y.multipliedFullWidth(by: powerOfTen(k)) }
      return x.multipliedFullWidth(by: powerOfTen(0 &- k)) < (0, y)
    }
  }

  private static func call(
    _ operation: Operation, _ x: Decimal128, _ y: Decimal128, _ rounding: UInt32
  ) -> mqjs_decimal_result {
    switch operation {
    case .addition: mqjs_decimal_add(x.low, x.high, y.low, y.high, rounding)
    case .subtraction: mqjs_decimal_sub(x.low, x.high, y.low, y.high, rounding)
    case .multiplication: mqjs_decimal_mul(x.low, x.high, y.low, y.high, rounding)
    case .division: mqjs_decimal_div(x.low, x.high, y.low, y.high, rounding)
    }
  }

  #else

  /// This build has no arithmetic.
  public static func perform(
    _ operation: Operation, _ left: Decimal128, _ right: Decimal128
  ) throws(DecimalError) -> Decimal128 {
    throw .unavailable
  }

  #endif
}
