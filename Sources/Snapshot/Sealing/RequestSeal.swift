internal import Crypto
public import OperatingSystem

/// Seals the records of one request, opens them, and computes keyed hashes for them. Its two keys are derived from the
/// host's key and the request's seed: HKDF-SHA-256 with the seed as salt, and `mqjs seal 1` or `mqjs hash 1` as info.
/// So another request's records can't be opened with them, and equal data of two requests has different hashes.
public struct RequestSeal: Equatable, Sendable {
  /// Which part of a request's record some bytes are. It is authenticated with the bytes, so that they can't be moved.
  public enum Part: Equatable, Sendable {
    /// The request's bytes.
    case input
    /// The response's bytes.
    case response
    /// The result of an effect call, by the call's number in the request.
    case result(sequence: Int)
    /// The result of an irrevocable call, noted before the request has ended. The position counts these calls, from 0.
    case intent(position: Int64)
  }

  /// The identifier of the host's key.
  public let keyIdentifier: Hash256
  private let seed: Hash256
  private let sealing: SymmetricKey
  private let hashing: SymmetricKey

  init(keyIdentifier: Hash256, seed: Hash256, sealing: SymmetricKey, hashing: SymmetricKey) {
    self.keyIdentifier = keyIdentifier
    self.seed = seed
    self.sealing = sealing
    self.hashing = hashing
  }

  /// Seals bytes: AES-256-GCM (NIST SP 800-38D) with a random nonce.
  ///
  /// - Returns: the 12 bytes of the nonce, the ciphertext, the 16 bytes of the tag.
  public func seal(_ bytes: SecretBytes, as part: Part) -> [UInt8] {
    NativeStack.withoutTraces { bytes.sealed(under: sealing, authenticating: additionalData(of: part)) }
  }

  /// Opens bytes that `seal` returned.
  ///
  /// - Returns: nil if they were not sealed as this part of this request.
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  public func open(
    _ sealed: [UInt8], as part: Part, protection: MemoryProtection
  ) throws(SystemError) -> SecretBytes? {
    try NativeStack.withoutTraces { () throws(SystemError) in
      try SecretBytes(
        opening: sealed, under: sealing, authenticating: additionalData(of: part), protection: protection)
    }
  }

  /// HMAC-SHA-256 over the 32 bytes of a hash. It replaces a SHA-256 from which a card number could be guessed.
  public func keyedHash(of hash: Hash256) -> Hash256 {
    NativeStack.withoutTraces {
      Hash256(digest: HMAC<Crypto.SHA256>.authenticationCode(for: hash.bytes, using: hashing))
    }
  }

  /// `mqjs`, the name of the part, the seed in hexadecimal, and the number of the call if there is one, separated by
  /// spaces.
  private func additionalData(of part: Part) -> [UInt8] {
    let text =
      switch part {
      case .input: "mqjs input \(seed.hex)"
      case .response: "mqjs response \(seed.hex)"
      case .result(let sequence): "mqjs result \(seed.hex) \(sequence)"
      case .intent(let position): "mqjs intent \(seed.hex) \(position)"
      }
    return Array(text.utf8)
  }
}
