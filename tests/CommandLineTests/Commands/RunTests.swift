import TestSupport
import Testing

/// `mqjs run`: files and snapshots, requests, reports.
@Suite struct RunTests {
  static let handler = """
    export default function (request) {
      return {total: request.prices.reduce((sum, price) => sum + price, 0)};
    }

    """

  @Test func aHandlerRunsFromItsSource() throws {
    let tool = try Tool()
    try tool.write(Self.handler, to: "app.js")
    try tool.write(#"{"prices":[1200,350]}"#, to: "event.json")
    expect(try tool("run", "app.js", "--request", "event.json"), .done, output: "{\"total\":1550}\n")
    expect(try tool("run", "app.js", "--request", "-", input: #"{"prices":[]}"#), .done, output: "{\"total\":0}\n")
    let invalid = try tool("run", "app.js", "--request", "-", input: "{")
    expect(invalid, .guestError)
    #expect(invalid.output.contains("InvalidRequest"))
  }

  @Test func importedFilesAreFound() throws {
    let tool = try Tool()
    try tool.write("export const twice = n => n * 2;\n", to: "numbers.js")
    try tool.write("import {twice} from './numbers.js';\ntwice(21);\n", to: "app.js")
    expect(try tool("run", "app.js"), .done, output: "42\n")
    expect(try tool("run", "\(tool.folder("app.js"))"), .done, output: "42\n")
  }

  @Test func handlersNeedARequestAndScriptsTakeNone() throws {
    let tool = try Tool()
    try tool.write(Self.handler, to: "app.js")
    try tool.write("1 + 1\n", to: "script.js")
    expect(try tool("run", "app.js"), .usage, output: "", says: "hint: give JSON text")
    expect(try tool("run", "script.js", "--request", "-"), .usage, output: "", says: "takes no request")
    expect(try tool("run", "script.js"), .done, output: "2\n")
    expect(try tool("run", "script.js", "--key", "key.pub.pem"), .usage, output: "", says: "no signature to verify")
  }

  @Test func sourceAndSnapshotGiveTheSame() throws {
    let tool = try Tool()
    try tool.release(Self.handler)
    try tool.write(#"{"prices":[1200,350]}"#, to: "event.json")
    let identity = ["--request-id", "r", "--request", "event.json"]
    expect(
      try tool.folder.run(Tool.path, ["run", "app.js", "--report", "a.json"] + identity), .done,
      output: "{\"total\":1550}\n")
    expect(
      try tool.folder.run(Tool.path, ["run", "app.msqs", "--key", "key.pub.pem", "--report", "b.json"] + identity),
      .done,
      output: "{\"total\":1550}\n")
    #expect(try tool.folder.read("a.json") == tool.folder.read("b.json"))
  }

  @Test func reportsAreCanonicalAndComplete() throws {
    let tool = try Tool()
    try tool.release(Self.handler)
    let ending = try tool(
      "run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--report", "-", "--request-id", "id",
      "--account-id", "123456789012", "--function-version", "3", "--gas-limit", "5000", input: #"{"prices":[7]}"#)
    expect(ending, .done)
    let script = """
      import hashlib, json, sys
      body, report = sys.stdin.read().splitlines()
      content = hashlib.sha256(open("app.msqs", "rb").read())
      parsed = json.loads(report)
      assert report == json.dumps(parsed, sort_keys=True, separators=(",", ":")), "not canonical"
      assert parsed.pop("responseSha256") == hashlib.sha256(body.encode()).hexdigest()
      assert parsed.pop("snapshotSha256") == content.hexdigest()
      seed = b"id" + b"123456789012" + b"3" + b"mtpscript-v5.1" + content.digest() + b"5000"
      assert parsed.pop("seed") == hashlib.sha256(seed).hexdigest()
      assert 0 < parsed.pop("gasUsed") < 5000 and parsed.pop("heapPeakBytes") > 0 and parsed.pop("stackPeakWords") > 0
      assert parsed == {"outcome": "value", "gasLimit": 5000, "locked": False, "effects": []}, parsed
      """
    expect(try tool.folder.run("python3", ["-c", script], input: ending.output), .done)
  }

  @Test func aRefusedLimitIsReported() throws {
    let tool = try Tool()
    try tool.write("1", to: "app.js")
    let ending = try tool("run", "app.js", "--report", "-", environment: ["MTP_GAS_LIMIT": "x"])
    expect(ending, .guestError)
    #expect(ending.output.contains(#""outcome":"GasLimitOutOfRange""#))
    #expect(ending.output.contains(#""gasLimit":null,"gasUsed":0"#))
  }

  /// Two requests never get the same seed unless they have the same identity.
  @Test func seedsDifferUnlessTheRequestIsTheSame() throws {
    let tool = try Tool()
    try tool.write("1", to: "app.js")
    func seed(_ arguments: String...) throws -> Substring {
      let output = try tool.folder.run(Tool.path, ["run", "app.js", "--report", "-"] + arguments).output
      return output.split(separator: "\"seed\":\"")[1].prefix(64)
    }
    #expect(try seed() != seed())
    #expect(try seed("--request-id", "a") == seed("--request-id", "a"))
    #expect(try seed("--request-id", "a") != seed("--request-id", "a", "--gas-limit", "9"))
  }
}
