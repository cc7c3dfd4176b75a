internal import Glibc

/// Runs code that recurses deeply, as an evaluator of trees does, on a thread with a stack of its own. The stack is
/// reserved, not committed: only what is touched takes memory.
enum DeepStack {
  /// What is asked for first, and the least that is tried.
  private static let sizes = [1 << 36, 1 << 34, 1 << 32, 1 << 30]

  /// The result of `body`, which runs on the deep stack while the caller waits.
  static func run<Result>(_ body: () -> Result) -> Result {
    withoutActuallyEscaping(body) { body in
      let task = Task(body)
      unsafe launch(Unmanaged.passUnretained(task).toOpaque()) { argument in
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
  ) {
    for size in sizes {
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK
      guard let stack = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), unsafe stack != MAP_FAILED else {
        continue
      }
      defer { unsafe munmap(stack, size) }
      var attributes = pthread_attr_t()
      unsafe pthread_attr_init(&attributes)
      defer { unsafe pthread_attr_destroy(&attributes) }
      unsafe pthread_attr_setstack(&attributes, stack, size)
      var thread = pthread_t()
      if unsafe pthread_create(&thread, &attributes, start, argument) != 0 { continue }
      pthread_join(thread, nil)
      return
    }
    preconditionFailure("there is no address space for a stack of 1 GiB")
  }
}
