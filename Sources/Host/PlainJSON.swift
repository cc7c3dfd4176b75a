internal import Engine
internal import OperatingSystem

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
    case .null: text += "null".utf8
    case .bool(let flag): text += (flag ? "true" : "false").utf8
    case .integer(let integer): PlainJSON.write(integer, to: &text)
    case .decimal(let number): text += number.text.utf8
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
      for (place, index) in order.sorted(fields.count, { fields[$0].key }).enumerated() {
        if place > 0 { text.append(UInt8(ascii: ",")) }
        PlainJSON.write(quoted: fields[index].key, to: &text)
        text.append(UInt8(ascii: ":"))
        fields[index].value.write(to: &text, order: order)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  static func write(_ integer: Int64, to text: inout [UInt8]) {
    if 0..<10 ~= integer { text.append(UInt8(ascii: "0") + UInt8(integer)) } else { text += String(integer).utf8 }
  }

  /// Escapes only the characters of RFC 8785, section 3.2.2.2.
  static func write(quoted string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    let bytes = string.utf8.span
    if bytes.indices.contains(where: { escape(of: bytes[$0]) != nil }) {
      for index in bytes.indices { write(character: bytes[index], to: &text) }
    } else {
      text += string.utf8
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func write(character byte: UInt8, to text: inout [UInt8]) {
    guard let escape = escape(of: byte) else { return text.append(byte) }
    text.append(UInt8(ascii: "\\"))
    text.append(escape)
    if escape == UInt8(ascii: "u") {
      text.append(UInt8(ascii: "0"))
      text.append(UInt8(ascii: "0"))
      text.append(Hexadecimal.digit(byte >> 4))
      text.append(Hexadecimal.digit(byte & 15))
    }
  }

  /// The character after the backslash; nil for a byte that is not escaped.
  private static func escape(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0a: UInt8(ascii: "n")
    case 0x0c: UInt8(ascii: "f")
    case 0x0d: UInt8(ascii: "r")
    case 0x00..<0x20: UInt8(ascii: "u")
    default: nil
    }
  }
}

extension PlainJSON.KeyOrder {
  /// The positions of keys in this order.
  func sorted(_ count: Int, _ key: (Int) -> String) -> [Int] {
    if count < 2 { return Array(0..<count) }
    switch self {
    case .utf16:
      // Most keys differ in their first bytes, which are quick to compare.
      let keys = (0..<count).map { (head: PlainJSON.KeyOrder.head(key($0)), index: $0) }
      return keys.sorted { left, right in
        PlainJSON.KeyOrder.headsPrecede(left.head, right.head)
          ?? PlainJSON.KeyOrder.utf16Precedes(key(left.index), key(right.index))
      }.map(\.index)
    case .response:
      return (0..<count).sorted { precedes(inResponse: key($0), key($1)) }
    }
  }

  private func precedes(inResponse left: String, _ right: String) -> Bool {
    let (a, b) = (cbor(of: left), cbor(of: right))
    let hashes = (fnv1a(a), fnv1a(b))
    return hashes.0 == hashes.1 ? a.lexicographicallyPrecedes(b) : hashes.0 < hashes.1
  }

  /// The first eight bytes of a key as a number, the first one most significant, with zeros after a shorter key.
  private static func head(_ key: String) -> UInt64 {
    let bytes = key.utf8.span
    var head: UInt64 = 0
    for index in 0..<8 { head = head << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
    return head
  }

  /// Whether keys with these heads are in order; nil if the heads don't tell.
  private static func headsPrecede(_ left: UInt64, _ right: UInt64) -> Bool? {
    if left == right { return nil }
    let shift = UInt64(56 - ((left ^ right).leadingZeroBitCount & ~7))
    let (a, b) = (left >> shift & 0xff, right >> shift & 0xff)
    return a >= 0xee && b >= 0xee ? nil : a < b
  }

  /// The order of UTF-16 code units is that of the bytes of UTF-8, except for characters beyond U+FFFF: their surrogates
  /// come before U+E000 to U+FFFF. The first bytes of all of these are 0xee or more.
  private static func utf16Precedes(_ left: String, _ right: String) -> Bool {
    let (a, b) = (left.utf8.span, right.utf8.span)
    for index in 0..<min(a.count, b.count) where a[index] != b[index] {
      if a[index] >= 0xee, b[index] >= 0xee { return left.utf16.lexicographicallyPrecedes(right.utf16) }
      return a[index] < b[index]
    }
    return a.count < b.count
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
