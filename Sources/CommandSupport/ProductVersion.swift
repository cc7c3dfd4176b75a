/// The version of commands and packages. The file `VERSION` has the same version, for scripts; a test compares the two.
/// Snapshots don't contain it: their header has the compiler's own version, which changes when the generated code
/// changes.
public enum ProductVersion {
  /// Semantic version.
  public static let text = "0.1.0"
}
