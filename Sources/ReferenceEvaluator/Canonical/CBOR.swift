internal import Engine

/// Canonical CBOR (RFC 7049, section 3.9): shortest arguments, definite lengths, and the pairs of a map sorted by the
/// CBOR of their keys, shorter keys first and then bytewise.
enum CBOR {
  /// The CBOR of a value.
  ///
  /// - Precondition: the value contains no function and no `undefined`.
  static func bytes(of value: Value) -> [UInt8] {
    switch value {
    case .null: [0xf6]
    case .bool(let flag): [flag ? 0xf5 : 0xf4]
    case .int(let integer): bytes(of: integer)
    case .decimal(let number): bytes(of: number)
    case .string(let text): head(3, text.byteCount) + text.utf8
    case .array(let elements): head(4, elements.count) + elements.flatMap { bytes(of: $0) }
    case .record(let record): map(record.fields.map { (bytes(of: .string($0.key)), bytes(of: $0.value)) })
    case .map(let map): head(6, 259) + self.map(map.pairs.map { ($0.canonical.cbor, bytes(of: $0.value)) })
    case .function, .builtin, .undefined: preconditionFailure("found out when the CBOR was paid for")
    }
  }

  /// The head of a data item: its major type and an argument in the shortest form.
  static func head(_ major: UInt8, _ argument: Int) -> [UInt8] { head(major, UInt64(argument)) }

  private static func head(_ major: UInt8, _ argument: UInt64) -> [UInt8] {
    let bytes = argument.bigEndianBytes
    return switch argument {
    case 0..<24: [major << 5 | UInt8(argument)]
    case 24..<0x100: [major << 5 | 24] + bytes.suffix(1)
    case 0x100..<0x1_0000: [major << 5 | 25] + bytes.suffix(2)
    case 0x1_0000..<0x1_0000_0000: [major << 5 | 26] + bytes.suffix(4)
    default: [major << 5 | 27] + bytes
    }
  }

  /// An Int: a negative n has the argument -1 - n.
  static func bytes(of integer: Int64) -> [UInt8] {
    integer < 0 ? head(1, UInt64(-(integer + 1))) : head(0, UInt64(integer))
  }

  /// A Decimal: tag 4, `[exponent, mantissa]` without zeros at the end of the mantissa; zero is `[0, 0]`.
  static func bytes(of number: Decimal) -> [UInt8] {
    let zeros = number.coefficient.trailingZeros
    let exponent = zeros - number.scale
    let mantissa = number.coefficient.dropping(zeros)
    let argument = number.isNegative ? mantissa - .one : mantissa
    let head = head(6, 4) + head(4, 2) + bytes(of: Int64(exponent))
    if let small = UInt64(String(decoding: argument.ascii, as: UTF8.self)) {
      return head + self.head(number.isNegative ? 1 : 0, small)
    }
    let bytes = base256(argument)
    return head + self.head(6, number.isNegative ? 3 : 2) + self.head(2, bytes.count) + bytes
  }

  /// The bytes of a number, most significant byte first.
  private static func base256(_ number: Natural) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = number
    while !rest.isZero {
      let (quotient, remainder) = rest.divided(by: Natural(256))
      bytes.append(remainder.digits.reduce(0) { $0 * 10 + $1 })
      rest = quotient
    }
    return bytes.reversed()
  }

  private static func map(_ pairs: [(key: [UInt8], value: [UInt8])]) -> [UInt8] {
    let sorted = pairs.sorted {
      $0.key.count == $1.key.count ? $0.key.lexicographicallyPrecedes($1.key) : $0.key.count < $1.key.count
    }
    return head(5, pairs.count) + sorted.flatMap { $0.key + $0.value }
  }
}

extension Evaluation {
  /// The CBOR of a value, paid for while it grows. It walks the value in canonical order. Each step begins with the
  /// charge for what is visited, and ends with the charge for the bytes that it produced.
  ///
  /// - Parameter function: the error in which the run ends if the value contains a function.
  func payForCBOR(of value: Value, function: Stop = .notSerializable) throws(Stop) -> [UInt8] {
    var growth = Growth()
    try payForCBOR(of: value, after: 0, function, &growth)
    return CBOR.bytes(of: value)
  }

  /// - Parameter keyBytes: the bytes of the value's key, which belong to the same step.
  private func payForCBOR(
    of value: Value, after keyBytes: Int, _ function: Stop, _ growth: inout Growth
  ) throws(Stop) {
    switch value {
    case .function, .builtin: throw function
    case .undefined: throw .notSerializable
    case .null, .bool, .int, .decimal, .string:
      try pay(for: keyBytes + CBOR.bytes(of: value).count, &growth)
    case .array(let elements):
      try takeStack(Evaluation.levelWords)
      try pay(for: keyBytes + CBOR.head(4, elements.count).count, &growth)
      for element in elements {
        try chargeUnits(Evaluation.elementNodes)
        try payForCBOR(of: element, after: 0, function, &growth)
      }
      giveStackBack(Evaluation.levelWords)
    case .record(let record):
      try chargeUnits(BulkWork.ordering.units(of: 2 * orderingSize(of: record.fields.count)))
      try takeStack(Evaluation.levelWords)
      try pay(for: keyBytes + CBOR.head(5, record.fields.count).count, &growth)
      for field in record.fields {
        try chargeUnits(Evaluation.memberNodes)
        try payForCBOR(of: field.value, after: CBOR.bytes(of: .string(field.key)).count, function, &growth)
      }
      giveStackBack(Evaluation.levelWords)
    case .map(let map):
      try chargeUnits(BulkWork.ordering.units(of: 2 * orderingSize(of: map.pairs.count)))
      try takeStack(Evaluation.levelWords)
      try pay(for: keyBytes + CBOR.head(6, 259).count + CBOR.head(5, map.pairs.count).count, &growth)
      for pair in map.pairs {
        try chargeUnits(Evaluation.memberNodes)
        try payForCBOR(of: pair.value, after: pair.canonical.cbor.count, function, &growth)
      }
      giveStackBack(Evaluation.levelWords)
    }
  }

  /// The price of an element, and of a member, of a printed value: the value, and the key before it. Only the outermost
  /// value is free.
  static let elementNodes = Int64(BulkWork.unitsPerNode)
  static let memberNodes = 2 * elementNodes

  /// The bytes of canonical text so far.
  struct Growth {
    var byteCount = 0
    var paid: Int64 = 0
  }

  /// Charges for text that has grown, unit by unit.
  func pay(for byteCount: Int, _ growth: inout Growth) throws(Stop) {
    growth.byteCount += byteCount
    let due = BulkWork.canonicalText.units(of: growth.byteCount)
    try chargeUnits(due - growth.paid)
    growth.paid = due
  }
}
