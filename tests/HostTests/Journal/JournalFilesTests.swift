import EffectsSQLite
import Foundation
import Host
import OperatingSystem
import SQLite
import Synchronization
import TestSupport
import Testing

/// A journal and the files next to it. Files that were moved, truncated, exchanged or restored from a copy are noticed.
@Suite struct JournalFilesTests {
  private static let sender = #"export default function (request) { return Courier.send("parcel") }"#

  private func expect(
    _ kind: JournalDefect.Kind, of file: DatabaseFile, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: HostError.self, sourceLocation: sourceLocation) { try Journal(file) }
    guard case .unusableJournal(let defect) = error else {
      Issue.record("\(error.map { "\($0)" } ?? "no error")", sourceLocation: sourceLocation)
      return
    }
    #expect(defect.kind == kind && defect.path == file.path, sourceLocation: sourceLocation)
  }

  /// Answers some requests, and then closes the connections to the files, so that tests can exchange the files.
  private func answerRequests(_ ids: [String], in folder: Workspace) throws {
    let file = try DatabaseFile(folder("office.db"), .creating)
    let host = try RequestHost(
      pool: try Office.pool(Self.sender), grants: Grants([Office.Courier()]), journal: try Journal(file))
    for id in ids { _ = try answer(host, "1", id: id) }
  }

  /// Removes a database and SQLite's files next to it.
  private func remove(_ name: String, in folder: Workspace) {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder(name + suffix)) }
  }

  /// Copies a database with SQLite's backup function.
  private func copy(_ name: String, to other: String, in folder: Workspace) throws {
    let script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))"
    _ = try folder.run("python3", ["-c", script, name, other]).successfulOutput
  }

  /// A process that is killed while it notes a call leaves the file of intents half written, with a rollback journal
  /// next to it.
  @Test func halfANoteOfAKilledProcessIsRolledBack() throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    let script = """
      import os, sqlite3
      connection = sqlite3.connect("office.db-intents", isolation_level=None)
      # So little memory that changes go to the file before they are committed.
      connection.execute("PRAGMA cache_size=2")
      connection.execute("BEGIN IMMEDIATE")
      for position in range(3000):
          row = "INSERT INTO mqjs_intents VALUES ('a', 'lost', ?, x'00', 'Courier.send', NULL, NULL, NULL, NULL)"
          connection.execute(row, (position,))
      os.kill(os.getpid(), 9)
      """
    _ = try folder.run("python3", ["-c", script])
    #expect(FileManager.default.fileExists(atPath: folder("office.db-intents-journal")), "it is half written")
    try answerRequests(["s"], in: folder)
    #expect(!FileManager.default.fileExists(atPath: folder("office.db-intents-journal")))
  }

  @Test func aJournalMovedWithoutItsIntentsIsRefused() throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    let lost = try folder.read("office.db-intents")
    remove("office.db-intents", in: folder)
    expect(.missingIntents, of: try DatabaseFile(folder("office.db"), .writing))
    #expect(!FileManager.default.fileExists(atPath: folder("office.db-intents")), "nothing is put in its place")
    // It can be put back.
    try folder.write(lost, to: "office.db-intents")
    _ = try Journal(try DatabaseFile(folder("office.db"), .writing))
    remove("office.db-intents", in: folder)
    // This also holds for an empty journal, because a lost request may have left nothing but its intents.
    let other = try Workspace()
    try answerRequests([], in: other)
    remove("office.db-intents", in: other)
    expect(.missingIntents, of: try DatabaseFile(other("office.db"), .writing))
  }

  @Test func intentsOfAnotherJournalAreRefused() throws {
    let (folder, other) = (try Workspace(), try Workspace())
    try answerRequests(["r"], in: folder)
    try answerRequests(["r"], in: other)
    remove("office.db-intents", in: folder)
    for suffix in ["", "-wal", "-shm"] {
      let name = "office.db-intents\(suffix)"
      try? FileManager.default.copyItem(atPath: other(name), toPath: folder(name))
    }
    expect(.foreignIntents, of: try DatabaseFile(folder("office.db"), .writing))
  }

  /// Removing the end of a journal does not make any request run again.
  @Test(arguments: [
    "DELETE FROM mqjs_calls WHERE request = 3; DELETE FROM mqjs_requests WHERE id = 3",
    "DELETE FROM mqjs_calls; DELETE FROM mqjs_requests",
    "UPDATE mqjs_requests SET chain = zeroblob(32) WHERE id = 3",
  ])
  func lostRecordsAreNoticed(sql: String) throws {
    let folder = try Workspace()
    try answerRequests(["r", "s", "t"], in: folder)
    let file = try DatabaseFile(folder("office.db"), .writing)
    try file.takeWriter().execute(sql)
    expect(.lostRecords(last: 3), of: file)
    let verdict = try JournalReader(file).lostRecords()
    #expect(verdict == JournalDefect.Kind.lostRecords(last: 3))
  }

  /// The reverse case: the file of intents exists, and the journal does not. No new journal is created.
  @Test func intentsWithoutTheirJournalAreRefused() throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    remove("office.db", in: folder)
    expect(.missingJournal, of: try DatabaseFile(folder("office.db"), .creating))
    #expect(try DatabaseFile(folder("office.db"), .reading).takeReader().rows("SELECT * FROM sqlite_schema") == [])
  }

  /// An older file of intents lacks the calls that were sent later.
  @Test func olderIntentsAreNoticed() throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    let older = try folder.read("office.db-intents")
    try answerRequests(["s"], in: folder)
    try folder.write(older, to: "office.db-intents")
    expect(.olderIntents, of: try DatabaseFile(folder("office.db"), .writing))
  }

  /// After a proper shutdown, each database is a single file that can simply be copied.
  @Test func nothingIsLeftBesideTheFiles() throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.folder.path).sorted()
    #expect(names == ["office.db", "office.db-claims", "office.db-intents"])
    for name in names { try folder.write(folder.read(name), to: name.replacing("office", with: "copy")) }
    _ = try Journal(try DatabaseFile(folder("copy.db"), .writing))
  }

  /// Tables that somebody has redefined, or has added a trigger or view to. Nothing is read from them.
  @Test(arguments: [
    "CREATE TRIGGER later AFTER INSERT ON mqjs_requests BEGIN UPDATE mqjs_requests SET response = x'7b7d'; END",
    "CREATE VIEW mqjs_more AS SELECT 1",
    """
    ALTER TABLE mqjs_calls RENAME TO calls;
    CREATE VIEW mqjs_calls AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n
    """,
  ])
  func otherSchemasAreRefused(sql: String) throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    // Our own connections would refuse such statements.
    let script = "import sqlite3, sys; sqlite3.connect('office.db').executescript(sys.argv[1])"
    _ = try folder.run("python3", ["-c", script, sql]).successfulOutput
    let file = try DatabaseFile(folder("office.db"), .writing)
    expect(.foreignTables, of: file)
    #expect(throws: HostFault.self) { try JournalReader(file).forEachRequest { _ in } }
  }

  /// Response and checksum were changed together. The chain reveals it, also to the next delivery.
  @Test func aForgedAnswerIsNotGiven() throws {
    let office = try Office()
    let host = try office.host("export default function (request) { return request }")
    _ = try answer(host, "1")
    _ = try answer(host, "2", id: "s")
    let script = """
      import hashlib, sqlite3, sys, cbor2
      connection = sqlite3.connect(sys.argv[1])
      digest = lambda b: None if b is None else hashlib.sha256(b).hexdigest()
      row = connection.execute("SELECT * FROM mqjs_requests WHERE id = 1").fetchone()
      id, seed, request, account, version, snapshot, limit, stack, heap, protection, key, input, _, outcome, *rest = row
      head = [request, account, version, seed.hex(), snapshot.hex(), limit, stack, heap, protection, key, digest(input),
              digest(b'{"forged":true}'), outcome, *rest[:3]]
      checksum = hashlib.sha256(cbor2.dumps([head, []])).digest()
      connection.execute("UPDATE mqjs_requests SET response = ?, checksum = ? WHERE id = 1",
                         [b'{"forged":true}', checksum])
      connection.commit()
      """
    _ = try office.folder.run(PythonOracle.path, ["-c", script, office.file.path]).successfulOutput
    let log = try office.folder.read("audit.log")
    let findings = try AuditVerification(of: log, key: nil).findings(against: JournalReader(office.file))
    #expect(findings.map(\.line) == [2])
    let refusal = HostError.unusableJournal(JournalDefect(.changedRecord(1), path: office.file.path))
    #expect(throws: refusal) { try answer(host, "1") }
  }

  /// A journal with two names would have two files of claims and two of intents.
  @Test(arguments: ["office.db", "office.db-intents"])
  func aJournalHasOneName(name: String) throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    try FileManager.default.linkItem(atPath: folder(name), toPath: folder("other"))
    expect(.otherPaths(of: folder(name)), of: try DatabaseFile(folder("office.db"), .writing))
    try FileManager.default.removeItem(atPath: folder("other"))
    _ = try Journal(try DatabaseFile(folder("office.db"), .writing))
  }

  /// A host with an open journal notices the loss at the next delivery of a lost request.
  @Test func aLostRequestIsNotRunAgain() throws {
    let office = try Office()
    let host = try office.host(Self.sender)
    _ = try answer(host, "1")
    try office.file.takeWriter().execute("DELETE FROM mqjs_calls; DELETE FROM mqjs_requests")
    let error = #expect(throws: HostError.self) { try answer(host, "1") }
    guard case .unusableJournal(let defect) = error else { Issue.record("no defect"); return }
    #expect(defect.kind == .lostRequest(requestID: "r"))
    #expect(office.courier.sent.withLock { $0.count } == 1)
    #expect(try office.auditKinds() == ["start", "end", "refusal"])
  }

  /// An older copy of the journal alone is refused. A copy of both files is an independent journal.
  @Test func copiesAreJournalsOnlyAsAWhole() throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    try copy("office.db", to: "copy.db", in: folder)
    try copy("office.db-intents", to: "copy.db-intents", in: folder)
    try answerRequests(["s"], in: folder)
    _ = try Journal(try DatabaseFile(folder("copy.db"), .writing))
    remove("copy.db-intents", in: folder)
    try copy("office.db-intents", to: "copy.db-intents", in: folder)
    try folder.write(folder.read("office.db-claims"), to: "copy.db-claims")
    expect(.lostRecords(last: 2), of: try DatabaseFile(folder("copy.db"), .writing))
  }

  /// The procedure in docs/journal.md for a journal that was restored on purpose.
  @Test func aRestoredJournalCanBeTakenAsItIs() throws {
    let folder = try Workspace()
    try answerRequests(["r", "s"], in: folder)
    remove("office.db-intents", in: folder)
    let file = try DatabaseFile(folder("office.db"), .writing)
    expect(.missingIntents, of: file)
    try file.takeWriter().execute("UPDATE mqjs_journal SET is_bound = 0, notes = 0")
    try answerRequests(["r", "t"], in: folder)
    #expect(try file.takeReader().rows("SELECT request_id FROM mqjs_requests").count == 3)
  }

  @Test func aJournalOfAnEarlierVersionIsRefused() throws {
    let folder = try Workspace()
    try answerRequests(["r"], in: folder)
    let file = try DatabaseFile(folder("office.db"), .writing)
    try file.takeWriter().execute("DROP TABLE mqjs_journal")
    expect(.foreignTables, of: file)
  }

  /// If many hosts create the same journal at the same time, there is one journal.
  @Test func manyThreadsMakeOneJournal() throws {
    let folder = try Workspace()
    try onThreads(12) { number in try answerRequests(["r\(number)"], in: folder) }
    try answerRequests(["r0"], in: folder)
    let file = try DatabaseFile(folder("office.db"), .reading)
    #expect(try file.takeReader().rows("SELECT count(*) FROM mqjs_requests") == [[.integer(12)]])
    #expect(
      try file.takeReader().rows("SELECT count(*), max(is_bound) FROM mqjs_journal") == [[.integer(1), .integer(1)]])
  }

  // MARK: - The audit log as the journal's anchor

  /// Each `end` line gives the request's position in the journal, and the chain there.
  @Test func theAuditLogKnowsTheJournal() throws {
    let office = try Office()
    let host = try office.host(Self.sender)
    for id in ["r", "s"] { _ = try answer(host, "1", id: id) }
    let rows = try office.file.takeReader().rows("SELECT id, lower(hex(chain)) FROM mqjs_requests ORDER BY id")
    for row in rows {
      guard case .integer(let id) = row[0], case .text(let chain) = row[1] else { Issue.record("no row"); return }
      #expect(
        try office.auditText.contains(
          #""journalChain":"\#(String(decoding: chain, as: UTF8.self))","journalRecord":\#(id)"#))
    }
    let log = try office.folder.read("audit.log")
    let reader = JournalReader(office.file)
    #expect(try AuditVerification(of: log, key: nil).findings(against: reader) == [])
    try office.file.takeWriter().execute("UPDATE mqjs_requests SET chain = zeroblob(32) WHERE id = 1")
    try office.file.takeWriter().execute("DELETE FROM mqjs_calls; DELETE FROM mqjs_requests WHERE id = 2")
    let findings = try AuditVerification(of: log, key: nil).findings(against: reader)
    #expect(findings.map(\.line) == [2, 4])
    #expect(findings[0].message.contains("record 1") && findings[1].message.contains("record 2"))
  }
}
