internal import CKernel
internal import Glibc

/// The arguments that the process was started with, which do not come from `/proc`: where that is not mounted,
/// `CommandLine.arguments` is empty, and a command would do nothing and call it a success.
public enum SystemArguments {
  /// Their bytes, the process's own name first; nil if they can't be had.
  public static var all: [[UInt8]]? {
    let count = kernel_argument_count()
    guard count > 0 else { return nil }
    var arguments: [[UInt8]] = []
    for index in 0..<count {
      guard let text = unsafe kernel_argument(index) else { return nil }
      arguments.append(unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
    }
    return arguments
  }
}
