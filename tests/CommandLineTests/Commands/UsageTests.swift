import Engine
import Foundation
import TestSupport
import Testing

/// Behavior that all commands share: help, exit statuses, streams, colour.
@Suite struct UsageTests {
  @Test func everyCommandHasHelpWithExamples() throws {
    let tool = try Tool()
    let commands = try tool.commands()
    #expect(commands.contains(["run"]) && commands.contains(["audit", "verify"]))
    for command in commands {
      let ending = try tool.folder.run(Tool.path, command + ["--help"])
      expect(ending, .done)
      #expect(ending.output.contains("USAGE: mqjs \(command.joined(separator: " "))"))
      #expect(ending.output.contains("\nExample"), "\(ending.command)")
    }
  }

  @Test func theREADMEListsEveryCommand() throws {
    let listed = try Repository.text("README.md").matches(of: #/(?m)^\| `mqjs ([a-z]+)/#).map { [String($0.output.1)] }
    #expect(Set(listed) == Set(try Tool().commands().map { [$0[0]] }))
  }

  @Test func theToolHasAVersionAndACompletionScript() throws {
    let tool = try Tool()
    expect(try tool("--help"), .done)
    let version = try tool("--version")
    expect(version, .done)
    let number = try Repository.text("VERSION")
    #expect(version.output == "mqjs \(number.dropLast()) (MTPScript 5.1)\n" && number.hasSuffix("\n"))
    let script = try tool("--generate-completion-script", "bash")
    expect(script, .done)
    #expect(script.output.contains("_mqjs"))
  }

  /// Ids come from outside. An id that looks like an option must not end in a success without an answer.
  @Test(arguments: [
    ["run", "app.js", "--request", "-", "--request-id", "--help"], ["run", "app.js", "-h"], ["verify", "--help", "x"],
    ["verify", "app.msqs", "--key", "--version"], [], ["audit"], ["run", "app.js", "--request", "-", "help", "--help"],
  ])
  func nothingSucceedsWithoutWork(arguments: [String]) throws {
    let tool = try Tool()
    let ending = try tool.folder.run(Tool.path, arguments)
    expect(ending, .usage, output: "")
    #expect(!ending.errorOutput.isEmpty)
  }

  @Test(arguments: [
    ["help", "run"], ["-h"], ["audit", "verify", "--help"], ["help", "audit", "verify"], ["run", "--version"],
  ])
  func requestsForHelpAreAnswered(arguments: [String]) throws {
    let ending = try Tool().folder.run(Tool.path, arguments)
    expect(ending, .done)
    #expect(!ending.output.isEmpty)
  }

  @Test(arguments: [
    ["frobnicate"], ["check"], ["eval"], ["eval", "1", "2"], ["run"], ["build", "app.js"], ["keygen"],
    ["sign", "app.msqs"], ["verify", "app.msqs"], ["inspect"], ["disasm"], ["explain"],
    ["check", "--format", "xml", "a.js"],
    ["run", "--frobnicate", "app.js"], ["--frobnicate"],
  ])
  func wrongCommandLinesShowTheUsage(arguments: [String]) throws {
    let tool = try Tool()
    let ending = try tool.folder.run(Tool.path, arguments)
    expect(ending, .usage, output: "", says: "Usage: mqjs")
  }

  @Test(arguments: [
    ["check", "none.js"], ["run", "none.js"], ["build", "none.js", "-o", "a.msqs"], ["inspect", "none.msqs"],
    ["disasm", "none.msqs"],
  ])
  func missingFilesAreNamed(arguments: [String]) throws {
    let tool = try Tool()
    let ending = try tool.folder.run(Tool.path, arguments)
    expect(ending, .usage, output: "", says: "error: \(arguments[1]): can't be read: No such file or directory\n")
  }

  @Test func outputIsPlainWithoutATerminal() throws {
    let tool = try Tool()
    try tool.write("class A {}\n", to: "a.js")
    let ending = try tool("check", "a.js", environment: ["TERM": "xterm-256color"])
    expect(ending, .usage, says: "error[")
    #expect(!ending.errorOutput.contains("\u{1b}"))
  }

  /// `script` gives the command a terminal.
  @Test func outputIsColouredOnATerminal() throws {
    let tool = try Tool()
    try tool.write("class A {}\n", to: "a.js")
    let line = "\(Tool.path) check a.js"
    func show(_ environment: [String: String]) throws -> String {
      try tool.folder.run("script", ["-qec", line, "/dev/null"], environment: environment).output
    }
    #expect(try show(["TERM": "xterm"]).contains("\u{1b}[1;31m"))
    for environment in [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"]] {
      let plain = try show(environment)
      #expect(plain.contains("error["))
      #expect(!plain.contains("\u{1b}"))
    }
  }

  @Test func checkReportsEveryFile() throws {
    let tool = try Tool()
    try tool.write("export default function (request) {\n  return request;\n}\n", to: "good.js")
    try tool.write("const a = 1.5;\nwhile (true) {}\n", to: "bad.js")
    expect(try tool("check", "good.js"), .done, output: "")
    expect(try tool("check", "--format", "json", "good.js"), .done, output: "[]\n")
    let text = try tool("check", "good.js", "bad.js")
    expect(text, .usage, output: "", says: "bad.js:1:11: error[")
    #expect(text.errorOutput.contains("bad.js:2:1: error["))
    #expect(text.errorOutput.contains("\nhint: "))
    let json = try tool("check", "--format", "json", "bad.js", "good.js", "bad.js")
    expect(json, .usage)
    #expect(json.errorOutput == "")
    let script = "import json, sys; print([d['line'] for d in json.load(sys.stdin)], end='')"
    #expect(try tool.folder.run("python3", ["-c", script], input: json.output).output == "[1, 2, 1, 2]")
  }

  @Test func explainKnowsDiagnosticsAndRuntimeErrors() throws {
    let tool = try Tool()
    let diagnostic = try tool("explain", "MQ1001")
    expect(diagnostic, .done)
    #expect(diagnostic.output.hasPrefix("### MQ1001: "))
    expect(try tool("explain", "mq1001"), .done, output: diagnostic.output)
    let error = try tool("explain", "gasexhausted")
    expect(error, .done)
    #expect(error.output.hasPrefix("### GasExhausted: "))
    expect(try tool("explain", "MQ0000"), .usage, output: "", says: "hint: ")
  }

  /// Each example program in the guide to run-time errors ends in its error.
  @Test(arguments: Trap.allCases)
  func examplesOfRuntimeErrorsEndInThem(trap: Trap) throws {
    let tool = try Tool()
    let code = "\(trap.code)"
    let parts = try tool("explain", code).successfulOutput.split(separator: "```")
    guard Self.canEndAScript(trap) else {
      #expect(parts.count == 1, "no script ends so by itself")
      return
    }
    try #require(parts.count == 3)
    let ending = try tool("eval", String(parts[1].dropFirst("js\n".count)))
    expect(ending, .guestError, says: "error[\(code)]: ")
    #expect(ending.output.contains("\"error\":\"\(code)\""))
  }

  /// Whether a script can end in this error without a request, effects or an invalid limit.
  private static func canEndAScript(_ trap: Trap) -> Bool {
    switch trap {
    case .typeMismatch, .integerOverflow, .divisionByZero, .decimalOverflow, .decimalSyntax, .noSuchField,
      .indexOutOfRange, .notCallable, .arityMismatch, .uninitializedBinding, .functionAsMapKey, .notSerializable,
      .stringSplitsCodePoint, .invalidArgument, .thrown, .stackExhausted, .memoryExhausted, .gasExhausted:
      true
    case .invalidRequest, .gasLimitOutOfRange, .effectNotGranted, .continuationMismatch, .transactionAborted: false
    }
  }

  @Test func aFullDiskIsAFault() throws {
    let tool = try Tool()
    let ending = try tool.folder.run("sh", ["-c", "\(Tool.path) eval 1 > /dev/full"])
    expect(ending, .fault, says: "No space left on device")
  }
}
