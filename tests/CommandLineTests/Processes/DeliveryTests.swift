import Foundation
import TestSupport
import Testing

/// One request, delivered many times to many processes. Some of the processes are killed.
@Suite struct DeliveryTests {
  /// Sends and writes in either order. `filler` can make the answer longer than a pipe holds.
  private static func handler(writesFirst: Bool) -> String {
    let send = "const sent = HttpOut.post(request.url, `booking ${request.number}`);"
    let write = #"const written = DbWrite.execute("INSERT INTO bookings VALUES (?)", [request.number]);"#
    return """
      export default function (request) {
        \(writesFirst ? write + send : send + write)
        return {written, sent: Result.isOk(sent) ? "sent" : sent.Err.code, filler: "x".repeat(request.filler)};
      }
      """
  }

  /// A snapshot, a server, and a database with a journal.
  private struct Counter {
    let tool: Tool
    let server: LoopbackServer

    init(writesFirst: Bool) throws {
      tool = try Tool()
      try tool.release(DeliveryTests.handler(writesFirst: writesFirst))
      server = try LoopbackServer(in: tool.folder)
      _ = try python("connection.execute('CREATE TABLE bookings (number INTEGER)')")
      // Create the journal here, so that all tests begin with the same files.
      expect(try deliver("0", path: "item"), .done)
    }

    private var arguments: [String] {
      [
        "run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--grant", "DbWrite=app.db", "--grant",
        "HttpOut=http://127.0.0.1:\(server.port)", "--journal", "app.db", "--request-id",
      ]
    }

    private func request(_ number: String, path: String, filler: Int) -> String {
      #"{"filler":\#(filler),"number":\#(number),"url":"http://127.0.0.1:\#(server.port)/\#(path)"}"#
    }

    func deliver(_ number: String, path: String, filler: Int = 0) throws -> Ending {
      try tool.folder.run(Tool.path, arguments + ["r\(number)"], input: request(number, path: path, filler: filler))
    }

    /// Begins a delivery and returns its process. The caller must kill it or wait for it.
    func begin(_ number: String, path: String, filler: Int = 0, output: Pipe? = nil) throws -> ChildProcess {
      let name = "\(UUID().uuidString).json"
      try tool.write(request(number, path: path, filler: filler), to: name)
      let process = try ChildProcess(
        Tool.path, arguments + ["r\(number)"], in: tool.folder.folder,
        input: FileHandle(forReadingFrom: URL(fileURLWithPath: tool.folder(name))), output: output?.fileHandleForWriting
      )
      try output?.fileHandleForWriting.close()
      return process
    }

    /// The number of calls that the server received for a booking.
    func arrivals(of number: String) -> Int { server.requests.count { $0.hasSuffix(" booking \(number)") } }

    /// Runs a line of Python on the database and returns its output.
    func python(_ line: String) throws -> String {
      let script = "import sqlite3\nconnection = sqlite3.connect('app.db')\n\(line)\nconnection.commit()"
      return try tool.folder.run("python3", ["-c", script]).successfulOutput
    }

    func bookings(of number: String) throws -> String {
      try python(
        "print(connection.execute('SELECT count(*) FROM bookings WHERE number = \(number)').fetchone()[0], end='')")
    }
  }

  /// Waits for another process to do something. The limit of one minute is generous for any machine.
  private func wait(until isDone: () throws -> Bool) throws {
    for _ in 0..<1200 {
      if try isDone() { return }
      usleep(50_000)
    }
    Issue.record("it did not come to that within a minute")
  }

  /// Fifty processes receive the same request while the server is slow to answer.
  @Test(arguments: [true, false])
  func fiftyProcessesSendOnce(writesFirst: Bool) throws {
    let counter = try Counter(writesFirst: writesFirst)
    let processes = try (0..<50).map { _ in
      let output = Pipe()
      return (try counter.begin("1", path: "slow?seconds=0.5", output: output), output)
    }
    var answers: Set<String> = []
    for (process, output) in processes {
      answers.insert(String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self))
      #expect(process.wait() == 0)
    }
    #expect(answers.count == 1 && answers.allSatisfy { $0.contains(#""sent":"sent""#) })
    #expect(counter.arrivals(of: "1") == 1)
    #expect(try counter.bookings(of: "1") == "1")
  }

  // MARK: - Killed at every step

  /// Killed while it waits for the first delivery. The first delivery is not disturbed.
  @Test func aDeliveryKilledWhileItWaitsDisturbsNobody() throws {
    let counter = try Counter(writesFirst: true)
    let first = try counter.begin("1", path: "slow?seconds=2")
    try wait { counter.arrivals(of: "1") == 1 }
    let second = try counter.begin("1", path: "slow?seconds=2")
    usleep(300_000)
    second.end()
    #expect(first.wait() == 0)
    #expect(try counter.deliver("1", path: "slow?seconds=2").output.contains(#""sent":"sent""#))
    #expect(counter.arrivals(of: "1") == 1)
    #expect(try counter.bookings(of: "1") == "1")
  }

  /// Killed while it waits for the database, before it has sent anything. The next delivery does all of it.
  @Test func aDeliveryKilledBeforeItSendsIsDoneByTheNext() throws {
    let counter = try Counter(writesFirst: true)
    try withDatabaseLocked(counter) {
      let process = try counter.begin("1", path: "item")
      usleep(500_000)
      process.end()
    }
    #expect(counter.arrivals(of: "1") == 0)
    #expect(try counter.deliver("1", path: "item").output.contains(#""sent":"sent""#))
    #expect(counter.arrivals(of: "1") == 1)
    #expect(try counter.bookings(of: "1") == "1")
  }

  /// Killed while the server is slow to answer and others wait. One of them takes over and sends nothing again.
  @Test func aCallIsNotSentAgainIfKilledWhileItWasSent() throws {
    let counter = try Counter(writesFirst: true)
    let first = try counter.begin("1", path: "slow?seconds=30")
    try wait { counter.arrivals(of: "1") == 1 }
    let others = try (0..<4).map { _ in try counter.begin("1", path: "slow?seconds=30") }
    usleep(200_000)
    first.end()
    for process in others { #expect(process.wait() == 0) }
    #expect(try counter.deliver("1", path: "slow?seconds=30").output.contains(#""sent":"OutcomeUnknown""#))
    #expect(counter.arrivals(of: "1") == 1)
    #expect(try counter.bookings(of: "1") == "1")
  }

  /// Killed after it has recorded the outcome of the call and before it commits. The next delivery knows the outcome
  /// too.
  @Test func aCallIsNotSentAgainIfKilledBeforeTheCommit() throws {
    let counter = try Counter(writesFirst: false)
    try withDatabaseLocked(counter) {
      let process = try counter.begin("1", path: "item")
      let settled =
        "print(sqlite3.connect('app.db-intents').execute('SELECT count(result) FROM mqjs_intents').fetchone()[0], end='')"
      try wait { try counter.python(settled) == "1" }
      process.end()
    }
    #expect(try counter.deliver("1", path: "item").output.contains(#""sent":"sent""#))
    #expect(counter.arrivals(of: "1") == 1)
    #expect(try counter.bookings(of: "1") == "1")
  }

  /// Killed after the commit, while its answer is stuck in a full pipe.
  @Test func aDeliveryKilledWhileItAnswersKeepsItsAnswer() throws {
    let counter = try Counter(writesFirst: true)
    let output = Pipe()
    let process = try counter.begin("1", path: "item", filler: 200_000, output: output)
    try wait { try counter.bookings(of: "1") == "1" }
    process.end()
    let again = try counter.deliver("1", path: "item", filler: 200_000)
    #expect(again.output.utf8.count > 200_000 && again.output.contains(#""sent":"sent""#))
    #expect(counter.arrivals(of: "1") == 1)
    #expect(try counter.bookings(of: "1") == "1")
  }

  /// Holds the write lock of the database during the body, as another program might.
  private func withDatabaseLocked(_ counter: Counter, _ body: () throws -> Void) throws {
    let script = """
      import sqlite3, sys
      connection = sqlite3.connect("app.db", isolation_level=None)
      connection.execute("BEGIN IMMEDIATE")
      print("locked", flush=True)
      sys.stdin.read()
      """
    let (input, output) = (Pipe(), Pipe())
    let holder = try ChildProcess(
      "python3", ["-c", script], in: counter.tool.folder.folder, input: input.fileHandleForReading,
      output: output.fileHandleForWriting)
    defer { holder.end() }
    _ = output.fileHandleForReading.availableData
    try body()
  }

  // MARK: - The command

  @Test func anotherSnapshotGivesTheRecordedAnswer() throws {
    let tool = try Tool()
    try tool.write("export default function (request) { return request + 1 }", to: "app.js")
    func run(_ arguments: String..., input: String = "1") throws -> Ending {
      try tool.folder.run(
        Tool.path, ["run", "app.js", "--request", "-", "--journal", "j.db", "--request-id", "r"] + arguments,
        input: input)
    }
    expect(try run(), .done, output: "2\n")
    try tool.write("export default function (request) { return request + 10 }", to: "app.js")
    let again = try run()
    #expect(again.status == 0 && again.output == "2\n")
    #expect(again.errorOutput.contains("the request was already answered, by snapshot"))
    #expect(again.errorOutput.contains("--new-attempt"))
    expect(try run(input: "2"), .refused, says: "request r was used before for another input")
    expect(try run("--new-attempt"), .done, output: "11\n")
    expect(try run("--gas-limit", "5000"), .done, output: "11\n")
  }

  /// An unset shell variable becomes an empty string, which is neither an id nor a file name.
  @Test(arguments: ["--request-id", "--account-id", "--function-version", "--report", "--audit", "--journal"])
  func emptyOptionsAreRefused(option: String) throws {
    let tool = try Tool()
    try tool.write("export default function (request) { return request }", to: "app.js")
    let ending = try tool("run", "app.js", "--request", "-", option, "", input: "1")
    expect(ending, .usage, output: "", says: "is empty")
  }

  @Test func anotherAccountsSeedIsRefused() throws {
    let tool = try Tool()
    try tool.write("export default function (request) { return request }", to: "app.js")
    func run(_ request: String, _ account: String, _ id: String) throws -> Ending {
      try tool(
        "run", "app.js", "--request", "-", "--journal", "j.db", "--account-id", account, "--request-id", id,
        input: request)
    }
    expect(try run("1", "12345678901", "7"), .done, output: "1\n")
    expect(try run("1", "2345678901", "71"), .refused, says: "SeedReuse: request 71 has the seed of another request")
  }
}
