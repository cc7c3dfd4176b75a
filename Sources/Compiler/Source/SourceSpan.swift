/// A range of bytes in one file of a program.
public struct SourceSpan: Equatable, Sendable {
  /// The file, as an index into the program's list of sources.
  public var file: Int
  /// Offset in UTF-8 bytes of the first byte.
  public var start: Int
  /// Offset in UTF-8 bytes just past the last byte.
  public var end: Int

  /// The bytes from `start` up to, not including, `end`.
  public init(file: Int, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The smallest span that covers both.
  public func joined(with other: SourceSpan) -> SourceSpan {
    SourceSpan(file: file, start: min(start, other.start), end: max(end, other.end))
  }
}
