internal import OperatingSystem
internal import Snapshot

/// The end of an audit log: the state that the next line continues.
struct AuditLogEnd {
  /// The number of the next record.
  private(set) var nextNumber: Int64 = 1
  /// SHA-256 of the last record; all zeros if there is none.
  private(set) var lastHash = AuditLine.noHash
  /// Records since the last checkpoint.
  var unanchored = 0
  /// Whether the file's last line ends in a line feed.
  private(set) var isComplete = true
  /// The lines after the last record that a crash has left, and that no record accounts for yet.
  private(set) var torn: (byteCount: Int, hash: Hash256)?

  /// The end of an empty log.
  init() {}

  /// Reads a log from its last checkpoint, or from its first line if it has no checkpoint yet, and checks what it
  /// reads.
  ///
  /// - Parameter key: the key that checkpoints must be signed with; nil if they must not be signed.
  /// - Throws: `.unusableAuditLog`, `.fault`.
  init(of file: borrowing AppendOnlyFile, key: VerifyingKey?, path: String) throws(HostError) {
    var checkpoint: (line: AuditLine, bytes: [UInt8])?
    // The newest line first.
    var lines: [[UInt8]] = []
    do throws(SystemError) {
      isComplete = try file.forEachLineFromEnd(limit: AuditLog.lineLimit) { bytes in
        if let line = AuditLine(bytes), line.kind == .checkpoint {
          checkpoint = (line, bytes)
        } else {
          lines.append(bytes)
        }
        return checkpoint != nil
      }
    } catch {
      throw .fault(HostFault("audit log \(error.message)"))
    }
    if let kind = AuditLogEnd.defect(of: checkpoint?.line, key) {
      throw .unusableAuditLog(AuditLogDefect(kind, path: path))
    }
    var verification = checkpoint.map { AuditVerification(behind: $0.line, $0.bytes) } ?? AuditVerification(key: nil)
    for line in lines.reversed() { verification.read(line, isComplete: true) }
    if let finding = verification.findings.first {
      throw .unusableAuditLog(AuditLogDefect(.changed(finding.message), path: path))
    }
    if let line = AuditLogEnd.lineThatNoCrashLeaves(lines.prefix(verification.torn?.lineCount ?? 0).reversed()) {
      let what =
        "\"\(String(decoding: line.prefix(40), as: UTF8.self))\" is neither an audit record nor what a crash leaves of one"
      throw .unusableAuditLog(AuditLogDefect(.changed(what), path: path))
    }
    unanchored = lines.count - (verification.torn?.lineCount ?? 0)
    nextNumber = verification.nextNumber
    lastHash = verification.lastHash ?? AuditLine.noHash
    torn = verification.torn.map { ($0.byteCount, $0.hash) }
  }

  /// Why a host with this key can't continue after a checkpoint; nil if it can.
  private static func defect(of checkpoint: AuditLine?, _ key: VerifyingKey?) -> AuditLogDefect.Kind? {
    guard let checkpoint else { return nil }
    guard let key else { return checkpoint.isSigned ? .signed : nil }
    guard checkpoint.isSigned else { return .unsigned }
    return checkpoint.isSigned(by: key) ? nil : .otherKey
  }

  /// The first of the lines after the last record that a crash can't have left; nil if there is none. A crash leaves
  /// the beginning of one record. If hosts that tried to account for it crashed too, it also leaves beginnings of
  /// `recovery` records. After a power failure, there may be zeros in place of bytes that did not reach the disk.
  private static func lineThatNoCrashLeaves(_ torn: [[UInt8]]) -> [UInt8]? {
    for (index, line) in torn.enumerated() {
      let beginning = Array((index == 0 ? #"{""# : #"{"kind":"recovery","previous":""#).utf8)
      let written = line.prefix { $0 != 0 }
      let count = min(written.count, beginning.count)
      if written.prefix(count) != beginning.prefix(count) { return line }
    }
    return nil
  }

  /// Continues after a line that was written.
  mutating func advance(past line: AuditLine) {
    nextNumber = line.number + 1
    lastHash = Hash256(of: line.bytes).hex
    unanchored += 1
    isComplete = true
    torn = nil
  }
}

extension AuditLogDefect {
  /// What is wrong with the log, in one line.
  public var summary: String {
    switch kind {
    case .changed(let what): "a line after its last checkpoint was changed: \(what)"
    case .otherKey: "its checkpoints are signed with another key"
    case .signed: "its checkpoints are signed, and no key was given"
    case .unsigned: "its checkpoints are not signed, and a key was given"
    case .full: "it has as many records as a log can have"
    }
  }
}
