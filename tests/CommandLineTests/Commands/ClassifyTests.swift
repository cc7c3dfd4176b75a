import TestSupport
import Testing

/// `mqjs run --classify`.
@Suite struct ClassifyTests {
  static let handler = "export default function (request) { return {last: request.card.number.slice(-4)}; }\n"
  static let payment = #"{"card":{"number":"4000123412341234","holder":"A. N. Other"}}"#

  private func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write(Self.handler, to: "app.js")
    try tool.write(Self.payment, to: "payment.json")
    return tool
  }

  @Test func theReportSaysWhatBecameOfTheMemory() throws {
    let tool = try tool()
    let ending = try tool(
      "run", "app.js", "--request", "payment.json", "--classify", "/card/number", "--classify", "/card/holder",
      "--allow-unlocked", "--report", "report.json")
    expect(ending, .done, output: "{\"last\":\"1234\"}\n")
    let script = """
      import json
      report = json.load(open("report.json"))
      assert report["locked"] in (True, False)
      pages = report["pages"]
      assert pages["touched"] > 0 and pages["touched"] == pages["verifiedZero"], pages
      """
    expect(try tool.folder.run("python3", ["-c", script]), .done)
  }

  /// Memory protection does not change the answer.
  @Test func classifiedRequestsMayComeFromStandardInput() throws {
    let tool = try tool()
    let ending = try tool(
      "run", "app.js", "--request", "-", "--classify", "", "--allow-unlocked", input: Self.payment)
    expect(ending, .done, output: "{\"last\":\"1234\"}\n")
  }

  @Test func memoryThatCannotBeLockedIsAFaultUnlessAllowed() throws {
    let tool = try tool()
    func run(_ options: String...) throws -> Ending {
      // The limit does not apply to processes that have the capability to lock memory, so drop that capability first.
      let command = [Tool.path, "run", "app.js", "--request", "payment.json", "--classify", "/card"] + options
      return try tool.folder.run(
        "setpriv", ["--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock", "prlimit", "--memlock=65536"] + command)
    }
    expect(try run(), .fault, output: "", says: "can't be locked")
    let allowed = try run("--allow-unlocked", "--report", "-")
    expect(allowed, .done)
    #expect(allowed.output.contains(#""locked":false"#))
  }

  @Test func pointersThatNameNothingAreRefused() throws {
    let tool = try tool()
    for (pointer, complaint) in [
      ("/card/nunber", "names nothing in the request"), ("card", "is not a JSON pointer"),
      ("/a~x", "is not a JSON pointer"),
    ] {
      let ending = try tool("run", "app.js", "--request", "payment.json", "--classify", pointer)
      expect(ending, .usage, output: "", says: complaint)
    }
    try tool.write("1", to: "script.js")
    expect(try tool("run", "script.js", "--classify", "/a"), .usage, output: "", says: "is a script")
    expect(
      try tool("run", "app.js", "--request", "payment.json", "--allow-unlocked"), .usage, output: "",
      says: "--classify")
    let invalid = try tool("run", "app.js", "--request", "-", "--classify", "/card", "--allow-unlocked", input: "{")
    expect(invalid, .guestError)
    #expect(invalid.output.contains("InvalidRequest"))
  }

  /// A sequence of classified requests: sealed in the journal, answered from it, and replayed by those who have the
  /// key.
  @Test func recordsAreSealedUnderTheHostKey() throws {
    let tool = try tool()
    try tool.release(Self.handler)
    expect(try tool("keygen", "--host-key", "-o", "host.key"), .done)
    expect(try tool("keygen", "--host-key", "-o", "other.key"), .done)
    func run(_ options: String...) throws -> Ending {
      let arguments = [
        "run", "app.msqs", "--key", "key.pub.pem", "--request", "payment.json", "--classify", "/card",
        "--allow-unlocked", "--journal", "app.db", "--audit", "audit.log", "--request-id", "a",
      ]
      return try tool.folder.run(Tool.path, arguments + options)
    }
    let first = try run("--host-key", "host.key", "--report", "report.json")
    expect(first, .done, output: "{\"last\":\"1234\"}\n")
    #expect(String(decoding: try tool.folder.read("report.json"), as: UTF8.self).contains(#""journal":"sealed""#))
    expect(try run("--host-key", "host.key"), .done, output: first.output)
    expect(try run(), .refused, output: "", says: "its record is sealed")
    expect(try run("--host-key", "other.key"), .refused, output: "", says: "its record is sealed")
    for name in ["app.db", "audit.log"] {
      #expect(!String(decoding: try tool.folder.read(name), as: UTF8.self).contains("4000123412341234"))
    }
    func replay(_ options: String...) throws -> Ending {
      try tool.folder.run(
        Tool.path,
        ["replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem", "--allow-unlocked"] + options)
    }
    let replayed = try replay("--host-key", "host.key")
    expect(replayed, .done)
    #expect(replayed.output.contains("the same   1\n"))
    expect(try replay(), .refused, says: "the record is sealed: host key ")
    expect(try replay("--host-key", "other.key"), .refused, says: "the record is sealed under host key ")
    _ = try tool.folder.run("chmod", ["644", "host.key"]).successfulOutput
    expect(
      try replay("--host-key", "host.key"), .refused, output: "", says: "accessible to others than its owner (mode 644)"
    )
    expect(try replay("--host-key", "key.pem"), .usage, output: "", says: "more than 65 bytes")
  }

  @Test func nothingIsRecordedWithoutAHostKey() throws {
    let tool = try tool()
    try tool.release(Self.handler)
    func run() throws -> Ending {
      try tool(
        "run", "app.msqs", "--key", "key.pub.pem", "--request", "payment.json", "--classify", "/card",
        "--allow-unlocked", "--journal", "app.db", "--audit", "audit.log", "--request-id", "a", "--report", "-")
    }
    let ending = try run()
    expect(ending, .done)
    #expect(ending.output.contains(#""journal":"none: classified data and no host key""#))
    expect(try run(), .refused, output: "", says: "SeedReuse: request a was run before")
    let replayed = try tool("replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem")
    expect(replayed, .done)
    #expect(replayed.output.contains("not recorded  1\n"))
  }
}
