import Compiler
import EffectsSQLite
import Engine
import Host
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// The life of requests with effects: what is committed, recorded, answered again, refused, and replayed.
@Suite struct JournalTests {
  private static let writer = """
    export default function (request) {
      DbWrite.execute("INSERT INTO notes VALUES (?)", [request.text])
      const seen = DbRead.query("SELECT count(*) AS n FROM notes", [])
      if (request.text === "bad") { throw "no" }
      return {seen: seen.Ok[0].n, id: Uuid.v4().Ok}
    }
    """

  @Test func valuesCommitAndErrorsTakeBack() throws {
    let office = try Office()
    let host = try office.host(Self.writer)
    #expect(body(try answer(host, #"{"text":"one"}"#)).contains(#""seen":1"#))
    let failed = try answer(host, #"{"text":"bad"}"#, id: "s")
    #expect(
      failed.report.run.trap == .thrown && failed.report.effects.map(\.name) == ["DbWrite.execute", "DbRead.query"])
    #expect(try office.notes() == [[.text("one")]])
    #expect(try office.auditKinds() == ["start", "end", "start", "end"])
    let verification = AuditVerification(of: try office.folder.read("audit.log"), key: nil)
    #expect(verification.findings == [] && verification.unfinishedRequests == [])
  }

  @Test func theSameRequestAgainRunsNothing() throws {
    let office = try Office()
    let host = try office.host(Self.writer)
    let first = try answer(host, #"{"text":"one"}"#)
    let again = try answer(try office.host(Self.writer), #"{"text":"one"}"#)
    #expect(again.body == first.body && again.report == first.report)
    let failed = try answer(host, #"{"text":"bad"}"#, id: "s")
    let failedAgain = try answer(host, #"{"text":"bad"}"#, id: "s")
    #expect(failedAgain.body == failed.body && failedAgain.trap == failed.trap)
    #expect(try office.notes().count == 1)
    let reuse = #expect(throws: HostError.self) { try answer(host, #"{"text":"two"}"#) }
    guard case .seedReuse(let refusal) = reuse else { Issue.record("no SeedReuse"); return }
    #expect(refusal.requestID == "r" && refusal.cause == .otherInput)
    #expect(try office.auditKinds() == ["start", "end", "repeated", "start", "end", "repeated", "refusal"])
  }

  /// Without a journal, a repeatable request runs again, and any other is refused.
  @Test func withoutAJournalOnlyRepeatableRequestsRunAgain() throws {
    let pure = try RequestHost(
      pool: try Office.pool("export default function (r) { return Random.int(0, r) }"), grants: Grants([RandomEffect()])
    )
    #expect(body(try answer(pure, "1000000")) == body(try answer(pure, "1000000")))
    #expect(throws: HostError.self) { try answer(pure, "5") }
    let office = try Office()
    let effectful = try RequestHost(
      pool: try Office.pool(#"export default function (r) { return Courier.send("x") }"#),
      grants: Grants([office.courier]))
    _ = try answer(effectful, "1")
    #expect(throws: HostError.self) { try answer(effectful, "1") }
    #expect(office.courier.sent.withLock { $0 } == ["x"])
  }

  /// Threads share one host. Each also makes the same request: one run is recorded, and all get its answer.
  @Test func manyThreadsShareOneHost() throws {
    let office = try Office()
    let host = try office.host(Self.writer)
    let shared = Mutex<Set<String>>([])
    try onThreads(8) { thread in
      let text = body(try answer(host, #"{"text":"shared"}"#, id: "shared"))
      shared.withLock { _ = $0.insert(text) }
      _ = try answer(host, #"{"text":"own"}"#, id: "r\(thread)")
    }
    #expect(shared.withLock { $0.count } == 1)
    let notes = try office.notes()
    #expect(notes.count == 9 && notes.count { $0 == [.text("shared")] } == 1)
    #expect(AuditVerification(of: try office.folder.read("audit.log"), key: nil).findings == [])
    let results = try replay(office.journal, Self.writer)
    #expect(results.count == 9 && results.allSatisfy { $0.divergences == [] })
  }

  /// A call made before a crash is not made again, and its request keeps the seed.
  @Test func intentsOutliveACrash() throws {
    let office = try Office()
    let host = try office.host(
      """
      export default function (request) {
        DbWrite.execute("INSERT INTO notes VALUES (?)", ["before"])
        return Courier.send("parcel")
      }
      """)
    office.courier.dies.withLock { $0 = true }
    let fault = #expect(throws: HostError.self) { try answer(host, "1") }
    #expect(fault == .fault(HostFault("the courier died on the way")))
    #expect(try office.notes() == [])
    office.courier.dies.withLock { $0 = false }
    #expect(throws: HostError.self) { try answer(host, "2") }
    let retried = try answer(host, "1")
    #expect(body(retried).contains("OutcomeUnknown") && retried.report.effects.last?.outcome == "OutcomeUnknown")
    #expect(try office.notes() == [[.text("before")]])
    #expect(office.courier.sent.withLock { $0 } == ["parcel"])
    #expect(try office.auditKinds() == ["start", "fault", "refusal", "start", "end"])
    #expect(try SQLiteConnection(office.file.path + "-intents", .reading).rows("SELECT * FROM mqjs_intents") == [])
  }

  private static func awaiting(_ calls: String) -> String {
    """
    const wait = (contId, effect, args) => {
      const call = {effect, args}
      return Async.await(Hash.sha256(call), contId, call)
    }
    export default function (request) { return [\(calls)] }
    """
  }

  @Test func awaitedCallsWithTheSameContinuationAreMadeOnce() throws {
    let office = try Office()
    let same = try office.host(
      Self.awaiting(#"wait(1, "Courier.send", ["a"]), wait(1, "Courier.send", ["a"]), wait(2, "Courier.send", ["a"])"#))
    #expect(
      body(try answer(same, "1")) == #"[{"Ok":{"number":1}},{"Ok":{"number":1}},{"Ok":{"number":2}}]"#)
    let other = try office.host(Self.awaiting(#"wait(1, "Courier.send", ["a"]), wait(1, "Courier.send", ["b"])"#))
    #expect(body(try answer(other, "1", id: "s")) == #"{"error":"ContinuationMismatch"}"#)
    let forged = try office.host(
      #"export default function (r) { return Async.await("00", 1, {effect: "Courier.send", args: ["a"]}) }"#)
    #expect(body(try answer(forged, "1", id: "t")) == #"{"error":"InvalidArgument"}"#)
    let foreign = try office.host(Self.awaiting(#"wait(1, "HttpOut.get", ["https://example.com/"])"#))
    #expect(body(try answer(foreign, "1", id: "u")).contains("EffectNotGranted"))
    #expect(office.courier.sent.withLock { $0 } == ["a", "a", "a"])
  }

  /// A program's writes must be in the journal's file, and in one database only.
  @Test func databasesThatCannotBeCommittedTogetherAreRefused() throws {
    let (office, elsewhere) = (try Office(), try Office())
    let refusal = #expect(throws: HostError.self) {
      try RequestHost(
        pool: try Office.pool(Self.writer), grants: office.grants, journal: elsewhere.journal, audit: office.audit)
    }
    #expect(
      refusal
        == .unsuitableDatabases(
          UnsuitableDatabases(databases: [office.file.path], journal: elsewhere.file.path)))
  }

  @Test func missingGrantsAreAudited() throws {
    let office = try Office()
    #expect(throws: HostError.self) {
      try RequestHost(pool: try Office.pool(Self.writer), grants: .none, audit: office.audit)
    }
    #expect(try office.auditKinds() == ["refusal"])
    let text = String(decoding: try office.folder.read("audit.log"), as: UTF8.self)
    #expect(text.contains(#""detail":"DbRead DbWrite Uuid","error":"GrantMissing""#))
  }

  // MARK: - Replay

  private func replay(_ journal: Journal, _ source: String) throws -> [Replay.Result] {
    var replay = Replay { (budgets) throws(SnapshotError) in
      guard let image = try? Guest.image(source, hostEffects: Office.hostEffects) else {
        throw SnapshotError(.notASnapshot, path: "test")
      }
      return try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"), budgets: budgets)
    }
    var results: [Replay.Result] = []
    try JournalReader(journal.file).forEachRequest { (row) throws(HostFault) in
      guard let result = try? replay.run(row) else { throw HostFault("no pool") }
      results.append(result)
    }
    return results
  }

  private static let everything = """
    export default function (request) {
      DbWrite.execute("INSERT INTO notes VALUES (?)", [`note ${request}`])
      const count = DbRead.query("SELECT count(*) AS n FROM notes", [])
      if (request % 10 === 9) { throw {count} }
      return {
        count, sent: Courier.send(`parcel ${request}`), time: Clock.now(), chance: Random.bytes(4),
        number: Random.int(1, 6), id: Uuid.v4()
      }
    }
    """

  @Test func replaysGiveTheSameWithoutTheOutsideWorld() throws {
    let office = try Office()
    let host = try office.host(Self.everything)
    for number in 0..<40 { _ = try answer(host, String(number), id: "r\(number)") }
    try office.file.takeWriter().execute("DROP TABLE notes")
    let results = try replay(office.journal, Self.everything)
    #expect(results.count == 40 && results.allSatisfy { $0.divergences == [] })
    #expect(office.courier.sent.withLock { $0.count } == 36)
  }

  /// Every change of the journal or the program is reported by its kind.
  @Test(arguments: [
    ("UPDATE mqjs_requests SET gas_limit = gas_limit - 1 WHERE id = 2", 2, [Divergence.changedRecord, .otherSeed]),
    ("UPDATE mqjs_requests SET gas_limit = 0 WHERE id = 2", 2, [.changedRecord, .invalidGasLimit(0)]),
    ("UPDATE mqjs_requests SET request_id = 'r9' WHERE id = 2", 2, [.changedRecord, .otherSeed]),
    ("UPDATE mqjs_requests SET gas_limit = 'x' WHERE id = 2", 2, [.changedRecord]),
    ("UPDATE mqjs_requests SET gas_used = 1 WHERE id = 2", 2, [.changedRecord]),
    ("UPDATE mqjs_requests SET input = CAST('7' AS BLOB) WHERE id = 2", 2, [.changedRecord]),
    ("UPDATE mqjs_requests SET response = CAST('{}' AS BLOB) WHERE id = 2", 2, [.changedRecord]),
    ("UPDATE mqjs_calls SET result = x'00' WHERE request = 2 AND sequence = 1", 2, [.changedRecord]),
    ("UPDATE mqjs_calls SET effect = 'Log.info' WHERE request = 2 AND sequence = 1", 2, [.changedRecord]),
    ("DELETE FROM mqjs_calls WHERE request = 2 AND sequence = 6", 2, [.changedRecord]),
    ("DELETE FROM mqjs_calls WHERE request = 2; DELETE FROM mqjs_requests WHERE id = 2", 3, [.brokenChain]),
  ])
  func everyChangeOfAJournalIsNamed(sql: String, row: Int64, divergences: [Divergence]) throws {
    let office = try Office()
    let host = try office.host(Self.everything)
    for number in 0..<4 { _ = try answer(host, String(number), id: "r\(number)") }
    try office.file.takeWriter().execute(sql)
    let results = try replay(office.journal, Self.everything)
    #expect(results.filter { $0.divergences != [] }.map(\.id) == [row])
    #expect(results.first { $0.id == row }?.divergences == divergences)
  }

  @Test func anotherSnapshotIsADivergence() throws {
    let office = try Office()
    let host = try office.host(Self.everything)
    _ = try answer(host, "1")
    let results = try replay(office.journal, Self.everything + "\n// another program\nconst unused = 1")
    #expect(results.map(\.divergences) == [[.otherSnapshot(recorded: host.pool.contentHash)]])
  }
}
