internal import Crypto
public import OperatingSystem

/// A public key that verifies snapshots.
public struct VerifyingKey: Sendable {
  private let key: P256.Signing.PublicKey

  /// The maximum size of a key file, in bytes. Real key files have a few hundred bytes.
  public static let fileSizeLimit = 65_536

  /// Reads a PEM `SubjectPublicKeyInfo`, as written by `openssl pkey -pubout`.
  ///
  /// - Parameter path: the file's name in errors.
  /// - Throws: `.unusableKey`.
  public init(pem: [UInt8], path: String) throws(SnapshotError) {
    do throws(SnapshotError.KeyDefect) {
      guard case .publicKey(let der) = try KeyFile.read(pem) else {
        throw SnapshotError.KeyDefect.privateKey
      }
      guard let key = try? P256.Signing.PublicKey(derRepresentation: der) else {
        throw SnapshotError.KeyDefect.damaged
      }
      self.key = key
    } catch {
      throw SnapshotError(.unusableKey(error), path: path)
    }
  }

  /// Reads a key file.
  ///
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`, `.unusableKey`.
  public init(readingFrom path: String) throws(SnapshotError) {
    let pem = try SnapshotError.wrapping { () throws(SystemError) in
      try SystemFile.read(path, limit: VerifyingKey.fileSizeLimit)
    }
    try self.init(pem: pem, path: path)
  }

  fileprivate init(_ key: P256.Signing.PublicKey) {
    self.key = key
  }

  /// SHA-256 of the key's DER `SubjectPublicKeyInfo`. Two people can compare it over the phone to check that they have
  /// the same key. It equals the output of `openssl pkey -pubin -outform DER | openssl dgst -sha256`.
  public var fingerprint: Hash256 { Hash256(of: [UInt8](key.derRepresentation)) }

  /// The key in PEM.
  public var pem: String { PEMBlock(label: "PUBLIC KEY", der: [UInt8](key.derRepresentation), hasHeaders: false).text }

  /// Whether these bytes are a DER signature of ECDSA P-256 over the SHA-256 of a message, made with the matching
  /// private key.
  public func verifies(signature der: [UInt8], of message: [UInt8]) -> Bool {
    guard let signature = try? SignatureBytes(der: der) else { return false }
    return verifies(signature, of: Crypto.SHA256.hash(data: message))
  }

  func verifies(_ signature: SignatureBytes, of digest: Crypto.SHA256.Digest) -> Bool {
    guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature.raw) else { return false }
    return key.isValidSignature(signature, for: digest)
  }
}

/// A private key that signs snapshots.
public struct SigningKey: Sendable {
  private let key: P256.Signing.PrivateKey

  /// A new key from the system's random numbers.
  public init() {
    key = P256.Signing.PrivateKey()
  }

  /// Reads a PEM private key: PKCS #8, or SEC 1 as written by `openssl ecparam -genkey`.
  ///
  /// - Parameter path: the file's name in errors.
  /// - Throws: `.unusableKey`.
  public init(pem: [UInt8], path: String) throws(SnapshotError) {
    do throws(SnapshotError.KeyDefect) {
      guard case .privateKey(let der) = try KeyFile.read(pem) else {
        throw SnapshotError.KeyDefect.publicKey
      }
      guard let key = try? P256.Signing.PrivateKey(derRepresentation: der) else {
        throw SnapshotError.KeyDefect.damaged
      }
      self.key = key
    } catch {
      throw SnapshotError(.unusableKey(error), path: path)
    }
  }

  /// Reads a key file.
  ///
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`, `.unusableKey`.
  public init(readingFrom path: String) throws(SnapshotError) {
    let pem = try SnapshotError.wrapping { () throws(SystemError) in
      try SystemFile.read(path, limit: VerifyingKey.fileSizeLimit)
    }
    try self.init(pem: pem, path: path)
  }

  /// The key that verifies signatures of this one.
  public var verifyingKey: VerifyingKey { VerifyingKey(key.publicKey) }

  /// The key in PEM, as PKCS #8. A secret: it must only be written to a file of mode 0600.
  public var pem: String { PEMBlock(label: "PRIVATE KEY", der: [UInt8](key.derRepresentation), hasHeaders: false).text }

  /// Writes the key pair: the private key to `path`, with mode 0600, and the public key to `publicPath(for:)`. Neither
  /// file must exist yet. If one can't be written, neither remains.
  ///
  /// - Throws: `.alreadyExists`, `.unwritable`.
  public func write(to path: String) throws(SystemError) {
    let publicPath = SigningKey.publicPath(for: path)
    try SystemFile.write(Array(verifyingKey.pem.utf8), to: publicPath, placement: .exclusive)
    do {
      try SystemFile.write(Array(pem.utf8), to: path, mode: 0o600, placement: .exclusive)
    } catch {
      SystemFile.remove(publicPath)
      throw error
    }
  }

  /// `KEY.pub.pem` for `KEY.pem`. A name that does not end in `.pem` gets `.pub.pem` at its end.
  public static func publicPath(for path: String) -> String {
    (path.hasSuffix(".pem") ? String(path.dropLast(4)) : path) + ".pub.pem"
  }

  /// Signs a message: ECDSA P-256 over its SHA-256, as DER.
  ///
  /// - Parameter path: the message's name in errors.
  /// - Throws: `.unusableKey`.
  public func signature(of message: [UInt8], path: String) throws(SnapshotError) -> [UInt8] {
    try sign(Crypto.SHA256.hash(data: message), path: path).der
  }

  func sign(_ digest: Crypto.SHA256.Digest, path: String) throws(SnapshotError) -> SignatureBytes {
    guard let signature = try? key.signature(for: digest) else {
      throw SnapshotError(.unusableKey(.damaged), path: path)
    }
    return SignatureBytes(raw: [UInt8](signature.rawRepresentation))
  }
}
