// This is the only file that knows where arithmetic comes from: Intel's Decimal Floating-Point Math Library, which
// exists for x86-64 and arm64. Builds for other platforms (WebAssembly) do without it; there, every operation is
// `unavailable`.

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
  /// number would be wrong: 0.…0499…9|9 becomes 0.…05, then 0.…1. Only products and quotients can have such a scale. If
  /// one is inexact, it is computed again, rounded toward zero, and then rounded from there. The inexact flag says
  /// whether any of the digits that were cut off is not zero.
  public static func perform(
    _ operation: Operation, _ left: Decimal128, _ right: Decimal128
  ) throws(DecimalError) -> Decimal128 {
    if operation == .division && right.coefficient == 0 { throw .divisionByZero }
    let isSum = operation == .addition || operation == .subtraction
    var result = call(operation, left, right, UInt32(MQJS_DECIMAL_TO_NEAREST))
    var number = Decimal128(low: result.low, high: result.high)
    let hasRest = result.flags & UInt32(MQJS_DECIMAL_INEXACT) != 0
    if hasRest && !isSum && number.scale > maximumScale {
      result = call(operation, left, right, UInt32(MQJS_DECIMAL_TOWARD_ZERO))
      number = Decimal128(low: result.low, high: result.high)
    }
    return try rounding(
      isNegative: number.isNegative, coefficient: number.coefficient, exponent: number.exponent, hasRest: hasRest)
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
