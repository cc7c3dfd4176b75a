internal import CKernel
internal import Glibc

// What a process is given: clocks, arguments, environment variables, threads.

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

/// What the system says to more threads.
public enum SystemThreads {
  /// Why the process can't have so many more threads at the moment, in the system's words; nil if it can. For libraries that
  /// end the process when they get none: they are asked only when there are some.
  public static func shortage(of count: Int) -> String? {
    let number = kernel_thread_shortage(Int32(clamping: count))
    return number == 0 ? nil : SystemError.describe(number)
  }
}
