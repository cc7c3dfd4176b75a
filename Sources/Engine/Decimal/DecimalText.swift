/// Collects the digits of a number, in the order in which they are written, and gives the number if it is one that a
/// Decimal holds exactly. Nothing is ever rounded.
struct DecimalDigits {
  private var coefficient: UInt128
  /// Digits that came when the coefficient had 34 already.
  private var moreDigits: Int64 = 0
  private var fractionDigits: Int64 = 0
  /// Whether one of those that came too late was not 0.
  private var isTooLong = false

  /// - Parameter coefficient: the digits so far, at most 34.
  init(_ coefficient: UInt128 = 0) { self.coefficient = coefficient }

  /// Takes a digit.
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
    // What the largest scale has no place for must be zeros.
    let excess = max(0, 0 &- exponent &- Int64(Decimal128.maximumScale))
    if excess == 0 { return Decimal128(isNegative: isNegative, coefficient: coefficient, scale: Int(0 &- exponent)) }
    if excess >= Int64(Decimal128.maximumDigits) { return nil }
    let (kept, dropped) = coefficient.quotientAndRemainder(dividingBy: Decimal128.powerOfTen(Int(excess)))
    if dropped != 0 { return nil }
    return Decimal128(isNegative: isNegative, coefficient: kept, scale: Int(0 &- exponent &- excess))
  }
}

extension Decimal128 {
  /// The number that a text of the form `-?(0|[1-9][0-9]*)(\.[0-9]+)?` stands for; nil for any other text, and for one
  /// that needs more than 34 digits or a scale over 28 after zeros at the end have been dropped.
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

  /// The number that a literal of ECMAScript stands for: digits with a fraction, an exponent, or both, where digits before
  /// or behind the point may be missing. Nil if no Decimal is exactly that.
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

  /// Places of the text: digits of the coefficient, or as many as make a digit before the point.
  private var placeCount: Int {
    let coefficient = coefficient
    if let small = UInt64(exactly: coefficient) { return max(TextSink.digitCount(small), scale &+ 1) }
    // The bits, times log10(2), are the digits or one less.
    var digits = ((UInt128.bitWidth &- coefficient.leadingZeroBitCount) &* 1233) >> 12
    if coefficient >= Decimal128.powerOfTen(digits) { digits &+= 1 }
    return max(digits, scale &+ 1)
  }

  /// Bytes of the canonical text.
  var textLength: Int { placeCount &+ (scale > 0 ? 1 : 0) &+ (isNegative ? 1 : 0) }

  /// The canonical text: the shortest plain one, without an exponent, without zeros at the end of a fraction, without `-0`.
  ///
  /// - Parameters:
  ///   - length: `textLength`.
  ///   - put: takes a byte and how many bytes follow it in the text. The bytes come in any order.
  @inline(__always)
  func write(length: Int, _ put: (_ byte: UInt8, _ bytesBehind: Int) -> Void) {
    let scale = scale
    let places = length &- (scale > 0 ? 1 : 0) &- (isNegative ? 1 : 0)
    let point = scale > 0 ? scale : Int.max
    func write(_ digit: UInt64, at place: Int) {
      if place < places { put(0x30 &+ UInt8(truncatingIfNeeded: digit), place < point ? place : place &+ 1) }
    }
    // Two halves of 18 digits, each of which fits a word. The upper word of a coefficient is less than the divisor.
    let half: UInt64 = 1_000_000_000_000_000_000
    let words = (high: UInt64(truncatingIfNeeded: coefficient >> 64), low: UInt64(truncatingIfNeeded: coefficient))
    var (upper, lower): (UInt64, UInt64) =
      words.high == 0 && words.low < half ? (0, words.low) : half.dividingFullWidth(words)
    var place = 0
    while place < min(places, 18) {
      let (low, high) = (lower % 100, upper % 100)
      write(low % 10, at: place)
      write(low / 10, at: place &+ 1)
      write(high % 10, at: place &+ 18)
      write(high / 10, at: place &+ 19)
      (upper, lower) = (upper / 100, lower / 100)
      place &+= 2
    }
    if scale > 0 { put(0x2e, scale) }
    if isNegative { put(0x2d, length &- 1) }
  }

  /// The canonical text.
  public var text: [UInt8] {
    let length = textLength
    var text = [UInt8](repeating: 0, count: length)
    write(length: length) { text[length - 1 - $1] = $0 }
    return text
  }
}

extension TextSink {
  /// The canonical text of a number.
  mutating func put(decimal: Decimal128) {
    let length = decimal.textLength
    put(count: length) { memory, end in
      decimal.write(length: length) { memory[byte: HeapOffset(end.bytes &- 1 &- $1)] = $0 }
    }
  }
}
