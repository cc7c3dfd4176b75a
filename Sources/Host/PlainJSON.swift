internal import Engine

/// JSON that the host itself writes: reports, audit records, and the responses to requests that never ran on a machine.
/// Integers are written with all their digits, nothing is rounded, and equal values have equal bytes.
public enum PlainJSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Written in plain digits, never with an exponent.
  case decimal(DecimalNumber)
  case string(String)
  case array([PlainJSON])
  /// The keys must be different. Their order does not matter.
  case object([Field])

  /// A key and its value.
  public struct Field: Equatable, Sendable {
    let key: String
    let value: PlainJSON

    /// A field of an object.
    public init(_ key: String, _ value: PlainJSON) {
      self.key = key
      self.value = value
    }
  }

  /// The order in which an object's keys are written.
  public enum KeyOrder: Sendable {
    /// RFC 8785, section 3.2.3: by UTF-16 code units. Other programs expect this order.
    case utf16
    /// The order of response bodies: by the FNV-1a hash of the key's canonical CBOR, then by the CBOR bytes.
    case response
  }

  /// The text, as in RFC 8785 except for the order of keys.
  public func bytes(order: KeyOrder = .utf16) -> [UInt8] {
    var text: [UInt8] = []
    write(to: &text, order: order)
    return text
  }

  private func write(to text: inout [UInt8], order: KeyOrder) {
    switch self {
    case .null: text += Array("null".utf8)
    case .bool(let flag): text += Array((flag ? "true" : "false").utf8)
    case .integer(let integer): text += Array(String(integer).utf8)
    case .decimal(let number): text += Array(number.text.utf8)
    case .string(let string): PlainJSON.write(quoted: string, to: &text)
    case .array(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        element.write(to: &text, order: order)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let fields):
      text.append(UInt8(ascii: "{"))
      for (index, field) in fields.sorted(by: { order.precedes($0.key, $1.key) }).enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        PlainJSON.write(quoted: field.key, to: &text)
        text.append(UInt8(ascii: ":"))
        field.value.write(to: &text, order: order)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  /// Escapes only the characters of RFC 8785, section 3.2.2.2.
  private static func write(quoted string: String, to text: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0x08: text += Array("\\b".utf8)
      case 0x09: text += Array("\\t".utf8)
      case 0x0a: text += Array("\\n".utf8)
      case 0x0c: text += Array("\\f".utf8)
      case 0x0d: text += Array("\\r".utf8)
      case 0x00..<0x20: text += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}

extension PlainJSON.KeyOrder {
  fileprivate func precedes(_ left: String, _ right: String) -> Bool {
    switch self {
    case .utf16: return left.utf16.lexicographicallyPrecedes(right.utf16)
    case .response:
      let (a, b) = (cbor(of: left), cbor(of: right))
      let hashes = (fnv1a(a), fnv1a(b))
      return hashes.0 == hashes.1 ? a.lexicographicallyPrecedes(b) : hashes.0 < hashes.1
    }
  }

  /// RFC 7049, section 3.9: a text string with its length in the shortest form.
  private func cbor(of key: String) -> [UInt8] {
    let text = Array(key.utf8)
    switch text.count {
    case 0..<24: return [0x60 | UInt8(text.count)] + text
    case 24..<0x100: return [0x78, UInt8(text.count)] + text
    default:
      // The host's own keys are a fixed vocabulary of short words.
      preconditionFailure("a key of \(text.count) bytes")
    }
  }

  private func fnv1a(_ bytes: [UInt8]) -> UInt64 {
    var hash = FNV1a()
    for byte in bytes { hash.add(byte) }
    return hash.value
  }
}
