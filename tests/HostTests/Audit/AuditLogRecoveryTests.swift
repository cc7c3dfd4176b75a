import Engine
import FaultInjection
import Foundation
import Host
import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// Audit logs after crashes and failed writes. Existing records stay in the chain, and the log can be continued.
@Suite struct AuditLogRecoveryTests {
  private let key = SigningKey()

  private func request(_ number: Int) -> AuditedRequest {
    AuditedRequest(
      identity: RequestIdentity(requestID: "r\(number)", accountID: "a", functionVersion: "1"),
      snapshotHash: Hash256(of: [1]), gasSchedule: Hash256(of: [2]), gasLimit: 1000, inputHash: .plain(Hash256(of: [3]))
    )
  }

  private func record(_ number: Int) -> AuditRecord { .start(request(number)) }

  /// Opens the log, writes these records, and closes the log properly.
  private func write(_ numbers: Range<Int>, to path: String, key: SigningKey? = nil) throws {
    let log = try AuditLog(path, key: key ?? self.key, checkpointInterval: 4)
    for number in numbers { try log.append(record(number), isDurable: true) }
    try log.close()
  }

  private func verify(_ log: Data) -> AuditVerification { AuditVerification(of: Array(log), key: key.verifyingKey) }

  /// The lines of a log, including their line ends.
  private func lines(_ log: Data) -> [Data] {
    log.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map { Data($0) + [UInt8(ascii: "\n")] }
  }

  /// A crash after any byte of a short or a longer log. The next host continues the log.
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
      // A line that lost only its line end counts as complete.
      let isTorn = !lastLine.isEmpty && lastLine.last != UInt8(ascii: "}")
      #expect(String(decoding: log, as: UTF8.self).contains(#""kind":"recovery""#) == isTorn)
    }
  }

  /// Somebody tears the log on purpose, lets the host continue it, and then rewrites everything before the tear.
  @Test(arguments: [
    #"{"x"#, "\n", "\0\0\0", #"{"accountId"# + "\0\0", #"{"kind":"recovery"}"# + "\n",
    #"{"accountId":"a"# + "\n" + #"{"kind":"recovery","prev"#,
  ])
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

  /// A torn line is part of the chain, too. A changed byte, a removed fragment and an added one are found.
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
    #expect(removed.findings.map(\.message) == ["accounts for a torn line that is missing: it was removed"])
  }

  /// Lines with impossible numbers are not records, and can't make anybody count beyond the largest integer.
  @Test(arguments: [Int64.max, .max - 1, 1 << 53 + 1, 0, -1, .min])
  func absurdRecordNumbersAreNoRecords(number: Int64) throws {
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

  /// A log that has used up its numbers is not continued, because nobody would read records with further numbers.
  @Test func aFullLogIsNotContinued() throws {
    let folder = try Workspace()
    let line = { (number: Int64, previous: String) in
      #"{"kind":"checkpoint","previous":"\#(previous)","record":\#(number),"time":"2026-01-01T00:00:00.000Z"}"# + "\n"
    }
    try folder.write(line(1 << 53, String(repeating: "0", count: 64)).utf8, to: "audit.log")
    let log = try AuditLog(folder("audit.log"))
    let message = "audit log \(folder("audit.log")): it has as many records as a log can have"
    #expect(throws: HostFault(message)) { try log.append(record(1), isDurable: true) }
  }

  // MARK: - Interference

  /// Between two runs of a host, somebody rewrites the whole history, without signatures or with their own.
  @Test(arguments: [true, false])
  func aForgedHistoryIsNotSigned(hasKey: Bool) throws {
    let folder = try Workspace()
    do {
      let log = try AuditLog(folder("audit.log"), key: hasKey ? SigningKey() : nil, checkpointInterval: 4)
      for number in 0..<6 { try log.append(record(number), isDurable: true) }
    }
    let forged = try folder.read("audit.log")
    let defect = #expect(throws: HostError.self) { try AuditLog(folder("audit.log"), key: key) }
    guard case .unusableAuditLog(let defect) = defect else { Issue.record("no defect"); return }
    #expect(defect.kind == (hasKey ? .otherKey : .unsigned))
    #expect(try folder.read("audit.log") == forged, "nothing is written")
    #expect(verify(Data(forged)).findings.count == 2, "each checkpoint is named")
    // A host without a key does not continue a log with signatures either.
    if hasKey { #expect(throws: HostError.self) { try AuditLog(folder("audit.log")) } }
  }

  /// When a log is opened, its chain after the last checkpoint is verified. If a line there was changed, the log is not
  /// signed.
  @Test func aChangedTailIsNotSigned() throws {
    let folder = try Workspace()
    let path = folder("audit.log")
    try write(0..<4, to: path)
    let anchored = Data(try folder.read("audit.log"))
    var killed: [UInt8] = []
    do {
      let log = try AuditLog(path, key: key, checkpointInterval: 100)
      for number in 4..<8 { try log.append(record(number), isDurable: true) }
      killed = try folder.read("audit.log")
      withExtendedLifetime(log) {}
    }
    try folder.write(killed, to: "audit.log")
    let tail = lines(Data(try folder.read("audit.log")).dropFirst(anchored.count))
    #expect(tail.count == 4)
    var changed = tail
    changed[1] = Data(String(decoding: tail[1], as: UTF8.self).replacing("r5", with: "r9").utf8)
    for damaged in [changed, [tail[0], tail[2], tail[3]], [tail[1], tail[0], tail[2], tail[3]]] {
      try folder.write(anchored + damaged.joined(), to: "audit.log")
      let defect = #expect(throws: HostError.self) { try AuditLog(path, key: key) }
      guard case .unusableAuditLog(let defect) = defect, case .changed = defect.kind else {
        Issue.record("no defect")
        continue
      }
    }
    try folder.write(anchored + tail.joined(), to: "audit.log")
    try write(8..<9, to: path)
    #expect(verify(Data(try folder.read("audit.log"))).findings == [])
  }

  /// Several hosts write to the same log. Each opens the file itself, as a separate process would.
  @Test func hostsShareALog() throws {
    let folder = try Workspace()
    let path = folder("audit.log")
    try onThreads(6) { thread in
      let log = try AuditLog(path, key: key, checkpointInterval: 5)
      for number in (thread * 8)..<(thread * 8 + 8) { try log.append(record(number), isDurable: false) }
      try log.close()
    }
    let log = Data(try folder.read("audit.log"))
    let verification = verify(log)
    #expect(verification.findings == [] && verification.anchoredLine == verification.lineCount)
    let starts = lines(log).count { String(decoding: $0, as: UTF8.self).contains(#""kind":"start""#) }
    #expect(starts == 48)
  }

  /// A file that no crash can leave behind is refused: a log whose records were turned into something else, or another
  /// kind of file.
  @Test func filesThatNoCrashLeavesAreRefused() throws {
    let folder = try Workspace()
    try write(0..<6, to: folder("audit.log"))
    let whole = lines(Data(try folder.read("audit.log")))
    for first in [0, 4, whole.count - 1] {
      var damaged = Data(whole[..<first].joined())
      for line in whole[first...] { damaged += Data("X".utf8) + line.dropFirst() }
      try folder.write(damaged, to: "audit.log")
      #expect(throws: HostError.self) { try AuditLog(folder("audit.log"), key: key) }
      #expect(try folder.read("audit.log") == Array(damaged))
    }
    for text in ["notes\n", "{}\n{}\n", "{\"a\":1}\n{\"b\":2}\n"] {
      try folder.write(text.utf8, to: "notes.txt")
      #expect(throws: HostError.self) { try AuditLog(folder("notes.txt")) }
    }
  }

  /// A log that was moved away is not written any more, because nobody would look there.
  @Test func aLogThatWasMovedAwayIsNotWrittenTo() throws {
    let folder = try Workspace()
    let log = try AuditLog(folder("audit.log"), key: key)
    try log.append(record(0), isDurable: true)
    try FileManager.default.moveItem(atPath: folder("audit.log"), toPath: folder("old.log"))
    let message = "audit log \(folder("audit.log")): was removed, renamed or replaced while it was in use"
    #expect(throws: HostFault(message)) { try log.append(record(1), isDurable: true) }
  }

  // MARK: - Requests of the same id

  /// Two accounts may use the same id. The end of one request does not end the other, nor hide that it was lost.
  @Test func requestIdsBelongToTheirAccounts() throws {
    func request(_ account: String) -> AuditedRequest {
      AuditedRequest(
        identity: RequestIdentity(requestID: "7", accountID: account, functionVersion: "1"),
        snapshotHash: Hash256(of: [1]), gasSchedule: Hash256(of: [2]), gasLimit: 1000,
        inputHash: .plain(Hash256(of: [3])))
    }
    let run = AuditedRun(
      summary: RunSummary(
        trap: nil, figures: Machine.Figures(gasUsed: 1, heapPeakBytes: 0, stackPeakWords: 0)),
      effects: [], responseHash: .plain(Hash256(of: [4])))
    let folder = try Workspace()
    let log = try AuditLog(folder("audit.log"))
    let first = try log.append(.start(request("a")), isDurable: true)
    try log.append(
      .repeated(request("b"), answeredBy: Hash256(of: [1]), responseHash: .plain(Hash256(of: [4]))), isDurable: true)
    try log.append(.fault(request("a"), message: "no descriptors are left", start: nil), isDurable: true)
    func verification() throws -> AuditVerification { AuditVerification(of: try folder.read("audit.log"), key: nil) }
    #expect(try verification().findings == [] && verification().unfinishedRequests == ["7"])
    try log.append(.end(request("a"), run, nil, start: first), isDurable: true)
    #expect(try verification().findings == [] && verification().unfinishedRequests == [])
    // A lost run is no longer reported once the request has its answer.
    try log.append(.start(request("b")), isDurable: true)
    let second = try log.append(.start(request("b")), isDurable: true)
    try log.append(.end(request("b"), run, nil, start: second), isDurable: true)
    #expect(try verification().findings == [] && verification().unfinishedRequests == [])
    try log.append(.end(request("b"), run, nil, start: second), isDurable: true)
    #expect(try verification().findings.map(\.message) == ["ends a request that never started"])
  }

  // MARK: - Hostile sizes

  /// Large files without records are read once from start to end, and few messages are made about them.
  @Test func largeFilesWithoutRecordsAreReadOnce() throws {
    let folder = try Workspace()
    let blank = AuditVerification(of: Array(repeating: UInt8(ascii: "\n"), count: 300_000), key: nil)
    #expect(blank.findings.count == 1 && blank.lineCount == 300_000)
    let manyKeys = "{" + (0..<20_000).map { "\"\(100_000 + $0)\":0" }.joined(separator: ",") + "}\n"
    #expect(AuditVerification(of: Array(manyKeys.utf8), key: nil).findings.count == 1)
    let records = (0..<300).map { _ in manyKeys.prefix(10) + "\n" + #"{"kind":"x","previous":"","record":5,"time":""}"#
    }
    let many = AuditVerification(of: Array(records.joined(separator: "\n").utf8), key: nil)
    #expect(many.findings.count == AuditVerification.findingLimit && many.findingCount > 300)
    // A long tail without a line end, after the last record.
    try write(0..<2, to: folder("audit.log"))
    let tail = Data(#"{""#.utf8) + Data(repeating: UInt8(ascii: "x"), count: 4 << 20)
    try folder.write(try folder.read("audit.log") + tail, to: "audit.log")
    try write(2..<3, to: folder("audit.log"))
    #expect(verify(Data(try folder.read("audit.log"))).findings == [])
  }

  // MARK: - Failing disks

  /// A write that fails halfway, as on a full disk. The fragment is cut off, and the log continues when there is space.
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

  /// After a failed `fdatasync`, the contents of the disk are unknown. Nothing more is written until the log is opened
  /// again.
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
