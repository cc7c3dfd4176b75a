import CommandSupport
import Foundation
import TestSupport
import Testing

/// `mqjs run` and `mqjs-runtime` take their options from the same table, with the same help, values and messages.
@Suite struct RunOptionTests {
  /// The options of `mqjs run` that name the program, its key and the request, and those of the argument parser. All
  /// other options are in the table.
  private static let ownOptions = ["--request", "--reference", "--key", "--root", "--at", "--version", "--help"]

  /// The names of the options that a help text lists.
  private func options(in help: String) -> [String] {
    help.split(separator: "\n").compactMap { line in
      guard let match = line.firstMatch(of: /^  (?:-h, )?(--[a-z-]+)/) else { return nil }
      return String(match.1)
    }
  }

  /// The words of a text. Line breaks and indentation differ between the tools.
  private func words(_ text: String) -> String { text.split { $0 == " " || $0 == "\n" }.joined(separator: " ") }

  @Test func bothToolsHaveTheOptionsOfTheTableAndNoOthers() throws {
    let tool = try Tool()
    let command = options(in: try tool("run", "--help").output)
    let runtime = options(in: try tool.folder.run(RuntimeTests.path, ["--help"]).output)
    let table = RunOption.allCases.map { "--\($0.row.name)" }
    #expect(Set(table).count == table.count)
    #expect(command.sorted() == (table + Self.ownOptions).sorted())
    #expect(runtime == RunOption.allCases.filter(\.isInRuntime).map { "--\($0.row.name)" })
    let commandOnly = RunOption.allCases.filter { !$0.isInRuntime }.map(\.row.name)
    #expect(commandOnly == ["gas-limit", "heap-limit", "request-id", "new-attempt"])
  }

  @Test(arguments: RunOption.allCases)
  func bothHelpTextsShowNameValueAndHelp(option: RunOption) throws {
    let tool = try Tool()
    let expected = words("\(option.synopsis) \(option.row.help) \(option.row.details)")
    #expect(words(try tool("run", "--help").output).contains(expected))
    let runtime = words(try tool.folder.run(RuntimeTests.path, ["--help"]).output)
    #expect(runtime.contains(expected) == option.isInRuntime)
  }

  /// If the runtime lacks an option, its message says what to use instead.
  @Test(arguments: RunOption.allCases.filter { !$0.isInRuntime })
  func theRuntimeSaysWhatItHasInstead(option: RunOption) throws {
    let ending = try Tool().folder.run(RuntimeTests.path, ["a.msqs", "k.pem", "--\(option.row.name)=1"])
    expect(ending, .usage, output: "", says: "unknown option '--\(option.row.name)'\nreason: mqjs run has it; here, ")
  }

  /// How both tools end with the same options, and the first line of each message.
  private func endings(_ options: [String], on tool: Tool) throws -> [(Ending, complaint: Substring?)] {
    let command = ["run", "app.msqs", "--key", "key.pub.pem", "--request", "request.json"] + options
    let input = #"{"n":5,"card":"4000"}"#
    try tool.write(input, to: "request.json")
    return [
      try tool.folder.run(Tool.path, command),
      try tool.folder.run(RuntimeTests.path, ["app.msqs", "key.pub.pem"] + options, input: input),
    ].map { ($0, $0.errorOutput.split(separator: "\n").first) }
  }

  /// The expected text occurs in the messages of both tools. The argument parser's message begins with a capital letter
  /// and may end with a suggestion.
  @Test(arguments: [
    (["--moon"], "nknown option '--moon'"),
    (["--allow-unlocked=1"], "'--allow-unlocked' does not take any value, but '1'"),
    (["--journal"], "issing value for '--journal <file>'"),
    (["--account-id="], "issing value for '--account-id <text>'"),
    (["--report", "--journal", "app.db"], "issing value for '--report <file>'"),
    (["--account-id", "-5"], "issing value for '--account-id <text>'"),
    (["--classify="], "issing value for '--classify <pointer>'"),
  ])
  func bothRefuseWhatIsNoOptionOrLacksItsValue(options: [String], complaint: String) throws {
    let tool = try Tool()
    for (ending, _) in try endings(options, on: tool) { expect(ending, .usage, output: "", says: complaint) }
  }

  @Test(arguments: [
    ["--audit-key", "key.pem"], ["--allow-unlocked"], ["--account-id", ""], ["--function-version", ""],
    ["--classify", "card"], ["--classify", "/moon"], ["--grant", "Moon"], ["--grant", "Random=1"],
    ["--grant", "DbRead"],
    ["--grant", "Clock", "--grant", "Clock"], ["--grant", "HttpOut=a b"], ["--secret-header", "a=b:c"],
    ["--journal", ""], ["--journal", "none/app.db"], ["--audit", "none/audit.log"], ["--report", "none/report.json"],
    ["--audit", "audit.log", "--audit-key", "none.pem"], ["--host-key", "key.pem"], ["--report", "app.msqs"],
  ])
  func bothRefuseTheSameValuesWithTheSameMessage(options: [String]) throws {
    let tool = try Tool()
    try tool.release(RuntimeTests.source)
    let endings = try endings(options, on: tool)
    #expect(endings[0].0.errorOutput == endings[1].0.errorOutput)
    #expect(endings[0].0.status == endings[1].0.status)
    for (ending, complaint) in endings {
      #expect(ending.status == Status.usage.rawValue || ending.status == Status.refused.rawValue, "\(ending)")
      #expect(ending.output == "" && complaint != nil)
    }
  }

  /// All options of both tools with values that both accept. The reports show that the values took effect.
  @Test func bothAcceptTheSameValues() throws {
    let tool = try Tool()
    try tool.release(RuntimeTests.source)
    _ = try tool("keygen", "--host-key", "-o", "host.key").successfulOutput
    try tool.write("Bearer 1\n", to: "token")
    let values: [RunOption: String] = [
      .classify: "/card", .allowUnlocked: "", .accountID: "-7", .functionVersion: "2", .grant: "HttpOut=a.example",
      .secretHeader: "a.example=authorization:token", .journal: "app.db", .audit: "audit.log", .auditKey: "key.pem",
      .hostKey: "host.key", .report: "-",
    ]
    #expect(Set(values.keys) == Set(RunOption.allCases.filter(\.isInRuntime)))
    let options = values.map { $0.value.isEmpty ? "--\($0.key.row.name)" : "--\($0.key.row.name)=\($0.value)" }
    for (ending, _) in try endings(options, on: tool) {
      expect(ending, .done)
      #expect(ending.output.contains(#""journal":"sealed""#))
      #expect(ending.output.hasPrefix(#"{"n":2}"#))
    }
    expect(try tool("audit", "verify", "audit.log", "--key", "key.pub.pem"), .done)
  }
}
