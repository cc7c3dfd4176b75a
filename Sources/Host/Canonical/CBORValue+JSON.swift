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
