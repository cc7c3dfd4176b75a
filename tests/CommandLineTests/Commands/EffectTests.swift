import TestSupport
import Testing

/// `mqjs run` with effects, a journal and an audit log; `mqjs replay`.
@Suite struct EffectTests {
  static let handler = """
    export default function (request) {
      Log.info("booking", {cents: request.cents});
      DbWrite.execute("INSERT INTO bookings VALUES (?)", [request.cents]);
      return {sum: DbRead.query("SELECT sum(cents) AS cents FROM bookings", []).Ok[0].cents, id: Uuid.v4().Ok};
    }

    """

  /// A signed snapshot, a database with an empty table, and the arguments of a run with all grants.
  private func office() throws -> (tool: Tool, run: [String]) {
    let tool = try Tool()
    try tool.release(Self.handler)
    let script = "import sqlite3; sqlite3.connect('app.db').execute('CREATE TABLE bookings (cents INTEGER)')"
    _ = try tool.folder.run("python3", ["-c", script]).successfulOutput
    return (
      tool,
      [
        "run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--grant", "Log=app.log", "--grant", "Uuid",
        "--grant", "DbRead=app.db", "--grant", "DbWrite=app.db", "--journal", "app.db", "--audit", "audit.log",
        "--audit-key", "key.pem",
      ]
    )
  }

  @Test func requestsAreRecordedRepeatedAndReplayed() throws {
    let (tool, run) = try office()
    func book(_ cents: Int, id: String) throws -> Ending {
      try tool.folder.run(
        Tool.path, run + ["--request-id", id, "--report", "report.json"], input: "{\"cents\":\(cents)}")
    }
    let first = try book(500, id: "a")
    expect(first, .done)
    #expect(first.output.contains(#""sum":500"#))
    let report = String(decoding: try tool.folder.read("report.json"), as: UTF8.self)
    #expect(report.contains(#""effect":"DbWrite.execute""#) && report.contains(#""outcome":"Ok""#))
    #expect(try book(250, id: "b").output.contains(#""sum":750"#))
    // A repeated request gets the same answer. A different request with the same id is refused.
    #expect(try book(500, id: "a").output == first.output)
    #expect(try String(decoding: tool.folder.read("report.json"), as: UTF8.self) == report)
    expect(try book(9, id: "a"), .refused, output: "", says: "SeedReuse: request a was used before for another input")
    let lines = String(decoding: try tool.folder.read("app.log"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix(#"{"data":{"cents":500},"level":"info","message":"booking""#))

    let audit = try tool("audit", "verify", "audit.log", "--key", "key.pub.pem")
    expect(audit, .done)
    #expect(audit.output.contains("chain         whole") && audit.output.contains("not anchored  0 lines"))
    let log = String(decoding: try tool.folder.read("audit.log"), as: UTF8.self)
    #expect(log.contains(#""gasLimit":10000000"#) && log.contains(#""message":"gasLimit=10000000""#))

    let replay = try tool("replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem")
    expect(replay, .done)
    #expect(replay.output.contains("requests   2\nthe same   2\ndifferent  0\n"))
    let tamper = "UPDATE mqjs_requests SET gas_limit = 5 WHERE id = 2"
    let script = "import sqlite3; c = sqlite3.connect('app.db'); c.execute('\(tamper)'); c.commit()"
    _ = try tool.folder.run("python3", ["-c", script]).successfulOutput
    expect(
      try tool("replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem"), .refused,
      says: "request 2 (b): the recorded seed does not follow from identity, snapshot and gas limit")
  }

  /// An invalid limit is answered before the program runs. The audit log has only the refusal.
  @Test(arguments: ["0", "2000000001", "-1", "007", "1e6", " 5", "abc", ""])
  func limitsThatCannotBeSetAreOnlyARefusalInTheLog(limit: String) throws {
    let tool = try Tool()
    try tool.write("export default function (request) { Log.info(\"ran\"); return 1; }", to: "app.js")
    let ending = try tool(
      "run", "app.js", "--request", "-", "--grant", "Log=app.log", "--audit", "audit.log", "--request-id", "a",
      "--journal", "app.db", input: "{}", environment: ["MTP_GAS_LIMIT": limit])
    expect(ending, .guestError, output: #"{"error":"GasLimitOutOfRange","value":"\#(limit)"}"# + "\n")
    #expect(try tool.folder.read("app.log") == [])
    let lines = String(decoding: try tool.folder.read("audit.log"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2 && lines[1].contains(#""kind":"checkpoint""#))
    #expect(lines[0].contains(#""detail":"\#(limit)","error":"GasLimitOutOfRange""#))
  }

  /// Python computes the seed in the report from the snapshot's file and the request's identity.
  @Test(arguments: ["1", "10000000", "2000000000"])
  func theSeedIsWhatPythonComputes(limit: String) throws {
    let tool = try Tool()
    try tool.release("export default function (request) { return 1; }")
    for id in ["r", " ", "Ünïcödé-\u{1f600}"] {
      let ending = try tool(
        "run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--request-id", id, "--account-id", "é",
        "--function-version", "$1", "--report", "report.json", input: "{}", environment: ["MTP_GAS_LIMIT": limit])
      expect(ending, limit == "1" ? .guestError : .done)
      let script = """
        import hashlib, json, sys
        content = hashlib.sha256(open("app.msqs", "rb").read()).digest()
        parts = [text.encode() for text in (sys.argv[1], "é", "$1", "mtpscript-v5.1")] + [content, sys.argv[2].encode()]
        report = json.load(open("report.json"))
        assert report["seed"] == hashlib.sha256(b"".join(parts)).hexdigest(), report
        assert report["gasLimit"] == int(sys.argv[2]), report
        """
      expect(try tool.folder.run("python3", ["-c", script, id, limit]), .done)
    }
  }

  @Test(arguments: [
    (["--grant", "Moon"], "there is no such capability"), (["--grant", "DbRead"], "which database?"),
    (["--grant", "DbWrite=nowhere.db"], "the database must exist: create it"),
    (["--grant", "Clock=now"], "has no scope"), (["--grant", "Uuid", "--grant", "Uuid"], "granted twice"),
    (["--grant", "HttpOut"], "which server?"), (["--grant", "HttpOut=http://x.org/path"], "is not a server"),
    (["--secret-header", "x.org=a:b"], "not among those granted"),
    (["--grant", "DbRead=missing.db"], "missing.db: unable to open"), (["--audit-key", "key.pem"], "--audit names"),
  ])
  func grantsThatCannotBeAreRefused(arguments: [String], complaint: String) throws {
    let tool = try Tool()
    try tool.write("export default function (request) { return 1; }", to: "app.js")
    let ending = try tool.folder.run(Tool.path, ["run", "app.js", "--request", "-"] + arguments, input: "1")
    expect(ending, .usage, output: "", says: complaint)
  }

  /// The run is refused before the program starts, and the audit log records it.
  @Test func missingGrantsAreRefusedAndAudited() throws {
    let (tool, _) = try office()
    let arguments = ["run", "app.js", "--request", "-", "--grant", "Log", "--grant", "DbRead=app.db"]
    let ending = try tool.folder.run(Tool.path, arguments + ["--audit", "audit.log"], input: #"{"cents":1}"#)
    expect(ending, .refused, output: "", says: "GrantMissing: the program calls DbWrite, Uuid, which is not granted")
    #expect(ending.errorOutput.contains("--grant DbWrite=FILE --grant Uuid"))
    #expect(String(decoding: try tool.folder.read("audit.log"), as: UTF8.self).contains("GrantMissing"))
  }

  /// A request's writes and its record are committed together, in one file.
  @Test func writesAndTheirRecordMustBeInOneFile() throws {
    let (tool, run) = try office()
    var arguments = run
    arguments[(arguments.firstIndex(of: "--journal") ?? 0) + 1] = "other.db"
    let ending = try tool.folder.run(Tool.path, arguments, input: #"{"cents":1}"#)
    expect(ending, .usage, output: "", says: "is not in the database that the program writes to")
  }
}
