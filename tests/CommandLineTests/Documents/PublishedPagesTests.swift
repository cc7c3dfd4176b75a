import TestSupport
import Testing

@Suite("Published pages: commands and effects") struct PublishedPagesTests {
  @Test
  func thePageOfCommandsIsUpToDate() throws {
    let difference = try PublishedPage("commands.md", Self.page()).difference()
    #expect(difference == nil)
  }

  @Test
  func thePageOfStandardEffectsIsUpToDate() throws {
    let difference = try PublishedPage("standard-effects.md", StandardEffectsPage.page()).difference()
    #expect(difference == nil)
  }

  private static func page() throws -> String {
    let tool = try Tool()
    var page = """
      # Commands

      *For everyone who runs `mqjs` or `mqjs-runtime`.* This page has the texts that `--help` prints. New here? Read the
      [guide](guide.md) first; [all pages](README.md).

      `make docs` generates this page. [Exit statuses](exit-status.md) lists the situations behind each status.

      """
    page += section("mqjs", try tool("--help", environment: width))
    for command in try tool.commands() {
      let ending = try tool.folder.run(Tool.path, command + ["--help"], environment: width)
      page += section("mqjs \(command.joined(separator: " "))", ending)
    }
    page += section("mqjs-runtime", try tool.folder.run(RuntimeTests.path, ["--help"]))
    return page
  }

  /// The default line width.
  private static let width = ["COLUMNS": "80"]

  private static func section(_ name: String, _ ending: Ending) -> String {
    let lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    return "\n## \(name)\n\n```text\n\(text)\(text.hasSuffix("\n") ? "" : "\n")```\n"
  }
}
