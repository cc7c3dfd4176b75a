extension ByteSink {
  /// A Decimal as a decimal fraction (RFC 7049, section 2.4.3). The mantissa has no trailing zeros, so each number has
  /// one encoding. Zero is `[0, 0]`.
  mutating func put(cbor number: Decimal128) {
    let (mantissa, exponent) = number.withoutTrailingZeros
    put(CBORHead.decimalTag)
    put(CBORHead(.array, count: 2))
    put(CBORHead(integer: Int64(truncatingIfNeeded: exponent)))
    // As for Ints, a negative n has the argument -1 - n.
    let argument = number.isNegative ? mantissa &- 1 : mantissa
    if argument <= UInt128(UInt64.max) {
      put(CBORHead(number.isNegative ? .negative : .unsigned, UInt64(truncatingIfNeeded: argument)))
    } else {
      put(bignum: argument, isNegative: number.isNegative)
    }
  }

  /// An integer that fits no major type: a tagged byte string (RFC 7049, section 2.4.2), as short as possible.
  private mutating func put(bignum argument: UInt128, isNegative: Bool) {
    var index = (UInt128.bitWidth &- argument.leadingZeroBitCount &+ 7) >> 3
    put(CBORHead(.tag, isNegative ? 3 : 2))
    put(CBORHead(.bytes, count: index))
    while index > 0 {
      index &-= 1
      put(UInt8(truncatingIfNeeded: argument >> UInt128(8 &* index)))
    }
  }
}

extension Decimal128 {
  /// The same number as a coefficient and a power of ten, with the smallest possible coefficient.
  fileprivate var withoutTrailingZeros: (coefficient: UInt128, exponent: Int) {
    // If the scale is above 0, the coefficient has no trailing zeros.
    if scale > 0 || coefficient == 0 { return (coefficient, exponent) }
    var (coefficient, exponent) = (coefficient, 0)
    var k = 5
    while k >= 0 {
      if let quotient = Decimal128.dropping(zerosInPowerOfTwo: k, from: coefficient) {
        coefficient = quotient
        exponent &+= 1 << k
      }
      k &-= 1
    }
    return (coefficient, exponent)
  }
}
