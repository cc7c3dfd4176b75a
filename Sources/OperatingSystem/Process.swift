internal import CKernel
internal import Glibc

// What the system provides to a process: clocks, arguments, environment variables, threads.

/// The system's clocks.
public enum SystemClock {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public static var milliseconds: Int64 { read(CLOCK_REALTIME) }

  /// Milliseconds since some moment before the process began. Nobody can set this clock.
  static var monotonicMilliseconds: Int64 { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// The arguments that the process was started with. They are not read from `/proc`: where it is not mounted,
/// `CommandLine.arguments` is empty, so a command would do nothing and report success.
public enum SystemArguments {
  /// The bytes of each argument, the process's own name first; nil if they can't be determined.
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

/// The process's environment variables.
public enum SystemEnvironment {
  /// The value of a variable; nil if it is not set. An empty value is a value.
  public static func value(of name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }

  /// The bytes of a variable's value, which need not be UTF-8; nil if it is not set.
  public static func bytes(of name: String) -> [UInt8]? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}

/// Whether the system can create more threads.
public enum SystemThreads {
  /// Why the process can't create this many more threads at the moment, in the system's words; nil if it can. Check
  /// this before calling a library that ends the process when it can't create its threads.
  public static func shortage(of count: Int) -> String? {
    let number = kernel_thread_shortage(Int32(clamping: count))
    return number == 0 ? nil : SystemError.describe(number)
  }
}
