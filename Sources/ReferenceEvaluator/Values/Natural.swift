/// A natural number of any size, as its decimal digits. Arithmetic works as with pen and paper.
struct Natural: Equatable, Comparable {
  /// The digits, most significant first, without leading zeros; zero has no digits.
  private(set) var digits: [UInt8]

  static let zero = Natural([])
  static let one = Natural([1])

  /// The number with these digits.
  init(_ digits: some Sequence<UInt8>) { self.digits = Array(digits.drop { $0 == 0 }) }

  /// The number that ASCII digits spell.
  init(ascii: some Sequence<UInt8>) { self.init(ascii.map { $0 - 0x30 }) }

  /// A 64-bit number.
  init(_ number: UInt64) { self.init(ascii: String(number).utf8) }

  var isZero: Bool { digits.isEmpty }

  /// The number of zeros at the end.
  var trailingZeros: Int { digits.reversed().prefix { $0 == 0 }.count }

  /// The number × 10^count.
  func times(tenToThe count: Int) -> Natural {
    isZero ? self : Natural(digits + Array(repeating: 0, count: count))
  }

  /// The number / 10^count, without the fraction.
  func dropping(_ count: Int) -> Natural { Natural(digits.dropLast(count)) }

  static func < (left: Natural, right: Natural) -> Bool {
    if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
    return left.digits.lexicographicallyPrecedes(right.digits)
  }

  static func + (left: Natural, right: Natural) -> Natural {
    var sum: [UInt8] = []
    var carry: UInt8 = 0
    for place in 0..<max(left.digits.count, right.digits.count) {
      let digit = left.digit(place) + right.digit(place) + carry
      sum.append(digit % 10)
      carry = digit / 10
    }
    return Natural([carry] + sum.reversed())
  }

  /// - Precondition: `right` is not greater than `left`.
  static func - (left: Natural, right: Natural) -> Natural {
    var difference: [UInt8] = []
    var borrow: UInt8 = 0
    for place in 0..<left.digits.count {
      let taken = right.digit(place) + borrow
      borrow = left.digit(place) < taken ? 1 : 0
      difference.append(left.digit(place) + 10 * borrow - taken)
    }
    return Natural(difference.reversed())
  }

  static func * (left: Natural, right: Natural) -> Natural {
    var product = Natural.zero
    for digit in right.digits {
      product = product.times(tenToThe: 1)
      for _ in 0..<digit { product = product + left }
    }
    return product
  }

  /// Long division by a nonzero number.
  func divided(by divisor: Natural) -> (quotient: Natural, remainder: Natural) {
    var quotient: [UInt8] = []
    var remainder = Natural.zero
    for digit in digits {
      remainder = Natural(remainder.digits + [digit])
      var times: UInt8 = 0
      while remainder >= divisor {
        remainder = remainder - divisor
        times += 1
      }
      quotient.append(times)
    }
    return (Natural(quotient), remainder)
  }

  /// The digit at a place counted from the end.
  private func digit(_ place: Int) -> UInt8 {
    place < digits.count ? digits[digits.count - 1 - place] : 0
  }

  /// The text.
  var ascii: [UInt8] { isZero ? [0x30] : digits.map { $0 + 0x30 } }
}
