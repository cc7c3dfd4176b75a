internal import Crypto
public import System

/// HMAC_DRBG with SHA-256 (NIST SP 800-90A Rev. 1, section 10.1.2), never reseeded. The same inputs give the same
/// bytes. Without the inputs, the bytes can't be told from random ones.
public struct DeterministicRandom: Sendable {
  private var key = [UInt8](repeating: 0, count: 32)
  private var value = [UInt8](repeating: 1, count: 32)

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
    while bytes.count < count {
      value = hmac(value)
      bytes += value
    }
    update(with: [])
    return Array(bytes.prefix(count))
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
    key = hmac(value + [0] + data)
    value = hmac(value)
    if data.isEmpty { return }
    key = hmac(value + [1] + data)
    value = hmac(value)
  }

  private func hmac(_ data: [UInt8]) -> [UInt8] {
    Array(HMAC<Crypto.SHA256>.authenticationCode(for: data, using: SymmetricKey(data: key)))
  }
}
