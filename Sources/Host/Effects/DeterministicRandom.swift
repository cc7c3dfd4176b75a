public import OperatingSystem

/// HMAC_DRBG with SHA-256 (NIST SP 800-90A Rev. 1, section 10.1.2), never reseeded. The same inputs give the same
/// bytes. Without the inputs, the bytes can't be told from random ones.
public struct DeterministicRandom: Sendable {
  /// HMAC with the state's key.
  private var keyed = KeyedSHA256(key: InlineArray(repeating: 0))
  private var value = InlineArray<32, UInt8>(repeating: 1)

  /// The maximum number of bytes in one call of `generate`: 2^19 bits, the limit of the standard.
  public static let callLimit = 65_536

  /// Instantiates the generator.
  ///
  /// - Parameters:
  ///   - entropy: the source of its security.
  ///   - nonce: appended to the entropy.
  ///   - personalization: distinguishes generators with the same entropy.
  public init(entropy: [UInt8], nonce: [UInt8] = [], personalization: [UInt8] = []) {
    update(with: entropy + nonce + personalization)
  }

  /// The stream of a request: its seed as entropy, no nonce, and `mtpscript-v5.1 random` as personalization. `Random`
  /// and `Uuid` draw from it in the order of their calls.
  public init(seed: Hash256) {
    self.init(entropy: seed.bytes, personalization: Array("mtpscript-v5.1 random".utf8))
  }

  /// The next bytes. Bytes that a call generates and does not return are lost, so two calls for 8 bytes differ from one
  /// for 16.
  ///
  /// - Precondition: `count` is 0 to `callLimit`.
  public mutating func generate(_ count: Int) -> [UInt8] {
    precondition((0...DeterministicRandom.callLimit).contains(count), "a call gives at most 65536 bytes")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      advance()
      for index in 0..<min(32, count - bytes.count) { bytes.append(value[index]) }
    }
    update(with: [])
    return bytes
  }

  /// A number in a range, each with the same probability. Draws of 64 bits, most significant byte first, that would
  /// favour some numbers are discarded.
  public mutating func integer(in range: ClosedRange<Int64>) -> Int64 {
    let last = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    // The number of draws beyond the last whole multiple of the range.
    let excess = last == .max ? 0 : (UInt64.max % (last + 1) + 1) % (last + 1)
    while true {
      let draw = generate(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      if draw > UInt64.max - excess { continue }
      let offset = last == .max ? draw : draw % (last + 1)
      return range.lowerBound &+ Int64(bitPattern: offset)
    }
  }

  /// HMAC_DRBG_Update, section 10.1.2.2.
  private mutating func update(with data: [UInt8]) {
    rekey(0, data)
    if data.isEmpty { return }
    rekey(1, data)
  }

  private mutating func rekey(_ step: UInt8, _ data: [UInt8]) {
    var message: [UInt8] = []
    message.reserveCapacity(33 + data.count)
    for index in value.indices { message.append(value[index]) }
    message.append(step)
    message += data
    keyed = KeyedSHA256(key: keyed.code(of: message.span))
    advance()
  }

  /// V = HMAC(Key, V).
  private mutating func advance() { value = keyed.code(of: value.span) }
}
