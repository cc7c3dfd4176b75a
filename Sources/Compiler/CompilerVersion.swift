/// The version of the compiler, which is part of every image. The same sources give the same bytes if the version is
/// the same.
public enum CompilerVersion {
  /// The version number.
  public static let number = 1
}
