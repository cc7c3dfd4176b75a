import Engine

/// A test case in the General Decimal Arithmetic format (Cowlishaw, "General Decimal Arithmetic Testcases", version
/// 2.44).
struct DecimalCase {
  let name: String
  let operation: String
  let operands: [String]
  let result: String
  let conditions: Set<String>
  /// The directives in force.
  let precision: Int
  let rounding: String

  /// Parses the cases of a file.
  static func read(_ text: String) -> [DecimalCase] {
    var cases: [DecimalCase] = []
    var (precision, rounding) = (0, "")
    for line in text.split(whereSeparator: \.isNewline) {
      let words = words(of: line)
      guard let first = words.first else { continue }
      if first.hasSuffix(":") || words.count > 1 && words[1] == ":" {
        let value = words.last ?? ""
        if first.lowercased().hasPrefix("precision") { precision = Int(value) ?? 0 }
        if first.lowercased().hasPrefix("rounding") { rounding = value.lowercased() }
        continue
      }
      guard let arrow = words.firstIndex(of: "->"), arrow >= 3, arrow + 1 < words.count else { continue }
      cases.append(
        DecimalCase(
          name: first, operation: words[1].lowercased(), operands: Array(words[2..<arrow]), result: words[arrow + 1],
          conditions: Set(words[(arrow + 2)...].map { $0.lowercased() }), precision: precision, rounding: rounding))
    }
    return cases
  }

  /// The words of a line, separated by white space or quoted. `--` begins a comment.
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var rest = line.drop { $0.isWhitespace }
    while let first = rest.first, !rest.hasPrefix("--") {
      if first == "'" || first == "\"" {
        let quoted = rest.dropFirst().prefix { $0 != first }
        words.append(String(quoted))
        rest = rest.dropFirst(quoted.count + 2)
      } else {
        let word = rest.prefix { !$0.isWhitespace }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      }
      rest = rest.drop { $0.isWhitespace }
    }
    return words
  }
}

/// A finite number in that format: digits with an optional sign, point and exponent.
struct DecimalNumeral {
  let isNegative: Bool
  /// The number without its sign, in lowercase.
  let literal: String
  /// The power of ten of the last digit.
  let exponent: Int
  /// The number of digits from the first nonzero digit on, including trailing zeros. It is 0 for zero.
  let digitCount: Int

  /// Nil for NaN, infinities, hexadecimal encodings, and anything else that is not a number.
  init?(_ text: String) {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : Substring(text)
    let halves = unsigned.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    let mantissa = halves[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard mantissa.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }), mantissa.contains(where: { !$0.isEmpty })
    else { return nil }
    guard let power = halves.count > 1 ? Int(halves[1]) : 0 else { return nil }
    isNegative = text.hasPrefix("-")
    literal = unsigned.lowercased()
    exponent = power - (mantissa.count > 1 ? mantissa[1].count : 0)
    digitCount = mantissa.joined().drop { $0 == "0" }.count
  }

  /// The number, or nil if it is outside our range.
  var number: Decimal128? {
    guard let magnitude = Decimal128(literal: Array(literal.utf8)) else { return nil }
    return isNegative ? magnitude.negated : magnitude
  }

  /// Whether the integer part has more than 34 digits.
  var isTooLarge: Bool { digitCount > 0 && digitCount + exponent > 34 }
}
