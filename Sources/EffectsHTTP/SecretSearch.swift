/// Looks for the values of the host's own headers in a response.
///
/// It searches for the parts of a value that must stay secret: whole parts of at least `SecretSearch.shortest` bytes.
/// It never searches for a prefix or a fragment of a part. Otherwise a program that can make a server repeat its
/// guesses could find out a value piece by piece.
struct SecretSearch: Sendable {
  /// The minimum length of a part, in bytes. Shorter ones occur by chance.
  static let shortest = 8

  /// Needles for the string as it is.
  private let plain: [Needle]
  /// Needles for the string in lowercase: the secrets in hexadecimal.
  private let hexadecimal: [Needle]
  /// Needles for base64.
  private let base64: [Needle]
  /// All needles for the names of headers, whose case does not matter.
  private let inNames: [Needle]

  init(_ secrets: [HTTPGrant.Header]) {
    var parts: [[UInt8]] = []
    for part in secrets.flatMap({ SecretSearch.parts(of: $0.value) }) where !parts.contains(part) { parts.append(part) }
    let plain = parts + parts.filter { $0.contains(0x20) }.map { $0.map { $0 == 0x20 ? UInt8(ascii: "+") : $0 } }
    let hexadecimal = parts.map { $0.flatMap { [SecretSearch.digit($0 >> 4), SecretSearch.digit($0 & 15)] } }
    let base64 = parts.flatMap { part in (0..<3).map { Base64.middle(of: part, alignment: $0) } }
    self.plain = plain.map(Needle.init)
    self.hexadecimal = hexadecimal.map(Needle.init)
    self.base64 = base64.map(Needle.init)
    inNames = (plain + hexadecimal + base64).map { Needle($0.map(SecretSearch.folded)) }
  }

  /// Whether a secret occurs in a response.
  func finds(in response: HTTPResponse) -> Bool {
    if plain.isEmpty { return false }
    return response.headers.contains { name, value in
      finds(inName: Array(name.utf8)) || finds(in: Array(value.utf8))
    } || response.body.map(finds(in:)) == true
  }

  private func finds(inName name: [UInt8]) -> Bool {
    [name, Escapes.withoutPercent(name)].contains { name in
      let name = name.map(SecretSearch.folded)
      return inNames.contains { $0.stands(in: name) }
    }
  }

  /// Searches a string as it is, without JSON's escapes, and without percent-encoding.
  private func finds(in text: [UInt8]) -> Bool {
    for view in [{ $0 }, Escapes.withoutJSON, Escapes.withoutPercent] as [([UInt8]) -> [UInt8]] {
      let text = view(text)
      if plain.contains(where: { $0.stands(in: text) }) { return true }
      let lowercase = text.map(SecretSearch.lowercase)
      if hexadecimal.contains(where: { $0.stands(in: lowercase) }) { return true }
      // Long base64 strings are often broken into lines.
      let standard = text.filter { $0 != 0x0a && $0 != 0x0d }.map(Base64.standard)
      if base64.contains(where: { $0.stands(in: standard) }) { return true }
    }
    return false
  }

  /// The parts of a value that are searched for: the value itself; if it is an authentication scheme with credentials
  /// (RFC 9110, section 11.4), the credentials; for `Basic` (RFC 7617), also the pair that they encode, and its
  /// password. Parts that are too short are left out. So is a part that contains another one: where it occurs, the
  /// other one occurs too.
  static func parts(of value: String) -> [[UInt8]] {
    let bytes = Array(value.utf8)
    var parts: [[UInt8]] = [bytes]
    if let space = bytes.firstIndex(of: 0x20), HTTPGrant.Header.isToken(bytes[..<space]) {
      let credentials = Array(bytes[space...].drop { $0 == 0x20 })
      parts.append(credentials)
      if bytes[..<space].map(lowercase) == Array("basic".utf8), let pair = Base64.decoded(credentials) {
        parts.append(pair)
        if let colon = pair.firstIndex(of: UInt8(ascii: ":")) { parts.append(Array(pair[(colon + 1)...])) }
      }
    }
    let long = parts.filter { $0.count >= shortest }
    return long.filter { part in !long.contains { $0 != part && Needle($0).stands(in: part) } }
  }

  private static func digit(_ value: UInt8) -> UInt8 { Array("0123456789abcdef".utf8)[Int(value)] }

  /// A byte of a name, with case and the two alphabets of base64 made equal.
  private static func folded(_ byte: UInt8) -> UInt8 { lowercase(Base64.standard(byte)) }

  private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
}

/// A sequence of bytes to search for (Horspool's algorithm).
private struct Needle: Sendable {
  private let bytes: [UInt8]
  /// For each byte at the end of the window, how far the window may move.
  private let shifts: [Int]

  /// - Precondition: there is at least one byte.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var shifts = [Int](repeating: bytes.count, count: 256)
    for (index, byte) in bytes.dropLast().enumerated() { shifts[Int(byte)] = bytes.count - 1 - index }
    self.shifts = shifts
  }

  func stands(in text: [UInt8]) -> Bool {
    var end = bytes.count - 1
    while end < text.count {
      let start = end - bytes.count + 1
      if text[end] == bytes[bytes.count - 1], text[start...end].elementsEqual(bytes) { return true }
      end += shifts[Int(text[end])]
    }
    return false
  }
}

/// Base64 (RFC 4648, sections 4 and 5).
private enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// A character of the URL alphabet as one of the standard alphabet; other bytes unchanged.
  static func standard(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: byte
    }
  }

  /// The characters that encode bytes inside a longer string: only those that do not depend on the neighbouring bytes.
  ///
  /// - Parameter alignment: the number of bytes in front of them, modulo 3.
  static func middle(of bytes: [UInt8], alignment: Int) -> [UInt8] {
    let bits = (alignment * 8 + 5) / 6..<(alignment + bytes.count) * 8 / 6
    let padded = [UInt8](repeating: 0, count: alignment) + bytes + [0]
    return bits.map { index in
      let (byte, shift) = (index * 6 / 8, index * 6 % 8)
      let pair = UInt16(padded[byte]) << 8 | UInt16(padded[byte + 1])
      return letters[Int(pair >> UInt16(10 - shift) & 63)]
    }
  }

  /// The bytes that characters of either alphabet encode; nil if there are other characters.
  static func decoded(_ text: [UInt8]) -> [UInt8]? {
    var (bytes, buffer, bitCount): ([UInt8], UInt32, Int) = ([], 0, 0)
    for letter in text.prefix(while: { $0 != UInt8(ascii: "=") }) {
      guard let value = letters.firstIndex(of: standard(letter)) else { return nil }
      (buffer, bitCount) = (buffer << 6 | UInt32(value), bitCount + 6)
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bitCount)))
      }
    }
    return bytes
  }
}

/// Replaces escapes by the ASCII characters that they encode. Everything else stays unchanged.
private enum Escapes {
  /// `%41` (RFC 3986, section 2.1).
  static func withoutPercent(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "%")) else { return text }
    var (result, index): ([UInt8], Int) = ([], 0)
    result.reserveCapacity(text.count)
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), let value = number(text[(index + 1)...].prefix(2), digits: 2) {
        result.append(UInt8(truncatingIfNeeded: value))
        index += 3
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// `\u0041`, `\"`, `\/` and so on (RFC 8259, section 7).
  static func withoutJSON(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "\\")) else { return text }
    var (result, index): ([UInt8], Int) = ([], 0)
    result.reserveCapacity(text.count)
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
        result.append(text[index])
        index += 1
        continue
      }
      let letter = text[index + 1]
      if letter == UInt8(ascii: "u"), let value = number(text[(index + 2)...].prefix(4), digits: 4), value < 0x80 {
        result.append(UInt8(truncatingIfNeeded: value))
        index += 6
      } else {
        result.append(controls[letter] ?? letter)
        index += 2
      }
    }
    return result
  }

  private static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d,
  ]

  private static func number(_ text: ArraySlice<UInt8>, digits: Int) -> UInt32? {
    guard text.count == digits else { return nil }
    var number: UInt32 = 0
    for byte in text {
      guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      number = number << 4 | UInt32(digit)
    }
    return number
  }
}
