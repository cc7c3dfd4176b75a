import Compiler
import EffectsSQLite
import Engine
import Foundation
import Host
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// Requests with classified data: what journal, intents and audit log hold of them, with a host key and without one.
@Suite struct SealedRecordTests {
  private static let card = "4000123412341234"

  /// Gives the card number as classified data.
  private struct Vault: Effect {
    let name = "Vault"
    func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
      .success(.string(SealedRecordTests.card), isClassified: true)
    }
  }

  /// Sends what it is given, which can't be taken back; `fetch` gives the card number as classified data. It can be told to
  /// die while it does so, or right after.
  private final class Courier: Effect {
    enum Fate { case lives, diesOnTheWay }
    let name = "Courier"
    let isIrrevocable = true
    let sent = Mutex(0)
    let fate = Mutex(Fate.lives)

    func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
      sent.withLock { $0 += 1 }
      if fate.withLock({ $0 }) == .diesOnTheWay { throw HostFault("the courier died") }
      return call.operation == "fetch"
        ? .success(.string(SealedRecordTests.card), isClassified: true) : .success("sent")
    }
  }

  /// Fails once, after what comes before it has been done.
  private final class Trap: Effect {
    let name = "Trap"
    let isSet = Mutex(true)
    func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
      if isSet.withLock({ $0 }) { throw HostFault("the host fell into the trap") }
      return .success(.null)
    }
  }

  private static let hostEffects = [("Vault", ["read"]), ("Courier", ["send", "fetch"]), ("Trap", ["pass"])].compactMap
  {
    HostEffect(name: Array($0.0.utf8), operations: $0.1.map { Array($0.utf8) })
  }

  /// A database with a journal in it, an audit log, and a host key or none.
  private final class Office {
    let folder: Workspace
    let file: DatabaseFile
    let journal: Journal
    let audit: AuditLog
    let courier = Courier()
    let trap = Trap()
    let key: HostKey?
    let source: String

    init(_ source: String, key: HostKey? = HostKey()) throws {
      folder = try Workspace()
      file = try DatabaseFile(folder("office.db"), .creating)
      journal = try Journal(file)
      audit = try AuditLog(folder("audit.log"))
      self.key = key
      self.source = "export default function (request) { \(source) }"
      try file.takeWriter().execute("CREATE TABLE notes (text TEXT NOT NULL)")
    }

    func host(_ key: HostKey?) throws -> RequestHost {
      let grants = Grants([DbReadEffect(file), DbWriteEffect(file), courier, trap, Vault(), UuidEffect()])
      return try RequestHost(
        pool: try pool(.standard), grants: grants, journal: journal, audit: audit, hostKey: key, allowsUnlocked: true)
    }

    func pool(_ budgets: MachineLayout.Budgets) throws -> SandboxPool {
      let image = try Guest.image(source, hostEffects: SealedRecordTests.hostEffects)
      return try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"), budgets: budgets)
    }

    /// Answers a request, which is classified unless it is said not to be.
    func answer(_ request: String, id: String = "r", isClassified: Bool = true, key other: HostKey?? = nil) throws
      -> Answer
    {
      let protection: MemoryProtection = isClassified ? .classified(allowsUnlocked: true) : .standard
      let bytes = Array(request.utf8)
      return try host(other ?? key).answer(
        try SecretBytes(copying: bytes.span, protection: protection),
        identity: RequestIdentity(requestID: id, accountID: "a", functionVersion: "1"), gasLimit: .standard,
        protection: protection)
    }

    func sql(_ statement: String) throws { try file.takeWriter().execute(statement) }

    func replay(_ key: HostKey?) throws -> [Replay.Result] {
      var replay = Replay(hostKey: key, allowsUnlocked: true) { (budgets) throws(SnapshotError) in
        do { return try self.pool(budgets) } catch { throw SnapshotError(.notASnapshot, path: "test") }
      }
      var results: [Replay.Result] = []
      try JournalReader(file).forEachRequest { (row) throws(HostFault) in
        guard let result = try? replay.run(row) else { throw HostFault("no pool") }
        results.append(result)
      }
      return results
    }

    var auditText: String { get throws { String(decoding: try folder.read("audit.log"), as: UTF8.self) } }

    /// Where in the files of the office some bytes are found: databases, write-ahead logs, audit log.
    func files(with needles: [String: [UInt8]]) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.folder.path).flatMap { name in
        let content = Data(try folder.read(name))
        return needles.filter { content.range(of: Data($0.value)) != nil }.map { "\($0.key) in \(name)" }
      }
    }
  }

  /// The card number, and SHA-256 of all that is recorded of it, as bytes and as digits.
  private func needles(_ request: String, _ answer: Answer, _ values: CBORValue...) -> [String: [UInt8]] {
    var needles = ["card number": Array(Self.card.utf8)]
    let hashed =
      [
        "input": Array(request.utf8), "response": answer.body.unprotectedCopy, "card number": Array(Self.card.utf8),
      ]
      .merging(values.enumerated().map { ("value \($0)", $1.encoded) }) { $1 }
    for (name, bytes) in hashed {
      needles["SHA-256 of \(name)"] = Hash256(of: bytes).bytes
      needles["SHA-256 of \(name), hexadecimal"] = Array(Hash256(of: bytes).hex.utf8)
    }
    return needles
  }

  private static let request = #"{"card":"\#(card)"}"#
  private static let payment = """
    DbWrite.execute("INSERT INTO notes VALUES (?)", [Text.sha256(request.card + "pepper")]);
    Courier.send(request.card);
    return {card: request.card, id: Uuid.v4().Ok};
    """

  /// What the program of `payment` passes and is given.
  private static let values: [CBORValue] = [
    [.string(card)], .string(card), ["Ok": .string(card)], .record([.init("Ok", .string("sent"))]),
  ]

  @Test func nothingIsLegible() throws {
    let office = try Office(Self.payment)
    let answer = try office.answer(Self.request)
    #expect(answer.report.outcome == "value" && answer.report.journal == .sealed)
    let found = try office.files(with: needles(Self.request, answer, Self.values[0], Self.values[1]))
    #expect(found == [])
    #expect(try office.files(with: ["id": Array("request_id".utf8)]).contains("id in office.db"), "the search works")
    let log = try office.auditText
    #expect(log.contains(#""inputHmacSha256":""#) && log.contains(#""responseHmacSha256":""#))
    #expect(log.contains(#""argumentsHmacSha256":""#) && log.contains(#""resultHmacSha256":""#))
    #expect(!log.contains("inputSha256") && !log.contains("responseSha256"))
    let identifier = try #require(office.key).identifier.hex
    #expect(log.contains(#""classified":true"#) && log.contains(#""hostKey":"\#(identifier)""#))
  }

  /// The keyed hash of the input, from key, seed and input alone, is what journal and audit log agree on.
  @Test func keyedHashesCanBeChecked() throws {
    let office = try Office(Self.payment)
    let seed = try #require(try office.answer(Self.request).report.seed)
    let seal = try #require(office.key).seal(forSeed: seed)
    let hash = seal.keyedHash(of: Hash256(of: Array(Self.request.utf8)))
    #expect(try office.auditText.contains(#""inputHmacSha256":"\#(hash.hex)""#))
    let arguments = seal.keyedHash(of: Hash256(of: CBORValue.array([.string(Self.card)]).encoded))
    #expect(try office.auditText.contains(#""argumentsHmacSha256":"\#(arguments.hex)""#))
    let rows = try office.file.takeReader().rows("SELECT arguments_hash FROM mqjs_calls WHERE sequence = 1")
    #expect(rows == [[.blob(arguments.bytes)]])
  }

  @Test func replaysWithTheKeyAlone() throws {
    let office = try Office(Self.payment)
    _ = try office.answer(Self.request)
    _ = try office.answer(#"{"card":"x"}"#, id: "s", isClassified: false)
    #expect(try office.replay(office.key).map(\.divergences) == [[], []])
    let identifier = try #require(office.key).identifier
    #expect(try office.replay(nil).map(\.divergences) == [[.sealed(hostKey: identifier, given: nil)], []])
    let other = HostKey()
    #expect(
      try office.replay(other).map(\.divergences) == [[.sealed(hostKey: identifier, given: other.identifier)], []])
  }

  @Test func theSameRequestAgain() throws {
    let office = try Office(Self.payment)
    let first = try office.answer(Self.request)
    for isClassified in [true, false] {
      let again = try office.answer(Self.request, isClassified: isClassified)
      #expect(again.body == first.body && again.report.effects == first.report.effects)
      #expect(again.report.journal == .sealed)
    }
    #expect(office.courier.sent.withLock { $0 } == 1)
    #expect(try !office.auditText.contains("inputSha256"))
    #expect(try office.auditText.contains(#""kind":"repeated""#))
    let refusal = #expect(throws: HostError.self) { try office.answer(#"{"card":"other"}"#) }
    guard case .seedReuse(let reuse) = refusal else { Issue.record("no SeedReuse"); return }
    #expect(reuse.isSameInput == false)
    let sealed = HostError.sealedRecord(
      SealedRecord(requestID: "r", hostKey: try #require(office.key).identifier))
    #expect(throws: sealed) { try office.answer(Self.request, key: .some(nil)) }
    #expect(throws: sealed) { try office.answer(Self.request, key: HostKey()) }
    #expect(try office.auditText.contains("SealedRecord"))
  }

  /// A request that was recorded before anybody said that it is classified: what is added to the log now is keyed.
  @Test func classifiedAfterwards() throws {
    let office = try Office("return request.card;")
    let first = try office.answer(Self.request, isClassified: false)
    let plainLines = try office.auditText.split(separator: "\n").count
    let again = try office.answer(Self.request)
    #expect(again.body == first.body && again.report.journal == nil)
    #expect(try !office.auditText.split(separator: "\n")[plainLines...].joined().contains("putSha256"))
  }

  /// Whoever changes sealed bytes can reckon checksums anew, but not what authenticates the bytes.
  @Test(arguments: [
    ("UPDATE mqjs_requests SET input = (SELECT input FROM mqjs_requests WHERE id = 2) WHERE id = 1", "input"),
    ("UPDATE mqjs_requests SET input = response, response = input WHERE id = 1", "response"),
    ("UPDATE mqjs_requests SET response = substr(response, 1, length(response) - 1) WHERE id = 1", "response"),
    ("UPDATE mqjs_requests SET input = NULL WHERE id = 1", "input"),
    (
      """
      UPDATE mqjs_calls SET result = (SELECT result FROM mqjs_calls WHERE request = 1 AND sequence = 2)
        WHERE request = 1 AND sequence = 1
      """, "result of effect 1"
    ),
    ("UPDATE mqjs_calls SET reply = 9, result = NULL WHERE request = 1 AND sequence = 2", "reply of effect 2"),
  ])
  func changedRows(sql: String, part: String) throws {
    let office = try Office(Self.payment)
    for id in ["r", "s"] { _ = try office.answer(Self.request, id: id) }
    try office.sql(sql)
    #expect(try office.replay(office.key).map(\.divergences) == [[.changedRecord], []])
    #expect(try office.replay(nil).map(\.divergences)[0] == [.changedRecord], "that takes no key")
    try Self.forgeChecksums(office)
    #expect(try office.replay(office.key).map(\.divergences) == [[.changedPart(part)], []])
  }

  /// Reckons checksums and chain anew, as docs/journal.md says that they are made.
  private static func forgeChecksums(_ office: Office) throws {
    let script = """
      import hashlib, sqlite3, sys, cbor2
      digest = lambda b: None if b is None else hashlib.sha256(b).hexdigest()
      connection, chain = sqlite3.connect(sys.argv[1]), b""
      for row in connection.execute("SELECT * FROM mqjs_requests ORDER BY id").fetchall():
          (id, seed, request, account, version, snapshot, limit, stack, heap, protection, key, *bytes, outcome, gas,
           heap_peak, stack_peak, _, _) = row
          calls = connection.execute(
              "SELECT effect, arguments_hash, reply, result FROM mqjs_calls WHERE request = ? ORDER BY sequence", [id])
          head = [request, account, version, seed.hex(), snapshot.hex(), limit, stack, heap, protection,
                  key and key.hex(), *map(digest, bytes), outcome, gas, heap_peak, stack_peak]
          checksum = hashlib.sha256(cbor2.dumps(
              [head, [[name, hash.hex(), reply, digest(result)] for name, hash, reply, result in calls]])).digest()
          chain = hashlib.sha256(chain + checksum).digest()
          connection.execute("UPDATE mqjs_requests SET checksum = ?, chain = ? WHERE id = ?", [checksum, chain, id])
      connection.commit()
      """
    _ = try office.folder.run(PythonOracle.path, ["-c", script, office.file.path]).successfulOutput
  }

  /// Budgets that no machine can have are a changed row, also if its checksum was reckoned anew.
  @Test(arguments: [
    "heap_bytes = 9223372036854775807", "heap_bytes = -1", "stack_words = -9223372036854775808",
    "stack_words = 9000000000000",
  ])
  func absurdBudgets(assignment: String) throws {
    let office = try Office("return 1;")
    for id in ["r", "s"] { _ = try office.answer("{}", id: id, isClassified: false) }
    try office.sql("UPDATE mqjs_requests SET \(assignment) WHERE id = 1")
    try Self.forgeChecksums(office)
    #expect(try office.replay(nil).map(\.divergences) == [[.changedRecord], []])
  }

  /// A row as it was written has the checksum that Python reckons.
  @Test func checksumsAsPythonHasThem() throws {
    let office = try Office(Self.payment)
    _ = try office.answer(Self.request)
    _ = try office.answer(#"{"card":"x"}"#, id: "s", isClassified: false)
    let columns = "SELECT checksum, chain FROM mqjs_requests ORDER BY id"
    let before = try office.file.takeReader().rows(columns)
    try Self.forgeChecksums(office)
    #expect(try office.file.takeReader().rows(columns) == before)
  }

  // MARK: - Data that turns out to be classified

  private static let fetching = """
    Courier.send("before");
    const card = Vault.read().Ok;
    Courier.send(card);
    return {card};
    """

  @Test func aResultMakesAllOfItSealed() throws {
    let office = try Office(Self.fetching)
    let answer = try office.answer("{}", isClassified: false)
    #expect(answer.report.pages != nil && answer.report.journal == .sealed)
    #expect(
      try office.files(with: needles("nothing", answer, Self.values[0], Self.values[1], Self.values[2])) == [])
    // The intent of the first call was noted while nothing was classified; the row of the journal is all under seal.
    let earlier = ["result": Array("sent".utf8), "argument": Hash256(of: CBORValue.array(["before"]).encoded).bytes]
    #expect(try office.files(with: earlier).allSatisfy { $0.contains("office.db-intents") })
    #expect(try office.replay(office.key).map(\.divergences) == [[]])
    let lines = try office.auditText.split(separator: "\n")
    #expect(lines[0].contains("inputSha256") && !lines[0].contains("classified"), "nobody knew it then")
    #expect(lines[1].contains("responseHmacSha256") && lines[1].contains(#""classified":true"#))
    #expect(!lines[1].contains("argumentsSha256") && !lines[1].contains("resultSha256"))
    #expect(try office.answer("{}", isClassified: false).body == answer.body)
  }

  // MARK: - Intents

  private static let trapped = """
    const card = Courier.fetch().Ok;
    const sent = Courier.send(card);
    Trap.pass();
    return [sent, card];
    """

  /// What was sent before a crash is not sent again, and what came of it is found under seal.
  @Test func intentsAreSealed() throws {
    let office = try Office(Self.trapped)
    #expect(throws: HostError.fault(HostFault("the host fell into the trap"))) {
      try office.answer("{}", isClassified: false)
    }
    office.trap.isSet.withLock { $0 = false }
    let identifier = try #require(office.key).identifier
    #expect(throws: HostError.sealedRecord(SealedRecord(requestID: "r", hostKey: identifier))) {
      try office.answer("{}", isClassified: false, key: HostKey())
    }
    // In the second file by now: both calls, one of them with the card number as an argument.
    let intents = try SQLiteConnection(office.file.path + "-intents", .reading)
    #expect(try intents.rows("SELECT count(*) FROM mqjs_intents WHERE host_key IS NOT NULL") == [[.integer(2)]])
    let answer = try office.answer("{}", isClassified: false)
    #expect(
      try office.files(with: needles("nothing", answer, Self.values[0], Self.values[2], Self.values[3])) == [])
    #expect(String(decoding: answer.body.unprotectedCopy, as: UTF8.self) == #"[{"Ok":"sent"},"\#(Self.card)"]"#)
    #expect(office.courier.sent.withLock { $0 } == 2)
    #expect(answer.report.pages != nil)
    #expect(try office.replay(office.key).map(\.divergences) == [[]])
    #expect(AuditVerification(of: try office.folder.read("audit.log"), key: nil).unfinishedRequests == [])
  }

  @Test func changedIntents() throws {
    let office = try Office(Self.trapped)
    #expect(throws: HostError.self) { try office.answer("{}", isClassified: false) }
    office.trap.isSet.withLock { $0 = false }
    try SQLiteConnection(office.file.path + "-intents", .writing).execute(
      "UPDATE mqjs_intents SET result = (SELECT result FROM mqjs_intents WHERE sequence = 1) WHERE sequence = 0")
    let fault = HostError.fault(HostFault("the journal's sealed result of effect 0 was changed"))
    #expect(throws: fault) { try office.answer("{}", isClassified: false) }
  }

  /// A fault names the call, and nothing that the program has passed.
  @Test func faultsSayNothingOfTheData() throws {
    let office = try Office(
      "return [0, 1].map(n => DbWrite.execute(`INSERT OR ROLLBACK INTO once VALUES (${request.card})`, []));")
    try office.sql("CREATE TABLE once (number INTEGER UNIQUE)")
    let message = "database \(office.file.path): effect 1 has ended the request's transaction"
    #expect(throws: HostError.fault(HostFault(message))) { try office.answer(Self.request) }
    #expect(try office.auditText.contains(#""kind":"fault""#))
    #expect(try office.files(with: ["card number": Array(Self.card.utf8)]) == [])
  }

  // MARK: - Without a host key

  @Test func withoutAKeyNothingIsKept() throws {
    let office = try Office(Self.payment, key: nil)
    let answer = try office.answer(Self.request)
    #expect(answer.report.outcome == "value" && answer.report.journal == RunReport.ClassifiedJournal.none)
    let report = String(decoding: answer.report.json.bytes(), as: UTF8.self)
    #expect(report.contains(#""journal":"none: classified data and no host key""#))
    #expect(try office.files(with: needles(Self.request, answer, Self.values[0], Self.values[1])) == [])
    #expect(try office.file.takeReader().rows("SELECT count(*) FROM notes") == [[.integer(1)]], "it is committed")
    #expect(
      try office.file.takeReader().rows("SELECT protection, input, response, outcome FROM mqjs_requests")
        == [[.text("withheld"), .null, .null, .text("value")]])
    let log = try office.auditText
    #expect(log.contains(#""inputHmacSha256":null"#) && log.contains(#""responseHmacSha256":null"#))
    #expect(log.contains(#""classified":true"#) && log.contains(#""hostKey":null"#))
    #expect(!log.contains("Sha256\":\"\(Hash256(of: Array(Self.request.utf8)).hex)"))
    let result = try #require(try office.replay(nil).first)
    #expect(result.isWithheld && result.divergences == [])
    // It can't be compared, so the seed is not used again, whatever key comes later.
    for key in [nil, HostKey()] {
      let refusal = #expect(throws: HostError.self) { try office.answer(Self.request, key: .some(key)) }
      guard case .seedReuse(let reuse) = refusal else { Issue.record("no SeedReuse"); return }
      #expect(reuse.isSameInput == nil)
    }
    #expect(office.courier.sent.withLock { $0 } == 1)
  }

  @Test func aResultWithoutAKey() throws {
    let office = try Office(Self.fetching, key: nil)
    let answer = try office.answer("{}", isClassified: false)
    #expect(answer.report.journal == RunReport.ClassifiedJournal.none)
    #expect(try office.files(with: needles("nothing", answer, Self.values[0], Self.values[2])) == [])
    #expect(try office.replay(nil).map(\.isWithheld) == [true])
  }

  /// A call that can't be taken back is not made twice, though nothing of it is known but that it was made.
  @Test(arguments: [true, false])
  func intentsWithoutAKey(isClassified: Bool) throws {
    let office = try Office(Self.trapped, key: nil)
    #expect(throws: HostError.self) { try office.answer("{}", isClassified: isClassified) }
    office.trap.isSet.withLock { $0 = false }
    if isClassified {
      // Nobody knows whether this is the same input.
      let refusal = #expect(throws: HostError.self) { try office.answer("{}") }
      guard case .seedReuse(let reuse) = refusal else { Issue.record("no SeedReuse"); return }
      #expect(reuse.isSameInput == nil)
    } else {
      let again = try office.answer("{}", isClassified: false)
      #expect(again.report.effects.first?.outcome == "OutcomeUnknown")
    }
    #expect(office.courier.sent.withLock { $0 } == 2)
  }
}
