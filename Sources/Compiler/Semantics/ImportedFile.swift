/// The target of an import's path.
public enum ImportedFile: Sendable {
  /// A file of the program, with these bytes.
  case text([UInt8])
  /// There is no such file.
  case missing
  /// The target can't be a file of the program. The text continues "it": `is a symbolic link`.
  case unusable(why: [UInt8])

  /// A file with these bytes; `.missing` if they are nil.
  public init(_ bytes: [UInt8]?) { self = bytes.map { .text($0) } ?? .missing }
}
