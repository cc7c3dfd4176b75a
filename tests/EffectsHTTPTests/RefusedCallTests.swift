import EffectsHTTP
import EffectsSQLite
import Engine
import Host
import OperatingSystem
import SQLite
import Snapshot
import TestSupport
import Testing

/// Calls that are refused, and failures outside. Each has its documented error in the response, in the audit log, and
/// in a replay with server and database gone.
@Suite struct RefusedCallTests {
  /// A server, a database with a journal in it, and an audit log.
  private final class Desk {
    let folder: Workspace
    let server: LoopbackServer
    let file: DatabaseFile
    let journal: Journal
    let audit: AuditLog
    private let budgets: MachineLayout.Budgets

    init(budgets: MachineLayout.Budgets = .standard) throws {
      folder = try Workspace()
      server = try LoopbackServer(in: folder)
      file = try DatabaseFile(folder("desk.db"), .creating)
      journal = try Journal(file)
      audit = try AuditLog(folder("audit.log"))
      self.budgets = budgets
      try file.takeWriter().execute("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('one')")
    }

    var base: String { "http://127.0.0.1:\(server.port)" }

    func pool(_ source: String) throws -> SandboxPool {
      try SandboxPool(VerifiedSnapshot(compiledHere: Guest.image(source), path: "test"), budgets: budgets)
    }

    func answer(_ source: String, _ effects: [any Effect], id: String = "r") throws -> Answer {
      let host = try RequestHost(pool: try pool(source), grants: Grants(effects), journal: journal, audit: audit)
      return try host.answer(
        SecretBytes(copying: Array("{}".utf8)),
        identity: RequestIdentity(requestID: id, accountID: "a", functionVersion: "1"), gasLimit: .standard)
    }

    var lastAuditLine: String {
      get throws {
        let lines = String(decoding: try folder.read("audit.log"), as: UTF8.self).split(separator: "\n")
        return String(try #require(lines.last { !$0.contains(#""kind":"checkpoint""#) }))
      }
    }

    /// Expects a replay of the newest request, without server and database, to give the same results.
    func expectTheSameAgain(_ source: String) throws {
      var replay = Replay { (budgets) throws(SnapshotError) in
        do { return try self.pool(source) } catch { throw SnapshotError(.notASnapshot, path: "\(error)") }
      }
      var last: Replay.Result?
      try JournalReader(file).forEachRequest { (row) throws(HostFault) in
        do throws(SnapshotError) { last = try replay.run(row) } catch { throw HostFault(error.message) }
      }
      #expect(last?.divergences == [], "\(source)")
    }
  }

  private static func handler(_ body: String) -> String { "export default function (request) { \(body) }" }

  /// A program that names an effect without a grant is not run.
  @Test(arguments: EffectOperation.allCases.filter { $0 != .async(.await) })
  func missingCapabilitiesAreRefusedBeforeTheRun(operation: EffectOperation) throws {
    let name = "\(operation.capability.name)"
    let arguments = EveryArgumentTests.arguments(of: operation).joined(separator: ", ")
    let call = "\(name).\(operation.definition.name)(\(arguments))"
    let desk = try Desk()
    let all = try EveryArgumentTests.effects(database: desk.file, server: desk.base)
    let others = all.filter { $0.name != name }
    #expect(others.count == all.count - 1)
    // This holds even if the effect is named in code that never runs.
    let source = Self.handler("if (request.never === 1) { \(call); } return 1;")
    #expect(throws: HostError.grantMissing(GrantMissing(effects: [name]))) { try desk.answer(source, others) }
    let line = try desk.lastAuditLine
    #expect(line.contains(#""kind":"refusal""#) && line.contains(#""detail":"\#(name)","error":"GrantMissing""#))
    #expect(try JournalReader(desk.file).rowCount == 0, "nothing was run")
  }

  /// An effect that is named only at run time.
  @Test func missingCapabilitiesAreRefusedWhenAwaited() throws {
    let desk = try Desk()
    let source = Self.handler(
      "const call = {effect: 'Clock.now', args: []}; return Async.await(Hash.sha256(call), 1, call);")
    let answer = try desk.answer(source, [])
    #expect(answer.report.run.outcome == "EffectNotGranted")
    let line = try desk.lastAuditLine
    #expect(line.contains(#""effect":"Async.await","outcome":"EffectNotGranted""#))
    try desk.expectTheSameAgain(source)
  }

  /// Initialisers run before effects exist, so they can't call any, whatever is granted.
  @Test func initialisersHaveNoEffects() throws {
    let desk = try Desk()
    let source = "const early = Clock.now(); export default function (request) { return early; }"
    let answer = try desk.answer(source, [ClockEffect()])
    #expect(answer.report.run.outcome == "EffectNotGranted" && answer.report.effects == [])
    #expect(String(decoding: answer.body.unprotectedCopy, as: UTF8.self).contains(#""effect":"Clock.now""#))
    #expect(try desk.lastAuditLine.contains(#""outcome":"EffectNotGranted""#))
    try desk.expectTheSameAgain(source)
  }

  /// Servers other than the granted one, however they are written, and redirections to them.
  @Test func serversThatAreNotGrantedAreRefused() throws {
    let desk = try Desk()
    let other = try LoopbackServer(in: desk.folder)
    let granted = try HttpOutEffect([try #require(HTTPGrant(desk.base))])
    let named = try HttpOutEffect([try #require(HTTPGrant("granted.example"))])
    let (port, foreign) = (desk.server.port, "http://127.0.0.1:\(other.port)")
    let cases: [(effect: HttpOutEffect, url: String, code: String)] =
      [
        (granted, "http://localhost:\(port)/", "HostNotAllowed"), (granted, "\(foreign)/", "HostNotAllowed"),
        (granted, "https://127.0.0.1:\(port)/", "HostNotAllowed"),
        (granted, "\(desk.base)/redirect?to=\(foreign)/item", "HostNotAllowed"),
        (granted, "\(desk.base)/loop", "TooManyRedirects"),
        (named, "\(desk.base)/", "HostNotAllowed"), (named, "http://granted.example/", "HostNotAllowed"),
        (named, "https://granted.example:8443/", "HostNotAllowed"),
      ]
      + [
        // The forbidden server's address in decimal, hexadecimal, octal, short and IPv6-mapped form.
        "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.1", "127.0.0.1.",
      ].map { (named, "http://\($0):\(port)/", "InvalidUrl") }
      + [
        (named, "http://[::ffff:127.0.0.1]:\(port)/", "InvalidUrl"),
        (named, "http://[::ffff:7f00:1]:\(port)/", "HostNotAllowed"),
        (named, "http://[::1]:\(port)/", "HostNotAllowed"),
      ]
    for (number, (effect, url, code)) in cases.enumerated() {
      let source = Self.handler("return HttpOut.get('\(url)');")
      let answer = try desk.answer(source, [effect], id: "r\(number)")
      let body = String(decoding: answer.body.unprotectedCopy, as: UTF8.self)
      #expect(body.contains(#""code":"\#(code)""#), "\(url): \(body)")
      #expect(try desk.lastAuditLine.contains(#""effect":"HttpOut.get","outcome":"\#(code)""#), "\(url)")
      try desk.expectTheSameAgain(source)
    }
    #expect(other.requests == [])
    #expect(desk.server.requests.allSatisfy { $0.hasPrefix("GET /redirect") || $0.hasPrefix("GET /loop") })
  }

  /// Statements outside the grant.
  @Test func statementsThatAreNotGrantedAreRefused() throws {
    let desk = try Desk()
    let reading = ["INSERT INTO notes VALUES ('x')", "DELETE FROM notes", "DROP TABLE notes"]
    let neither = ["ATTACH 'other.db' AS o", "PRAGMA journal_mode=DELETE", "UPDATE mqjs_requests SET outcome = ''"]
    let cases = (reading + neither).map { ("DbRead.query", $0) } + neither.map { ("DbWrite.execute", $0) }
    for (number, (call, sql)) in cases.enumerated() {
      let source = Self.handler("return \(call)(\"\(sql)\", []);")
      let effects: [any Effect] = [DbReadEffect(desk.file), DbWriteEffect(desk.file)]
      let answer = try desk.answer(source, effects, id: "r\(number)")
      let body = String(decoding: answer.body.unprotectedCopy, as: UTF8.self)
      #expect(body.contains(#""code":"NotAllowed""#), "\(sql): \(body)")
      #expect(try desk.lastAuditLine.contains(#""effect":"\#(call)","outcome":"NotAllowed""#), "\(sql)")
      try desk.expectTheSameAgain(source)
    }
    #expect(try desk.file.takeReader().rows("SELECT text FROM notes") == [[.text("one")]])
  }

  /// If a call fails, takes too long or returns too much, the program gets an error value that it can handle.
  @Test func failuresAreRecorded() throws {
    let desk = try Desk()
    let servers = [try #require(HTTPGrant(desk.base)), try #require(HTTPGrant("http://127.0.0.1:9"))]
    func http(milliseconds: Int64) throws -> HttpOutEffect {
      try HttpOutEffect(servers, limits: HTTPLimits(milliseconds: milliseconds, bodyBytes: 1000, redirects: 5))
    }
    let (patient, hasty) = (try http(milliseconds: 30_000), try http(milliseconds: 2000))
    let database = DbReadEffect(desk.file, limits: DatabaseLimits(rows: 10, bytes: 1000, steps: 10_000_000))
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    let cases = [
      ("HttpOut.get('http://127.0.0.1:9/')", "ConnectionFailed"),
      ("HttpOut.get('\(desk.base)/slow?seconds=20')", "OutcomeUnknown"),
      ("HttpOut.get('\(desk.base)/big?bytes=1001')", "TooLarge"),
      ("HttpOut.get('\(desk.base)/bytes')", "BodyNotText"),
      ("HttpOut.get('\(desk.base)/raw?hex=6e6f20485454500d0a')", "OutcomeUnknown"),
      ("DbRead.query('SELECT * FROM nowhere', [])", "InvalidStatement"),
      ("DbRead.query('\(numbers) LIMIT 11) SELECT i FROM n', [])", "LimitExceeded"),
      ("DbRead.query('\(numbers)) SELECT count(*) AS n FROM n', [])", "LimitExceeded"),
      ("Random.bytes(5000)", "InvalidArgument"),
    ]
    for (number, (call, code)) in cases.enumerated() {
      let source = Self.handler("return \(call);")
      let http = call.contains("slow") ? hasty : patient
      let answer = try desk.answer(source, [http, database, RandomEffect()], id: "r\(number)")
      let body = String(decoding: answer.body.unprotectedCopy, as: UTF8.self)
      #expect(body.contains(#""code":"\#(code)""#), "\(call): \(body)")
      #expect(try desk.lastAuditLine.contains(#""outcome":"\#(code)""#), "\(call)")
      try desk.expectTheSameAgain(source)
    }
  }

  /// A result that does not fit in the machine's memory ends the run.
  @Test func resultsThatDoNotFitEndTheRun() throws {
    let desk = try Desk(budgets: .init(stackWords: 20_000, heapBytes: 65_536))
    let source = Self.handler("return HttpOut.get('\(desk.base)/big?bytes=100000');")
    let answer = try desk.answer(source, [try HttpOutEffect([try #require(HTTPGrant(desk.base))])])
    #expect(answer.report.run.outcome == "MemoryExhausted")
    let line = try desk.lastAuditLine
    #expect(line.contains(#""outcome":"MemoryExhausted""#) && line.contains(#""effect":"HttpOut.get","outcome":"Ok""#))
    desk.server.stop()
    try desk.expectTheSameAgain(source)
  }
}

extension JournalReader {
  fileprivate var rowCount: Int {
    get throws {
      var count = 0
      try forEachRequest { _ in count += 1 }
      return count
    }
  }
}
