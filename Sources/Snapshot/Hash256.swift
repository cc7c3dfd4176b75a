internal import Crypto

/// A SHA-256 value: a snapshot's content hash, a seed, a response's hash, a key's fingerprint. Always 32 bytes.
public struct Hash256: Hashable, Sendable {
  /// The 32 bytes, as FIPS 180-4 orders them.
  public let bytes: [UInt8]

  /// The hash of these bytes.
  public init(of bytes: [UInt8]) {
    self.init(Crypto.SHA256.hash(data: bytes))
  }

  /// The hash of these bytes.
  public init(of bytes: SecretBytes) {
    self = bytes.withBytes { Hash256(of: $0) }
  }

  /// A hash that was made elsewhere; nil unless it has 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  init(_ digest: Crypto.SHA256.Digest) {
    bytes = [UInt8](digest)
  }

  init(_ code: HMAC<Crypto.SHA256>.MAC) {
    bytes = [UInt8](code)
  }

  /// 64 lowercase hexadecimal digits.
  public var hex: String { Hexadecimal.text(of: bytes) }
}

extension Hash256: CustomStringConvertible {
  /// The same as `hex`.
  public var description: String { hex }
}
