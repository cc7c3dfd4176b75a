import Foundation
import TestSupport
import Testing

/// Follows `docs/guide.md` from top to bottom like a reader at a terminal: writes its files, runs its commands and
/// evaluates its scripts.
@Suite struct GuideTests {

  /// A fenced block of the page.
  struct Block {
    let language: Substring
    let lines: [Substring]
  }

  static func blocks() throws -> [Block] {
    try Repository.text("docs/guide.md").matches(of: #/(?m)^```(\w+)\n((?:.*\n)*?)```$/#).map { match in
      let lines = match.output.2.split(separator: "\n", omittingEmptySubsequences: false)
      return Block(language: match.output.1, lines: lines.dropLast())
    }
  }

  @Test func everyStepGivesWhatTheGuideSays() throws {
    let tool = try Tool()
    for block in try Self.blocks() {
      let first = try #require(block.lines.first)
      if block.language == "console" {
        try follow(block.lines, tool)
      } else if let name = first.wholeMatch(of: #/\/\/ (\w+\.js)/#)?.output.1 {
        try tool.write(block.lines.joined(separator: "\n") + "\n", to: String(name))
      } else {
        try evaluate(block.lines, tool)
      }
    }
  }

  /// Runs each command and compares its output with the lines below it. `…` matches any further output.
  private func follow(_ lines: [Substring], _ tool: Tool) throws {
    let folder = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for session in lines.joined(separator: "\n").split(separator: #/(?m)^\$ /#) {
      let parts = session.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let expected = parts.dropFirst().joined().trimmingCharacters(in: .newlines)
      let ending = try tool.folder.run("sh", ["-c", "\(parts[0])"], environment: ["PATH": "\(folder):\(path)"])
      let output = (ending.output + ending.errorOutput).trimmingCharacters(in: .newlines)
      if expected.hasSuffix("…") {
        #expect(output.hasPrefix(expected.dropLast()), "\(ending.command): \(output)")
      } else {
        #expect(output == expected, "\(ending.command)")
      }
    }
  }

  /// Runs a script. Its last line gives the expected value or error.
  private func evaluate(_ lines: [Substring], _ tool: Tool) throws {
    let result = try #require(lines.last?.wholeMatch(of: #/\/\/ → (.+)/#)?.output.1, "\(lines)")
    try tool.write(lines.dropLast().joined(separator: "\n") + "\n", to: "script.js")
    let output = try tool("run", "script.js").output
    if let error = result.wholeMatch(of: #/error (\w+)/#)?.output.1 {
      #expect(output.hasPrefix("{\"error\":\"\(error)\""), "\(lines)")
    } else {
      #expect(output == "\(result)\n", "\(lines)")
    }
  }
}
