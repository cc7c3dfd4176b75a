/// Reads the JSON that `PlainJSON` writes, and nothing else: writing a value that was read gives the same bytes.
extension PlainJSON {
  /// The value of a text in the form of `bytes(order: .utf16)`; nil if the text has any other form. Decimals are not
  /// read: the host's records have none.
  public init?(canonical text: [UInt8]) {
    var reader = Reader(text: text)
    guard let value = reader.value(depth: 0), reader.position == text.count, value.bytes() == text else { return nil }
    self = value
  }

  /// The value of a key; nil if this is not an object, or has no such key.
  public subscript(_ key: String) -> PlainJSON? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.key == key }?.value
  }

  /// The string; nil if this is not a string.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number; nil if this is not an integer.
  public var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The object without one of its keys.
  func without(_ key: String) -> PlainJSON {
    guard case .object(let fields) = self else { return self }
    return .object(fields.filter { $0.key != key })
  }
}

/// A reader that may be lenient about form: the caller compares the text with the canonical one.
private struct Reader {
  /// The host's own records have four levels.
  private static let depthLimit = 64

  let text: [UInt8]
  private(set) var position = 0

  init(text: [UInt8]) { self.text = text }

  mutating func value(depth: Int) -> PlainJSON? {
    guard depth < Reader.depthLimit, position < text.count else { return nil }
    switch text[position] {
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "\""): return string().map(PlainJSON.string)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "{"): return object(depth: depth)
    default: return integer()
    }
  }

  private mutating func array(depth: Int) -> PlainJSON? {
    var elements: [PlainJSON] = []
    guard take("[") else { return nil }
    if take("]") { return .array([]) }
    repeat {
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func object(depth: Int) -> PlainJSON? {
    var fields: [PlainJSON.Field] = []
    var keys: Set<[UInt8]> = []
    guard take("{") else { return nil }
    if take("}") { return .object([]) }
    repeat {
      guard let key = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
      if !keys.insert(Array(key.utf8)).inserted { return nil }
      fields.append(PlainJSON.Field(key, value))
    } while take(",")
    return take("}") ? .object(fields) : nil
  }

  private mutating func integer() -> PlainJSON? {
    let digits = text[position...].prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
    position += digits.count
    return Int64(String(decoding: digits, as: UTF8.self)).map(PlainJSON.integer)
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var bytes: [UInt8] = []
    while position < text.count {
      let byte = text[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escape() else { return nil }
        bytes.append(escaped)
      default: bytes.append(byte)
      }
    }
    return nil
  }

  /// Reads an escape. Only control characters, quotation mark and backslash are ever escaped.
  private mutating func escape() -> UInt8? {
    guard position < text.count else { return nil }
    let letter = text[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "u"):
      guard take("00"), position + 2 <= text.count else { return nil }
      defer { position += 2 }
      return UInt8(String(decoding: text[position..<position + 2], as: UTF8.self), radix: 16)
    default: return nil
    }
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }
}
