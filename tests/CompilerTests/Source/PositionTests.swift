import Compiler
import Testing

@Suite("Positions")
struct PositionTests {
  /// Lines end at LF, CR LF and CR.
  @Test(
    arguments: [
      ("eval", "1:1"), ("  eval", "1:3"), ("\teval", "1:2"), ("1\neval", "2:1"), ("1\r\neval", "2:1"),
      ("1\reval", "2:1"),
      ("1\n\n\r\n\r\reval", "6:1"), ("\"\u{E9}\" + eval", "1:7"), ("\"\u{1F600}\" + eval", "1:7"),
      ("\"e\u{301}\" + eval", "1:8"),
      ("\"\u{1F1E9}\u{1F1EA}\" + eval", "1:8"), ("\u{FEFF}eval", "1:2"), ("#!a\neval", "2:1"), ("/*\n*/ eval", "2:4"),
      ("`\n\n` + eval", "3:5"), ("\"a\\\nb\" + eval", "2:6"),
    ])
  func columnsCountCodePoints(source: String, place: String) {
    #expect(summary(source) == ["\(place) evalName"])
  }

  @Test func tabsAndWideTextDoNotShiftTheMarks() {
    #expect(rendered(analyze("\t\teval(1)")).contains("\n| \t\teval(1)\n| \t\t^~~~\n"))
    #expect(rendered(analyze("\"\u{E9}\u{E9}\" + eval")).contains("\n| \"\u{E9}\u{E9}\" + eval\n|        ^~~~\n"))
  }

  @Test func aLongSpanIsMarkedToTheEndOfItsFirstLine() {
    #expect(rendered(analyze("const a = 1\nconst b =\n  a")).contains("\n| const b =\n| ^~~~~~~~~\n"))
  }

  @Test func aLongLineIsCutAroundThePlace() throws {
    let text = rendered(analyze(String(repeating: "1 + ", count: 200) + "eval" + String(repeating: " + 1", count: 200)))
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "main.js:1:801: error[MQ3036]: `eval` does not exist")
    #expect(lines[1].count < 180 && lines[1].hasPrefix("| ...") && lines[1].hasSuffix("..."))
    let mark = try #require(lines[2].firstIndex(of: "^"))
    let place = lines[1].index(lines[1].startIndex, offsetBy: lines[2].distance(from: lines[2].startIndex, to: mark))
    #expect(lines[1][place...].hasPrefix("eval"))
  }

  @Test func columnsAreRightAnywhereInAVeryLongLine() {
    for count in [0, 1, 63, 64, 65, 255, 1_000, 70_000] {
      let wide = String(repeating: "\u{1F600}", count: count)
      let text = "\"\(wide)\"; eval; " + String(repeating: "1; ", count: 500)
      let lines = rendered(analyze(text)).split(separator: "\n")
      #expect(lines[0].hasPrefix("main.js:1:\(count + 5): error"))
      #expect(lines[1].count <= 160 + 8 && lines[1].hasSuffix("..."))
      let mark = lines[2].prefix { $0 == " " || $0 == "|" }.count
      #expect(lines[1].dropFirst(mark).hasPrefix("eval; 1;"))
    }
  }

  @Test func theEndOfAFileIsAPlaceToo() {
    #expect(summary("1 +") == ["1:4 unexpectedToken"])
    #expect(summary("1 +\n") == ["2:1 unexpectedToken"])
    #expect(summary("") == ["1:1 scriptWithoutValue"])
    #expect(rendered(analyze("1 +")).contains("\n| 1 +\n|    ^\n"))
  }

  @Test func jsonHasTheSameFacts() {
    let analysis = analyze("\"\u{E9}\" +\n eval")
    var renderer = DiagnosticRenderer(sources: analysis.sources)
    let text = String(decoding: renderer.json(analysis.diagnostics), as: UTF8.self)
    #expect(
      text == """
        [{"code":"MQ3036","severity":"error","message":"`eval` does not exist","reason":"The sealed runtime contains \
        no parser and no compiler, so text never becomes code.","hint":"Write the code as a function. To read data, use \
        `JSON.parse`.","file":"main.js","line":2,"column":2,"endLine":2,"endColumn":6}]
        """)
    #expect(renderer.json([]) == Array("[]".utf8))
  }

  @Test func jsonEscapesOnlyWhatItMust() {
    let source = SourceFile(path: Array("a\"\\\u{1}\n\u{E9}".utf8) + [0xFF], bytes: Array("1".utf8))
    var renderer = DiagnosticRenderer(sources: [source])
    let diagnostic = Diagnostic(.evalName, at: SourceSpan(file: 0, start: 0, end: 1))
    let text = String(decoding: renderer.json([diagnostic]), as: UTF8.self)
    #expect(text.contains(#""file":"a\"\\\u0001\n"# + "\u{E9}\u{FFFD}\","))
  }
}
