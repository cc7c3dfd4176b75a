/// A decimal number: coefficient × 10^-scale, with a coefficient of at most 34 digits and a scale of 0 to 28.
///
/// It is stored as decimal128 (IEEE 754-2008, 3.5.2), with the binary encoding of the coefficient:
///
/// ```
///  127 126        113 112                            0
/// ┌───┬──────────────┬────────────────────────────────┐
/// │ - │ 6176 - scale │ coefficient                    │
/// └───┴──────────────┴────────────────────────────────┘
/// ```
/// A number can have several encodings (its cohort, 3.5.1). Only one is used: the one with the smallest scale and, for
/// zero, the positive one. So two numbers are equal exactly when their words are.
public struct Decimal128: Equatable, BitwiseCopyable, Sendable {
  /// The lower word.
  public let low: UInt64
  /// The upper word.
  public let high: UInt64

  /// The largest scale.
  public static let maximumScale = 28
  /// The largest number of digits of a coefficient.
  public static let maximumDigits = 34
  /// The smallest number that is too large for a coefficient: 10^34.
  static let coefficientLimit: UInt128 = 10_000_000_000_000_000_000_000_000_000_000_000
  /// Bits of a coefficient in the upper word.
  private static let upperCoefficientBits: UInt64 = 49
  /// The value of the exponent field for an exponent of 0.
  static let exponentBias = 6176

  /// 0
  public static let zero = Decimal128(isNegative: false, coefficient: 0, scale: 0)

  /// The number with these words, which are not checked.
  @inline(__always)
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// A number in any of its forms. It is brought into the canonical one.
  ///
  /// - Precondition: the coefficient has at most 34 digits, the scale is 0 to 28.
  public init(isNegative: Bool, coefficient: UInt128, scale: Int) {
    assert(coefficient < Decimal128.coefficientLimit && scale >= 0 && scale <= Decimal128.maximumScale, "out of range")
    var (coefficient, scale) = (coefficient, scale)
    if coefficient == 0 { scale = 0 }
    var k = 4
    while k >= 0 && scale > 0 {
      if 1 << k <= scale, let quotient = Decimal128.dropping(zerosInPowerOfTwo: k, from: coefficient) {
        coefficient = quotient
        scale &-= 1 << k
      }
      k &-= 1
    }
    let sign: UInt64 = isNegative && coefficient != 0 ? 1 << 63 : 0
    let exponent = UInt64(truncatingIfNeeded: Decimal128.exponentBias &- scale) << Decimal128.upperCoefficientBits
    low = UInt64(truncatingIfNeeded: coefficient)
    high = sign | exponent | UInt64(truncatingIfNeeded: coefficient >> 64)
  }

  /// The number equal to an Int.
  public init(_ integer: Int64) {
    self.init(isNegative: integer < 0, coefficient: UInt128(integer.magnitude), scale: 0)
  }

  /// Whether it is less than zero.
  @inline(__always)
  public var isNegative: Bool { high >> 63 != 0 }

  /// The digits, as an integer.
  @inline(__always)
  public var coefficient: UInt128 {
    UInt128(truncatingIfNeeded: high & (1 << Decimal128.upperCoefficientBits &- 1)) << 64
      | UInt128(truncatingIfNeeded: low)
  }

  /// The power of ten by which the coefficient is multiplied.
  @inline(__always)
  var exponent: Int {
    Int(truncatingIfNeeded: high >> Decimal128.upperCoefficientBits & 0x3fff) &- Decimal128.exponentBias
  }

  /// Digits after the point.
  @inline(__always)
  public var scale: Int { 0 &- exponent }

  /// Whether these words are the one form of a number in range. Only a damaged image can hold others.
  public var isCanonical: Bool {
    guard scale >= 0, scale <= Decimal128.maximumScale, coefficient < Decimal128.coefficientLimit else { return false }
    return self == Decimal128(isNegative: isNegative, coefficient: coefficient, scale: scale)
  }

  /// The Int with the same value, if there is one.
  public var integer: Int64? {
    let (magnitude, limit) = (coefficient, UInt128(Int64.max) &+ (isNegative ? 1 : 0))
    guard scale == 0, magnitude <= limit else { return nil }
    let bits = Int64(truncatingIfNeeded: magnitude)
    return isNegative ? 0 &- bits : bits
  }

  /// `-self` (IEEE 754-2008, 5.5.1 negate), except that zero has no sign.
  public var negated: Decimal128 {
    coefficient == 0 ? self : Decimal128(low: low, high: high ^ 1 << 63)
  }

  /// The absolute value (IEEE 754-2008, 5.5.1 abs).
  public var magnitude: Decimal128 { Decimal128(low: low, high: high & ~(1 << 63)) }

  /// The coefficient without 2^k trailing zeros, for k of 0 to 5; nil if it has fewer.
  ///
  /// 10^n is 2^n × 5^n. The division by 2^n is a shift. The division by 5^n is a multiplication by the inverse of 5^n
  /// modulo 2^128: the product is the quotient if there is no remainder, and otherwise larger than any quotient.
  @inline(__always)
  static func dropping(zerosInPowerOfTwo k: Int, from coefficient: UInt128) -> UInt128? {
    let zeros = 1 << k
    if coefficient.trailingZeroBitCount < zeros { return nil }
    let quotient = (coefficient >> UInt128(zeros)) &* inverse(k)
    return quotient <= largestQuotient(k) ? quotient : nil
  }

  /// The inverse of 5^(2^k) modulo 2^128.
  @inline(__always)
  private static func inverse(_ k: Int) -> UInt128 {
    switch k {
    case 0: 0xcccc_cccc_cccc_cccc_cccc_cccc_cccc_cccd
    case 1: 0x28f5_c28f_5c28_f5c2_8f5c_28f5_c28f_5c29
    case 2: 0x4951_82a9_930b_e0de_d288_ce70_3afb_7e91
    case 3: 0xf36b_7213_ee9f_5a78_c767_074b_22e9_0e21
    case 4: 0xf60b_3275_305c_1066_e4a4_d141_7cd9_a041
    default: 0x62b4_2691_ad83_6eb1_1659_0f42_0a83_5081
    }
  }

  /// (2^128 - 1) / 5^(2^k), rounded down.
  @inline(__always)
  private static func largestQuotient(_ k: Int) -> UInt128 {
    switch k {
    case 0: 0x3333_3333_3333_3333_3333_3333_3333_3333
    case 1: 0x0a3d_70a3_d70a_3d70_a3d7_0a3d_70a3_d70a
    case 2: 0x0068_db8b_ac71_0cb2_95e9_e1b0_89a0_2752
    case 3: 0x2af3_1dc4_6118_73bf_3f70_834a_cdae
    case 4: 0x0734_aca5_f622_6f0a_da61_75f3
    default: 0x0033_ec47_ab51_4e65
    }
  }

  /// 10^n for n of 0 to 38. The multiplications are the same for every n: no branch, no table.
  @inline(__always)
  static func powerOfTen(_ n: Int) -> UInt128 {
    let bits = UInt64(truncatingIfNeeded: n)
    // 10^(n mod 16) fits one word.
    let small =
      select(bits, 0, 10) &* select(bits, 1, 100) &* select(bits, 2, 10_000) &* select(bits, 3, 100_000_000)
    let large = select(bits, 4, 10_000_000_000_000_000)
    let product = UInt128(truncatingIfNeeded: small) &* UInt128(truncatingIfNeeded: large)
    let square = UInt128(10_000_000_000_000_000) &* UInt128(10_000_000_000_000_000)
    let mask = 0 &- UInt128(truncatingIfNeeded: bits &>> 5 & 1)
    return product &* (1 &+ (mask & (square &- 1)))
  }

  /// `factor` if the bit is set, otherwise 1.
  @inline(__always)
  private static func select(_ bits: UInt64, _ bit: UInt64, _ factor: UInt64) -> UInt64 {
    1 &+ (0 &- (bits &>> bit & 1)) & (factor &- 1)
  }
}
