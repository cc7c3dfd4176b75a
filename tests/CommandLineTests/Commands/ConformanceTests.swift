import ConformanceKit
import Foundation
import Synchronization
import TestSupport
import Testing

/// `mqjs conformance`, and the cases of the kit.
@Suite struct ConformanceTests {
  private static let cases = Repository.url("conformance/cases").path

  /// The published cases are what this engine answers. With `UPDATE_GOLDEN=1`, they are written.
  @Test(arguments: CaseSource.kit().map(\.suite))
  func theCasesAreUpToDate(suite: String) throws {
    let sources = try #require(CaseSource.kit().first { $0.suite == suite }).sources
    let lines = try sources.map { try Case($0).line() }
    let url = URL(fileURLWithPath: "\(Self.cases)/\(suite).jsonl")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try Data(lines.joined()).write(to: url)
    }
    let published = try Data(contentsOf: url)
    #expect(published.count <= 1 << 20)
    let publishedLines = published.split(separator: 0x0a).map { Array($0) + [0x0a] }
    #expect(publishedLines.count == lines.count)
    for (source, (published, line)) in zip(sources, zip(publishedLines, lines)) {
      #expect(published == line, "\(source.name) differs from \(url.lastPathComponent)")
    }
  }

  /// Threads that work at the same time, each in an order of its own, give what one thread gives.
  @Test func interleavingsOfThreadsChangeNothing() throws {
    let sources = try #require(CaseSource.kit().first { $0.suite == "random" }).sources.prefix(20)
    let published = try Data(contentsOf: URL(fileURLWithPath: "\(Self.cases)/random.jsonl")).split(separator: 0x0a)
    let different = Mutex<Set<String>>([])
    try onThreads(4) { thread in
      for step in sources.indices {
        let index = (7 * step + 5 * thread) % sources.count
        if try Case(sources[index]).line().dropLast() != Array(published[index])[...] {
          different.withLock { _ = $0.insert(sources[index].name) }
        }
      }
    }
    #expect(different.withLock { $0 }.isEmpty)
  }

  @Test(arguments: ["decimal", "json", "examples"])
  func theReferenceEvaluatorReachesLevelA(suite: String) throws {
    let runner = Products.folder.appending(path: "conformance-reference").path
    let ending = try Tool()("conformance", "--runner", runner, "--cases", Self.cases, "--only", "\(suite)/")
    expect(ending, .done)
    #expect(ending.output.hasSuffix(" passed, 0 failed; level A, and stackPeak\n"), "\(ending.output)")
  }

  /// Runners that are of no use, and what is said about them.
  @Test(arguments: [
    ("exit 5", "the runner ended after 0 of"),
    ("head -c 100 >/dev/null; exit 0", "the runner ended after 0 of"),
    ("nowhere/runner", "the runner ended after 0 of"),
    ("sleep 1000", "the runner has been silent for 1 seconds"),
    ("sleep 1000 & cat >/dev/null; wait", "the runner has been silent for 1 seconds"),
    ("yes nonsense", "the runner's line is not an answer: nonsense"),
    ("yes '{\"gas\":1.5}'", "the runner's line is not an answer"),
    ("yes ''", "the runner's line is not an answer"),
    ("cat", "error is missing; level A needs it"),
    (#"yes '{"refused":"TooTired"}'"#, "it is refused: TooTired"),
    (#"yes '{"error":"","body":"x","sha256":"","gas":1,"seed":""}'"#, "body is x, not "),
  ])
  func aRunnerOfNoUseIsRefused(runner: String, complaint: String) throws {
    let ending = try Tool()(
      "conformance", "--runner", runner, "--cases", Self.cases, "--only", "decimal/1", "--timeout", "1")
    expect(ending, .refused, says: complaint)
  }

  /// Nothing was compared, so nothing has passed.
  @Test func aRunnerThatRefusesEverythingHasNotPassed() throws {
    let ending = try Tool()(
      "conformance", "--runner", #"yes '{"refused":"MemoryUnavailable"}'"#, "--cases", Self.cases, "--only", "decimal/1"
    )
    expect(ending, .refused)
    #expect(ending.output.contains("0 passed, 0 failed"))
  }

  /// A level needs its fields, and a field that nobody asked for must be right, too.
  @Test func eachFieldIsComparedAtEachLevel() throws {
    let tool = try Tool()
    let line = try #require(
      try Data(contentsOf: URL(fileURLWithPath: "\(Self.cases)/decimal.jsonl")).split(separator: 0x0a).first)
    let one = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    let request = try #require((one["requests"] as? [[String: Any]])?.first)
    let runs = try #require(request["runs"] as? [[String: Any]])
    let fields = ["error", "body", "sha256", "gas", "seed", "heapPeak", "stackPeak", "snapshot"]
    func ending(_ level: String, changing changed: String? = nil, leavingOut missing: [String] = []) throws -> Ending {
      let answers = try runs.map { run in
        var answer = run.filter { fields.contains($0.key) }
        answer["snapshot"] = one["snapshot"]
        if let changed { answer[changed] = answer[changed] is Int ? 7 as Any : "7" as Any }
        for field in missing { answer[field] = nil }
        return String(decoding: try JSONSerialization.data(withJSONObject: answer), as: UTF8.self)
      }
      try tool.write(answers.joined(separator: "\n") + "\n", to: "answers")
      let runner = "cat \(tool.folder("answers")); cat >/dev/null"
      let name = try #require(one["name"] as? String)
      try tool.folder.write(line, to: "cases.jsonl")
      return try tool(
        "conformance", "--runner", runner, "--cases", tool.folder("."), "--only", name, "--level", level)
    }
    for level in ["A", "B", "C"] {
      let right = try ending(level)
      expect(right, .done)
      #expect(right.output.hasSuffix("\(runs.count) passed, 0 failed; level C\n"))
      for field in fields { expect(try ending(level, changing: field), .refused, says: "\(field) is 7, not ") }
    }
    expect(try ending("A", leavingOut: ["heapPeak", "stackPeak", "snapshot"]), .done)
    expect(try ending("B", leavingOut: ["snapshot"]), .done)
    expect(try ending("B", leavingOut: ["heapPeak"]), .refused, says: "heapPeak is missing; level B needs it")
    expect(try ending("C", leavingOut: ["snapshot"]), .refused, says: "snapshot is missing; level C needs it")
    for field in fields.prefix(5) {
      expect(try ending("A", leavingOut: [field]), .refused, says: "\(field) is missing")
    }
  }

  @Test func aFolderWithoutCasesIsAMistakeOfTheCaller() throws {
    let tool = try Tool()
    expect(try tool("conformance", "--runner", "cat"), .usage, says: "no cases are there")
    try tool.write("{}\n", to: "cases.jsonl")
    expect(
      try tool("conformance", "--runner", "cat", "--cases", tool.folder(".")), .usage, says: "this line is not a case")
    expect(
      try tool("conformance", "--runner", "cat", "--cases", Self.cases, "--only", "nothing"), .usage,
      says: "no case has a name that begins with nothing")
    expect(try tool("conformance", "--runner", "cat", "--timeout", "0"), .usage, says: "--timeout must be 1 to 86400")
  }
}
