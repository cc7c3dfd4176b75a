internal import OperatingSystem
public import Snapshot
internal import Synchronization

/// The audit log: one line of canonical JSON (RFC 8785) for each record. Each line has the hash of the line before it,
/// and checkpoints are signed. So a line that is changed, removed, inserted or moved is detected later.
///
/// Any number of threads and processes may write to one log; the file is locked for each record. Hosts share an
/// `AuditLog`. When the last reference to it in a process is gone, it writes its last checkpoint.
public final class AuditLog: Sendable {
  /// The number of records between two checkpoints, by default.
  public static let standardCheckpointInterval = 64
  /// The maximum number of bytes to search backwards for the last checkpoint. Only requests with very many effects come
  /// near it.
  static let lineLimit = 256 << 20

  private let key: SigningKey?
  private let clock: HostClock
  private let checkpointInterval: Int
  private let path: String
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var file: AppendOnlyFile
    /// The file's size when it was last read.
    var byteCount = 0
    /// The end of the log.
    var end = AuditLogEnd()
  }

  /// Opens a log, or creates one. The chain after the last checkpoint is checked. If a crash has torn the last line,
  /// the line stays as it is, and a `recovery` record accounts for it. In the chain, that record follows the last whole
  /// line.
  ///
  /// - Parameters:
  ///   - key: signs checkpoints; nil leaves them unsigned. A log has the same key from its first checkpoint to its
  ///     last.
  ///   - checkpointInterval: the number of records between two checkpoints, 1 or more.
  /// - Throws: `.unusableAuditLog`; `.fault` if the file can't be opened.
  public init(
    _ path: String, key: SigningKey? = nil, checkpointInterval: Int = AuditLog.standardCheckpointInterval,
    clock: HostClock = .system
  ) throws(HostError) {
    precondition(checkpointInterval > 0, "records between two checkpoints")
    self.key = key
    self.clock = clock
    self.checkpointInterval = checkpointInterval
    self.path = path
    do throws(SystemError) {
      state = Mutex(State(file: try AppendOnlyFile(path)))
    } catch {
      throw .fault(HostFault("audit log \(error.message)"))
    }
    try withLockedFile { (_) throws(HostError) in }
  }

  /// Writes a record.
  ///
  /// - Parameter isDurable: whether to return only when the record is on disk.
  /// - Returns: its number.
  @discardableResult
  public func append(_ record: AuditRecord, isDurable: Bool) throws(HostFault) -> Int64 {
    try withFaults { () throws(HostError) in
      try withLockedFile { (state) throws(HostError) in
        let number = try write(record, isDurable: isDurable, &state)
        if state.end.unanchored >= checkpointInterval { try writeCheckpoint(&state) }
        return number
      }
    }
  }

  // To learn whether this fails, call `close` first.
  deinit { try? close() }

  /// Writes a checkpoint, if any record needs one. This also happens when the log is destroyed. Call it if the process
  /// ends before that, or must know whether it succeeded.
  ///
  /// - Throws: if the checkpoint can't be written.
  public func close() throws(HostFault) {
    try withFaults { () throws(HostError) in
      try withLockedFile { (state) throws(HostError) in
        if state.end.unanchored > 0 { try writeCheckpoint(&state) }
      }
    }
  }

  /// Calls `body` while nobody else writes to the file, with the current end of the log.
  private func withLockedFile<Result: Sendable>(
    _ body: (inout State) throws(HostError) -> Result
  ) throws(HostError) -> Result {
    let result = state.withLock { state -> Swift.Result<Result, HostError> in
      do throws(HostError) {
        try withSystemFaults { () throws(SystemError) in try state.file.lock() }
        defer { state.file.unlock() }
        if state.file.byteCount != state.byteCount {
          state.end = try AuditLogEnd(of: state.file, key: key?.verifyingKey, path: path)
          if let torn = state.end.torn {
            let record = AuditRecord.recovery(tornByteCount: torn.byteCount, tornHash: torn.hash)
            try write(record, isDurable: true, &state)
          }
        }
        defer { state.byteCount = state.file.byteCount }
        return .success(try body(&state))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func writeCheckpoint(_ state: inout State) throws(HostError) {
    try write(.checkpoint(keyFingerprint: key?.verifyingKey.fingerprint), isDurable: true, &state)
    state.end.unanchored = 0
  }

  @discardableResult
  private func write(_ record: AuditRecord, isDurable: Bool, _ state: inout State) throws(HostError) -> Int64 {
    let number = state.end.nextNumber
    guard AuditLine.numbers.contains(number) else { throw .unusableAuditLog(AuditLogDefect(.full, path: path)) }
    var line = AuditLine(
      record, number: number, previous: state.end.lastHash, time: Timestamp(milliseconds: clock.milliseconds).text)
    if case .checkpoint = record, let key { try sign(&line, with: key) }
    try withSystemFaults { () throws(SystemError) in
      // If the last line has no line feed, it is ended in the same write. So the torn line is never complete without
      // the record that accounts for it.
      let end = state.end.isComplete ? [] : [UInt8(ascii: "\n")]
      try state.file.append(end + line.bytes + [UInt8(ascii: "\n")], isDurable: isDurable)
    }
    state.end.advance(past: line)
    return number
  }

  private func sign(_ line: inout AuditLine, with key: SigningKey) throws(HostError) {
    do throws(SnapshotError) {
      try line.sign(with: key, path: path)
    } catch {
      throw .fault(HostFault("audit log \(error.message)"))
    }
  }

  private func withSystemFaults(_ body: () throws(SystemError) -> Void) throws(HostError) {
    do throws(SystemError) {
      try body()
    } catch {
      throw .fault(HostFault("audit log \(error.message)"))
    }
  }

  /// During a request, every failure of the log is a fault of the host.
  private func withFaults<Result>(_ body: () throws(HostError) -> Result) throws(HostFault) -> Result {
    do throws(HostError) {
      return try body()
    } catch {
      switch error {
      case .fault(let fault): throw fault
      case .unusableAuditLog(let defect): throw HostFault("audit log \(path): \(defect.summary)")
      case .grantMissing, .unsuitableDatabases, .seedReuse, .requestInProgress, .unusableJournal, .sealedRecord,
        .memory:
        throw HostFault("audit log \(path): can't be written")
      }
    }
  }
}
