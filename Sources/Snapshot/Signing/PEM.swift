/// One block of a PEM file (RFC 7468): a label, and the DER bytes that it labels.
public struct PEMBlock: Equatable, Sendable {
  /// The label, such as `PUBLIC KEY`.
  public let label: String
  /// The bytes. They have not been checked.
  public let der: [UInt8]
  /// Whether lines of the form `Name: value` precede the base64, as in an old-style encrypted key.
  let hasHeaders: Bool

  /// All blocks of a file, in order. Text around them is ignored, as RFC 7468 allows. Nil if a block has no end or is
  /// not base64.
  public static func blocks(in text: [UInt8]) -> [PEMBlock]? {
    var blocks: [PEMBlock] = []
    var label: String?
    var base64: [UInt8] = []
    var hasHeaders = false
    for line in text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      if let begun = label {
        if boundary(PEMBlock.end, in: line) == begun {
          guard let der = Base64.decode(base64) else { return nil }
          blocks.append(PEMBlock(label: begun, der: der, hasHeaders: hasHeaders))
          label = nil
        } else if line.contains(UInt8(ascii: ":")) {
          hasHeaders = true
        } else {
          base64 += line.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        }
      } else if let begun = boundary(PEMBlock.begin, in: line) {
        label = begun
        base64 = []
        hasHeaders = false
      }
    }
    return label == nil ? blocks : nil
  }

  /// The block in PEM, in lines of 64 characters.
  var text: String {
    var lines = ["-----BEGIN \(label)-----"]
    let characters = Base64.encode(der)
    for start in stride(from: 0, to: characters.count, by: 64) {
      lines.append(String(decoding: characters[start..<min(start + 64, characters.count)], as: UTF8.self))
    }
    lines.append("-----END \(label)-----\n")
    return lines.joined(separator: "\n")
  }

  private static let begin = Array("-----BEGIN ".utf8)
  private static let end = Array("-----END ".utf8)
  private static let dashes = Array("-----".utf8)

  /// The label in a line that begins with `start` and ends in dashes; nil for any other line.
  private static func boundary(_ start: [UInt8], in line: ArraySlice<UInt8>) -> String? {
    guard line.starts(with: start), line.count >= start.count + dashes.count,
      line.suffix(dashes.count).elementsEqual(dashes)
    else { return nil }
    return String(decoding: line.dropFirst(start.count).dropLast(dashes.count), as: UTF8.self)
  }
}

/// Base64 with the standard alphabet and padding (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The value of each character; 64 if it is not in the alphabet.
  private static let digits: [UInt8] = {
    var digits = [UInt8](repeating: 64, count: 256)
    for (digit, character) in alphabet.enumerated() { digits[Int(character)] = UInt8(digit) }
    return digits
  }()

  /// The bytes that the characters encode; nil unless the characters are the canonical encoding of these bytes.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var bytes: [UInt8] = []
    var bits = 0
    var bitCount = 0
    for character in text.dropLast(padding) {
      let digit = digits[Int(character)]
      guard digit < 64 else { return nil }
      bits = bits << 6 | Int(digit)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(bits >> bitCount))
        bits &= (1 << bitCount) - 1
      }
    }
    return bits == 0 ? bytes : nil
  }

  /// The characters that encode bytes.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for digit in 0..<4 {
        text.append(digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
      }
    }
    return text
  }
}
