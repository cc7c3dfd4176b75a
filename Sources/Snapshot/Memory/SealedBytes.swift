internal import CKernel
internal import Crypto
internal import OperatingSystem

extension SecretBytes {
  /// Seals the bytes without copying them first: AES-GCM with a random nonce.
  ///
  /// - Parameter data: additional data to authenticate.
  /// - Returns: nonce, ciphertext and tag.
  func sealed(under key: SymmetricKey, authenticating data: [UInt8]) -> [UInt8] {
    let box = withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe try? AES.GCM.seal($0, using: key, authenticating: data) }
    }
    guard let sealed = box?.combined else { preconditionFailure("a message of at most 64 GiB can be sealed") }
    return [UInt8](sealed)
  }

  /// Opens bytes that `sealed` returned. The library's own copy of the plaintext is wiped.
  ///
  /// - Returns: nil if the sealed bytes or the additional data have been changed, or the key is another one.
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  convenience init?(
    opening sealed: [UInt8], under key: SymmetricKey, authenticating data: [UInt8], protection: MemoryProtection
  ) throws(SystemError) {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let opened = try? AES.GCM.open(box, using: key, authenticating: data)
    else { return nil }
    defer { SecretBytes.wipe(opened) }
    try self.init(capacity: opened.count, protection: protection)
    append(opened)
  }

  /// Zeroes the memory of a collection that nobody else refers to.
  private static func wipe(_ bytes: some Collection<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      unsafe kernel_wipe(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
    }
    precondition(isDone != nil, "the bytes lie in one piece")
  }
}

extension SymmetricKey {
  /// The key that 64 lowercase hexadecimal digits encode, perhaps followed by a line feed; nil if the bytes have any
  /// other form.
  init?(hexadecimal digits: SecretBytes) {
    let key = digits.withBytes { digits -> SymmetricKey? in
      let count = digits.count - (digits.count == 65 && digits[64] == UInt8(ascii: "\n") ? 1 : 0)
      guard count == 64 else { return nil }
      return unsafe withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { buffer in
        defer { unsafe kernel_wipe(buffer.baseAddress, buffer.count) }
        for index in 0..<32 {
          guard let high = Hexadecimal.value(of: digits[2 * index]),
            let low = Hexadecimal.value(of: digits[2 * index + 1])
          else { return nil }
          unsafe buffer[index] = high << 4 | low
        }
        return unsafe SymmetricKey(data: UnsafeRawBufferPointer(buffer))
      }
    }
    guard let key else { return nil }
    self = key
  }

  /// The key as lowercase hexadecimal digits. A secret: it must only be written to a file of mode 0600.
  var hexadecimal: String { unsafe withUnsafeBytes { unsafe Hexadecimal.text(of: $0) } }
}

extension Hash256 {
  /// A derived key that is published, to name the key that it was derived from. It is not secret.
  init(publishing key: SymmetricKey) {
    self = unsafe key.withUnsafeBytes { unsafe Hash256(digest: $0) }
  }
}
