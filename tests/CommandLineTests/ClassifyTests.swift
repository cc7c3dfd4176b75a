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

  /// The answer does not depend on how memory is treated.
  @Test func fromStandardInput() throws {
    let tool = try tool()
    let ending = try tool(
      "run", "app.js", "--request", "-", "--classify", "", "--allow-unlocked", input: Self.payment)
    expect(ending, .done, output: "{\"last\":\"1234\"}\n")
  }

  @Test func memoryThatCannotBeLocked() throws {
    let tool = try tool()
    func run(_ options: String...) throws -> Ending {
      // Whoever may lock anything at all is not subject to the limit, so that right is given up first.
      let command = [Tool.path, "run", "app.js", "--request", "payment.json", "--classify", "/card"] + options
      return try tool.folder.run(
        "setpriv", ["--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock", "prlimit", "--memlock=65536"] + command)
    }
    expect(try run(), .fault, output: "", says: "can't be locked")
    let allowed = try run("--allow-unlocked", "--report", "-")
    expect(allowed, .done)
    #expect(allowed.output.contains(#""locked":false"#))
  }

  @Test func pointersThatNameNothing() throws {
    let tool = try tool()
    for (pointer, complaint) in [
      ("/card/nunber", "names nothing in the request"), ("card", "is no JSON pointer"), ("/a~x", "is no JSON pointer"),
    ] {
      let ending = try tool("run", "app.js", "--request", "payment.json", "--classify", pointer)
      expect(ending, .usage, output: "", says: complaint)
    }
    for option in ["--journal", "--audit"] {
      let ending = try tool(
        "run", "app.js", "--request", "payment.json", "--classify", "/card", "--allow-unlocked", option, "record")
      expect(ending, .refused, output: "", says: "can't be recorded")
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
}
