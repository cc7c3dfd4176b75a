extension PlainJSON {
  /// A value of a program as JSON. A Map becomes an array of pairs, since its keys may be any values.
  public init(_ value: CBORValue) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .integer(let number): self = .integer(number)
    case .decimal(let number): self = .decimal(number)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .array(elements.map(PlainJSON.init))
    case .record(let fields): self = .object(fields.map { Field($0.name, PlainJSON($0.value)) })
    case .map(let pairs): self = .array(pairs.map { .array([PlainJSON($0.key), PlainJSON($0.value)]) })
    }
  }
}

extension CBORValue {
  /// Appends the text of `PlainJSON(self)`. Log lines can be long, so no second value is made.
  func writeJSON(to text: inout [UInt8]) {
    switch self {
    case .null, .bool, .decimal: text += PlainJSON(self).bytes()
    case .integer(let number): PlainJSON.write(number, to: &text)
    case .string(let string): PlainJSON.write(quoted: string, to: &text)
    case .array(let elements):
      CBORValue.write(elements.count, in: ("[", "]"), to: &text) { (index, text) in elements[index].writeJSON(to: &text)
      }
    case .record(let fields):
      let order = PlainJSON.KeyOrder.utf16.sorted(fields.count) { fields[$0].name }
      CBORValue.write(order.count, in: ("{", "}"), to: &text) { (place, text) in
        PlainJSON.write(quoted: fields[order[place]].name, to: &text)
        text.append(UInt8(ascii: ":"))
        fields[order[place]].value.writeJSON(to: &text)
      }
    case .map(let pairs):
      CBORValue.write(pairs.count, in: ("[", "]"), to: &text) { (index, text) in
        CBORValue.array([pairs[index].key, pairs[index].value]).writeJSON(to: &text)
      }
    }
  }

  private static func write(
    _ count: Int, in brackets: (Unicode.Scalar, Unicode.Scalar), to text: inout [UInt8],
    _ item: (Int, inout [UInt8]) -> Void
  ) {
    text.append(UInt8(ascii: brackets.0))
    for index in 0..<count {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      item(index, &text)
    }
    text.append(UInt8(ascii: brackets.1))
  }
}
