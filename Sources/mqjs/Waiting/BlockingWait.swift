import Dispatch
import Synchronization

/// Waits on the calling thread for asynchronous work that runs on other threads.
enum BlockingWait {
  /// Starts the work, and blocks until it has ended.
  ///
  /// - Throws: what the work throws.
  static func result<Result: Sendable>(of work: @escaping @Sendable () async throws -> Result) throws -> Result {
    let end = DispatchSemaphore(value: 0)
    let place = Place<Result>()
    Task.detached {
      do {
        let value = try await work()
        place.result.withLock { $0 = .success(value) }
      } catch {
        place.result.withLock { $0 = .failure(error) }
      }
      end.signal()
    }
    end.wait()
    guard let result = place.result.withLock({ $0 }) else { preconditionFailure("the work has ended") }
    return try result.get()
  }

  /// Holds the result of the work.
  private final class Place<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
  }
}
