import Foundation
import TestSupport
import Testing

/// Names and ids from outside, in output for people. They must not control the terminal or forge a line of output.
@Suite struct TerminalTests {
  /// A window title, red text, a line break, a C1 escape, a change of text direction, and a line separator.
  private static let nasty = "x\u{1b}]0;owned\u{7}\u{1b}[31m\nanchored      lines 1 to 999\r\u{9b}2J\u{202e}\u{2028}y"
  private static let visible =
    "x\\u{1b}]0;owned\\u{7}\\u{1b}[31m\\u{a}anchored      lines 1 to 999\\u{d}\\u{9b}2J\\u{202e}\\u{2028}y"

  /// Expects whole lines without characters that control a terminal.
  private func expectPlain(_ ending: Ending, sourceLocation: SourceLocation = #_sourceLocation) {
    for text in [ending.output, ending.errorOutput] {
      for scalar in text.unicodeScalars where scalar != "\n" && scalar != "\t" {
        let category = scalar.properties.generalCategory
        #expect(
          ![.control, .format, .lineSeparator, .paragraphSeparator].contains(category),
          "U+\(String(scalar.value, radix: 16)) in \(text)", sourceLocation: sourceLocation)
      }
      #expect(
        !text.split(separator: "\n").contains { $0.hasPrefix("anchored      lines") }, "\(text)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func requestIdsAreShownEscaped() throws {
    let tool = try Tool()
    try tool.release(EffectTests.handler)
    let run = ["run", "app.msqs", "--key", "key.pub.pem", "--request", "-", "--audit", "audit.log"]
    let missing = try tool.folder.run(Tool.path, run + ["--request-id", Self.nasty], input: "{}")
    expect(missing, .refused, output: "", says: "GrantMissing")
    expectPlain(missing)
    try tool.write("export default function (r) { Log.info('a', r); return Ok(1); }", to: "log.js")
    let log = ["run", "log.js", "--grant", "Log", "--journal", "app.db", "--request-id", Self.nasty, "--request", "-"]
    let text = String(decoding: try JSONEncoder().encode([Self.nasty]), as: UTF8.self)
    let logged = try tool.folder.run(Tool.path, log, input: text)
    #expect(logged.status == 0)
    expectPlain(logged)
    // The line is still JSON with the same value.
    struct Line: Decodable { let data: [String]; let requestId: String }
    let line = try JSONDecoder().decode(Line.self, from: Data(logged.errorOutput.utf8))
    #expect(line.data == [Self.nasty] && line.requestId == Self.nasty)
    let reused = try tool.folder.run(Tool.path, log, input: "[]")
    expect(reused, .refused, output: "", says: "SeedReuse: request \(Self.visible) was used before")
    expectPlain(reused)
    let replayed = try tool("replay", "app.db", "--snapshot", "app.msqs", "--key", "key.pub.pem")
    expect(replayed, .refused, says: "(\(Self.visible)):")
    expectPlain(replayed)
  }

  @Test func unfinishedRequestsOfAnAuditLogAreShownEscaped() throws {
    let tool = try Tool()
    try tool.write("export default function (r) { return r; }", to: "app.js")
    _ = try tool(
      "run", "app.js", "--request", "-", "--audit", "audit.log", "--request-id", Self.nasty, input: "1"
    ).successfulOutput
    let start = try tool.folder.read("audit.log").prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
    try tool.folder.write(start, to: "audit.log")
    let ending = try tool("audit", "verify", "audit.log")
    expect(ending, .done)
    #expect(ending.output.contains("without end   \(Self.visible)\n"))
    expectPlain(ending)
  }

  @Test func filesAndArgumentsAreShownEscaped() throws {
    let tool = try Tool()
    try tool.write(
      "const a = 1.5 \u{202e}\u{2028};\nwhile (true) {}\n", to: Self.nasty.replacing("/", with: "") + ".js")
    let name = Self.nasty + ".js"
    for arguments in [
      ["check", name], ["check", "--format", "json", name], ["run", name], ["build", name, "-o", "a.msqs"],
      ["verify", name, "--key", name],
      ["inspect", name], ["disasm", Self.nasty], [Self.nasty], ["run", "--\(Self.nasty)"], ["explain", Self.nasty],
      ["eval", "--heap-limit", Self.nasty, "1"], ["run", "a.js", "--grant", Self.nasty], ["eval", "'\(Self.nasty)' +"],
      ["audit", "verify", Self.nasty], ["verify", "a", "--key", "k", "--at", Self.nasty],
    ] {
      let ending = try tool.folder.run(Tool.path, arguments)
      #expect(ending.status != 0 && !ending.wasKilled && !(ending.errorOutput + ending.output).isEmpty, "\(arguments)")
      expectPlain(ending)
    }
  }

  /// Names in a snapshot whose signature has not been verified.
  @Test func namesInASnapshotAreShownEscaped() throws {
    let tool = try Tool()
    let key = Self.nasty.filter { !["\n", "\r", "\u{2028}"].contains($0) }
    let source = #"const zzzzzzzz = (k) => ({"b\#(key)": k});"#
    try tool.write(source + "\nexport default function (r) { return zzzzzzzz(r); }\n", to: "main_name.js")
    _ = try tool("build", "main_name.js", "-o", "app.msqs").successfulOutput
    expectPlain(try tool("disasm", "app.msqs"))
    // They are as long as the names that they replace, so no offset changes.
    var bytes = try tool.folder.read("app.msqs")
    let names = [("zzzzzzzz", "\u{1b}[31m\n\r\u{7}"), ("main_name", "\u{1b}]0;a\n\u{7}\u{9b}")]
    for (old, new) in names {
      #expect(old.utf8.count == new.utf8.count)
      while let range = bytes.firstRange(of: Array(old.utf8)) { bytes.replaceSubrange(range, with: Array(new.utf8)) }
    }
    try tool.folder.write(bytes, to: "app.msqs")
    for arguments in [["inspect"], ["disasm"], ["inspect", "--format", "json"]] {
      let ending = try tool.folder.run(Tool.path, arguments + ["app.msqs"])
      expect(ending, .done)
      expectPlain(ending)
    }
  }
}
