public import Engine
public import OperatingSystem

/// Sealed bytes that are trusted: their signature was verified, or this process has just compiled them itself.
public struct VerifiedSnapshot: ~Copyable, Sendable {
  let file: SealedFile
  /// SHA-256 of the bytes.
  public let contentHash: Hash256
  /// The file, as it was named.
  public let path: String

  init(file: consuming SealedFile, contentHash: Hash256, path: String) {
    self.file = file
    self.contentHash = contentHash
    self.path = path
  }

  /// Accepts an image that this process has just compiled from source. It needs no signature: whoever can choose the
  /// source has no need to bypass the signature.
  ///
  /// - Parameter path: the image's name in errors.
  /// - Throws: `.noMemory`.
  public init(compiledHere image: [UInt8], path: String) throws(SnapshotError) {
    let file = try SnapshotError.wrapping { () throws(SystemError) in try SealedFile(image, path: path) }
    let contentHash = Hash256(digest: file.digest)
    self.init(file: file, contentHash: contentHash, path: path)
  }

  /// Checks that the bytes are an image that this engine can run, whoever signed them.
  ///
  /// - Throws: `.notASnapshot`, `.damagedLineEnds`, `.otherFormatVersion`, `.otherGasSchedule`, `.wrongLength`,
  ///   `.defective`.
  public func check() throws(SnapshotError) {
    try LoadCheck.check(file, path: path)
  }

  /// Checks the bytes and lends them as an image, for tools that inspect programs without running them.
  ///
  /// - Parameter body: must not keep the image, which is invalid when this returns.
  /// - Throws: the errors of `check`.
  public func withImage<Result>(_ body: (Image) -> Result) throws(SnapshotError) -> Result {
    try check()
    return body(Image(file.linearMemory))
  }

  consuming func takeFile() -> SealedFile { file }
}
