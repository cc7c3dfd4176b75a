import Foundation
import TestSupport
import Testing

/// Two options that name the same file, and files that can't be written. Both are refused before anything runs.
@Suite struct NamedFileTests {
  private static let source = "export default function (request) { Log.info('a'); return Ok(1); }\n"

  private func office() throws -> Tool {
    let tool = try Tool()
    try tool.write(Self.source, to: "app.js")
    try tool.write("export const a = 1;\n", to: "part.js")
    try tool.write("import {a} from './part.js';\nexport default function (r) { return a; }\n", to: "whole.js")
    try tool.write("{}", to: "request.json")
    try tool.folder.write([], to: "there.log")
    for (link, target) in [("to-log", "there.log"), ("to-nothing", "new.log"), ("to-link", "to-nothing")] {
      try FileManager.default.createSymbolicLink(atPath: tool.folder(link), withDestinationPath: target)
    }
    try FileManager.default.linkItem(atPath: tool.folder("there.log"), toPath: tool.folder("hard"))
    try FileManager.default.createDirectory(atPath: tool.folder("folder"), withIntermediateDirectories: true)
    return tool
  }

  @Test(arguments: [
    ["--report", "app.db", "--journal", "app.db"], ["--audit", "x", "--journal", "x"],
    ["--grant", "Log=x", "--journal", "x"],
    ["--report", "./x", "--audit", "folder/../x"], ["--report", "to-log", "--audit", "there.log"],
    ["--audit", "to-link", "--grant", "Log=new.log"], ["--audit", "hard", "--grant", "Log=there.log"],
    ["--report", "x-intents", "--journal", "x"], ["--audit", "x-wal", "--journal", "x"],
    ["--report", "x-intents-wal", "--journal", "x"], ["--report", "request.json"], ["--report", "app.js"],
    ["--audit", "folder/../request.json"], ["--grant", "Log=x", "--grant", "DbWrite=x"],
    ["--audit", "x", "--audit-key", "x"], ["--host-key", "x", "--report", "x"],
  ])
  func oneFileUnderTwoNamesIsRefused(options: [String]) throws {
    let tool = try office()
    let before = try FileManager.default.contentsOfDirectory(atPath: tool.folder.folder.path).sorted()
    let run = ["run", "app.js", "--request", "request.json"] + options
    let log = options.contains { $0.hasPrefix("Log") } ? [] : ["--grant", "Log=app.log"]
    let ending = try tool.folder.run(Tool.path, run + log)
    expect(ending, .usage, output: "", says: "are the same file: ")
    #expect(try FileManager.default.contentsOfDirectory(atPath: tool.folder.folder.path).sorted() == before)
    #expect(try tool.folder.read("request.json") == Array("{}".utf8))
  }

  @Test func theRuntimeAndOtherCommandsRefuseItToo() throws {
    let tool = try office()
    try tool.release(Self.source)
    let runtime = Products.deployed.appending(path: "mqjs-runtime").path
    expect(
      try tool.folder.run(runtime, ["app.msqs", "key.pub.pem", "--report", "x", "--audit", "./x"], input: "{}"), .usage,
      output: "", says: "--audit and --report are the same file: ./x, x")
    expect(
      try tool.folder.run(runtime, ["app.msqs", "key.pub.pem", "--report", "app.msqs.sig"], input: "{}"), .usage,
      output: "", says: "the signature and --report")
    for arguments in [
      ["build", "whole.js", "-o", "whole.js"], ["build", "whole.js", "-o", "folder/../part.js"],
      ["profile", "whole.js", "--request", "request.json", "-o", "request.json"],
      ["sign", "app.msqs", "--key", "app.msqs.sig"],
    ] {
      expect(try tool.folder.run(Tool.path, arguments), .usage, output: "", says: "are the same file: ")
    }
    #expect(String(decoding: try tool.folder.read("part.js"), as: UTF8.self) == "export const a = 1;\n")
  }

  /// The shell can redirect standard output to a file that an option also names.
  @Test func standardOutputIsAFileAsWell() throws {
    let tool = try office()
    let line = "\(Tool.path) run whole.js --request request.json --report out > out"
    let ending = try tool.folder.run("sh", ["-c", line])
    expect(ending, .usage, says: "standard output and --report are the same file: out")
    // Both streams may go to the same file, and several options may name the same device.
    let both = try tool.folder.run(
      "sh", ["-c", "\(Tool.path) run whole.js --request request.json --report /dev/null --audit /dev/null > out 2>&1"])
    expect(both, .done)
  }

  @Test func databasesMayBeOneFile() throws {
    let tool = try office()
    _ = try tool.folder.run(
      "python3", ["-c", "import sqlite3; sqlite3.connect('app.db').execute('CREATE TABLE t (a)')"]
    ).successfulOutput
    try tool.write(
      "export default function (r) { return [DbRead.query('SELECT 1 AS a', []), DbWrite.execute('DELETE FROM t', [])]; }",
      to: "db.js")
    expect(
      try tool(
        "run", "db.js", "--request", "request.json", "--grant", "DbRead=app.db", "--grant", "DbWrite=./app.db",
        "--journal",
        "folder/../app.db"), .done)
  }

  @Test(arguments: [
    ["--report", "none/x"], ["--report", "folder"], ["--audit", "none/x"], ["--audit", "folder"],
    ["--journal", "none/x"],
    ["--journal", "folder"], ["--grant", "Log=none/x"],
  ])
  func filesThatCannotBeWrittenAreRefused(options: [String]) throws {
    let tool = try office()
    try tool.write("export default function (r) { return 1; }\n", to: "app.js")
    let run = ["run", "app.js", "--request", "request.json"] + options
    // The message begins with the file, or with the option and the file.
    let file = try #require(options[1].split(separator: "=").last)
    expect(try tool.folder.run(Tool.path, run), .usage, output: "", says: "\(file): ")
  }

  /// This failure can't be detected in advance. The answer has been written, and the message says so.
  @Test func aReportThatFailsAfterTheAnswerSaysSo() throws {
    let tool = try office()
    let ending = try tool("run", "whole.js", "--request", "request.json", "--report", "/dev/full")
    expect(ending, .fault, output: "1\n", says: "the request was answered, and what it did is committed")
  }

  /// If a log line is lost, the request must not be answered: the answer would have no record.
  @Test(arguments: [
    "--grant Log 2>/dev/full", "--grant Log 2>&-", "--grant Log=/dev/full", "--grant Log --journal app.db 2>/dev/full",
  ])
  func logLinesThatCannotBeWrittenAreAFault(options: String) throws {
    let tool = try office()
    let line = "\(Tool.path) run app.js --request request.json --audit audit.log \(options)"
    expect(try tool.folder.run("sh", ["-c", line]), .fault, output: "")
    let log = String(decoding: try tool.folder.read("audit.log"), as: UTF8.self)
    #expect(log.contains(#""kind":"fault""#) && !log.contains(#""kind":"end""#))
  }
}
