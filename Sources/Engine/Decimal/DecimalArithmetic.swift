// The one file that knows where arithmetic comes from: Intel's Decimal Floating-Point Math Library. It exists for x86-64
// and arm64; a build for anything else (WebAssembly) goes without, and there every operation is `unavailable`.

#if canImport(CIntelDecimal)
internal import CIntelDecimal
#endif

extension Decimal128 {
  /// The operations of arithmetic (IEEE 754-2008, 5.4.1).
  public enum Operation: Sendable { case addition, subtraction, multiplication, division }

  #if canImport(CIntelDecimal)

  /// The exact result of an operation, rounded once, half to even, to 34 digits or to scale 28, whichever is coarser.
  ///
  /// The library rounds to 34 digits. If the scale is then more than 28, digits have to go, and rounding what has been
  /// rounded would be wrong: 0.…0499…9|9 becomes 0.…05, then 0.…1. So a product or quotient of such a scale, the only ones
  /// that have it, is taken again toward zero, where the inexact flag tells of everything that was cut off, and rounded
  /// from there.
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

  /// There is no arithmetic in this build.
  public static func perform(
    _ operation: Operation, _ left: Decimal128, _ right: Decimal128
  ) throws(DecimalError) -> Decimal128 {
    throw .unavailable
  }

  #endif
}
