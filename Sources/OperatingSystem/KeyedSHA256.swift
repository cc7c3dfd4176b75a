internal import Crypto

/// HMAC-SHA-256 (FIPS 198-1) with one key of 32 bytes. The two blocks that the key fills are hashed once, for the codes
/// of all messages.
public struct KeyedSHA256: Sendable {
  private var inner = Crypto.SHA256()
  private var outer = Crypto.SHA256()

  /// Codes with this key.
  public init(key: InlineArray<32, UInt8>) {
    inner.update(data: KeyedSHA256.block(of: key, paddedWith: 0x36))
    outer.update(data: KeyedSHA256.block(of: key, paddedWith: 0x5c))
  }

  /// The code of a message.
  public func code(of message: Span<UInt8>) -> InlineArray<32, UInt8> {
    var (inner, outer) = (inner, outer)
    unsafe message.withUnsafeBytes { unsafe inner.update(bufferPointer: $0) }
    unsafe inner.finalize().withUnsafeBytes { unsafe outer.update(bufferPointer: $0) }
    return unsafe outer.finalize().withUnsafeBytes { digest in InlineArray { index in unsafe digest[index] } }
  }

  private static func block(of key: InlineArray<32, UInt8>, paddedWith padding: UInt8) -> [UInt8] {
    (0..<64).map { ($0 < 32 ? key[$0] : 0) ^ padding }
  }
}
