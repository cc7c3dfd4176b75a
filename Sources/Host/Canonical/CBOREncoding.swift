/// Canonical CBOR (RFC 7049, section 3.9): shortest heads, definite lengths, keys sorted by length and then bytewise.
extension CBORValue {
  /// The value's bytes. Equal values have equal bytes.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    encode(to: &bytes)
    return bytes
  }

  private func encode(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(CBORHead.null)
    case .bool(let flag): bytes.append(flag ? CBORHead.true : CBORHead.false)
    case .integer(let number): CBORHead.append(signed: Int128(number), to: &bytes)
    case .decimal(let number): number.encode(to: &bytes)
    case .string(let text): CBORHead.append(text: text, to: &bytes)
    case .array(let elements):
      CBORHead.append(.array, UInt64(elements.count), to: &bytes)
      for element in elements { element.encode(to: &bytes) }
    case .record(let fields):
      CBORHead.append(.map, UInt64(fields.count), to: &bytes)
      for field in CBORValue.inOrder(fields) {
        CBORHead.append(text: field.name, to: &bytes)
        field.value.encode(to: &bytes)
      }
    case .map(let pairs):
      CBORHead.append(.tag, CBORHead.mapTag, to: &bytes)
      CBORHead.append(.map, UInt64(pairs.count), to: &bytes)
      let pairs = pairs.map { (key: $0.key.encoded, value: $0.value) }
      for (key, value) in pairs.sorted(by: { CBORHead.precedes($0.key.span, $1.key.span) }) {
        bytes += key
        value.encode(to: &bytes)
      }
    }
  }

  /// The fields in the order of their names' CBOR: shorter names first, then bytewise. Most Records have that order.
  private static func inOrder(_ fields: [Field]) -> [Field] {
    let isOrdered = fields.indices.dropFirst().allSatisfy { precedes(fields[$0 - 1].name, fields[$0].name) }
    return isOrdered ? fields : fields.sorted { precedes($0.name, $1.name) }
  }

  /// Whether one name of a field comes before another in canonical CBOR.
  package static func precedes(_ left: String, _ right: String) -> Bool {
    CBORHead.precedes(left.utf8.span, right.utf8.span)
  }
}

extension DecimalNumber {
  /// Tag 4: the exponent, then the mantissa, which is a bignum if it needs more than 64 bits.
  fileprivate func encode(to bytes: inout [UInt8]) {
    CBORHead.append(.tag, CBORHead.decimalTag, to: &bytes)
    CBORHead.append(.array, 2, to: &bytes)
    CBORHead.append(signed: Int128(exponent), to: &bytes)
    let magnitude = significand < 0 ? UInt128(-1 - significand) : UInt128(significand)
    if magnitude <= UInt64.max { return CBORHead.append(signed: significand, to: &bytes) }
    CBORHead.append(.tag, significand < 0 ? CBORHead.negativeBignumTag : CBORHead.bignumTag, to: &bytes)
    let digits = stride(from: 120, through: 0, by: -8).map { UInt8(truncatingIfNeeded: magnitude >> $0) }
      .drop { $0 == 0 }
    CBORHead.append(.bytes, UInt64(digits.count), to: &bytes)
    bytes += digits
  }
}

/// The first byte of a data item, and its argument (RFC 7049, section 2.1).
enum CBORHead {
  /// The upper three bits.
  enum Major: UInt8 {
    case unsigned, negative, bytes, text, array, map, tag, simple
  }

  static let `false`: UInt8 = 0xf4
  static let `true`: UInt8 = 0xf5
  static let null: UInt8 = 0xf6
  static let bignumTag: UInt64 = 2
  static let negativeBignumTag: UInt64 = 3
  static let decimalTag: UInt64 = 4
  static let mapTag: UInt64 = 259

  /// Appends a head with its argument in the shortest form.
  static func append(_ major: Major, _ argument: UInt64, to bytes: inout [UInt8]) {
    let (width, code): (UInt64, UInt8) =
      switch argument {
      case 0..<24: (0, UInt8(argument))
      case 24...0xff: (1, 24)
      case 0x100...0xffff: (2, 25)
      case 0x1_0000...0xffff_ffff: (4, 26)
      default: (8, 27)
      }
    bytes.append(major.rawValue << 5 | code)
    var shift = width * 8
    while shift > 0 {
      shift -= 8
      bytes.append(UInt8(truncatingIfNeeded: argument >> shift))
    }
  }

  /// Appends a text string.
  static func append(text: String, to bytes: inout [UInt8]) {
    append(.text, UInt64(text.utf8.count), to: &bytes)
    bytes += text.utf8
  }

  /// Appends a number whose magnitude fits into 64 bits.
  static func append(signed number: Int128, to bytes: inout [UInt8]) {
    if number < 0 {
      append(.negative, UInt64(-1 - number), to: &bytes)
    } else {
      append(.unsigned, UInt64(number), to: &bytes)
    }
  }

  /// The order of keys: shorter keys first, then bytewise.
  static func precedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    if left.count != right.count { return left.count < right.count }
    for index in left.indices where left[index] != right[index] { return left[index] < right[index] }
    return false
  }
}
