/// Reads the distinguished encoding rules (ITU-T X.690) strictly: each value has one form, so each pair (r, s) has one
/// encoding. Signatures are not unique all the same. If (r, s) is valid, so is (r, n - s), where n is the order of the
/// curve; openssl and hardware modules produce both. So a signature's bytes never identify anything. A snapshot is
/// identified by the hash of its content.
struct DERReader {
  /// The tags that occur in keys and signatures.
  enum Tag: UInt8 {
    case integer = 0x02
    case bitString = 0x03
    case octetString = 0x04
    case objectIdentifier = 0x06
    case sequence = 0x30
    case context0 = 0xa0
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Sequence<UInt8>) {
    rest = ArraySlice(bytes)
  }

  /// Whether everything has been read.
  var isAtEnd: Bool { rest.isEmpty }

  /// The content of the next element, if it has this tag. If it has another tag or is not DER, returns nil and reads
  /// nothing.
  mutating func read(_ tag: Tag) -> ArraySlice<UInt8>? {
    var bytes = rest
    guard bytes.popFirst() == tag.rawValue, let first = bytes.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      // The long form is only allowed for lengths that the short form can't encode, without leading zeros. Keys and
      // signatures need at most two bytes.
      let count = Int(first & 0x7f)
      guard (1...2).contains(count), bytes.count >= count else { return nil }
      length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      guard length >= (count == 1 ? 0x80 : 0x100) else { return nil }
      bytes = bytes.dropFirst(count)
    }
    guard bytes.count >= length else { return nil }
    rest = bytes.dropFirst(length)
    return bytes.prefix(length)
  }

  /// The content of the next element without the sign byte, if it is a non-negative INTEGER in its shortest form.
  mutating func readNatural() -> ArraySlice<UInt8>? {
    guard var digits = read(.integer), let first = digits.first, first < 0x80 else { return nil }
    if digits.count > 1, first == 0 {
      digits = digits.dropFirst()
      guard digits[digits.startIndex] >= 0x80 else { return nil }
    }
    return digits
  }
}

/// An ECDSA P-256 signature in its two forms: two numbers of 32 bytes each, and the DER that openssl reads and writes
/// (`ECDSA-Sig-Value` of RFC 3279, section 2.2.3).
struct SignatureBytes: Equatable {
  /// r and s, 32 bytes each, big-endian.
  let raw: [UInt8]

  /// - Precondition: 64 bytes.
  init(raw: [UInt8]) {
    precondition(raw.count == 64, "a P-256 signature has 64 bytes")
    self.raw = raw
  }

  /// Reads the bytes of a signature file.
  init(der: [UInt8]) throws(SnapshotError.SignatureDefect) {
    if der.isEmpty { throw .empty }
    if der.allSatisfy({ (0x20..<0x7f).contains($0) || (0x09...0x0d).contains($0) }) { throw .text }
    var file = DERReader(der)
    guard let content = file.read(.sequence), file.isAtEnd else { throw .notDER }
    var numbers = DERReader(content)
    guard let r = numbers.readNatural(), let s = numbers.readNatural(), numbers.isAtEnd else { throw .notDER }
    // Zero is encoded as one zero byte. Verification checks that r and s are below the order of the curve.
    guard r.count <= 32, s.count <= 32, r.first != 0, s.first != 0 else { throw .outOfRange }
    raw = [r, s].flatMap { [UInt8](repeating: 0, count: 32 - $0.count) + $0 }
  }

  /// The DER form, 8 to 72 bytes.
  var der: [UInt8] {
    let content = [raw[..<32], raw[32...]].flatMap { number in
      var digits = Array(number.drop { $0 == 0 })
      if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
      return [DERReader.Tag.integer.rawValue, UInt8(digits.count)] + digits
    }
    return [DERReader.Tag.sequence.rawValue, UInt8(content.count)] + content
  }
}
