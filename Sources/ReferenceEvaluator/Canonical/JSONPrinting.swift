internal import Engine

extension Evaluation {
  /// The canonical JSON text of a value in UTF-8, paid for while it grows. An element or a member, with everything
  /// before it, is one step; a closing bracket is another.
  func printJSON(_ value: Value) throws(Stop) -> [UInt8] {
    var growth = Growth()
    var text: [UInt8] = []
    try printJSON(value, after: [], to: &text, &growth)
    return text
  }

  private func printJSON(
    _ value: Value, after prefix: [UInt8], to text: inout [UInt8], _ growth: inout Growth
  ) throws(Stop) {
    switch value {
    case .function, .builtin, .undefined:
      throw .notSerializable
    case .null, .bool, .int, .decimal, .string:
      try put(prefix + JSON.text(ofSimple: value), to: &text, &growth)
    case .array(let elements):
      try takeStack(Evaluation.levelWords)
      try put(prefix + [UInt8(ascii: "[")], to: &text, &growth)
      for (index, element) in elements.enumerated() {
        try chargeUnits(Evaluation.elementNodes)
        try printJSON(element, after: index == 0 ? [] : [UInt8(ascii: ",")], to: &text, &growth)
      }
      try put([UInt8(ascii: "]")], to: &text, &growth)
      giveStackBack(Evaluation.levelWords)
    case .record(let record):
      try printJSON(members: record.fields.map { (.string($0.key), $0.value) }, after: prefix, to: &text, &growth)
    case .map(let map):
      try printJSON(members: map.pairs.map { ($0.key, $0.value) }, after: prefix, to: &text, &growth)
    }
  }

  private func printJSON(
    members: [(key: Value, value: Value)], after prefix: [UInt8], to text: inout [UInt8], _ growth: inout Growth
  ) throws(Stop) {
    try takeStack(Evaluation.levelWords)
    try put(prefix + [UInt8(ascii: "{")], to: &text, &growth)
    for (index, member) in members.enumerated() {
      try chargeUnits(Evaluation.memberNodes)
      guard case .string = member.key else { throw .notSerializable }
      let comma = index == 0 ? [] : [UInt8(ascii: ",")]
      let key = JSON.text(ofSimple: member.key) + [UInt8(ascii: ":")]
      try printJSON(member.value, after: comma + key, to: &text, &growth)
    }
    try put([UInt8(ascii: "}")], to: &text, &growth)
    giveStackBack(Evaluation.levelWords)
  }

  private func put(_ bytes: [UInt8], to text: inout [UInt8], _ growth: inout Growth) throws(Stop) {
    text += bytes
    try pay(for: bytes.count, &growth)
  }
}

enum JSON {
  /// The text of a value without parts.
  static func text(ofSimple value: Value) -> [UInt8] {
    switch value {
    case .null: Array("null".utf8)
    case .bool(let flag): Array((flag ? "true" : "false").utf8)
    case .int(let integer): Array(String(integer).utf8)
    case .decimal(let number): number.text
    case .string(let text): quoted(text)
    default: preconditionFailure("it has parts, or no text")
    }
  }

  /// A String with the escapes of RFC 8785, section 3.2.2.2.
  private static func quoted(_ text: Text) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    let escapes: [UInt8: StaticString] = [
      0x08: "\\b", 0x09: "\\t", 0x0a: "\\n", 0x0c: "\\f", 0x0d: "\\r", 0x22: "\\\"", 0x5c: "\\\\",
    ]
    var quoted: [UInt8] = [0x22]
    for byte in text.utf8 {
      if let escape = escapes[byte] {
        quoted += Array("\(escape)".utf8)
      } else if byte < 0x20 {
        quoted += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        quoted.append(byte)
      }
    }
    return quoted + [0x22]
  }

  /// The JSON text of a value whose canonical text has already been made. The keys of objects are in the order of RFC
  /// 8785, section 3.2.3: by UTF-16 code units.
  static func textSortedByCodeUnits(_ value: Value) -> [UInt8] {
    switch value {
    case .array(let elements):
      return bracketed("[", elements.map(textSortedByCodeUnits), "]")
    case .record(let record):
      return object(record.fields.map { ($0.key, $0.value) })
    case .map(let map):
      return object(map.pairs.compactMap { pair in pair.key.asString.map { ($0, pair.value) } })
    default:
      return text(ofSimple: value)
    }
  }

  private static func object(_ members: [(key: Text, value: Value)]) -> [UInt8] {
    let sorted = members.sorted { $0.key.units.lexicographicallyPrecedes($1.key.units) }
    return bracketed("{", sorted.map { quoted($0.key) + [UInt8(ascii: ":")] + textSortedByCodeUnits($0.value) }, "}")
  }

  private static func bracketed(_ open: Unicode.Scalar, _ parts: [[UInt8]], _ close: Unicode.Scalar) -> [UInt8] {
    [UInt8(ascii: open)] + parts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: close)]
  }
}
