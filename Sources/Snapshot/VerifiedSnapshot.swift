public import Engine
public import System

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

  /// Takes an image that this process has just compiled from source. Nobody can have signed it, and nobody has to: who
  /// can choose the source needs no way around the signature.
  ///
  /// - Parameter path: what errors call it.
  /// - Throws: `.noMemory`.
  public init(compiledHere image: [UInt8], path: String) throws(SnapshotError) {
    let file = try SnapshotError.wrapping { () throws(SystemError) in try SealedFile(image, path: path) }
    let contentHash = Hash256(digest: file.digest)
    self.init(file: file, contentHash: contentHash, path: path)
  }

  /// Checks that the bytes are an image that this engine can run, whatever else was trusted about them.
  ///
  /// - Throws: `.notASnapshot`, `.damagedLineEnds`, `.otherFormatVersion`, `.otherGasSchedule`, `.wrongLength`,
  ///   `.defective`.
  public func check() throws(SnapshotError) {
    try LoadCheck.check(file, path: path)
  }

  /// Checks the bytes and shows them as an image, for tools that look into programs without running them.
  ///
  /// - Parameter body: must not keep the image, which is gone when this returns.
  /// - Throws: what `check` throws.
  public func withImage<Result>(_ body: (Image) -> Result) throws(SnapshotError) -> Result {
    try check()
    return body(Image(file.linearMemory))
  }

  consuming func takeFile() -> SealedFile { file }
}
