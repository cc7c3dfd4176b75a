public import Snapshot
internal import Synchronization
internal import System

/// The audit log: one line of canonical JSON (RFC 8785) for each record, each with the hash of the line before it, and
/// signed checkpoints, so that a line that is changed, removed, inserted or moved is found later.
///
/// Any number of threads and processes may write to one log; the file is locked for each record. Hosts share it: when the last
/// of them in a process is gone, and nobody else refers to it, it writes its last checkpoint.
public final class AuditLog: Sendable {
  /// A checkpoint follows every so many records unless another number is given.
  public static let standardCheckpointInterval = 64
  /// How far back a log is read to find its last checkpoint, in bytes. Only requests with very many effects come near it.
  static let lineLimit = 256 << 20

  private let key: SigningKey?
  private let clock: HostClock
  private let checkpointInterval: Int
  private let path: String
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var file: AppendOnlyFile
    /// The file's size when it was last looked at.
    var byteCount = 0
    /// Where the log stands.
    var end = AuditLogEnd()
  }

  /// Opens a log, or begins one. What stands behind the last checkpoint is held against the chain; a last line that a crash
  /// has torn is kept as it is, and a record says so, whose place in the chain is behind the last whole line.
  ///
  /// - Parameters:
  ///   - key: signs checkpoints; nil leaves them unsigned. A log has one key from its first checkpoint to its last.
  ///   - checkpointInterval: records between two checkpoints, 1 or more.
  /// - Throws: `.unusableAuditLog`, `.fault` if the file can't be opened.
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
  /// - Parameter isDurable: whether to return only when it is on the disk.
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

  // Who has to know whether this fails calls `close` before.
  deinit { try? close() }

  /// Writes a checkpoint, if there is anything to anchor: what the end of the log does by itself, for a process that ends
  /// without it, or that must know whether it went well.
  ///
  /// - Throws: the checkpoint can't be written.
  public func close() throws(HostFault) {
    try withFaults { () throws(HostError) in
      try withLockedFile { (state) throws(HostError) in
        if state.end.unanchored > 0 { try writeCheckpoint(&state) }
      }
    }
  }

  /// Does something with the file while nobody else writes to it, knowing where the log stands.
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
      // A line whose end is missing is ended in the same write: there is no moment at which it is without what accounts for it.
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

  /// What goes wrong in the middle of a request is a fault of the host, whatever it is.
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
