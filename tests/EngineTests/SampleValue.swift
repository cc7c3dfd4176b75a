/// A sample value for tests. It can be written as an expression of the guest language and of Python.
indirect enum SampleValue {
  case null
  case bool(Bool)
  case int(Int64)
  /// In plain notation.
  case decimal(String)
  case string(String)
  case array([SampleValue])
  case record([(key: String, value: SampleValue)])
  case map([(key: SampleValue, value: SampleValue)])

  /// The first line of every program that uses `guest`.
  static let prelude = "const nothing = JSON.parse('null').Ok;\n"

  /// The value in the guest language.
  var guest: String {
    switch self {
    case .null: "nothing"
    case .bool(let flag): "\(flag)"
    case .int(let integer): "\(integer)"
    case .decimal(let digits): "Decimal('\(digits)')"
    case .string(let text): Expressions.literal(text)
    case .array(let elements): "[\(elements.map(\.guest).joined(separator: ", "))]"
    case .record(let fields):
      "({\(fields.map { "[\(Expressions.literal($0.key))]: \($0.value.guest)" }.joined(separator: ", "))})"
    case .map(let pairs):
      "Map.of([\(pairs.map { "[\($0.key.guest), \($0.value.guest)]" }.joined(separator: ", "))])"
    }
  }

  /// The value in Python. The keys of a dictionary must be of immutable types.
  func python(asKey: Bool = false) -> String {
    switch self {
    case .null: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .int(let integer): "\(integer)"
    case .decimal(let digits): "number('\(digits)')"
    case .string(let text): SampleValue.python(text)
    case .array(let elements): "(\(elements.map { $0.python(asKey: asKey) + "," }.joined()))"
    case .record(let fields):
      SampleValue.dictionary(
        fields.map { (SampleValue.python($0.key), $0.value.python(asKey: asKey)) }, isFrozen: asKey)
    case .map(let pairs):
      "Tag(259, "
        + SampleValue.dictionary(
          pairs.map { ($0.key.python(asKey: true), $0.value.python(asKey: asKey)) }, isFrozen: asKey) + ")"
    }
  }

  private static func dictionary(_ pairs: [(String, String)], isFrozen: Bool) -> String {
    let text = "{\(pairs.map { "\($0): \($1)" }.joined(separator: ", "))}"
    return isFrozen ? "Frozen(\(text))" : text
  }

  private static func python(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
    return "\"\(escaped.joined())\""
  }
}

extension Expressions {
  /// A random value.
  ///
  /// - Parameter isKey: whether to omit Bools, because Python does not distinguish them from 0 and 1 in keys.
  mutating func value(depth: Int = 3, isKey: Bool = false) -> SampleValue {
    switch below(depth > 0 ? 12 : 8) {
    case 0: return isKey ? .null : .bool(chance(50))
    case 1: return .null
    case 2, 3: return .int(integer())
    case 4, 5: return .string(text())
    // In keys, Decimals always have a fraction, because 2 and 2.0 are the same key in Python.
    case 6, 7: return .decimal(decimal(hasFraction: isKey))
    case 8: return .array(values(depth: depth - 1, isKey: isKey))
    case 9, 10: return record(depth: depth, isKey: isKey)
    default:
      let count = chance(5) ? below(60) : below(5)
      return .map(
        (0..<count).map { _ in (value(depth: depth - 1, isKey: true), value(depth: depth - 1, isKey: isKey)) })
    }
  }

  /// A random Record.
  mutating func record(depth: Int, isKey: Bool = false) -> SampleValue {
    var keys: [String] = []
    for _ in 0..<(chance(5) ? below(60) : below(5)) {
      let key = text()
      if !keys.contains(key) { keys.append(key) }
    }
    return .record(keys.map { ($0, value(depth: depth - 1, isKey: isKey)) })
  }

  private mutating func values(depth: Int, isKey: Bool) -> [SampleValue] {
    (0..<(chance(5) ? below(40) : below(5))).map { _ in value(depth: depth, isKey: isKey) }
  }

  /// An Int near a boundary of its CBOR's length, or any small one.
  private mutating func integer() -> Int64 {
    let boundaries: [Int64] = [0, 23, 24, 255, 256, 65535, 65536, 4_294_967_295, 4_294_967_296, .max]
    if chance(60) {
      let boundary = pick(boundaries)
      let near = chance(50) || boundary == .max ? boundary : boundary + Int64(below(3)) - 1
      return chance(50) ? near : -1 - near
    }
    return Int64(below(2000)) - 1000
  }

  /// A Decimal with any number of digits, and with zeros at both ends.
  private mutating func decimal(hasFraction: Bool) -> String {
    let length = 1 + below(34)
    var digits = (0..<length).map { _ in chance(30) ? 0 : below(10) }
    if chance(30) { for index in below(length)..<length { digits[index] = 0 } }
    if hasFraction { digits[length - 1] = 1 + below(9) }
    let scale = hasFraction ? 1 + below(min(length, 28)) : below(min(length, 28) + 1)
    let whole = digits.dropLast(scale).drop { $0 == 0 }.map(String.init).joined()
    let fraction = digits.suffix(scale).map(String.init).joined()
    return "\(chance(50) ? "-" : "")\(whole.isEmpty ? "0" : whole)\(scale == 0 ? "" : "." + fraction)"
  }

  private mutating func text() -> String {
    let alphabets = ["ab", "abcdefgh", "é", "日a", "💩\u{10ffff}", "\u{0}\u{1f}\"\\", "\u{e000}\u{ffff}"]
    let alphabet = Array(pick(alphabets).unicodeScalars)
    let length = chance(4) ? 20 + below(10) : chance(3) ? 250 + below(20) : below(6)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<length { scalars.append(pick(alphabet)) }
    return String(scalars)
  }
}
