internal import Glibc

/// The process's environment variables.
public enum SystemEnvironment {
  /// What a variable is set to; nil if it is not set. Set to nothing is set.
  public static func value(of name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }

  /// The bytes that a variable is set to, which need not be text; nil if it is not set.
  public static func bytes(of name: String) -> [UInt8]? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}
