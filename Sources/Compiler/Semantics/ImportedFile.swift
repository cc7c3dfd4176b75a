/// What the path of an import leads to.
public enum ImportedFile: Sendable {
  /// A file of the program: its bytes.
  case text([UInt8])
  /// There is no such file.
  case missing
  /// There is something that can't be a file of the program; why, to be said after "it": `is a symbolic link`.
  case unusable(why: [UInt8])

  /// A file with these bytes; none if they are nil.
  public init(_ bytes: [UInt8]?) { self = bytes.map { .text($0) } ?? .missing }
}
