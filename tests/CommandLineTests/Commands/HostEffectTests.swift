import TestSupport
import Testing

/// A host's own effects, declared with `--effect`.
@Suite struct HostEffectTests {
  private static let handler = """
    export default function (request) {
      return [Ledger.post(request), Ledger.balance(), Log.info("booked")];
    }

    """
  private static let declarations = ["--effect", "Ledger.post", "--effect", "Ledger.balance"]

  private func tool(_ source: String = handler) throws -> Tool {
    let tool = try Tool()
    try tool.write(source, to: "app.js")
    return tool
  }

  @Test(arguments: [["check", "app.js"], ["build", "app.js", "-o", "app.msqs"], ["disasm", "app.js"]])
  func programsMayNameDeclaredEffectsOnly(command: [String]) throws {
    let tool = try tool()
    expect(try tool.folder.run(Tool.path, command + Self.declarations), .done)
    let undeclared = try tool.folder.run(Tool.path, command + ["--effect", "Ledger.post"])
    expect(undeclared, .usage, says: "balance")
    expect(try tool.folder.run(Tool.path, command), .usage, says: "Ledger")
  }

  /// The manifest lists the effects that the program names. A host that does not grant one of them refuses the
  /// snapshot.
  @Test func snapshotsThatNameThemNeedAGrant() throws {
    let tool = try tool()
    _ = try tool.folder.run(Tool.path, ["build", "app.js", "-o", "app.msqs"] + Self.declarations).successfulOutput
    #expect(try tool("inspect", "app.msqs", "--format", "json").output.contains(#""effects":["Ledger","Log"]"#))
    _ = try tool("keygen", "-o", "key.pem").successfulOutput
    _ = try tool("sign", "app.msqs", "--key", "key.pem").successfulOutput
    let run = try tool(
      "run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--grant", "Log", input: "{}")
    expect(run, .refused, output: "", says: "GrantMissing: the program calls Ledger, which is not granted")
    #expect(run.errorOutput.contains("hint: Ledger: only a host of your own can grant that"))
  }

  @Test func whatIsNotCalledLeavesNoTrace() throws {
    let tool = try tool("export default function (request) { return Log.info(\"x\"); }")
    _ = try tool("build", "app.js", "-o", "plain.msqs").successfulOutput
    _ = try tool.folder.run(Tool.path, ["build", "app.js", "-o", "declared.msqs"] + Self.declarations).successfulOutput
    #expect(try tool.folder.read("plain.msqs") == tool.folder.read("declared.msqs"))
  }

  @Test(arguments: [
    ("Ledger", "is not an operation"), ("Ledger.post.now", "is not an operation"), ("", "is not an operation"),
    ("Ledger.", "is not a valid name for a host's own effect"),
    (".post", "is not a valid name for a host's own effect"),
    ("Log.post", "is not a valid name for a host's own effect"),
    ("Map.post", "is not a valid name for a host's own effect"),
    ("Ledger.a-b", "is not a valid name for a host's own effect"),
    ("Lédger.post", "is not a valid name for a host's own effect"),
  ])
  func namesThatCannotBeEffectsAreRefused(name: String, complaint: String) throws {
    expect(try tool()("check", "app.js", "--effect", name), .usage, output: "", says: complaint)
  }

  @Test func snapshotsNeedNoDeclarations() throws {
    let tool = try tool("1")
    _ = try tool("build", "app.js", "-o", "app.msqs").successfulOutput
    expect(
      try tool("disasm", "app.msqs", "--effect", "Ledger.post"), .usage, output: "", says: "names its effects itself")
  }
}
