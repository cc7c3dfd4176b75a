/// The version that commands and packages have. The file `VERSION` says the same, for scripts; a test holds both together. A
/// snapshot says nothing of it: its header has the compiler's own version, which changes when code does.
public enum ProductVersion {
  /// Semantic version.
  public static let text = "0.1.0"
}
