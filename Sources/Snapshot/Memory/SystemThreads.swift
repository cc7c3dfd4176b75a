internal import CKernel

/// What the system says to more threads.
public enum SystemThreads {
  /// Why the process can't have so many more threads at the moment, in the system's words; nil if it can. For libraries that
  /// end the process when they get none: they are asked only when there are some.
  public static func shortage(of count: Int) -> String? {
    let number = kernel_thread_shortage(Int32(clamping: count))
    return number == 0 ? nil : SystemFile.describe(number)
  }
}
