import Engine

// `String(x)`, and the functions of JSON, Hash and Text.

extension Evaluation {
  /// `String(x)`
  func stringFrom(_ call: LibraryCall) throws(Stop) -> Value {
    let text = try require(canonicalText(of: call[0]), call)
    try charge(call, text.byteCount)
    return .string(text)
  }

  func json(_ member: JSONBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .parse:
      let text = try require(call[0].asString, call)
      try charge(call, text.byteCount)
      switch try parseJSON(text.utf8) {
      case .success(let value): return Value.ok(value)
      case .failure(let defect): return Value.err(defect.record)
      }
    case .stringify:
      try charge(call)
      return .string(Text(utf8: try printJSON(call[0])))
    case .kind:
      try charge(call)
      return .string(call[0].kindName)
    case .isNull:
      try charge(call)
      if case .null = call[0] { return .bool(true) }
      return .bool(false)
    }
  }

  func hash(_ member: HashBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    try charge(call)
    let cbor = try payForCBOR(of: call[0])
    switch member {
    case .cbor: return .string(hexadecimal(cbor))
    case .fnv1a: return .string(hexadecimal(fnv1a(cbor).bigEndianBytes))
    case .sha256:
      try charge(BulkWork.byteCoding.units(of: cbor.count))
      return .string(hexadecimal(sha256(cbor)))
    }
  }

  func text(_ member: TextBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    var bytes: [[UInt8]] = []
    for argument in call.arguments { bytes.append(try require(argument.asString, call).utf8) }
    try charge(call, bytes.reduce(0) { Size.sum($0, $1.count) })
    switch member {
    case .sha256: return .string(hexadecimal(sha256(bytes[0])))
    case .hmacSha256: return .string(hexadecimal(hmacSHA256(key: bytes[0], message: bytes[1])))
    case .base64Encode: return .string(Text(ascii: Base64.standard.encoded(bytes[0])))
    case .base64UrlEncode: return .string(Text(ascii: Base64.safeInURLs.encoded(bytes[0])))
    case .base64Decode: return result(of: Base64.standard.decoded(bytes[0]))
    case .base64UrlDecode: return result(of: Base64.safeInURLs.decoded(bytes[0]))
    case .urlEncode: return .string(Text(ascii: URLCoding.encoded(bytes[0])))
    case .urlDecode: return result(of: URLCoding.decoded(bytes[0]))
    }
  }

  /// A Result of what decoded bytes are the UTF-8 of.
  private func result(of decoded: Result<DecodedBytes, TextDefect>) -> Value {
    switch decoded {
    case .failure(let defect): return Value.err(defect.record)
    case .success(let bytes):
      let values = bytes.map { $0.value }
      guard let invalid = Evaluation.firstInvalidByte(of: values) else { return Value.ok(.string(Text(utf8: values))) }
      return Value.err(TextDefect(code: "InvalidUtf8", offset: bytes[invalid].offset).record)
    }
  }
}

/// Bytes that were written in a text, each with the place where it begins there.
typealias DecodedBytes = [(value: UInt8, offset: Int)]

/// Base64 (RFC 4648): section 4, with padding, or section 5, without.
struct Base64 {
  static let standard = Base64(alphabet: Array((letters + "+/").utf8), isPadded: true)
  static let safeInURLs = Base64(alphabet: Array((letters + "-_").utf8), isPadded: false)

  private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

  let alphabet: [UInt8]
  let isPadded: Bool

  /// Each group of up to three bytes as characters of six bits.
  func encoded(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 3).flatMap { start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      let characters = [18, 12, 6, 0].map { alphabet[bits >> $0 & 63] }.prefix(group.count + 1)
      return isPadded ? characters + Array(repeating: UInt8(ascii: "="), count: 3 - group.count) : Array(characters)
    }
  }

  /// Strict: the padding is as it was written, bits that are left over are 0, and nothing else stands anywhere.
  func decoded(_ text: [UInt8]) -> Result<DecodedBytes, TextDefect> {
    var characters = text[...]
    if isPadded && text.count % 4 == 0 {
      for _ in 0..<2 where characters.last == UInt8(ascii: "=") { characters.removeLast() }
    }
    var numbers: [Int] = []
    for (offset, character) in characters.enumerated() {
      guard let number = alphabet.firstIndex(of: character) else {
        return .failure(TextDefect(code: "UnexpectedCharacter", offset: offset))
      }
      numbers.append(number)
    }
    if numbers.count % 4 == 1 || isPadded && text.count % 4 != 0 {
      return .failure(TextDefect(code: "UnexpectedEnd", offset: text.count))
    }
    let unusedBits = numbers.count * 6 % 8
    if let last = numbers.last, last & (1 << unusedBits - 1) != 0 {
      return .failure(TextDefect(code: "UnexpectedCharacter", offset: numbers.count - 1))
    }
    let bytes = (0..<numbers.count * 6 / 8).map { index in
      let first = index * 8 / 6
      let bits = numbers[first] << 6 | numbers[first + 1]
      return (value: UInt8(truncatingIfNeeded: bits >> (4 - index * 8 % 6)), offset: first)
    }
    return .success(bytes)
  }
}

/// Percent-encoding (ECMA-262 19.2.6.5 and 19.2.6.6, for a component of a URI).
enum URLCoding {
  private static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.flatMap { byte in
      unreserved.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  static func decoded(_ text: [UInt8]) -> Result<DecodedBytes, TextDefect> {
    var bytes: DecodedBytes = []
    var index = 0
    while index < text.count {
      let start = index
      var byte = text[index]
      index += 1
      if byte == UInt8(ascii: "%") {
        let digits = text[index...].prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 else { return .failure(TextDefect(code: "InvalidEscape", offset: start)) }
        byte = UInt8(16 * digits[0] + digits[1])
        index += 2
      }
      bytes.append((byte, start))
    }
    return .success(bytes)
  }
}
