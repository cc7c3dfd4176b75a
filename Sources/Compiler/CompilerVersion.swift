/// The version of the compiler, which stands in every image that it writes: images of the same sources are the same
/// bytes if they come from the same version.
public enum CompilerVersion {
  /// The number.
  public static let number = 1
}
