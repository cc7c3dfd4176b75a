internal import Host
internal import Snapshot

/// A file for log lines. The command has one thread.
final class LogFile: Sendable {
  private let file: AppendOnlyFile

  init(_ file: consuming AppendOnlyFile) { self.file = file }

  func append(_ line: [UInt8]) throws(HostFault) {
    do throws(SnapshotError) {
      try file.append(line, isDurable: false)
    } catch {
      throw HostFault("log \(error.message)")
    }
  }
}
