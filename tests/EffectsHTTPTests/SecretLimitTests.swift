import EffectsHTTP
import EffectsSQLite
import Engine
import Host
import OperatingSystem
import SQLite
import Snapshot
import TestSupport
import Testing

/// A program that makes a server repeat the host's secret is stopped soon, and the audit log shows it.
@Suite struct SecretLimitTests {
  private static let handler = """
    export default function (request) {
      return [1, 2, 3, 4, 5].map(n => HttpOut.get(`${request.base}/echo?${n}`).Err.code).concat([
        HttpOut.post(`${request.base}/item`, "x").Err.code, Result.isOk(Log.info("still there"))
      ]);
    }
    """

  @Test func threeHitsOfARequestAreEnough() throws {
    let folder = try Workspace()
    let server = try LoopbackServer(in: folder)
    let base = "http://127.0.0.1:\(server.port)"
    let secret = try #require(HTTPGrant.Header("X-Key", "0123456789abcdef"))
    let file = try DatabaseFile(folder("journal.db"), .creating)
    func pool(_ budgets: MachineLayout.Budgets = .standard) throws -> SandboxPool {
      try SandboxPool(VerifiedSnapshot(compiledHere: Guest.image(Self.handler), path: "test"), budgets: budgets)
    }
    let http = try HttpOutEffect([try #require(HTTPGrant(base, secrets: [secret]))])
    let host = try RequestHost(
      pool: try pool(), grants: Grants([http, LogEffect { _ in }]), journal: try Journal(file),
      audit: try AuditLog(folder("audit.log")))
    for id in ["a", "b"] {
      let answer = try host.answer(
        SecretBytes(copying: Array(#"{"base":"\#(base)"}"#.utf8)),
        identity: RequestIdentity(requestID: id, accountID: "a", functionVersion: "1"), gasLimit: .standard)
      let codes = Array(repeating: #""SecretInResponse""#, count: 3) + Array(repeating: #""LimitExceeded""#, count: 3)
      let body = String(decoding: answer.body.unprotectedCopy, as: UTF8.self)
      #expect(body == "[\((codes + ["true"]).joined(separator: ","))]")
    }
    // Each request may have three hits. Calls after that are not sent.
    #expect(server.requests == (1...3).map { "GET /echo?\($0) " } + (1...3).map { "GET /echo?\($0) " })
    let audit = String(decoding: try folder.read("audit.log"), as: UTF8.self)
    #expect(audit.split(separator: #""outcome":"SecretInResponse""#).count == 7)

    var replay = Replay { (budgets) throws(SnapshotError) in
      do { return try pool(budgets) } catch { throw SnapshotError(.notASnapshot, path: "\(error)") }
    }
    try JournalReader(file).forEachRequest { (row) throws(HostFault) in
      do throws(SnapshotError) { #expect(try replay.run(row).divergences == []) } catch {
        throw HostFault(error.message)
      }
    }
  }
}
