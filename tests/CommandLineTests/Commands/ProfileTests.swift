import Foundation
import TestSupport
import Testing

@Suite("mqjs profile, and the reference evaluator")
struct ProfileTests {
  private static let program = """
    const total = (line) => line.quantity * line.cents;
    export default function (request) {
      return { cents: request.lines.map(total).reduce((sum, cents) => sum + cents, 0) };
    }

    """
  private static let request = #"{"lines":[{"quantity":3,"cents":250},{"quantity":1,"cents":99}]}"#

  private func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write(ProfileTests.program, to: "app.js")
    try tool.write(ProfileTests.request, to: "request.json")
    return tool
  }

  /// The gas that the machine reports for the request.
  private func gasUsed(_ tool: Tool) throws -> Int {
    _ = try tool("run", "app.js", "--request", "request.json", "--report", "report.json").successfulOutput
    let report = try JSONSerialization.jsonObject(with: Data(try tool.folder.read("report.json"))) as? [String: Any]
    return try #require(report?["gasUsed"] as? Int)
  }

  @Test func stacksAndLinesAddUpToTheGasUsed() throws {
    let tool = try tool()
    let gas = try gasUsed(tool)
    let folded = try tool("profile", "app.js", "--request", "request.json", "--format", "folded").successfulOutput
    let units = folded.split(separator: "\n").compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(units.count > 4 && units.reduce(0, +) == gas)
    let text = try tool("profile", "app.js", "--request", "request.json").successfulOutput
    #expect(text.hasPrefix("\(gas) units\n"))
    let lines = text.components(separatedBy: "\n\n")[1].split(separator: "\n").dropFirst()
    #expect(lines.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }.reduce(0, +) == gas)
  }

  @Test func functionsAreNamedByTheirPlaceOrInTheLibraryByTheirName() throws {
    let folded = try tool()("profile", "app.js", "--request", "request.json", "--format", "folded").successfulOutput
    #expect(folded.contains("=> (app.js:2);Array.map;total (app.js:1) "))
  }

  @Test func theFlameGraphIsTheSameWellFormedFileEachTime() throws {
    let tool = try tool()
    for name in ["a.svg", "b.svg"] {
      _ = try tool("profile", "app.js", "--request", "request.json", "--format", "svg", "-o", name).successfulOutput
    }
    #expect(try tool.folder.read("a.svg") == tool.folder.read("b.svg"))
    let check = "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])"
    _ = try tool.folder.run("python3", ["-c", check, tool.folder("a.svg")]).successfulOutput
    let svg = String(decoding: try tool.folder.read("a.svg"), as: UTF8.self)
    #expect(svg.contains("total (app.js:1)") && !svg.contains("href"))
  }

  @Test func whatRanBeforeAnErrorIsProfiled() throws {
    let ending = try tool()("profile", "app.js", "--request", "request.json", "--gas-limit", "50")
    #expect(ending.status == 0 && ending.errorOutput.contains("GasExhausted"))
  }

  /// The reference evaluator does not accept snapshots.
  @Test func theReferenceEvaluatorGivesTheSame() throws {
    let tool = try tool()
    expect(
      try tool("run", "--reference", "app.js", "--request", "request.json"), .done, output: "{\"cents\":849}\n")
    expect(try tool("eval", "--reference", "[1, 2].map((x) => x * x)"), .done, output: "[1,4]\n")
    expect(
      try tool("eval", "--reference", "1 / 0"), .guestError, output: "{\"error\":\"DivisionByZero\"}\n",
      says: "DivisionByZero")
    expect(try tool("run", "--reference", "app.msqs", "--request", "request.json"), .usage, says: ".js file")
    expect(try tool("profile", "app.msqs"), .usage, says: "needs the source")
  }
}
