import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments of a request that writes to a database and calls a server. `make crash-test` tries 200
/// moments.
@Suite struct CrashTests {
  private static let handler = """
    export default function (request) {
      const written = DbWrite.execute("INSERT INTO bookings VALUES (?)", [request.number]);
      const posted = HttpOut.post(`${request.base}/item`, `booking ${request.number}`);
      DbWrite.execute("UPDATE bookings SET number = number WHERE number = ?", [request.number]);
      return {written, sent: Result.isOk(posted), why: posted};
    }

    """

  private static var pointCount: Int {
    ProcessInfo.processInfo.environment["CRASH_POINTS"].flatMap { Int($0) } ?? 8
  }

  /// The request is repeated after each crash. Its row then exists exactly once, and the server was called at most
  /// once. The answer says whether the call is known to have happened, and later answers are the same. This also holds
  /// for sealed records.
  @Test(arguments: [[], ["--host-key", "host.key", "--allow-unlocked"]])
  func aRequestKilledAtAnyMomentIsDoneAtMostOnce(sealing: [String]) throws {
    let tool = try Tool()
    try tool.release(Self.handler)
    _ = try tool("keygen", "--host-key", "-o", "host.key").successfulOutput
    let server = try LoopbackServer(in: tool.folder)
    let base = "http://127.0.0.1:\(server.port)"
    try sql("CREATE TABLE bookings (number INTEGER)", in: tool)
    let classification = sealing.isEmpty ? [] : ["--classify", "/number"]
    let arguments =
      ["run"] + sealing + classification + [
        "app.msqs", "--key", "key.pub.pem", "--request", "-", "--grant", "DbWrite=app.db", "--grant",
        "HttpOut=\(base)", "--journal", "app.db", "--audit", "audit.log", "--audit-key", "key.pem", "--request-id",
      ]
    func run(_ number: Int) throws -> Ending {
      try tool.folder.run(
        Tool.path, arguments + ["r\(number)"], input: #"{"base":"\#(base)","number":\#(number)}"#)
    }
    let begin = ContinuousClock.now
    expect(try run(0), .done)
    let duration = ContinuousClock.now - begin
    var random = SystemRandomNumberGenerator()
    for number in 1...Self.pointCount {
      let moment = duration * Double.random(in: 0...1.1, using: &random)
      try kill(
        arguments + ["r\(number)"], input: #"{"base":"\#(base)","number":\#(number)}"#, after: moment, in: tool)
      let again = try run(number)
      expect(again, .done)
      let arrivals = server.requests.filter { $0 == "POST /item booking \(number)" }.count
      #expect(arrivals <= 1, "request \(number), killed after \(moment)")
      #expect(again.output.contains(#""sent":true"#) == !again.output.contains("OutcomeUnknown"))
      if again.output.contains(#""sent":true"#) { #expect(arrivals == 1) }
      #expect(try sql("SELECT count(*) FROM bookings WHERE number = \(number)", in: tool) == "1")
      #expect(try run(number).output == again.output)
    }
    #expect(try sql("SELECT count(*) FROM mqjs_requests", in: tool) == String(Self.pointCount + 1))
    let replay = ["replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem"]
    expect(try tool.folder.run(Tool.path, replay + sealing), .done)
    expect(try tool("audit", "verify", "audit.log", "--key", "key.pub.pem"), .done)
  }

  /// Starts the command and kills it.
  private func kill(_ arguments: [String], input: String, after moment: Duration, in tool: Tool) throws {
    try tool.write(input, to: "request.json")
    let request = try FileHandle(forReadingFrom: URL(fileURLWithPath: tool.folder("request.json")))
    let process = try ChildProcess(Tool.path, arguments, in: tool.folder.folder, input: request)
    usleep(UInt32(moment / .microseconds(1)))
    process.end()
    try request.close()
  }

  /// The first value of the statement's result.
  @discardableResult
  private func sql(_ statement: String, in tool: Tool) throws -> String {
    let script = """
      import sqlite3, sys
      connection = sqlite3.connect("app.db")
      row = connection.execute(sys.argv[1]).fetchone()
      connection.commit()
      print(row[0] if row else "", end="")
      """
    return try tool.folder.run("python3", ["-c", script, statement]).successfulOutput
  }
}
