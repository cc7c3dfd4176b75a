import TestSupport
import Testing

/// `JSON.parse` and `JSON.stringify`, compared with Node.js. All numbers are Ints, because Node.js has no other exact
/// numbers.
@Suite struct JSONOracleTests {
  /// An expression for the parsed value, or for the fact that parsing fails. Other tests check the codes.
  private static func parsing(_ text: String) -> String {
    "Result.mapErr(JSON.parse(\(Expressions.literal(text))), (e) => Object.keys(e).length)"
  }

  /// JSON with white space and escapes wherever they are allowed.
  @Test func parsingAgreesWithNode() throws {
    var random = Expressions(seed: 111)
    try expectAgreement((0..<400).map { _ in JSONOracleTests.parsing(random.json()) })
  }

  /// JSON with missing, additional or wrong characters.
  @Test func parsingDamagedTextsAgreesWithNode() throws {
    var random = Expressions(seed: 112)
    let strays = Array("{}[]:,\"\\/bu0- \t\n\u{0}\u{feff}\u{a0}tn'+é💩".unicodeScalars)
    try expectAgreement(
      (0..<700).map { _ in
        var scalars = Array(random.json(depth: 2).unicodeScalars)
        for _ in 0..<1 + random.below(2) {
          let place = random.below(max(1, scalars.count))
          switch random.below(3) {
          case 0 where !scalars.isEmpty: scalars.remove(at: place)
          case 1 where !scalars.isEmpty: scalars[place] = random.pick(strays)
          default: scalars.insert(random.pick(strays), at: place)
          }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return JSONOracleTests.parsing(String(text))
      })
  }

  /// Escapes of all kinds, including halves of surrogate pairs in every order.
  @Test func readingEscapesAgreesWithNode() throws {
    var random = Expressions(seed: 113)
    let escapes = [
      #"\n"#, #"\/"#, #"\""#, #"\\"#, #"\b\f\r\t"#, #"\u0000"#, #"\u00E9"#, #"\u20ac"#, #"\uD83D"#, #"\uDCA9"#,
      #"\ud83d\udca9"#, #"\uffff"#, #"\x41"#, #"\u12"#, #"\u{41}"#, #"\U0041"#, #"\'"#, #"\0"#, "a", "é", "💩", "\u{7f}",
      "\u{2028}",
    ]
    try expectAgreement(
      (0..<300).map { _ in
        let text = (0..<random.below(5)).map { _ in random.pick(escapes) }.joined()
        return JSONOracleTests.parsing(random.chance(50) ? "\"\(text)\"" : "{\"\(text)\":1,\"\\u0061\":2}")
      })
  }

  /// Values print as in Node.js, and parse back to the same value.
  @Test func printingAgreesWithNodeAndParsesBack() throws {
    var random = Expressions(seed: 114)
    try expectAgreement(
      random.many(250) { random in
        let value = random.value(ofDepth: 3)
        return """
          ((v) => [JSON.stringify(v), JSON.stringify([v]).length, JSON.parse(JSON.stringify(v)).Ok === v])(\(value))
          """
      })
  }
}

extension Expressions {
  /// A JSON text. Some have duplicate keys, which are refused.
  fileprivate mutating func json(depth: Int = 3) -> String {
    let space = pick(["", "", "", " ", "\n\t", "\r "])
    let text: String
    switch below(depth > 0 ? 9 : 6) {
    case 0: text = pick(["true", "false", "null"])
    case 1, 2: text = pick(["0", "-0", "7", "-12", "9223372036854775807", "-9223372036854775808", "100", "42"])
    case 3, 4, 5: text = quoted()
    case 6, 7:
      let elements = (0..<below(4)).map { _ in json(depth: depth - 1) }
      text = "[\(elements.isEmpty ? space : elements.joined(separator: ","))]"
    default:
      let members = (0..<below(5)).map { _ in "\(space)\(quoted())\(space):\(json(depth: depth - 1))" }
      text = "{\(members.isEmpty ? space : members.joined(separator: ","))}"
    }
    return space + text + space
  }

  /// A JSON string whose characters are plain or escaped in any allowed way.
  private mutating func quoted() -> String {
    let characters = Array((chance(60) ? pick(["a", "b", "", "é", "__proto__"]) : hardText()).unicodeScalars)
    let escaped = characters.map { scalar -> String in
      let needsEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
      if !needsEscape && chance(80) { return String(scalar) }
      return String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16, uppercase: chance(50))
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }
    return "\"\(escaped.joined())\""
  }

  /// An expression for a value that can be printed.
  fileprivate mutating func value(ofDepth depth: Int) -> String {
    switch below(depth > 0 ? 7 : 4) {
    case 0: return pick(["true", "false", "JSON.parse('null').Ok"])
    case 1: return index()
    case 2, 3: return hardLiteral()
    case 4, 5: return "[\(many(below(4)) { $0.value(ofDepth: depth - 1) }.joined(separator: ", "))]"
    default:
      return "({\(many(below(4)) { "[\($0.key())]: \($0.value(ofDepth: depth - 1))" }.joined(separator: ", "))})"
    }
  }
}
