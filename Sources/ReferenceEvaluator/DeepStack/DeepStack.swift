#if canImport(Glibc)
internal import Glibc
#endif

/// There is no thread with a deep stack to be had.
public struct NoDeepStack: Error, Equatable, Sendable {
  /// The system's error number.
  public let errorNumber: Int32
}

/// Runs code that recurses deeply, as an evaluator of trees does, on a thread with a stack of its own. The stack is
/// reserved, not committed: only what is touched takes memory.
enum DeepStack {
  #if canImport(Glibc)

  /// What is asked for first, and the least that is tried.
  private static let sizes = [1 << 36, 1 << 34, 1 << 32, 1 << 30]

  /// The result of `body`, which runs on the deep stack while the caller waits.
  static func run<Result>(_ body: () -> Result) throws(NoDeepStack) -> Result {
    try withoutActuallyEscaping(body) { (body) throws(NoDeepStack) in
      let task = Task(body)
      unsafe try launch(Unmanaged.passUnretained(task).toOpaque()) { argument in
        if let argument = unsafe argument { unsafe Unmanaged<Job>.fromOpaque(argument).takeUnretainedValue().run() }
        return nil
      }
      guard let result = task.result else { preconditionFailure("the thread has run the body to its end") }
      return result
    }
  }

  private class Job {
    func run() {}
  }

  private final class Task<Result>: Job {
    private let body: () -> Result
    private(set) var result: Result?

    init(_ body: @escaping () -> Result) { self.body = body }

    override func run() { result = body() }
  }

  private static func launch(
    _ argument: UnsafeMutableRawPointer, _ start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  ) throws(NoDeepStack) {
    var number: Int32 = 0
    for size in sizes {
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK
      guard let stack = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), unsafe stack != MAP_FAILED else {
        number = errno
        continue
      }
      defer { unsafe munmap(stack, size) }
      var attributes = pthread_attr_t()
      unsafe pthread_attr_init(&attributes)
      defer { unsafe pthread_attr_destroy(&attributes) }
      unsafe pthread_attr_setstack(&attributes, stack, size)
      var thread = pthread_t()
      number = unsafe pthread_create(&thread, &attributes, start, argument)
      if number != 0 { continue }
      pthread_join(thread, nil)
      return
    }
    throw NoDeepStack(errorNumber: number)
  }

  #else

  /// The result of `body`. Without threads, it runs on the caller's stack, which the caller must make deep enough.
  static func run<Result>(_ body: () -> Result) throws(NoDeepStack) -> Result { body() }

  #endif
}
