import Foundation
import TestSupport
import Testing

/// `mqjs run` with files that are not databases, busy databases, and databases that reject a program's writes.
@Suite struct DatabaseTests {
  private static let handler = """
    export default function (request) {
      return DbWrite.execute("INSERT INTO cars (owner) VALUES (?)", [request.owner]);
    }

    """

  /// A program that writes, and a database made by Python.
  private func garage() throws -> Tool {
    let tool = try Tool()
    try tool.write(Self.handler, to: "app.js")
    try sql(
      tool,
      """
      CREATE TABLE owners (id INTEGER PRIMARY KEY);
      CREATE TABLE cars (owner REFERENCES owners DEFERRABLE INITIALLY DEFERRED);
      INSERT INTO owners VALUES (1);
      """)
    return tool
  }

  @discardableResult
  private func sql(_ tool: Tool, _ text: String) throws -> String {
    let script =
      "import sqlite3, sys; d = sqlite3.connect('app.db'); d.executescript(sys.argv[1]); print(list(d.execute(sys.argv[2])))"
    let count = "SELECT count(*) FROM cars"
    return try tool.folder.run("python3", ["-c", script, text, count]).successfulOutput
  }

  private func run(_ tool: Tool, owner: Int, id: String, _ options: String...) throws -> Ending {
    try tool.folder.run(
      Tool.path, ["run", "app.js", "--request", "-", "--request-id", id] + options, input: #"{"owner":\#(owner)}"#)
  }

  /// An option whose value is not the name of a usable file is a usage error, reported before anything runs.
  @Test(arguments: ["", ":memory:", "file:app.db", "file:x?mode=memory", ".", "/dev/null", "absent/app.db"])
  func namesThatAreNoFileAreRefused(name: String) throws {
    let tool = try garage()
    let before = try FileManager.default.contentsOfDirectory(atPath: tool.folder("")).count
    for option in [["--grant", "DbWrite=\(name)"], ["--grant", "DbRead=\(name)"], ["--journal", name]] {
      let ending = try tool.folder.run(
        Tool.path,
        ["run", "app.js", "--request", "-"] + option + (option[1] == name ? ["--grant", "DbWrite=app.db"] : []),
        input: #"{"owner":1}"#)
      // If the file name is empty, the message can only name the option.
      let whole = option.joined(separator: " ")
      let place = name.isEmpty ? whole.trimmingCharacters(in: ["=", " "]) : whole
      expect(ending, .usage, output: "", says: "error: \(place): ")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: tool.folder("")).count == before)
  }

  /// If the database rejects a request's writes, the error is recorded as the answer, and a repeated request gets it
  /// again.
  @Test func writesThatTheDatabaseRefusesAreARecordedAnswer() throws {
    let tool = try garage()
    try tool.release(Self.handler)
    for _ in 1...2 {
      let ending = try tool.folder.run(
        Tool.path,
        [
          "run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--request-id", "a", "--grant", "DbWrite=app.db",
          "--journal", "app.db", "--audit", "audit.log",
        ], input: #"{"owner":7}"#)
      expect(ending, .guestError, output: #"{"error":"TransactionAborted"}"# + "\n", says: "TransactionAborted")
    }
    #expect(try sql(tool, "") == "[(0,)]\n")
    let replay = try tool("replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem")
    expect(replay, .done)
    #expect(replay.output.contains("the same   1\ndifferent  0\n"))
    #expect(try tool("explain", "TransactionAborted").successfulOutput.contains("DEFERRABLE INITIALLY DEFERRED"))
  }

  /// Many processes run different requests at once, before any of them has created the journal.
  @Test func manyProcessesShareADatabase() throws {
    let tool = try garage()
    try onThreads(24) { thread in
      let ending = try run(
        tool, owner: 1, id: "r\(thread)", "--grant", "DbWrite=app.db", "--journal", "app.db")
      expect(ending, .done, output: #"{"Ok":{"changes":1}}"# + "\n")
    }
    #expect(try sql(tool, "") == "[(24,)]\n")
  }
}
