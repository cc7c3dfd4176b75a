public import Snapshot
internal import Synchronization

/// The audit log: one line of canonical JSON (RFC 8785) for each record, each with the hash of the line before it, and
/// signed checkpoints, so that a line that is changed, removed, inserted or moved is found later.
///
/// Any number of threads may use it at once; one process at a time has the file. Hosts share it: when the last of them is
/// gone, and nobody else refers to it, it writes its last checkpoint.
public final class AuditLog: Sendable {
  /// A checkpoint follows every so many records unless another number is given.
  public static let standardCheckpointInterval = 64
  /// The longest line. Only one request with very many effects comes near it.
  static let lineLimit = 256 << 20

  private let key: SigningKey?
  private let clock: HostClock
  private let checkpointInterval: Int
  private let path: String
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var file: AppendOnlyFile
    /// Records so far, checkpoints among them.
    var count: Int64
    /// Records since the last checkpoint.
    var unanchored = 0
    /// SHA-256 of the last line; that of no line is all zeros.
    var lastHash: String
  }

  /// Opens a log, or begins one. A last line that a crash has torn is kept as it is, and a record says so,
  /// whose place in the chain is behind the last whole line.
  ///
  /// - Parameters:
  ///   - key: signs checkpoints; nil leaves them unsigned.
  ///   - checkpointInterval: records between two checkpoints, 1 or more.
  /// - Throws: the file can't be opened, or is in another process's hands.
  public init(
    _ path: String, key: SigningKey? = nil, checkpointInterval: Int = AuditLog.standardCheckpointInterval,
    clock: HostClock = .system
  ) throws(HostFault) {
    precondition(checkpointInterval > 0, "records between two checkpoints")
    self.key = key
    self.clock = clock
    self.checkpointInterval = checkpointInterval
    self.path = path
    let opened: State
    let torn: [[UInt8]]
    do throws(SnapshotError) {
      var file = try AppendOnlyFile(path)
      var last: AuditLine?
      let (lines, isComplete) = try file.lastLines(limit: AuditLog.lineLimit) { bytes in
        last = AuditLine(bytes)
        return last != nil
      }
      // Ending the torn line makes room for the next one without losing what is there.
      if !isComplete { try file.append([UInt8(ascii: "\n")], isDurable: false) }
      torn = last == nil ? lines : lines.dropLast()
      let previous = last.map { _ in Hash256(of: lines[lines.count - 1]).hex }
      opened = State(file: file, count: last?.number ?? 0, lastHash: previous ?? AuditLine.noHash)
    } catch {
      throw HostFault("audit log \(error.message)")
    }
    state = Mutex(opened)
    if !torn.isEmpty {
      let bytes = AuditLine.joined(torn.reversed())
      try append(.recovery(tornByteCount: bytes.count, tornHash: Hash256(of: bytes)), isDurable: true)
    }
  }

  /// Writes a record.
  ///
  /// - Parameter isDurable: whether to return only when it is on the disk.
  public func append(_ record: AuditRecord, isDurable: Bool) throws(HostFault) {
    let problem = state.withLock { state -> HostFault? in
      do throws(HostFault) {
        try write(record, isDurable: isDurable, &state)
        if state.unanchored >= checkpointInterval { try writeCheckpoint(&state) }
        return nil
      } catch {
        return error
      }
    }
    if let problem { throw problem }
  }

  // Who has to know whether this fails calls `close` before.
  deinit { try? close() }

  /// Writes a checkpoint, if there is anything to anchor: what the end of the log does by itself, for a process that ends
  /// without it, or that must know whether it went well.
  ///
  /// - Throws: the checkpoint can't be written.
  public func close() throws(HostFault) {
    let problem = state.withLock { state -> HostFault? in
      do throws(HostFault) {
        if state.unanchored > 0 { try writeCheckpoint(&state) }
        return nil
      } catch {
        return error
      }
    }
    if let problem { throw problem }
  }

  private func writeCheckpoint(_ state: inout State) throws(HostFault) {
    try write(.checkpoint(keyFingerprint: key?.verifyingKey.fingerprint), isDurable: true, &state)
    state.unanchored = 0
  }

  private func write(_ record: AuditRecord, isDurable: Bool, _ state: inout State) throws(HostFault) {
    var line = AuditLine(
      record, number: state.count + 1, previous: state.lastHash, time: Timestamp(milliseconds: clock.milliseconds).text)
    do throws(SnapshotError) {
      if case .checkpoint = record, let key { try line.sign(with: key, path: path) }
      let bytes = line.bytes
      try state.file.append(bytes + [UInt8(ascii: "\n")], isDurable: isDurable)
      state.count += 1
      state.unanchored += 1
      state.lastHash = Hash256(of: bytes).hex
    } catch {
      throw HostFault("audit log \(error.message)")
    }
  }
}
