import Synchronization

/// Runs asynchronous work to its end on the calling thread, so that the command needs no other thread. If the system
/// provides none, Swift's own executor waits for one forever.
final class CallingThread: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])

  private init() {}

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
  }

  /// The result of work that waits only for itself.
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

  /// Holds the result.
  private final class Place<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
  }
}
