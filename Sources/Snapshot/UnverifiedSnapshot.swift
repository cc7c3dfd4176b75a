internal import Crypto
public import Engine
public import System

/// The bytes of a file that claims to be a snapshot: read once, sealed, hashed, and not yet trusted. Nothing of it can
/// be run: what a pool of sandboxes takes is the `VerifiedSnapshot` that only `verified(by:)` makes of it.
public struct UnverifiedSnapshot: ~Copyable, Sendable {
  let file: SealedFile
  let digest: Crypto.SHA256.Digest
  /// The file, as it was named.
  public let path: String

  /// Snapshots of real applications have some hundred kilobytes; what has more than this many bytes is none.
  public static let fileSizeLimit = 64 << 20
  /// A DER signature of ECDSA P-256 has at most 72 bytes; a longer file is read a little further, to say what it is.
  static let signatureSizeLimit = 4096

  /// Reads a file.
  ///
  /// - Throws: `.unreadable`, `.tooLarge`, `.noMemory`.
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

  /// Size of the file in bytes.
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

  /// Checks the bytes and shows them as an image, for tools that look into snapshots without running them.
  ///
  /// - Parameter body: must not keep the image, which is gone when this returns.
  /// - Throws: what `check` throws.
  public func withImage<Result>(_ body: (Image) -> Result) throws(SnapshotError) -> Result {
    try check()
    return body(Image(file.linearMemory))
  }

  /// Where the signature of a snapshot lies.
  public static func signaturePath(for path: String) -> String { path + ".sig" }

  /// Signs the bytes: ECDSA P-256 over their SHA-256, as DER, just what `openssl dgst -sha256 -sign` makes. Every
  /// signature of the same bytes is another one.
  ///
  /// - Throws: `.unusableKey`.
  public func signature(by key: SigningKey) throws(SnapshotError) -> [UInt8] {
    try key.sign(digest, path: path).der
  }

  /// Accepts the bytes if the signature beside the file is theirs under this key. Nothing of them has been looked at
  /// before.
  ///
  /// - Throws: `.noSignature`, `.malformedSignature`, `.signatureMismatch`, `.unreadable`.
  public consuming func verified(by key: VerifyingKey) throws(SnapshotError) -> VerifiedSnapshot {
    let signaturePath = UnverifiedSnapshot.signaturePath(for: path)
    guard SystemFile.exists(signaturePath) else { throw SnapshotError(.noSignature, path: signaturePath) }
    let signature: [UInt8]
    do throws(SystemError) {
      signature = try SystemFile.read(signaturePath, limit: UnverifiedSnapshot.signatureSizeLimit)
    } catch {
      // A file that is no signature refuses the snapshot, however long it is.
      guard case .tooLarge(let limit) = error.kind else { throw SnapshotError(error) }
      throw SnapshotError(.malformedSignature(.tooLong(limit: limit)), path: signaturePath)
    }
    return try verified(by: key, signature: signature, signaturePath: signaturePath)
  }

  /// The same, with a signature that lies somewhere else.
  ///
  /// - Parameter signaturePath: what errors call the signature.
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
