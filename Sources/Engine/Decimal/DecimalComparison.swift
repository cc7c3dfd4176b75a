/// Comparison in constant time: the instructions executed, and the addresses accessed, are the same for all operands.
/// `make constant-time` searches the machine code for jumps; `Benchmarks/ConstantTime` measures it.
///
/// Both numbers become integers of 256 bits at scale 28, the largest one (at most 62 digits, which fit 206 bits), and
/// one is subtracted from the other. Operators that check for overflow must not be used here, since a check is a jump.
public enum DecimalComparison {
  /// -1, 0 or 1 if `left` is less than, equal to or greater than `right` (IEEE 754-2008, 5.6.1).
  @inline(never)
  public static func compare(_ left: Decimal128, _ right: Decimal128) -> Int {
    let (a, b) = (Limbs(left), Limbs(right))
    let (d0, borrow0) = subtract(a.w0, b.w0, 0)
    let (d1, borrow1) = subtract(a.w1, b.w1, borrow0)
    let (d2, borrow2) = subtract(a.w2, b.w2, borrow1)
    let (d3, _) = subtract(a.w3, b.w3, borrow2)
    let bits = d0 | d1 | d2 | d3
    let isDifferent = (bits | (0 &- bits)) &>> 63
    let isLess = d3 &>> 63
    return Int(truncatingIfNeeded: isDifferent &- (isLess &<< 1))
  }

  /// Whether two numbers are equal (IEEE 754-2008, 5.6.1 compareQuietEqual). Equal numbers have equal words.
  @inline(never)
  public static func areEqual(_ left: Decimal128, _ right: Decimal128) -> Bool {
    let bits = (left.low ^ right.low) | (left.high ^ right.high)
    return bits == 0
  }

  /// Whether `left` is less than `right` (IEEE 754-2008, 5.6.1 compareQuietLess).
  @inline(__always)
  static func isLess(_ left: Decimal128, _ right: Decimal128) -> Bool { compare(left, right) < 0 }

  /// A number × 10^28 in two's complement, 256 bits, lowest word first.
  private struct Limbs {
    let w0, w1, w2, w3: UInt64

    @inline(__always)
    init(_ number: Decimal128) {
      let (coefficient, power) = (number.coefficient, Decimal128.powerOfTen(Decimal128.maximumScale &- number.scale))
      let (c0, c1) = (UInt64(truncatingIfNeeded: coefficient), UInt64(truncatingIfNeeded: coefficient &>> 64))
      let (p0, p1) = (UInt64(truncatingIfNeeded: power), UInt64(truncatingIfNeeded: power &>> 64))
      let p00 = c0.multipliedFullWidth(by: p0)
      let p01 = c0.multipliedFullWidth(by: p1)
      let p10 = c1.multipliedFullWidth(by: p0)
      let p11 = c1.multipliedFullWidth(by: p1)
      let (s1, carry1) = add(p00.high, p01.low, 0)
      let (t1, carry2) = add(s1, p10.low, 0)
      let (s2, carry3) = add(p01.high, p10.high, carry1)
      let (t2, carry4) = add(s2, p11.low, carry2)
      // x = (x XOR mask) + (mask AND 1) is -x if the mask is all ones, and x if it is all zeros.
      let sign = number.high &>> 63
      let mask = 0 &- sign
      let (n0, carry5) = add(p00.low ^ mask, sign, 0)
      let (n1, carry6) = add(t1 ^ mask, 0, carry5)
      let (n2, carry7) = add(t2 ^ mask, 0, carry6)
      (w0, w1, w2) = (n0, n1, n2)
      w3 = ((p11.high &+ carry3 &+ carry4) ^ mask) &+ carry7
    }
  }

  /// The sum of two words and a carry, and the next carry.
  @inline(__always)
  private static func add(_ a: UInt64, _ b: UInt64, _ carry: UInt64) -> (UInt64, carry: UInt64) {
    let sum = UInt128(truncatingIfNeeded: a) &+ UInt128(truncatingIfNeeded: b) &+ UInt128(truncatingIfNeeded: carry)
    return (UInt64(truncatingIfNeeded: sum), UInt64(truncatingIfNeeded: sum &>> 64))
  }

  /// The difference of two words and a borrow, and the next borrow.
  @inline(__always)
  private static func subtract(_ a: UInt64, _ b: UInt64, _ borrow: UInt64) -> (UInt64, borrow: UInt64) {
    let difference =
      UInt128(truncatingIfNeeded: a) &- UInt128(truncatingIfNeeded: b) &- UInt128(truncatingIfNeeded: borrow)
    return (UInt64(truncatingIfNeeded: difference), UInt64(truncatingIfNeeded: difference &>> 64) & 1)
  }
}
