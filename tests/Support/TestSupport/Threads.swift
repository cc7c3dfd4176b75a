import Foundation
import Synchronization

/// Runs a body on several threads at once, and waits for all of them. Tasks would not be enough: on a machine with one
/// processor, they share one thread.
///
/// - Parameter body: is passed the number of its thread, counted from 0.
/// - Throws: an error that one of the bodies threw.
public func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
  let failure = Mutex<(any Error)?>(nil)
  let running = DispatchGroup()
  for number in 0..<count {
    running.enter()
    let thread = Thread {
      do {
        try body(number)
      } catch {
        failure.withLock { $0 = error }
      }
      running.leave()
    }
    thread.start()
  }
  running.wait()
  if let error = failure.withLock({ $0 }) { throw error }
}
