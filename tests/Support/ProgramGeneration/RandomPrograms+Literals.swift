// Literals, and arguments of a special form.
extension RandomPrograms {
  /// A value that needs no name: a literal, or the smallest expression for the value.
  mutating func literal(_ kind: Kind, _ depth: Int = 1) -> Fragment {
    switch kind {
    case .bool: return chance(50) ? "true" : "false"
    case .int: return intLiteral()
    case .decimal: return "Decimal('\(decimalText())')"
    case .string: return stringLiteral()
    case .null: return ("JSON.parse('null').Ok" as Fragment).labelled("JsonNull")
    case .array(let element):
      let count = depth > 0 ? (chance(4) ? below(12) : below(4)) : below(2)
      return "[\(many(count) { $0.literal(element, depth - 1) })]"
    case .tuple(let kinds): return "[\(kinds.map { literal($0, depth - 1) })]"
    case .record(let fields):
      return "({\(fields.map { "\(key($0.name)): \(literal($0.kind, depth - 1))" as Fragment })})"
    case .dictionary(let element):
      return "({\(distinctKeys(below(4)).map { "\(key($0)): \(literal(element, depth - 1))" as Fragment })})"
    case .map(let key, let value):
      if depth <= 0 || chance(25) { return ("Map.empty" as Fragment).labelled("Map.empty") }
      let entries = many(below(4)) { "[\($0.literal(key, depth - 1)), \($0.literal(value, depth - 1))]" as Fragment }
      return ("Map.of([\(entries)])" as Fragment).labelled("Map.of")
    case .option(let element):
      if depth <= 0 || chance(40) { return ("None" as Fragment).labelled("None") }
      return ("Some(\(literal(element, depth - 1)))" as Fragment).labelled("Some")
    case .result(let value, let error):
      if chance(60) { return ("Ok(\(literal(value, depth - 1)))" as Fragment).labelled("Ok") }
      return ("Err(\(literal(error, depth - 1)))" as Fragment).labelled("Err")
    case .function(let parameters, let result): return lambda(parameters, result, 1)
    case .callback(let parameters, let result): return callback(parameters, result, 1)
    case .special(let form): return special(form)
    case .variable: return "0"
    }
  }

  /// A key of a Record literal, as a name or a String.
  func key(_ name: String) -> Fragment {
    Fragment(stringLiteral: isName(name) || name == "0" ? name : RandomPrograms.quoted(name))
  }

  /// Whether a field of this name can be written `r.name`.
  func isName(_ name: String) -> Bool {
    name.utf8.first.map { (97...122).contains($0) } == true
      && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
  }

  /// Different names of fields.
  mutating func distinctKeys(_ count: Int) -> [String] {
    var names = chance(3) ? RandomPrograms.collidingKeys : RandomPrograms.keys
    return (0..<count).map { _ in names.remove(at: below(names.count)) }
  }

  mutating func intLiteral() -> Fragment {
    if chance(85) { return Fragment(stringLiteral: "\(below(24) - 3)") }
    if faults == 0 || chance(70) {
      return Fragment(
        stringLiteral: random.pick(["0xff", "1_000", "0b101", "0o17", "255", "65536", "-1000", "4294967296"]))
    }
    let far = [
      "9223372036854775807", "-9223372036854775808", "9007199254740993", "-4611686018427387905", "4611686018427387904",
    ]
    return Fragment(stringLiteral: random.pick(far))
  }

  /// A string literal. It has few different letters, so that searches find something. Some are long, contain
  /// characters beyond ASCII or the BMP, or have the same hash as others.
  mutating func stringLiteral() -> Fragment {
    Fragment(stringLiteral: RandomPrograms.quoted(below(200) == 0 ? random.pick(RandomPrograms.collidingKeys) : text()))
  }

  private mutating func text() -> String {
    let plain = ["ab", "ab", "aab$&", "Abc ", "a,b", "0123", " \t\nx", "aé日", "Σσß", "\"\\'`"]
    // Cutting a character of two code units in half ends the run.
    let alphabet = Array(random.pick(chance(faults > 0 ? 12 : 3) ? ["a💩", "💩💫"] : plain).unicodeScalars)
    let length = chance(6) ? below(90) : below(7)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<length { scalars.append(random.pick(alphabet)) }
    return String(scalars)
  }

  static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
      let isPlain = (0x20..<0x7f).contains(scalar.value) || scalar.properties.isAlphabetic || scalar.properties.isEmoji
      return isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
    return "'\(escaped.joined())'"
  }

  private mutating func decimalText() -> String {
    if chance(10) {
      return random.pick([
        "0", "0.00", "-1.50", "9999999999999999999999999999.999999", "0.0000000000000000000000000001",
      ])
    }
    let fraction = chance(70) ? ".\(many(below(4) + 1) { "\($0.below(10))" }.joined())" : ""
    return "\(chance(20) ? "-" : "")\(below(200))\(fraction)"
  }

  // MARK: Special arguments

  /// An argument of a special form.
  mutating func special(_ form: Kind.Special) -> Fragment {
    switch form {
    case .position: return Fragment(stringLiteral: chance(80) ? "\(below(6))" : "-\(below(4))")
    case .count: return Fragment(stringLiteral: chance(10) ? "\(below(80))" : "\(below(6))")
    case .scale: return Fragment(stringLiteral: "\(chance(80) ? below(6) : below(29))")
    case .codePoint: return Fragment(stringLiteral: random.pick(["65", "0x62", "233", "0x1f600", "0x65e5", "32"]))
    case .turns: return Fragment(stringLiteral: "\(below(9))")
    case .needle:
      return chance(80)
        ? Fragment(stringLiteral: random.pick(["'a'", "'b'", "'ab'", "'aa'", "','", "' '", "'é'", "'1'"]))
        : stringLiteral()
    case .key:
      let names = chance(3) ? RandomPrograms.collidingKeys : RandomPrograms.keys
      return Fragment(stringLiteral: RandomPrograms.quoted(random.pick(names)))
    case .replacement:
      return Fragment(stringLiteral: random.pick(["'x'", "''", "'<$&>'", "'$$'", "'$`|$\\''", "'é$'"]))
    case .decimalText:
      return Fragment(stringLiteral: chance(96) ? "'\(decimalText())'" : random.pick(["'1.'", "'x'", "'01'"]))
    case .intText:
      return Fragment(stringLiteral: random.pick(["'0'", "'42'", "'-7'", "'007'", "'x'", "'9223372036854775808'"]))
    case .base64: return encoded("Text.base64Encode", else: ["'YQ'", "'YQ=='", "'!'", "'gICA'"])
    case .base64Url: return encoded("Text.base64UrlEncode", else: ["'YQ'", "'YQ=='", "'Pz8-'", "'_w'"])
    case .percentEncoded: return encoded("Text.urlEncode", else: ["'%41b'", "'%'", "'%ff'", "'a%20b'"])
    }
  }

  private mutating func encoded(_ encoder: String, else others: [String]) -> Fragment {
    if chance(50) { return Fragment(stringLiteral: random.pick(others)) }
    return ("\(encoder)(\(stringLiteral()))" as Fragment).labelled(encoder)
  }

  // MARK: JSON

  /// The JSON of a value.
  mutating func jsonText(of kind: Kind, _ depth: Int) -> Fragment {
    switch kind {
    case .bool: return chance(50) ? "true" : "false"
    case .int: return Fragment(stringLiteral: "\(below(40) - 9)")
    case .string:
      return Fragment(stringLiteral: "\"\(random.pick(["", "a", "ab", "é", "x\\ny", "\\u0041", "aaaaaaaaaaaaaaaa"]))\"")
    case .array(let element): return "[\(many(below(4)) { $0.jsonText(of: element, depth - 1) }, separator: ",")]"
    case .tuple(let kinds): return "[\(kinds.map { jsonText(of: $0, depth - 1) }, separator: ", ")]"
    case .record(let fields):
      return "{\(fields.map { "\"\($0.name)\": \(jsonText(of: $0.kind, depth - 1))" as Fragment }, separator: ", ")}"
    case .dictionary(let element):
      return
        "{\(distinctKeys(below(3)).map { "\"\($0)\":\(jsonText(of: element, depth - 1))" as Fragment }, separator: ",")}"
    default: return "null"
    }
  }
}
