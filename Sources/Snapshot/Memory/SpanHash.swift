internal import Crypto

extension Hash256 {
  /// The hash of bytes, where they lie.
  public init(of bytes: Span<UInt8>) {
    var hasher = Crypto.SHA256()
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    self.init(hasher.finalize())
    // The hasher keeps its last block, up to 63 bytes of the text; a block of zeros takes its place.
    hasher.update(data: [UInt8](repeating: 0, count: 64))
  }
}
