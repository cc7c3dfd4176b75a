import Foundation
import TestSupport
import Testing

/// `mqjs-runtime`: signed snapshots run, and nothing is there that could compile.
@Suite struct RuntimeTests {
  private static let path = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().appending(path: "mqjs-runtime")
    .path
  static let source = "export default function (request) { return {n: 10 / request.n}; }\n"

  private func run(_ tool: Tool, _ arguments: [String], input: String, gasLimit: String? = nil) throws -> Ending {
    try tool.folder.run(
      RuntimeTests.path, arguments, input: input, environment: gasLimit.map { ["MTP_GAS_LIMIT": $0] } ?? [:])
  }

  /// The same bytes as `mqjs run` prints, but for the newline behind them.
  @Test(arguments: [#"{"n":5}"#, #"{"n":0}"#, "{}", "{"])
  func theSameAnswersAsTheCommand(request: String) throws {
    let tool = try Tool()
    try tool.release(Self.source)
    let own = try run(tool, ["app.msqs", "key.pub.pem", "id"], input: request)
    let command = try tool("run", "app.msqs", "--key", "key.pub.pem", "--request", "-", input: request)
    #expect(own.output + "\n" == command.output)
    #expect(own.status == command.status && !own.wasKilled)
  }

  @Test func refusals() throws {
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

  /// No function of the compiler is in the executable. That the command's is shows that it would be seen.
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
