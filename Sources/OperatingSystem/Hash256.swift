internal import Crypto

/// A SHA-256 value, 32 bytes: a snapshot's content hash, a seed, a response's hash, a key's fingerprint.
public struct Hash256: Hashable, Sendable {
  /// The 32 bytes, in the order of FIPS 180-4.
  public let bytes: [UInt8]

  /// The hash of these bytes.
  public init(of bytes: [UInt8]) {
    self.init(Crypto.SHA256.hash(data: bytes))
  }

  private init(_ digest: Crypto.SHA256.Digest) {
    bytes = unsafe digest.withUnsafeBytes { unsafe Array($0) }
  }

  /// The hash of these bytes, without copying them.
  public init(of bytes: Span<UInt8>) {
    var hasher = Crypto.SHA256()
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    self.init(hasher.finalize())
    // The hasher keeps its last block, up to 63 bytes of the input. A block of zeros overwrites it.
    unsafe Hash256.zeros.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
  }

  private static let zeros = [UInt8](repeating: 0, count: 64)

  /// The hash of these bytes.
  public init(of bytes: SecretBytes) {
    self = bytes.withBytes { Hash256(of: $0) }
  }

  /// A hash that was computed elsewhere; nil unless it has 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// The output of a hash function or a keyed hash.
  ///
  /// - Precondition: it has 32 bytes.
  public init(digest: some Sequence<UInt8>) {
    bytes = Array(digest)
    precondition(bytes.count == 32, "a digest of 256 bits")
  }

  /// 64 lowercase hexadecimal digits.
  public var hex: String { Hexadecimal.text(of: bytes) }
}

extension Hash256: CustomStringConvertible {
  /// The same as `hex`.
  public var description: String { hex }
}
