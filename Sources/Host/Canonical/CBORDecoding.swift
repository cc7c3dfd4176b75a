public import OperatingSystem

/// Why bytes are not the canonical CBOR of a value.
public struct CBORDefect: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Kind: Equatable, Sendable {
    /// The bytes end inside a data item.
    case unexpectedEnd
    /// Bytes follow the data item.
    case trailingBytes
    /// A data item that no value has: floating point, a byte string, an unknown tag, an indefinite length.
    case unsupported
    /// A head, a decimal or a bignum is not in its shortest form.
    case notShortest
    /// A text string is not UTF-8.
    case invalidText
    /// Keys are not in order, or two are equal.
    case unorderedKeys
    /// A number is out of the range of an Int or a Decimal.
    case outOfRange
    /// The data is nested more than `CBORValue.depthLimit` levels deep.
    case tooDeep
    /// The data has more values than the reader may read.
    case tooMany
  }

  /// What is wrong.
  public let kind: Kind
  /// The offset of the byte at which it was detected.
  public let offset: Int
}

extension CBORValue {
  /// Reads canonical CBOR. Each value has exactly one accepted form.
  public init(canonical bytes: [UInt8]) throws(CBORDefect) { try self.init(canonical: SecretBytes(copying: bytes)) }

  /// Reads canonical CBOR without copying it first. The value holds copies, which are not wiped.
  ///
  /// - Parameter valueLimit: the maximum number of values and keys. A value takes some 64 bytes of memory, even if it
  ///   is a single byte of CBOR.
  public init(canonical bytes: SecretBytes, valueLimit: Int = .max) throws(CBORDefect) {
    self = try bytes.withBytes { (bytes) throws(CBORDefect) in
      var reader = CBORReader(valueLimit: valueLimit)
      let value = try reader.value(bytes, depth: 0)
      if reader.position < bytes.count { throw reader.defect(.trailingBytes) }
      return value
    }
  }
}

/// A position in bytes that each call lends.
private struct CBORReader {
  private(set) var position = 0
  private var valuesLeft: Int

  init(valueLimit: Int) { valuesLeft = valueLimit }

  func defect(_ kind: CBORDefect.Kind) -> CBORDefect { CBORDefect(kind: kind, offset: position) }

  mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(CBORDefect) -> CBORValue {
    if depth > CBORValue.depthLimit { throw defect(.tooDeep) }
    if valuesLeft == 0 { throw defect(.tooMany) }
    valuesLeft -= 1
    let start = position
    let (major, argument) = try head(bytes)
    switch major {
    case .unsigned, .negative:
      guard let number = Int64(exactly: argument) else { throw defect(.outOfRange) }
      return .integer(major == .negative ? -1 - number : number)
    case .text: return .string(try text(bytes, count: argument))
    case .array:
      var elements: [CBORValue] = []
      // Each element takes a byte or more. The limit keeps nested heads that lie from taking much memory.
      elements.reserveCapacity(min(Int(clamping: argument), bytes.count - position, 4096))
      for _ in 0..<argument { elements.append(try value(bytes, depth: depth + 1)) }
      return .array(elements)
    case .map:
      var fields: [CBORValue.Field] = []
      try pairs(bytes, count: argument, depth: depth) { (key, value, reader) throws(CBORDefect) in
        guard let name = key.text else { throw reader.defect(.unsupported) }
        fields.append(CBORValue.Field(name, value))
      }
      return .record(fields)
    case .tag where argument == CBORHead.decimalTag: return .decimal(try decimal(bytes))
    case .tag where argument == CBORHead.mapTag:
      let (major, count) = try head(bytes)
      guard major == .map else { throw defect(.unsupported) }
      var pairs: [CBORValue.Pair] = []
      try self.pairs(bytes, count: count, depth: depth) { (key, value, _) throws(CBORDefect) in
        pairs.append(CBORValue.Pair(key, value))
      }
      return .map(pairs)
    case .simple:
      switch bytes[start] {
      case CBORHead.null: return .null
      case CBORHead.false: return .bool(false)
      case CBORHead.true: return .bool(true)
      default: throw defect(.unsupported)
      }
    case .bytes, .tag: throw defect(.unsupported)
    }
  }

  private mutating func pairs(
    _ bytes: Span<UInt8>, count: UInt64, depth: Int,
    _ body: (CBORValue, CBORValue, CBORReader) throws(CBORDefect) -> Void
  ) throws(CBORDefect) {
    var previous: Range<Int>?
    for _ in 0..<count {
      let start = position
      let key = try value(bytes, depth: depth + 1)
      let encoded = start..<position
      if let previous, !CBORHead.precedes(bytes.extracting(previous), bytes.extracting(encoded)) {
        throw defect(.unorderedKeys)
      }
      previous = encoded
      try body(key, try value(bytes, depth: depth + 1), self)
    }
  }

  private mutating func decimal(_ bytes: Span<UInt8>) throws(CBORDefect) -> DecimalNumber {
    guard try head(bytes) == (.array, 2) else { throw defect(.unsupported) }
    let (major, argument) = try head(bytes)
    guard major == .unsigned || major == .negative else { throw defect(.unsupported) }
    let exponent = signed(major, argument)
    let significand = try mantissa(bytes)
    guard (-28...33).contains(exponent),
      let number = DecimalNumber(significand: significand, exponent: Int(exponent))
    else { throw defect(.outOfRange) }
    guard number.significand == significand else { throw defect(.notShortest) }
    guard number.exponent == Int(exponent) else { throw defect(.notShortest) }
    return number
  }

  private mutating func mantissa(_ bytes: Span<UInt8>) throws(CBORDefect) -> Int128 {
    let (major, argument) = try head(bytes)
    switch (major, argument) {
    case (.unsigned, _), (.negative, _): return signed(major, argument)
    case (.tag, CBORHead.bignumTag), (.tag, CBORHead.negativeBignumTag):
      let (content, count) = try head(bytes)
      guard content == .bytes else { throw defect(.unsupported) }
      let digits = try take(bytes, count)
      if count <= 8 || bytes[digits.lowerBound] == 0 { throw defect(.notShortest) }
      guard count < 16 else { throw defect(.outOfRange) }
      let magnitude = digits.reduce(Int128(0)) { $0 << 8 | Int128(bytes[$1]) }
      return argument == CBORHead.negativeBignumTag ? -1 - magnitude : magnitude
    default: throw defect(.unsupported)
    }
  }

  private func signed(_ major: CBORHead.Major, _ argument: UInt64) -> Int128 {
    major == .negative ? -1 - Int128(argument) : Int128(argument)
  }

  private mutating func text(_ bytes: Span<UInt8>, count: UInt64) throws(CBORDefect) -> String {
    let range = try take(bytes, count)
    do {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch {
      throw defect(.invalidText)
    }
  }

  private mutating func head(_ bytes: Span<UInt8>) throws(CBORDefect) -> (CBORHead.Major, UInt64) {
    let first = bytes[try take(bytes, 1).lowerBound]
    guard let major = CBORHead.Major(rawValue: first >> 5) else { throw defect(.unsupported) }
    let short = UInt64(first & 0x1f)
    if short < 24 { return (major, short) }
    guard short < 28, major != .simple else { throw defect(.unsupported) }
    var argument: UInt64 = 0
    for index in try take(bytes, 1 << (short - 24)) { argument = argument << 8 | UInt64(bytes[index]) }
    // Checks that the head is not longer than its argument needs: one more byte from 24 on, two more beyond the range
    // of one byte, and so on.
    let isShortest = short == 24 ? argument >= 24 : argument >> (4 << (short - 24)) != 0
    guard isShortest else { throw defect(.notShortest) }
    return (major, argument)
  }

  private mutating func take(_ bytes: Span<UInt8>, _ count: UInt64) throws(CBORDefect) -> Range<Int> {
    guard count <= UInt64(bytes.count - position) else { throw defect(.unexpectedEnd) }
    defer { position += Int(count) }
    return position..<position + Int(count)
  }
}
