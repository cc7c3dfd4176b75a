import Synchronization

/// Runs asynchronous work to completion on the calling thread, so that the command needs no other thread. Swift's own
/// executor needs one, and waits forever if the system provides none.
final class CallingThread: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])

  private init() {}

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
  }

  /// Runs work and returns its result. The work must wait only for itself.
  static func result<Result: Sendable>(of work: @escaping @Sendable () async -> Result) -> Result {
    let executor = CallingThread()
    let place = Place<Result>()
    Task(executorPreference: executor) {
      let value = await work()
      place.value.withLock { $0 = value }
    }
    while let job = executor.jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor())
    }
    guard let value = place.value.withLock({ $0 }) else { preconditionFailure("the work waits for something else") }
    return value
  }

  /// Holds the result of the work.
  private final class Place<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
  }
}
