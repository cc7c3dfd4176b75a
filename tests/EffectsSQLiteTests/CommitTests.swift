import Compiler
import EffectsSQLite
import Engine
import Foundation
import Host
import OperatingSystem
import SQLite
import Snapshot
import TestSupport
import Testing

/// Requests whose writes can't be committed, or would be committed to the wrong file.
@Suite struct CommitTests {
  /// A host's own effect that does something outside while a request runs.
  private final class Meddler: Effect {
    let name = "Meddler"
    let deed: @Sendable () throws -> Void

    init(_ deed: @escaping @Sendable () throws -> Void) { self.deed = deed }

    func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
      do { try deed() } catch { throw HostFault("\(error)") }
      return .success(["done": true])
    }
  }

  private static let hostEffects = [HostEffect(name: Array("Meddler".utf8), operations: [Array("act".utf8)])]
    .compactMap { $0 }

  private func pool(_ source: String) throws -> SandboxPool {
    let image = try Guest.image(source, hostEffects: Self.hostEffects)
    return try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"))
  }

  private func answer(
    _ source: String, _ shop: Shop, journal: Journal?, audit: AuditLog? = nil,
    _ deed: @escaping @Sendable () throws -> Void = {}
  ) throws -> Answer {
    let grants = Grants([DbReadEffect(shop.file), DbWriteEffect(shop.file), Meddler(deed)])
    let host = try RequestHost(pool: try pool(source), grants: grants, journal: journal, audit: audit)
    return try host.answer(
      SecretBytes(copying: Array("{}".utf8)),
      identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"), gasLimit: .standard)
  }

  private func body(_ answer: Answer) -> String { String(decoding: answer.body.unprotectedCopy, as: UTF8.self) }

  private func divergences(_ shop: Shop, _ source: String) throws -> [[Divergence]] {
    let pool = try pool(source)
    var replay = Replay { (_) throws(SnapshotError) in pool }
    var all: [[Divergence]] = []
    try JournalReader(shop.file).forEachRequest { (row) throws(HostFault) in
      guard let result = try? replay.run(row) else { throw HostFault("no pool") }
      all.append(result.divergences)
    }
    return all
  }

  private static let aborted = #"{"error":"TransactionAborted"}"#
  private static let schema = """
    DROP TABLE mqjs_requests;
    CREATE TABLE owners (id INTEGER PRIMARY KEY);
    CREATE TABLE cars (owner REFERENCES owners DEFERRABLE INITIALLY DEFERRED);
    """

  /// Programs whose run ends in a value, but whose writes can't be kept.
  @Test(arguments: [
    #"return DbWrite.execute("INSERT INTO cars VALUES (7)", [])"#,
    #"DbWrite.execute("INSERT INTO cars VALUES (7)", []); return DbRead.query("SELECT * FROM cars", [])"#,
    #"""
    const first = DbWrite.execute("INSERT INTO owners VALUES (1)", [])
    const second = DbWrite.execute("INSERT OR ROLLBACK INTO owners VALUES (1)", [])
    return {first, second, third: DbRead.query("SELECT 1 AS x", [])}
    """#,
    #"""
    DbWrite.execute("INSERT INTO owners VALUES (1)", [])
    return DbWrite.execute("INSERT INTO items (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", [])
    """#,
  ])
  func anAbortedTransactionIsARecordedAnswer(statements: String) throws {
    let source = "export default function (request) { \(statements) }"
    let shop = try Shop(Self.schema)
    let audit = try AuditLog(shop.folder("audit.log"))
    let journal = try Journal(shop.file)
    let first = try answer(source, shop, journal: journal, audit: audit)
    #expect(body(first) == Self.aborted && first.trap == .transactionAborted)
    #expect(first.report.run.outcome == "TransactionAborted")
    let again = try answer(source, shop, journal: journal, audit: audit)
    #expect(again.body == first.body && again.report == first.report && again.trap == first.trap)
    let outside = try SQLiteConnection(shop.file.path, .reading)
    let counts = "SELECT (SELECT count(*) FROM owners) + (SELECT count(*) FROM cars), (SELECT count(*) FROM items)"
    #expect(try outside.rows(counts) == [[.integer(0), .integer(2)]])
    #expect(try divergences(shop, source) == [[]])
    #expect(AuditVerification(of: try shop.folder.read("audit.log"), key: nil).findings == [])
  }

  /// The errors for the statement that ended the transaction, and for the statements after it.
  @Test func theProgramIsToldThatItsTransactionHasEnded() throws {
    let shop = try Shop()
    #expect(try shop.code("UPDATE items SET name = 'x'") == nil)
    #expect(try shop.code("UPDATE OR ROLLBACK items SET id = 5") == "ConstraintViolation")
    #expect(try shop.code("UPDATE items SET name = 'y'") == "TransactionAborted")
    #expect(try shop.queryCode("SELECT 1 AS x") == "TransactionAborted")
    shop.scope.rollBack()
    #expect(
      try SQLiteConnection(shop.file.path, .reading).rows("SELECT name FROM items") == [[.text("one")], [.text("two")]])
  }

  /// A deferred constraint may be violated in between.
  @Test func deferredConstraintsCountAtTheEnd() throws {
    let shop = try Shop(Self.schema)
    let source = """
      export default function (request) {
        DbWrite.execute("INSERT INTO cars VALUES (7)", [])
        return DbWrite.execute("INSERT INTO owners VALUES (7)", [])
      }
      """
    #expect(body(try answer(source, shop, journal: try Journal(shop.file))) == #"{"Ok":{"changes":1}}"#)
    #expect(try SQLiteConnection(shop.file.path, .reading).rows("SELECT * FROM cars") == [[.integer(7)]])
  }

  /// What happens to a database's file while a request runs.
  enum Fate: CaseIterable {
    case deleted, renamed, replaced, withoutItsLog

    func befall(_ path: String) throws {
      let files = FileManager.default
      switch self {
      case .deleted: try files.removeItem(atPath: path)
      case .renamed: try files.moveItem(atPath: path, toPath: path + ".old")
      case .replaced:
        try files.copyItem(atPath: path, toPath: path + ".new")
        try files.removeItem(atPath: path)
        try files.moveItem(atPath: path + ".new", toPath: path)
      case .withoutItsLog: try files.removeItem(atPath: path + "-wal")
      }
    }
  }

  /// An answered write is in the file at the path. Otherwise there is a fault and no answer.
  @Test(arguments: Fate.allCases, [true, false])
  func writesToAFileThatIsGoneAreAFault(fate: Fate, hasJournal: Bool) throws {
    let source = """
      export default function (request) {
        DbWrite.execute("INSERT INTO items (name) VALUES ('three')", [])
        return Meddler.act()
      }
      """
    let shop = try Shop("DROP TABLE mqjs_requests;")
    let journal = try hasJournal ? Journal(shop.file) : nil
    let path = shop.file.path
    let fault = #expect(throws: HostError.self) {
      try answer(source, shop, journal: journal) { try fate.befall(path) }
    }
    guard case .fault(let fault) = fault else { Issue.record("no fault"); return }
    #expect(fault.message.contains("was deleted, renamed or replaced while it was open"))
    // A file that is gone can't be used any more.
    if fate != .withoutItsLog { #expect(throws: SQLiteError.self) { try shop.file.takeReader() } }
  }

  @Test(arguments: [Fate.deleted, .renamed, .replaced], [true, false])
  func readsOfAFileThatIsGoneAreAFault(fate: Fate, inLog: Bool) throws {
    let source = """
      export default function (request) {
        const found = DbRead.query("SELECT name FROM items", [])
        Meddler.act()
        return found
      }
      """
    let shop = try Shop(inLog: inLog)
    let path = shop.file.path
    #expect(throws: HostError.self) { try answer(source, shop, journal: nil) { try fate.befall(path) } }
  }

  /// Names that SQLite would not treat as files, and names of things that are not regular files.
  @Test(arguments: [
    "", ":memory:", "file:x.db", "file:x.db?mode=memory", "file::memory:?cache=shared", "/dev/null", "/", ".",
    "a\u{0}b",
  ])
  func unusableNamesAreRefused(name: String) {
    for mode in [SQLiteConnection.Mode.reading, .writing, .creating] {
      let error = #expect(throws: SQLiteError.self) { try DatabaseFile(name, mode) }
      #expect(error?.kind == .unusableName)
    }
  }

  /// Opening a database, or beginning to read it, waits for writers.
  @Test func openingWaitsForWriters() throws {
    let shop = try Shop(inLog: false)
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    writer.currentDirectoryURL = shop.folder.folder
    writer.arguments = [
      "python3", "-c",
      """
      import sqlite3, time
      db = sqlite3.connect('shop.db', isolation_level=None)
      db.execute('BEGIN EXCLUSIVE')
      open('locked', 'w').close()
      time.sleep(1)
      db.execute("INSERT INTO items VALUES (3, 'three')")
      db.execute('COMMIT')
      """,
    ]
    try writer.run()
    defer {
      writer.terminate()
      writer.waitUntilExit()
    }
    while !FileManager.default.fileExists(atPath: shop.folder("locked")), writer.isRunning { usleep(10_000) }
    let file = try DatabaseFile(shop.folder("shop.db"), .reading)
    #expect(try file.takeReader().rows("SELECT count(*) FROM items") == [[.integer(3)]])
  }

  /// Many threads at once, on a database that is not in write-ahead mode yet.
  @Test func manyThreadsWriteAtOnce() throws {
    let shop = try Shop("DROP TABLE mqjs_requests;", inLog: false)
    let path = shop.file.path
    let source = try pool(
      #"export default function (request) { return DbWrite.execute("INSERT INTO items (name) VALUES ('x')", []) }"#)
    try onThreads(16) { thread in
      let file = try DatabaseFile(path, .writing)
      let host = try RequestHost(pool: source, grants: Grants([DbWriteEffect(file)]), journal: try Journal(file))
      let answer = try host.answer(
        SecretBytes(copying: Array("{}".utf8)),
        identity: RequestIdentity(requestID: "r\(thread)", accountID: "a", functionVersion: "1"), gasLimit: .standard)
      #expect(answer.trap == nil)
    }
    #expect(try SQLiteConnection(path, .reading).rows("SELECT count(*) FROM items") == [[.integer(18)]])
  }

  /// No sort and no savepoint leaves rows in temporary files.
  @Test func temporaryDataStaysInMemory() throws {
    let shop = try Shop()
    for connection in [
      try shop.file.takeReader(), try shop.file.takeWriter(), try SQLiteConnection(shop.file.path, .reading),
    ] {
      #expect(try connection.rows("PRAGMA temp_store") == [[.integer(2)]])
    }
    let sort = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)
      SELECT i FROM n ORDER BY hex(printf('%.90c', i % 10)) || i
      """
    for connection in [try shop.file.takeReader(), try shop.file.takeWriter()] {
      let before = try TemporaryFiles.opened()
      let statement = try connection.prepare(sort)
      #expect(try statement.step())
      #expect(try TemporaryFiles.opened() == before)
    }
  }
}

/// The number of open files that SQLite deleted right after opening them, as it does with temporary files.
private enum TemporaryFiles {
  static func opened() throws -> Int {
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: "/proc/self/fd").count { name in
      (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)"))?.contains("etilqs") == true
    }
  }
}
