import FaultInjection
import Foundation
import Host
import Snapshot
import TestSupport
import Testing

/// Audit logs after crashes and failed writes: what is there stays in the chain, and the log goes on.
@Suite struct AuditLogRecoveryTests {
  private let key = SigningKey()

  private func request(_ number: Int) -> AuditedRequest {
    AuditedRequest(
      identity: RequestIdentity(requestID: "r\(number)", accountID: "a", functionVersion: "1"),
      snapshotHash: Hash256(of: [1]), gasSchedule: Hash256(of: [2]), gasLimit: 1000, inputHash: .plain(Hash256(of: [3]))
    )
  }

  private func record(_ number: Int) -> AuditRecord { .start(request(number)) }

  /// Opens the log and writes these records; the log is closed in good order.
  private func write(_ numbers: Range<Int>, to path: String, key: SigningKey? = nil) throws {
    let log = try AuditLog(path, key: key ?? self.key, checkpointInterval: 4)
    for number in numbers { try log.append(record(number), isDurable: true) }
    try log.close()
  }

  private func verify(_ log: Data) -> AuditVerification { AuditVerification(of: Array(log), key: key.verifyingKey) }

  /// The lines of a log, each with its line end; the last may have none.
  private func lines(_ log: Data) -> [Data] {
    log.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map { Data($0) + [UInt8(ascii: "\n")] }
  }

  /// A crash after any byte of a young log, and of a grown one: the next host finds its place and goes on.
  @Test func aLogGoesOnAfterACrashAtAnyByte() throws {
    let folder = try Workspace()
    let path = folder("audit.log")
    try write(0..<6, to: path)
    let whole = Data(try folder.read("audit.log"))
    for byteCount in Array(0...lines(whole)[0].count + 3) + Array(stride(from: 900, through: whole.count, by: 41)) {
      let left = whole.prefix(byteCount)
      try folder.write(left, to: "audit.log")
      let lastLine = left.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? Data()
      #expect(verify(left).tornByteCount == (lastLine.isEmpty ? nil : lastLine.count))
      try write(10..<12, to: path)
      let log = Data(try folder.read("audit.log"))
      #expect(log.prefix(byteCount) == left, "nothing is removed")
      let verification = verify(log)
      #expect(verification.findings == [], "after \(byteCount) bytes")
      #expect(verification.anchoredLine == verification.lineCount && verification.tornByteCount == nil)
      // A whole line whose line end alone was lost is taken for what it is.
      let isTorn = !lastLine.isEmpty && lastLine.last != UInt8(ascii: "}")
      #expect(String(decoding: log, as: UTF8.self).contains(#""kind":"recovery""#) == isTorn)
    }
  }

  /// Somebody tears the log on purpose, lets the host go on, and then writes all that was before anew.
  @Test(arguments: [#"{"x"#, "\n", "{}\n{}", #"{"kind":"recovery"}"# + "\n"])
  func whatIsBeforeATornLineStaysAnchored(torn: String) throws {
    let folder = try Workspace()
    let path = folder("audit.log")
    try write(0..<6, to: path)
    let before = Data(try folder.read("audit.log"))
    try folder.write(before + Data(torn.utf8), to: "audit.log")
    try write(6..<12, to: path)
    let log = Data(try folder.read("audit.log"))
    let verification = verify(log)
    #expect(verification.findings == [] && verification.anchoredLine == verification.lineCount)

    try write(100..<106, to: folder("other.log"), key: SigningKey())
    let forged = Data(try folder.read("other.log"))
    #expect(lines(forged).count == lines(before).count)
    let changed = verify(forged + log.dropFirst(before.count))
    let recovery = lines(before).count + torn.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(changed.findings.contains { $0.line == recovery || $0.line == recovery + 1 }, "the chain is broken there")
    #expect(changed.anchoredLine == 0)
  }

  /// What was torn is part of the chain, too: a changed byte, a removed fragment and an added one are found.
  @Test func aTornLineCannotBeChangedLater() throws {
    let folder = try Workspace()
    try write(0..<3, to: folder("audit.log"))
    let before = Data(try folder.read("audit.log"))
    let torn = Data(#"{"accountId":"a","fun"#.utf8)
    try folder.write(before + torn, to: "audit.log")
    try write(3..<5, to: folder("audit.log"))
    let after = Data(try folder.read("audit.log")).dropFirst(before.count + torn.count)
    let number = lines(before).count + 1
    for other in ["", #"{"accountId":"b","fun"#, #"{"accountId":"a","fu"#, "x\n{\"accountId\":\"a\",\"fun"] {
      let changed = verify(before + Data(other.utf8) + after)
      #expect(changed.findings.contains { $0.line >= number && $0.line <= number + 2 }, "\(other)")
    }
    let removed = verify(before + after.dropFirst())
    #expect(removed.findings.map(\.message) == ["tells of a torn line that is not there: it was removed"])
  }

  /// Numbers that no log has are no records, and can't make anybody count past the largest integer.
  @Test(arguments: [Int64.max, .max - 1, 1 << 53 + 1, 0, -1, .min])
  func absurdRecordNumbers(number: Int64) throws {
    let folder = try Workspace()
    try write(0..<2, to: folder("audit.log"))
    let before = Data(try folder.read("audit.log"))
    let line = #"{"kind":"start","previous":"","record":\#(number),"time":"2026-01-01T00:00:00.000Z"}"# + "\n"
    let absurd = before + Data(line.utf8)
    #expect(verify(absurd).findings.map(\.line) == [4])
    #expect(verify(Data(line.utf8) + absurd).findings.first?.line == 1)
    try folder.write(absurd, to: "audit.log")
    try write(2..<4, to: folder("audit.log"))
    #expect(verify(Data(try folder.read("audit.log"))).findings == [])
    try folder.write(Data(line.utf8), to: "audit.log")
    try write(2..<4, to: folder("audit.log"))
    #expect(verify(Data(try folder.read("audit.log"))).findings == [])
  }

  // MARK: - Failing disks

  /// A write that fails half-way, as on a full disk: the fragment is cut off, and the log goes on when there is room.
  @Test(arguments: [0, 1, 40])
  func aWriteThatFailsHalfWayLeavesNothing(byteCount: Int) throws {
    let folder = try Workspace()
    let log = try AuditLog(folder("audit.log"), key: key, checkpointInterval: 100)
    try log.append(record(0), isDurable: true)
    let before = try folder.read("audit.log")
    fault_cut_next_write(byteCount, ENOSPC)
    let message = "audit log \(folder("audit.log")): can't be written: No space left on device"
    #expect(throws: HostFault(message)) { try log.append(record(1), isDurable: true) }
    #expect(try folder.read("audit.log") == before)
    try log.append(record(2), isDurable: true)
    try log.close()
    let verification = verify(Data(try folder.read("audit.log")))
    #expect(verification.findings == [] && verification.lineCount == 3 && verification.anchoredLine == 3)
  }

  /// After a failed `fdatasync` nobody knows what the disk has: nothing more is written until the log is opened again.
  @Test func afterAFailedSynchronisationNothingMoreIsWritten() throws {
    let folder = try Workspace()
    do {
      let log = try AuditLog(folder("audit.log"), key: key, checkpointInterval: 100)
      try log.append(record(0), isDurable: true)
      fault_fail_next_sync(EIO)
      #expect(throws: HostFault("audit log \(folder("audit.log")): can't be written: Input/output error")) {
        try log.append(record(1), isDurable: true)
      }
      let left = try folder.read("audit.log")
      let refusal = HostFault(
        "audit log \(folder("audit.log")): nothing more is written to it, since an earlier write failed: "
          + "Input/output error")
      #expect(throws: refusal) { try log.append(record(2), isDurable: false) }
      #expect(throws: refusal) { try log.close() }
      #expect(try folder.read("audit.log") == left)
    }
    try write(3..<5, to: folder("audit.log"))
    #expect(verify(Data(try folder.read("audit.log"))).findings == [])
  }
}
