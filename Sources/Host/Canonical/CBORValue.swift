/// A value that crosses the boundary between a program and its host: an argument or a result of an effect. It has the
/// kinds of the language's data. Its bytes are the canonical CBOR of docs/canonical-forms.md, so a value has the same
/// hash on both sides.
public enum CBORValue: Sendable {
  /// JSON's null.
  case null
  case bool(Bool)
  /// A signed 64-bit number.
  case integer(Int64)
  case decimal(DecimalNumber)
  /// Text. Two strings are equal if their UTF-8 is equal. Unlike in Swift, composed and decomposed characters differ.
  case string(String)
  case array([CBORValue])
  /// Names and values. The names are different; their order does not matter.
  case record([Field])
  /// Keys and values. The keys are different; their order does not matter.
  case map([Pair])

  /// A name and its value.
  public struct Field: Sendable {
    /// The field's name.
    public let name: String
    /// The field's value.
    public let value: CBORValue

    /// A field of a record.
    public init(_ name: String, _ value: CBORValue) {
      self.name = name
      self.value = value
    }
  }

  /// A key of a map and its value.
  public struct Pair: Sendable {
    /// The key: any value.
    public let key: CBORValue
    /// The value of the key.
    public let value: CBORValue

    /// A pair of a map.
    public init(_ key: CBORValue, _ value: CBORValue) {
      self.key = key
      self.value = value
    }
  }

  /// The maximum nesting depth of arrays, records and maps that this type reads. Deeper data is refused, so that no
  /// program can exhaust the host's own stack.
  public static let depthLimit = 256

  /// The value of a record's field; nil if this is not a record, or has no such field.
  public subscript(_ name: String) -> CBORValue? {
    guard case .record(let fields) = self else { return nil }
    return fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The string; nil if this is not a string.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number; nil if this is not an Int.
  public var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The elements; nil if this is not an array.
  public var elements: [CBORValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}

extension CBORValue: Equatable {
  /// Two values are equal if their canonical bytes are.
  public static func == (left: CBORValue, right: CBORValue) -> Bool { left.encoded == right.encoded }
}

/// A decimal number, `significand` · 10^`exponent`, in its one canonical form: the significand has no zeros at its end,
/// and zero is 0 · 10^0.
public struct DecimalNumber: Equatable, Sendable {
  /// At most 34 digits.
  public let significand: Int128
  /// At least -28. A positive exponent and the digits of the significand add up to at most 34.
  public let exponent: Int

  /// Normalises a number; nil if no Decimal can hold it: it has more than 34 digits, or more than 28 after the point.
  public init?(significand: Int128, exponent: Int) {
    // Beyond these exponents, no normalised form is in range.
    guard (-80...40).contains(exponent) else { return nil }
    var (significand, exponent) = (significand, significand == 0 ? 0 : exponent)
    while significand != 0, significand % 10 == 0 { (significand, exponent) = (significand / 10, exponent + 1) }
    guard exponent >= -28, DecimalNumber.digitCount(significand.magnitude) + max(exponent, 0) <= 34 else { return nil }
    self.significand = significand
    self.exponent = exponent
  }

  /// The number of decimal digits, up to 35.
  private static func digitCount(_ magnitude: UInt128) -> Int {
    var (count, power): (Int, UInt128) = (1, 10)
    while count < 35, magnitude >= power { (count, power) = (count + 1, power * 10) }
    return count
  }

  /// The digits of a number of at most 34. `UInt128` itself would print them one by one.
  private static func digits(_ magnitude: UInt128) -> [UInt8] {
    if let short = UInt64(exactly: magnitude) { return Array(String(short).utf8) }
    let (high, low) = magnitude.quotientAndRemainder(dividingBy: 100_000_000_000_000_000)
    let rest = Array(String(UInt64(low)).utf8)
    return Array(String(UInt64(high)).utf8) + zeros(17 - rest.count) + rest
  }

  private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "0"), count: max(0, count)) }

  /// The number in plain digits, as programs print it.
  public var text: String {
    var text = DecimalNumber.digits(significand.magnitude) + DecimalNumber.zeros(exponent)
    if exponent < 0 {
      // There is at least one digit before the point.
      text = DecimalNumber.zeros(1 - exponent - text.count) + text
      text.insert(UInt8(ascii: "."), at: text.count + exponent)
    }
    if significand < 0 { text.insert(UInt8(ascii: "-"), at: 0) }
    return String(decoding: text, as: UTF8.self)
  }
}

// MARK: - Literals

extension CBORValue: ExpressibleByStringLiteral {
  /// A string.
  public init(stringLiteral text: String) { self = .string(text) }
}

extension CBORValue: ExpressibleByIntegerLiteral {
  /// A number.
  public init(integerLiteral number: Int64) { self = .integer(number) }
}

extension CBORValue: ExpressibleByBooleanLiteral {
  /// A Boolean.
  public init(booleanLiteral flag: Bool) { self = .bool(flag) }
}

extension CBORValue: ExpressibleByArrayLiteral {
  /// An array.
  public init(arrayLiteral elements: CBORValue...) { self = .array(elements) }
}

extension CBORValue: ExpressibleByDictionaryLiteral {
  /// A record.
  public init(dictionaryLiteral fields: (String, CBORValue)...) { self = .record(fields.map { Field($0.0, $0.1) }) }
}
