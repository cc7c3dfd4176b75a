internal import Engine

extension Lexer {
  /// Reads a number. If anything is wrong with it, that gives one error and an integer token.
  mutating func readNumber() {
    let start = offset
    let value = hasRadixPrefix ? readRadixInteger(from: start) : readDecimalInteger(from: start)
    addInteger(value ?? 0, from: start)
  }

  private var hasRadixPrefix: Bool {
    guard peek() == UInt8(ascii: "0") else { return false }
    switch peek(1) | 0x20 {
    case UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b"): return true
    default: return false
    }
  }

  /// `0x…`, `0o…`, `0b…`
  private mutating func readRadixInteger(from start: Int) -> UInt64? {
    let radix: UInt32
    switch peek(1) | 0x20 {
    case UInt8(ascii: "x"): radix = 16
    case UInt8(ascii: "o"): radix = 8
    default: radix = 2
    }
    offset += 2
    let digits = readDigits(radix: radix)
    return finish(digits, from: start)
  }

  private mutating func readDecimalInteger(from start: Int) -> UInt64? {
    let isLegacy = peek() == UInt8(ascii: "0") && (isDigit(peek(1)) || peek(1) == UInt8(ascii: "_"))
    let digits = readDigits(radix: 10)
    if isLegacy {
      skipRestOfNumber()
      report(text(from: start).contains(UInt8(ascii: "_")) ? .misplacedSeparator : .legacyOctalLiteral, from: start)
      return nil
    }
    return readsFraction(from: start) ? nil : finish(digits, from: start)
  }

  /// Reads and reports a fraction or exponent, if there is one.
  private mutating func readsFraction(from start: Int) -> Bool {
    var isFraction = false
    if peek() == UInt8(ascii: ".") {
      isFraction = true
      offset += 1
      _ = readDigits(radix: 10)
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
      if isDigit(peek(1 + sign)) {
        isFraction = true
        offset += 1 + sign
        _ = readDigits(radix: 10)
      }
    }
    guard isFraction else { return false }
    if isNamePart(peek()) || peek() >= 0x80 && !isWhiteSpace(scalar.value) && !isLineTerminator(scalar.value) {
      skipRestOfNumber()
      report(.malformedNumber, from: start, [text(from: start)])
    } else {
      let literal = text(from: start).filter { $0 != UInt8(ascii: "_") }
      let decimal = Decimal128(literal: literal)?.text ?? ("..." as StaticString).bytes
      report(.fractionalLiteral, from: start, [literal, decimal])
    }
    return true
  }

  /// The result of reading digits and separators.
  private struct Digits {
    /// Nil if it does not fit in 64 bits.
    var value: UInt64? = 0
    var count = 0
    var hasMisplacedSeparator = false
  }

  private mutating func readDigits(radix: UInt32) -> Digits {
    var digits = Digits()
    var isAfterDigit = false
    while true {
      if peek() == UInt8(ascii: "_") {
        if !isAfterDigit { digits.hasMisplacedSeparator = true }
        isAfterDigit = false
      } else if let digit = hexDigit(peek()), digit < radix {
        digits.value = digits.value?.appending(digit, radix: radix)
        digits.count += 1
        isAfterDigit = true
      } else {
        if digits.count > 0, !isAfterDigit { digits.hasMisplacedSeparator = true }
        return digits
      }
      offset += 1
    }
  }

  /// Checks what follows the digits of an integer. The range goes up to 2^63, which is allowed only after a minus sign;
  /// the parser checks that.
  private mutating func finish(_ digits: Digits, from start: Int) -> UInt64? {
    if peek() == UInt8(ascii: "n"), digits.count > 0, !isNamePart(peek(1)) {
      offset += 1
      report(.bigIntLiteral, from: start)
      return nil
    }
    if isNamePart(peek()) || digits.count == 0 || peek() == UInt8(ascii: "\\") {
      skipRestOfNumber()
      report(.malformedNumber, from: start, [text(from: start)])
      return nil
    }
    if digits.hasMisplacedSeparator {
      report(.misplacedSeparator, from: start)
      return nil
    }
    guard let value = digits.value, value <= 1 << 63 else {
      report(.integerOutOfRange, from: start)
      return nil
    }
    return value
  }

  private mutating func skipRestOfNumber() {
    while isNamePart(peek()) || peek() == UInt8(ascii: ".") && isDigit(peek(1)) { offset += 1 }
  }
}

extension UInt64 {
  /// The number with one more digit, or nil if it does not fit.
  fileprivate func appending(_ digit: UInt32, radix: UInt32) -> UInt64? {
    let (product, overflow) = multipliedReportingOverflow(by: UInt64(radix))
    let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
    return overflow || carry ? nil : sum
  }
}
