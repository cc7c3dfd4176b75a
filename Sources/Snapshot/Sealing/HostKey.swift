internal import Crypto
public import System

/// The secret of a host, 256 bits, under which it keeps classified data in its records: the root of the keys that each
/// request's records are sealed and hashed with (`RequestSeal`). Its memory is wiped when it is freed.
public struct HostKey: Sendable {
  /// A key file has 64 lowercase hexadecimal digits and perhaps a line end.
  private static let fileSizeLimit = 65

  private let key: SymmetricKey

  /// The name of the key, by which a record says what it was sealed under. It tells nothing of the key: HKDF-SHA-256
  /// (RFC 5869) of it, without salt, with the info `mqjs host key 1`.
  public let identifier: Hash256

  /// A new key from the system's random numbers.
  public init() {
    self.init(SymmetricKey(size: .bits256))
  }

  /// Reads a key file: 64 lowercase hexadecimal digits and perhaps a line end, as `openssl rand -hex 32` writes them.
  /// Nobody but its owner may have access to it.
  ///
  /// - Throws: `.unreadable`, `.tooLarge`, `.exposed`, `.unusableKey`.
  public init(readingFrom path: String) throws(SnapshotError) {
    let digits = try SnapshotError.wrapping { () throws(SystemError) in
      try SecretBytes.read(path, limit: HostKey.fileSizeLimit, isPrivate: true)
    }
    guard let key = NativeStack.withoutTraces({ SymmetricKey(hexadecimal: digits) }) else {
      throw SnapshotError(.unusableKey(.notHexadecimal), path: path)
    }
    self.init(key)
  }

  private init(_ key: SymmetricKey) {
    self.key = key
    identifier = Hash256(publishing: key.derived(salt: [], info: "mqjs host key 1"))
  }

  /// Writes the key to a file of mode 0600 that must not exist before.
  ///
  /// - Throws: `.alreadyExists`, `.unwritable`.
  public func write(to path: String) throws(SystemError) {
    try NativeStack.withoutTraces { () throws(SystemError) in
      try SystemFile.write(Array("\(key.hexadecimal)\n".utf8), to: path, mode: 0o600, placement: .exclusive)
    }
  }

  /// What seals the records of the request with this seed.
  public func seal(forSeed seed: Hash256) -> RequestSeal {
    RequestSeal(
      keyIdentifier: identifier, seed: seed, sealing: key.derived(salt: seed.bytes, info: "mqjs seal 1"),
      hashing: key.derived(salt: seed.bytes, info: "mqjs hash 1"))
  }
}

extension SymmetricKey {
  /// HKDF-SHA-256 (RFC 5869), 32 bytes.
  fileprivate func derived(salt: [UInt8], info: String) -> SymmetricKey {
    NativeStack.withoutTraces {
      HKDF<Crypto.SHA256>.deriveKey(
        inputKeyMaterial: self, salt: salt, info: Array(info.utf8), outputByteCount: Crypto.SHA256.byteCount)
    }
  }
}
