/// A value that crosses the boundary between a program and its host: what effects take and give. It has the kinds of the
/// language's data, and its bytes are the canonical CBOR of docs/canonical-forms.md, so that a value has one hash on
/// both sides.
public enum CBORValue: Sendable {
  /// JSON's null.
  case null
  case bool(Bool)
  /// A signed number of 64 bits.
  case integer(Int64)
  case decimal(DecimalNumber)
  /// Text. Two texts are the same if their UTF-8 is: unlike in Swift, composed and decomposed letters differ.
  case string(String)
  case array([CBORValue])
  /// Names and values; names differ from each other. Their order does not matter.
  case record([Field])
  /// Keys and values; keys differ from each other. Their order does not matter.
  case map([Pair])

  /// A name and its value.
  public struct Field: Sendable {
    /// The field's name.
    public let name: String
    /// What it holds.
    public let value: CBORValue

    /// One field of a record.
    public init(_ name: String, _ value: CBORValue) {
      self.name = name
      self.value = value
    }
  }

  /// A key of a map and its value.
  public struct Pair: Sendable {
    /// Any value without a function, which is any value here.
    public let key: CBORValue
    /// What it stands for.
    public let value: CBORValue

    /// One pair of a map.
    public init(_ key: CBORValue, _ value: CBORValue) {
      self.key = key
      self.value = value
    }
  }

  /// The levels of arrays, records and maps within each other that this type reads. Deeper data is refused, so that
  /// nothing that comes from a program can exhaust the host's own stack.
  public static let depthLimit = 256

  /// The field of a record; nil if this is no record, or has no such field.
  public subscript(_ name: String) -> CBORValue? {
    guard case .record(let fields) = self else { return nil }
    return fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The text; nil if this is none.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number; nil if this is no Int.
  public var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The elements; nil if this is no array.
  public var elements: [CBORValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}

extension CBORValue: Equatable {
  /// Two values are the same if their canonical bytes are.
  public static func == (left: CBORValue, right: CBORValue) -> Bool { left.encoded == right.encoded }
}

/// A decimal number, `significand` · 10^`exponent`, in its one canonical form: no zeros at the significand's end, and
/// zero as 0 · 10^0.
public struct DecimalNumber: Equatable, Sendable {
  /// At most 34 digits.
  public let significand: Int128
  /// -28 or more; with the significand's digits it makes 34 at most.
  public let exponent: Int

  /// Normalises a number; nil if no Decimal holds it: it has more than 34 digits, or more than 28 behind the point.
  public init?(significand: Int128, exponent: Int) {
    // No number of 34 digits has another form with an exponent beyond these.
    guard (-80...40).contains(exponent) else { return nil }
    var (significand, exponent) = (significand, significand == 0 ? 0 : exponent)
    while significand != 0, significand % 10 == 0 { (significand, exponent) = (significand / 10, exponent + 1) }
    let digits = String(significand.magnitude).utf8.count
    guard exponent >= -28, digits + max(exponent, 0) <= 34 else { return nil }
    self.significand = significand
    self.exponent = exponent
  }

  /// The number in plain digits, as programs print it.
  public var text: String {
    let digits = String(significand.magnitude) + String(repeating: "0", count: max(exponent, 0))
    let sign = significand < 0 ? "-" : ""
    if exponent >= 0 { return sign + digits }
    // At least one digit stands before the point.
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.utf8.count)) + digits
    return "\(sign)\(padded.dropLast(-exponent)).\(padded.suffix(-exponent))"
  }
}

// MARK: - Literals

extension CBORValue: ExpressibleByStringLiteral {
  /// Text.
  public init(stringLiteral text: String) { self = .string(text) }
}

extension CBORValue: ExpressibleByIntegerLiteral {
  /// A number.
  public init(integerLiteral number: Int64) { self = .integer(number) }
}

extension CBORValue: ExpressibleByBooleanLiteral {
  /// A truth value.
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
