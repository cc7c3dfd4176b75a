internal import Crypto
public import Engine
public import OperatingSystem

/// The bytes of a file that claims to be a snapshot: read once, sealed, hashed, and not yet trusted. They can't be run:
/// a pool of sandboxes needs a `VerifiedSnapshot`, which only the `verified` methods make from these bytes.
public struct UnverifiedSnapshot: ~Copyable, Sendable {
  let file: SealedFile
  let digest: Crypto.SHA256.Digest
  /// The file, as it was named.
  public let path: String

  /// The maximum size of a snapshot, in bytes. Snapshots of real applications have some hundred kilobytes.
  public static let fileSizeLimit = 64 << 20
  /// A DER signature of ECDSA P-256 has at most 72 bytes. The limit is higher so that the error can say what a longer
  /// file is.
  static let signatureSizeLimit = 4096

  /// Reads a file.
  ///
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`, `.noMemory`.
  public init(readingFrom path: String) throws(SnapshotError) {
    let file = try SnapshotError.wrapping { () throws(SystemError) in
      try SealedFile(copying: path, limit: UnverifiedSnapshot.fileSizeLimit)
    }
    self.init(file: file, path: path)
  }

  init(file: consuming SealedFile, path: String) {
    digest = file.digest
    self.file = file
    self.path = path
  }

  /// The content hash: SHA-256 of all bytes of the file.
  public var contentHash: Hash256 { Hash256(digest: digest) }

  /// The size of the file in bytes.
  public var byteCount: Int { file.byteCount }

  /// A copy of the bytes, for tools that show what is in a file.
  public var bytes: [UInt8] { file.bytes }

  /// Checks that the bytes are an image that this engine can run. That says nothing about who made them.
  ///
  /// - Throws: `.notASnapshot`, `.damagedLineEnds`, `.otherFormatVersion`, `.otherGasSchedule`, `.wrongLength`,
  ///   `.defective`.
  public func check() throws(SnapshotError) {
    try LoadCheck.check(file, path: path)
  }

  /// Checks the bytes and lends them as an image, for tools that inspect snapshots without running them.
  ///
  /// - Parameter body: must not keep the image, which is invalid when this returns.
  /// - Throws: the errors of `check`.
  public func withImage<Result>(_ body: (Image) -> Result) throws(SnapshotError) -> Result {
    try check()
    return body(Image(file.linearMemory))
  }

  /// The path of a snapshot's signature.
  public static func signaturePath(for path: String) -> String { path + ".sig" }

  /// Signs the bytes: ECDSA P-256 over their SHA-256, as DER, as `openssl dgst -sha256 -sign` does. Two signatures of
  /// the same bytes differ.
  ///
  /// - Throws: `.unusableKey`.
  public func signature(by key: SigningKey) throws(SnapshotError) -> [UInt8] {
    try key.sign(digest, path: path).der
  }

  /// Accepts the bytes if the file `signaturePath(for:)` is a signature of them by this key. The bytes have not been
  /// interpreted before.
  ///
  /// - Throws: `.noSignature`, `.malformedSignature`, `.signatureMismatch`, `.unreadable`, `.special`.
  public consuming func verified(by key: VerifyingKey) throws(SnapshotError) -> VerifiedSnapshot {
    let signaturePath = UnverifiedSnapshot.signaturePath(for: path)
    guard SystemFile.exists(signaturePath) else { throw SnapshotError(.noSignature, path: signaturePath) }
    let signature: [UInt8]
    do throws(SystemError) {
      signature = try SystemFile.read(signaturePath, limit: UnverifiedSnapshot.signatureSizeLimit)
    } catch {
      // A file that is too long for a signature refuses the snapshot; it is not a system error.
      guard case .tooLarge(let limit) = error.kind else { throw SnapshotError(error) }
      throw SnapshotError(.malformedSignature(.tooLong(limit: limit)), path: signaturePath)
    }
    return try verified(by: key, signature: signature, signaturePath: signaturePath)
  }

  /// The same, with a signature from elsewhere.
  ///
  /// - Parameter signaturePath: the signature's name in errors.
  /// - Throws: `.malformedSignature`, `.signatureMismatch`.
  public consuming func verified(
    by key: VerifyingKey, signature der: [UInt8], signaturePath: String
  ) throws(SnapshotError) -> VerifiedSnapshot {
    let signature: SignatureBytes
    do throws(SnapshotError.SignatureDefect) {
      signature = try SignatureBytes(der: der)
    } catch {
      throw SnapshotError(.malformedSignature(error), path: signaturePath)
    }
    guard key.verifies(signature, of: digest) else {
      throw SnapshotError(.signatureMismatch(content: contentHash, key: key.fingerprint), path: path)
    }
    return VerifiedSnapshot(file: file, contentHash: Hash256(digest: digest), path: path)
  }
}
