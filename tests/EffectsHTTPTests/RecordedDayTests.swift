import EffectsHTTP
import EffectsSQLite
import Engine
import Host
import OperatingSystem
import SQLite
import Snapshot
import TestSupport
import Testing

/// A day's requests with every kind of effect. They are recorded with a real server and a real database, then replayed
/// with both gone.
@Suite struct RecordedDayTests {
  private static let handler = """
    const wait = (contId, effect, args) => {
      const call = {effect, args};
      return Async.await(Hash.sha256(call), contId, call);
    };
    export default function (request) {
      const url = `${request.base}/item/${request.number}`;
      const fetched = HttpOut.get(url);
      DbWrite.execute("INSERT INTO items VALUES (?, ?)", [request.number, Result.unwrapOr(fetched, {body: "none"}).body]);
      const count = DbRead.query("SELECT count(*) AS n FROM items", []);
      Log.info("item", {number: request.number, count});
      if (request.number % 17 === 0) { throw {count, late: Clock.now()}; }
      return {
        fetched, count, posted: HttpOut.post(`${request.base}/echo`, `number ${request.number}`),
        refused: HttpOut.get("https://example.com/"), broken: DbRead.query("SELECT * FROM nowhere", []),
        time: Clock.now(), chance: Random.bytes(8), dice: Random.int(1, 6), id: Uuid.v4(),
        awaited: [wait(1, "Clock.now", []), wait(1, "Clock.now", []), wait(2, "HttpOut.get", [url])]
      };
    }
    """

  private func pool(_ budgets: MachineLayout.Budgets = .standard) throws -> SandboxPool {
    try SandboxPool(
      VerifiedSnapshot(compiledHere: Guest.image(Self.handler), path: "test"), budgets: budgets, idleLimit: 4)
  }

  @Test func aThousandRequestsReplayTheSame() throws {
    let folder = try Workspace()
    let server = try LoopbackServer(in: folder)
    let base = "http://127.0.0.1:\(server.port)"
    let file = try DatabaseFile(folder("day.db"), .creating)
    try file.withWriter { (connection) throws(SQLiteError) in
      try connection.execute("CREATE TABLE items (number INTEGER, body TEXT)")
    }
    let http = try HttpOutEffect([try #require(HTTPGrant(base))])
    let grants = Grants([
      http, DbReadEffect(file), DbWriteEffect(file), ClockEffect(), RandomEffect(), UuidEffect(),
      LogEffect { _ in },
    ])
    let host = try RequestHost(pool: try pool(), grants: grants, journal: try Journal(file))
    for number in 0..<1000 {
      let answer = try host.answer(
        SecretBytes(copying: Array(#"{"base":"\#(base)","number":\#(number)}"#.utf8)),
        identity: RequestIdentity(requestID: "r\(number)", accountID: "a", functionVersion: "1"), gasLimit: .standard)
      #expect(answer.report.run.outcome == (number % 17 == 0 ? "Thrown" : "value"))
    }
    server.stop()
    try file.withWriter { (connection) throws(SQLiteError) in try connection.execute("DROP TABLE items") }

    var replay = Replay { (budgets) throws(SnapshotError) in
      do { return try pool(budgets) } catch { throw SnapshotError(.notASnapshot, path: "\(error)") }
    }
    var same = 0
    try JournalReader(file).forEachRequest { (row) throws(HostFault) in
      do throws(SnapshotError) {
        let result = try replay.run(row)
        #expect(result.divergences == [], "\(result.requestID ?? "")")
        if result.divergences.isEmpty { same += 1 }
      } catch {
        throw HostFault(error.message)
      }
    }
    #expect(same == 1000)
  }
}
