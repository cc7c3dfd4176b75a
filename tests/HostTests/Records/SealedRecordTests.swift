import Host
import OperatingSystem
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// Requests with classified data on a host with a key: what journal, intents and audit log contain, and who can open
/// it.
@Suite struct SealedRecordTests {
  @Test func nothingIsLegible() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.payment)
    let answer = try office.answer(ClassifiedOffice.request)
    #expect(answer.report.run.outcome == "value" && answer.report.journal == office.sealed)
    let found = try office.files(
      with: office.needles(ClassifiedOffice.request, answer, ClassifiedOffice.values[0], ClassifiedOffice.values[1]))
    #expect(found == [])
    #expect(try office.files(with: ["id": Array("request_id".utf8)]).contains("id in office.db"), "the search works")
    let log = try office.auditText
    #expect(log.contains(#""inputHmacSha256":""#) && log.contains(#""responseHmacSha256":""#))
    #expect(log.contains(#""argumentsHmacSha256":""#) && log.contains(#""resultHmacSha256":""#))
    #expect(!log.contains("inputSha256") && !log.contains("responseSha256"))
    let identifier = try #require(office.key).identifier.hex
    #expect(log.contains(#""classified":true"#) && log.contains(#""hostKey":"\#(identifier)""#))
  }

  /// The keyed hash of the input follows from key, seed and input. Journal and audit log have the same hash.
  @Test func keyedHashesCanBeChecked() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.payment)
    let seed = try #require(try office.answer(ClassifiedOffice.request).report.seed)
    let seal = try #require(office.key).seal(forSeed: seed)
    let hash = seal.keyedHash(of: Hash256(of: Array(ClassifiedOffice.request.utf8)))
    #expect(try office.auditText.contains(#""inputHmacSha256":"\#(hash.hex)""#))
    let arguments = seal.keyedHash(of: Hash256(of: CBORValue.array([.string(ClassifiedOffice.card)]).encoded))
    #expect(try office.auditText.contains(#""argumentsHmacSha256":"\#(arguments.hex)""#))
    let rows = try office.file.takeReader().rows("SELECT arguments_hash FROM mqjs_calls WHERE sequence = 1")
    #expect(rows == [[.blob(arguments.bytes)]])
  }

  @Test func sealedRequestsAreReplayedWithTheirKeyAlone() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.payment)
    _ = try office.answer(ClassifiedOffice.request)
    _ = try office.answer(#"{"card":"x"}"#, id: "s", isClassified: false)
    #expect(try office.replay(office.key).map(\.divergences) == [[], []])
    let identifier = try #require(office.key).identifier
    #expect(try office.replay(nil).map(\.divergences) == [[.sealed(hostKey: identifier, given: nil)], []])
    let other = HostKey()
    #expect(
      try office.replay(other).map(\.divergences) == [[.sealed(hostKey: identifier, given: other.identifier)], []])
  }

  @Test func theSameRequestAgainGetsTheSealedAnswer() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.payment)
    let first = try office.answer(ClassifiedOffice.request)
    for isClassified in [true, false] {
      let again = try office.answer(ClassifiedOffice.request, isClassified: isClassified)
      #expect(again.body == first.body && again.report.effects == first.report.effects)
      #expect(again.report.journal == office.sealed)
    }
    #expect(office.courier.sent.withLock { $0 } == 1)
    #expect(try !office.auditText.contains("inputSha256"))
    #expect(try office.auditText.contains(#""kind":"repeated""#))
    let refusal = #expect(throws: HostError.self) { try office.answer(#"{"card":"other"}"#) }
    guard case .seedReuse(let reuse) = refusal else { Issue.record("no SeedReuse"); return }
    #expect(reuse.cause == .otherInput)
    let sealed = HostError.sealedRecord(
      SealedRecord(requestID: "r", hostKey: try #require(office.key).identifier))
    #expect(throws: sealed) { try office.answer(ClassifiedOffice.request, key: .some(nil)) }
    #expect(throws: sealed) { try office.answer(ClassifiedOffice.request, key: HostKey()) }
    #expect(try office.auditText.contains("SealedRecord"))
  }

  /// A request was recorded before it was classified. Lines added to the log from then on have keyed hashes.
  @Test func aRequestCanBeClassifiedAfterwards() throws {
    let office = try ClassifiedOffice("return request.card;")
    let first = try office.answer(ClassifiedOffice.request, isClassified: false)
    let plainLines = try office.auditText.split(separator: "\n").count
    let again = try office.answer(ClassifiedOffice.request)
    #expect(again.body == first.body && again.report.journal == .plain)
    #expect(try !office.auditText.split(separator: "\n")[plainLines...].joined().contains("putSha256"))
  }

  /// Whoever changes sealed bytes can recompute checksums, but not the authentication of the bytes.
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
  func changedRowsAreFoundWhateverTheirChecksum(sql: String, part: String) throws {
    let office = try ClassifiedOffice(ClassifiedOffice.payment)
    for id in ["r", "s"] { _ = try office.answer(ClassifiedOffice.request, id: id) }
    try office.sql(sql)
    #expect(try office.replay(office.key).map(\.divergences) == [[.changedRecord], []])
    #expect(try office.replay(nil).map(\.divergences)[0] == [.changedRecord], "that takes no key")
    try Self.forgeChecksums(office)
    #expect(try office.replay(office.key).map(\.divergences) == [[.changedPart(part)], []])
  }

  /// Recomputes checksums and chain as docs/journal.md defines them.
  private static func forgeChecksums(_ office: ClassifiedOffice) throws {
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

  /// Budgets that no machine can have are reported as a changed row, even if its checksum was recomputed.
  @Test(arguments: [
    "heap_bytes = 9223372036854775807", "heap_bytes = -1", "stack_words = -9223372036854775808",
    "stack_words = 9000000000000",
  ])
  func absurdBudgetsAreAChangedRow(assignment: String) throws {
    let office = try ClassifiedOffice("return 1;")
    for id in ["r", "s"] { _ = try office.answer("{}", id: id, isClassified: false) }
    try office.sql("UPDATE mqjs_requests SET \(assignment) WHERE id = 1")
    try Self.forgeChecksums(office)
    #expect(try office.replay(nil).map(\.divergences) == [[.changedRecord], []])
  }

  /// Python computes the checksum of a row as it was written.
  @Test func pythonComputesTheSameChecksums() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.payment)
    _ = try office.answer(ClassifiedOffice.request)
    _ = try office.answer(#"{"card":"x"}"#, id: "s", isClassified: false)
    let columns = "SELECT checksum, chain FROM mqjs_requests ORDER BY id"
    let before = try office.file.takeReader().rows(columns)
    try Self.forgeChecksums(office)
    #expect(try office.file.takeReader().rows(columns) == before)
  }

  // MARK: - Data that turns out to be classified

  @Test func aClassifiedResultSealsTheWholeRecord() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.fetching)
    let answer = try office.answer("{}", isClassified: false)
    #expect(answer.report.pages != nil && answer.report.journal == office.sealed)
    #expect(
      try office.files(
        with: office.needles(
          "nothing", answer, ClassifiedOffice.values[0], ClassifiedOffice.values[1], ClassifiedOffice.values[2])) == [])
    // The intent of the first call was noted before anything was classified. The journal's row is sealed completely.
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

  /// A call made before a crash is not made again, and its outcome is recorded under seal.
  @Test func intentsAreSealed() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.trapped)
    #expect(throws: HostError.fault(HostFault("the host fell into the trap"))) {
      try office.answer("{}", isClassified: false)
    }
    office.trap.isSet.withLock { $0 = false }
    let identifier = try #require(office.key).identifier
    #expect(throws: HostError.sealedRecord(SealedRecord(requestID: "r", hostKey: identifier))) {
      try office.answer("{}", isClassified: false, key: HostKey())
    }
    // The file of intents now has both calls. One of them has the card number as an argument.
    let intents = try SQLiteConnection(office.file.path + "-intents", .reading)
    #expect(try intents.rows("SELECT count(*) FROM mqjs_intents WHERE result_key IS NOT NULL") == [[.integer(2)]])
    let answer = try office.answer("{}", isClassified: false)
    #expect(
      try office.files(
        with: office.needles(
          "nothing", answer, ClassifiedOffice.values[0], ClassifiedOffice.values[2], ClassifiedOffice.values[3])) == [])
    #expect(
      String(decoding: answer.body.unprotectedCopy, as: UTF8.self) == #"[{"Ok":"sent"},"\#(ClassifiedOffice.card)"]"#)
    #expect(office.courier.sent.withLock { $0 } == 2)
    #expect(answer.report.pages != nil)
    #expect(try office.replay(office.key).map(\.divergences) == [[]])
    #expect(AuditVerification(of: try office.folder.read("audit.log"), key: nil).unfinishedRequests == [])
  }

  /// A call with an unknown outcome, in a request that was classified from the start.
  @Test func callsWithUnknownOutcomesAreSealedToo() throws {
    let office = try ClassifiedOffice("return Courier.send(request.card);")
    office.courier.dies.withLock { $0 = true }
    #expect(throws: HostError.fault(HostFault("the courier died on the way"))) {
      try office.answer(ClassifiedOffice.request)
    }
    office.courier.dies.withLock { $0 = false }
    let refusal = #expect(throws: HostError.self) { try office.answer(#"{"card":"other"}"#) }
    guard case .seedReuse(let reuse) = refusal else { Issue.record("no SeedReuse"); return }
    #expect(reuse.cause == .otherInput)
    let again = try office.answer(ClassifiedOffice.request)
    #expect(again.report.effects.map(\.outcome) == ["OutcomeUnknown"])
    #expect(office.courier.sent.withLock { $0 } == 1)
    let values = ClassifiedOffice.values
    #expect(try office.files(with: office.needles(ClassifiedOffice.request, again, values[0])) == [])
  }

  @Test func changedIntentsAreAFault() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.trapped)
    #expect(throws: HostError.self) { try office.answer("{}", isClassified: false) }
    office.trap.isSet.withLock { $0 = false }
    try SQLiteConnection(office.file.path + "-intents", .writing).execute(
      "UPDATE mqjs_intents SET result = (SELECT result FROM mqjs_intents WHERE position = 1) WHERE position = 0")
    let fault = HostError.fault(HostFault("the journal's sealed result of intent 0 was changed"))
    #expect(throws: fault) { try office.answer("{}", isClassified: false) }
  }

  /// A fault names the call, but contains nothing that the program has passed.
  @Test func faultsSayNothingOfTheData() throws {
    let office = try ClassifiedOffice(
      "return DbWrite.execute(`INSERT INTO once (number) VALUES (${request.card})`, []);")
    // If no row numbers are left, SQLite reports a full database.
    try office.sql("CREATE TABLE once (id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER)")
    try office.sql("INSERT INTO sqlite_sequence VALUES ('once', 9223372036854775807)")
    let message = "database \(office.file.path): database or disk is full"
    #expect(throws: HostError.fault(HostFault(message))) { try office.answer(ClassifiedOffice.request) }
    #expect(try office.auditText.contains(#""kind":"fault""#))
    #expect(try office.files(with: ["card number": Array(ClassifiedOffice.card.utf8)]) == [])
  }
}
