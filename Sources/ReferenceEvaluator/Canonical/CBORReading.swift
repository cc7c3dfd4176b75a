extension Evaluation {
  /// The value of canonical CBOR, as a host returns it; nil for any other bytes.
  func readCBOR(_ bytes: [UInt8]) throws(Stop) -> Value? {
    var reader = CBORReader(bytes, evaluation: self)
    let value = try reader.item()
    // Each value has exactly one encoding, so any other bytes are not canonical.
    guard let value, reader.isAtEnd, CBOR.bytes(of: value) == bytes else { return nil }
    return value
  }
}

/// Reads CBOR (RFC 7049, section 2), as far as the language has values for it.
private struct CBORReader {
  private var rest: ArraySlice<UInt8>
  private let evaluation: Evaluation

  init(_ bytes: [UInt8], evaluation: Evaluation) {
    rest = bytes[...]
    self.evaluation = evaluation
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next data item; nil if there is none, or if the language has no value for it.
  mutating func item() throws(Stop) -> Value? {
    guard let (major, argument) = head() else { return nil }
    switch (major, argument) {
    case (0, 0...UInt64(Int64.max)): return .int(Int64(argument))
    case (1, 0...UInt64(Int64.max)): return .int(-1 - Int64(argument))
    case (3, _): return text(argument).map { .string($0) }
    case (4, _): return try items(argument).map { .array($0) }
    case (5, _): return try record(argument)
    case (6, 4): return try decimal()
    case (6, 259): return try map()
    case (7, 20): return .bool(false)
    case (7, 21): return .bool(true)
    case (7, 22): return .null
    default: return nil
    }
  }

  /// The major type and the argument of the next data item.
  private mutating func head() -> (major: UInt8, argument: UInt64)? {
    guard let first = rest.popFirst() else { return nil }
    let short = first & 31
    if short < 24 { return (first >> 5, UInt64(short)) }
    guard short < 28, let bytes = take(1 << Int(short - 24)) else { return nil }
    return (first >> 5, bytes.reduce(0) { $0 << 8 | UInt64($1) })
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private mutating func text(_ byteCount: UInt64) -> Text? {
    guard let count = Int(exactly: byteCount), let bytes = take(count) else { return nil }
    return Evaluation.firstInvalidByte(of: Array(bytes)) == nil ? Text(utf8: Array(bytes)) : nil
  }

  /// Items in sequence, which take one level of the stack budget.
  private mutating func items(_ count: UInt64, inPairs: Bool = false) throws(Stop) -> [Value]? {
    // Each item takes at least one byte.
    guard count <= UInt64(rest.count) else { return nil }
    try evaluation.takeStack(Evaluation.levelWords)
    var items: [Value] = []
    for _ in 0..<Int(count) * (inPairs ? 2 : 1) {
      guard let item = try item() else { return nil }
      items.append(item)
    }
    evaluation.giveStackBack(Evaluation.levelWords)
    return items
  }

  private mutating func pairs(_ count: UInt64) throws(Stop) -> [(key: Value, value: Value)]? {
    guard let items = try items(count, inPairs: true) else { return nil }
    return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  private mutating func record(_ count: UInt64) throws(Stop) -> Value? {
    guard let pairs = try pairs(count) else { return nil }
    let fields = pairs.compactMap { pair in pair.key.asString.map { (key: $0, value: pair.value) } }
    return fields.count == pairs.count ? .record(Record(fields)) : nil
  }

  private mutating func map() throws(Stop) -> Value? {
    guard let (major, count) = head(), major == 5, let pairs = try pairs(count) else { return nil }
    return .map(
      pairs.reduce(MapValue.empty) { map, pair in
        map.setting(MapValue.Pair(canonical: CanonicalKey(pair.key), key: pair.key, value: pair.value))
      })
  }

  /// `[exponent, mantissa]`, after tag 4.
  private mutating func decimal() throws(Stop) -> Value? {
    guard let (major, count) = head(), major == 4, count == 2, let exponent = try item()?.asInt,
      let (isNegative, magnitude) = mantissa(), abs(exponent) < 1000
    else { return nil }
    return Decimal(isNegative: isNegative, coefficient: magnitude, scale: -Int(exponent)).map { .decimal($0) }
  }

  /// An integer, or a bignum: a negative n has the argument -1 - n.
  private mutating func mantissa() -> (isNegative: Bool, magnitude: Natural)? {
    guard let (major, argument) = head() else { return nil }
    var magnitude = Natural(argument)
    var isNegative = major == 1
    if major == 6, argument == 2 || argument == 3 {
      guard let (kind, count) = head(), kind == 2, count <= 16, let bytes = take(Int(count)) else { return nil }
      magnitude = bytes.reduce(Natural.zero) { $0 * Natural(256) + Natural(UInt64($1)) }
      isNegative = argument == 3
    } else if major > 1 {
      return nil
    }
    return (isNegative, isNegative ? magnitude + .one : magnitude)
  }
}
