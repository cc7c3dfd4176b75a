import Foundation
import TestSupport
import Testing

/// `mqjs-runtime`: runs signed snapshots, and contains no compiler.
@Suite struct RuntimeTests {
  static let path = Products.deployed.appending(path: "mqjs-runtime").path
  static let source = "export default function (request) { return {n: 10 / request.n}; }\n"

  private func run(_ tool: Tool, _ arguments: [String], input: String, gasLimit: String? = nil) throws -> Ending {
    try tool.folder.run(
      RuntimeTests.path, arguments, input: input, environment: gasLimit.map { ["MTP_GAS_LIMIT": $0] } ?? [:])
  }

  /// The same bytes as `mqjs run` prints, except for the final newline.
  @Test(arguments: [#"{"n":5}"#, #"{"n":0}"#, "{}", "{"])
  func answersAreThoseOfTheCommand(request: String) throws {
    let tool = try Tool()
    try tool.release(Self.source)
    let own = try run(tool, ["app.msqs", "key.pub.pem", "id"], input: request)
    let command = try tool("run", "app.msqs", "--key", "key.pub.pem", "--request", "-", input: request)
    #expect(own.output + "\n" == command.output)
    #expect(own.status == command.status && !own.wasKilled)
  }

  @Test func badLimitsKeysAndSnapshotsAreRefused() throws {
    let tool = try Tool()
    try tool.release(Self.source)
    let arguments = ["app.msqs", "key.pub.pem"]
    expect(try run(tool, arguments, input: "{}", gasLimit: "x"), .guestError)
    expect(try run(tool, ["app.msqs"], input: "{}"), .usage, output: "", says: "a key")
    expect(try run(tool, ["app.msqs", "none.pem"], input: "{}"), .usage, output: "", says: "none.pem")
    expect(try run(tool, ["app.msqs", "key.pem"], input: "{}"), .refused, output: "", says: "is a private key")
    try tool.folder.write(try tool.folder.read("app.msqs") + [0], to: "app.msqs")
    expect(try run(tool, arguments, input: "{}"), .refused, output: "", says: "does not belong to this file")
  }

  // MARK: - Effects and records

  /// A program with effects, a database, and keys.
  private func office() throws -> Tool {
    let tool = try Tool()
    try tool.release(EffectTests.handler)
    let script = "import sqlite3; sqlite3.connect('app.db').execute('CREATE TABLE bookings (cents INTEGER)')"
    _ = try tool.folder.run("python3", ["-c", script]).successfulOutput
    return tool
  }

  private static let grants = [
    "--grant", "Log=app.log", "--grant", "Uuid", "--grant", "DbRead=app.db", "--grant=DbWrite=app.db", "--journal",
    "app.db", "--audit", "audit.log", "--audit-key", "key.pem",
  ]

  /// The command can replay, answer from and verify the runtime's records, and the reverse.
  @Test func recordsAreInterchangeableWithThoseOfTheCommand() throws {
    let tool = try office()
    let own = try run(
      tool, ["app.msqs", "key.pub.pem", "a", "--report", "own.json"] + Self.grants, input: #"{"cents":5}"#)
    expect(own, .done)
    #expect(own.output.contains(#""sum":5"#))
    let command = ["run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--report", "report.json"]
    let again = try tool.folder.run(
      Tool.path, command + ["--request-id", "a"] + Self.grants, input: #"{"cents":5}"#)
    expect(again, .done, output: own.output + "\n")
    #expect(try tool.folder.read("own.json") == tool.folder.read("report.json"))
    let other = try run(tool, ["app.msqs", "key.pub.pem", "a"] + Self.grants, input: #"{"cents":6}"#)
    expect(other, .refused, output: "", says: "SeedReuse")
    expect(try tool("replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem"), .done)
    expect(try tool("audit", "verify", "audit.log", "--key", "key.pub.pem"), .done)
    #expect(String(decoding: try tool.folder.read("app.log"), as: UTF8.self).contains("booking"))
  }

  @Test func missingGrantsAreRefusedAndAudited() throws {
    let tool = try office()
    let arguments = ["app.msqs", "key.pub.pem", "--grant", "Log", "--audit", "audit.log"]
    expect(
      try run(tool, arguments, input: "{}"), .refused, output: "",
      says: "GrantMissing: the program calls DbRead, DbWrite, Uuid, which is not granted")
    #expect(String(decoding: try tool.folder.read("audit.log"), as: UTF8.self).contains("GrantMissing"))
  }

  @Test func classifiedRequestsAreSealed() throws {
    let tool = try Tool()
    try tool.release(ClassifyTests.handler)
    _ = try tool("keygen", "--host-key", "-o", "host.key").successfulOutput
    let arguments = [
      "app.msqs", "key.pub.pem", "a", "--classify", "/card", "--allow-unlocked", "--journal", "app.db", "--host-key",
      "host.key", "--account-id", "7", "--function-version", "2", "--report", "report.json",
    ]
    let ending = try run(tool, arguments, input: ClassifyTests.payment)
    expect(ending, .done, output: #"{"last":"1234"}"#)
    #expect(String(decoding: try tool.folder.read("report.json"), as: UTF8.self).contains(#""journal":"sealed""#))
    let journal = String(decoding: try tool.folder.read("app.db"), as: UTF8.self)
    #expect(!journal.contains("4000123412341234"))
    expect(
      try tool(
        "replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem", "--host-key", "host.key",
        "--allow-unlocked"), .done)
    expect(
      try run(tool, ["app.msqs", "key.pub.pem", "--classify", "/none"], input: "{}"), .usage, output: "",
      says: "names nothing in the request")
  }

  @Test(arguments: [
    (["app.msqs", "key.pub.pem", "a", "b"], "a snapshot and a key"), (["a", "b", "--moon", "x"], "unknown option"),
    (["a", "b", "--grant"], "missing value"), (["a", "b", "--audit-key", "k"], "--audit names"),
    (["a", "b", "--allow-unlocked"], "--classify"), (["a", "b", "--classify", "x"], "is not a JSON pointer"),
    (["app.msqs", "key.pub.pem", "--grant", "Moon"], "there is no such capability"),
  ])
  func wrongCommandLinesAreRefused(arguments: [String], complaint: String) throws {
    let tool = try Tool()
    try tool.release(Self.source)
    expect(try run(tool, arguments, input: "{}"), .usage, output: "", says: complaint)
  }

  @Test func helpIsGivenOnlyInPlaceOfArguments() throws {
    let ending = try run(try Tool(), ["--help"], input: "")
    expect(ending, .done)
    #expect(ending.output.hasPrefix("USAGE: mqjs-runtime"))
    // In the place of an id, `--help` is not a request for help.
    let tool = try Tool()
    try tool.release(Self.source)
    expect(try run(tool, ["app.msqs", "key.pub.pem", "--help"], input: "{}"), .usage, output: "")
    expect(try run(tool, [], input: "{}"), .usage, output: "", says: "a snapshot and a key")
  }

  /// The executable contains no function of the compiler. The check on the command shows that the search would find
  /// them.
  @Test func noCompilerIsLinked() throws {
    let folder = try Workspace()
    func symbols(_ path: String, of module: String) throws -> Int {
      let names = try folder.run("nm", [path]).successfulOutput
      return names.split(separator: "\n").count { $0.contains("$s\(module.utf8.count)\(module)") }
    }
    #expect(try symbols(Tool.path, of: "Compiler") > 1000)
    #expect(try symbols(Self.path, of: "Engine") > 1000)
    #expect(try symbols(Self.path, of: "Compiler") == 0)
    #expect(try symbols(Self.path, of: "ArgumentParser") == 0)
  }
}
