internal import Crypto
public import OperatingSystem

/// The secret of a host, 256 bits. The keys that seal and hash the records of each request (`RequestSeal`) are derived
/// from it. Its memory is wiped when it is freed.
public struct HostKey: Sendable {
  /// A key file has 64 lowercase hexadecimal digits, and perhaps a line feed.
  private static let fileSizeLimit = 65

  private let key: SymmetricKey

  /// The name of the key. A sealed record carries it, to say which host key it needs. It reveals nothing about the key:
  /// it is HKDF-SHA-256 (RFC 5869) of the key, without salt, with the info `mqjs host key 1`.
  public let identifier: Hash256

  /// A new key from the system's random numbers.
  public init() {
    self.init(SymmetricKey(size: .bits256))
  }

  /// Reads a key file: 64 lowercase hexadecimal digits, and perhaps a line feed, as `openssl rand -hex 32` writes them.
  /// Only its owner may have access to it.
  ///
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`, `.exposed`, `.unusableKey`.
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

  /// Writes the key to a new file of mode 0600. The file must not exist yet.
  ///
  /// - Throws: `.alreadyExists`, `.unwritable`.
  public func write(to path: String) throws(SystemError) {
    try NativeStack.withoutTraces { () throws(SystemError) in
      try SystemFile.write(Array("\(key.hexadecimal)\n".utf8), to: path, mode: 0o600, placement: .exclusive)
    }
  }

  /// The seal for the records of the request with this seed.
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
