internal import Host
internal import OperatingSystem
internal import Synchronization

/// A file for log lines. Any number of threads may write to it.
final class LogFile: Sendable {
  private let file: Mutex<AppendOnlyFile>

  init(_ file: consuming AppendOnlyFile) { self.file = Mutex(file) }

  func append(_ line: [UInt8]) throws(HostFault) {
    let failure = file.withLock { file -> SystemError? in
      do throws(SystemError) {
        try file.lock()
        defer { file.unlock() }
        try file.append(line, isDurable: false)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw HostFault("log \(failure.message)") }
  }
}
