/// Collects the digits of a number in the order in which they are written, and returns the number if a Decimal can hold
/// it exactly. Nothing is ever rounded.
struct DecimalDigits {
  private var coefficient: UInt128
  /// Digits that were appended when the coefficient already had 34.
  private var moreDigits: Int64 = 0
  private var fractionDigits: Int64 = 0
  /// Whether one of the digits counted by `moreDigits` was not 0.
  private var isTooLong = false

  /// - Parameter coefficient: the digits so far, at most 34.
  init(_ coefficient: UInt128 = 0) { self.coefficient = coefficient }

  /// Appends a digit.
  mutating func append(_ digit: UInt8, isFraction: Bool) {
    if isFraction { fractionDigits &+= 1 }
    if coefficient < Decimal128.coefficientLimit / 10 {
      coefficient = coefficient &* 10 &+ UInt128(truncatingIfNeeded: digit)
    } else {
      moreDigits &+= 1
      if digit != 0 { isTooLong = true }
    }
  }

  /// The number × 10^exponent; nil if it needs more than 34 digits or a scale over 28.
  func number(isNegative: Bool, exponent: Int64 = 0) -> Decimal128? {
    if coefficient == 0 { return .zero }
    let exponent = exponent &+ moreDigits &- fractionDigits
    if isTooLong || exponent >= Int64(Decimal128.maximumDigits) { return nil }
    if exponent > 0 {
      guard coefficient < Decimal128.powerOfTen(Decimal128.maximumDigits &- Int(exponent)) else { return nil }
      let integer = coefficient &* Decimal128.powerOfTen(Int(exponent))
      return Decimal128(isNegative: isNegative, coefficient: integer, scale: 0)
    }
    // Digits beyond the largest scale must be zeros.
    let excess = max(0, 0 &- exponent &- Int64(Decimal128.maximumScale))
    if excess == 0 { return Decimal128(isNegative: isNegative, coefficient: coefficient, scale: Int(0 &- exponent)) }
    if excess >= Int64(Decimal128.maximumDigits) { return nil }
    let (kept, dropped) = coefficient.quotientAndRemainder(dividingBy: Decimal128.powerOfTen(Int(excess)))
    if dropped != 0 { return nil }
    return Decimal128(isNegative: isNegative, coefficient: kept, scale: Int(0 &- exponent &- excess))
  }
}

extension Decimal128 {
  /// The number written as text of the form `-?(0|[1-9][0-9]*)(\.[0-9]+)?`. Nil for any other text, and for a number
  /// that needs more than 34 digits or a scale over 28 without its trailing zeros.
  public init?(_ text: Span<UInt8>) {
    var digits = DecimalDigits()
    let isNegative = text.count > 0 && text[0] == 0x2d
    var index = isNegative ? 1 : 0
    let first = index
    while index < text.count, let digit = Decimal128.digit(text[index]) {
      digits.append(digit, isFraction: false)
      index &+= 1
    }
    if index == first || (text[first] == 0x30 && index > first &+ 1) { return nil }
    if index < text.count {
      guard text[index] == 0x2e, index &+ 1 < text.count else { return nil }
      index &+= 1
      while index < text.count, let digit = Decimal128.digit(text[index]) {
        digits.append(digit, isFraction: true)
        index &+= 1
      }
      if index < text.count { return nil }
    }
    guard let number = digits.number(isNegative: isNegative) else { return nil }
    self = number
  }

  private static func digit(_ byte: UInt8) -> UInt8? { byte >= 0x30 && byte <= 0x39 ? byte &- 0x30 : nil }

  /// The number of an ECMAScript literal: digits with a fraction, an exponent, or both. The digits before or after the
  /// point may be missing. Nil if no Decimal is exactly equal to it.
  ///
  /// - Precondition: the text is such a literal, without separators.
  public init?(literal text: [UInt8]) {
    var digits = DecimalDigits()
    var isFraction = false
    var index = 0
    while index < text.count, let digit = Decimal128.digit(text[index]) ?? (text[index] == 0x2e ? 10 : nil) {
      if digit == 10 { isFraction = true } else { digits.append(digit, isFraction: isFraction) }
      index &+= 1
    }
    var exponent: Int64 = 0
    var isNegative = false
    while index < text.count {
      if text[index] == 0x2d { isNegative = true }
      if let digit = Decimal128.digit(text[index]) { exponent = min(exponent &* 10 &+ Int64(digit), 1 << 40) }
      index &+= 1
    }
    guard let number = digits.number(isNegative: false, exponent: isNegative ? 0 &- exponent : exponent) else {
      return nil
    }
    self = number
  }

  // MARK: Writing

  /// Digits in the text: those of the coefficient, or more if that leaves none before the point.
  private var placeCount: Int {
    let coefficient = coefficient
    if let small = UInt64(exactly: coefficient) { return max(TextSink.digitCount(small), scale &+ 1) }
    // The number of bits, multiplied by log10(2), is the number of digits, or one less.
    var digits = ((UInt128.bitWidth &- coefficient.leadingZeroBitCount) &* 1233) >> 12
    if coefficient >= Decimal128.powerOfTen(digits) { digits &+= 1 }
    return max(digits, scale &+ 1)
  }

  /// Bytes of the canonical text.
  var textLength: Int { placeCount &+ (scale > 0 ? 1 : 0) &+ (isNegative ? 1 : 0) }

  /// The canonical text: the shortest plain form, without an exponent, without trailing zeros in a fraction, and
  /// without `-0`.
  ///
  /// - Parameters:
  ///   - length: `textLength`.
  ///   - put: is called with up to eight bytes of the text, in the upper bytes of a word, the last one on top; how many
  ///     they are; and how many bytes of the text follow them.
  @inline(__always)
  func write(length: Int, _ put: (_ word: UInt64, _ count: Int, _ bytesBehind: Int) -> Void) {
    // Two halves, of 18 and 16 digits, each of which fits a word. The upper word of a coefficient is less than the
    // divisor.
    let half: UInt64 = 10_000_000_000_000_000
    let words = (high: UInt64(truncatingIfNeeded: coefficient >> 64), low: UInt64(truncatingIfNeeded: coefficient))
    let (upper, lower): (UInt64, UInt64) =
      words.high == 0 && words.low < half ? (0, words.low) : half.dividingFullWidth(words)
    let eightDigits: UInt64 = 100_000_000
    var point = scale > 0 ? scale : Int.max
    var digitsBehind: UInt64 = 0
    var behind = 0
    while behind < length {
      let part =
        switch behind {
        case 0: lower % eightDigits
        case 8: lower / eightDigits
        case 16: upper % eightDigits
        case 24: upper / eightDigits % eightDigits
        default: upper / half
        }
      let digits = Decimal128.digits(of: part)
      // Digits before the point move one place to the left.
      let moved = digits >> 8 | digitsBehind << 56
      var word = point < 0 ? moved : digits
      if point >= 0 && point < 8 {
        let bits = UInt64(truncatingIfNeeded: 56 &- 8 &* point)
        let before = 1 << bits &- 1 as UInt64
        word = digits & ~(before << 8 | 0xff) | 0x2e << bits | moved & before
      }
      if isNegative && length &- behind <= 8 {
        let bits = UInt64(truncatingIfNeeded: 64 &- 8 &* (length &- behind))
        word = word & ~(0xff << bits) | 0x2d << bits
      }
      put(word, min(8, length &- behind), behind)
      digitsBehind = digits
      behind &+= 8
      point &-= 8
    }
  }

  /// Eight decimal digits, the first one in the lowest byte.
  ///
  /// - Precondition: `number` has at most eight digits.
  @inline(__always)
  private static func digits(of number: UInt64) -> UInt64 {
    // Fours, pairs and digits are divided side by side in the word, by multiplication: by 10486 / 2^20 for 1 / 100,
    // which is exact below 10,000, and by 103 / 2^10 for 1 / 10, which is exact below 100.
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 10486) >> 20 & 0x7f_0000_007f
    let pairs = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (pairs &* 103) >> 10 & 0x000f_000f_000f_000f
    return (tens | (pairs &- tens &* 10) << 8) &+ 0x3030_3030_3030_3030
  }

  /// The canonical text.
  public var text: [UInt8] {
    let length = textLength
    var text = [UInt8](repeating: 0, count: length)
    write(length: length) { word, count, behind in
      for index in 0..<count { text[length - 1 - behind - index] = UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
    }
    return text
  }
}

extension TextSink {
  /// The canonical text of a number.
  mutating func put(decimal: Decimal128) {
    let length = decimal.textLength
    put(count: length) { memory, end in
      decimal.write(length: length) { memory.write(word: $0, count: $1, before: HeapOffset(end.bytes &- $2)) }
    }
  }
}
