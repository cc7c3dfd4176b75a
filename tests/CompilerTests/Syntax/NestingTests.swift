import Compiler
import Foundation
import Testing

@Suite("Programs nested without end")
struct NestingTests {
  /// Pieces that are repeated 20,000 times. Each must end in an error, quickly and without a stack overflow.
  static let bombs: [(open: String, close: String)] = [
    ("(", ""), ("(", ")"), ("[", "]"), ("{", "}"), ("({a: ", "})"), ("({[", "]: 1})"), ("f(", ")"), ("f[", "]"),
    ("!", "1"),
    ("-", "1"), ("- ", "1"), ("typeof ", "1"), ("await ", "1"), ("new ", "a"), ("new (", ")"), ("a => ", "1"),
    ("(a) => ", "1"),
    ("async a => ", "1"), ("(a = ", ") => 1"), ("`${", "}`"), ("if (true) ", "1"), ("if (true) 1; else ", "1"),
    ("if (true) {", "}"), ("true ? 1 : ", "1"), ("true ? ", " : 1"), ("a = ", "1"), ("1 + ", "1"), ("1 + (", ")"),
    ("1 && ", "1"),
    ("1 ** ", "1"), ("a.", "b"), ("a()", ""), ("a[0]", ""), ("const [", "] = 1"), ("const {a: ", "} = 1"),
    ("([", "]) => 1"),
    ("function f() {", "}"), ("() => {", "}"), ("switch (1) { case 1: ", "}"), ("while (1) ", "1"), ("for (;;) ", "1"),
    ("for (a of ", ") 1"), ("try {", "}"), ("do ", "while (1)"), ("with (1) ", "1"), ("a: ", "1"),
    ("class A extends ", "{}"),
    ("({a() {", "}})"), ("import(", ")"), ("yield ", "1"), ("[...", "]"), ("export default ", "1"), ("a`${", "}`"),
    ("a?.", "b"),
    ("const f = () => {", "}"), ("(function () {", "})()"), ("throw ", "1"), ("{a: ", "}"),
  ]

  @Test(arguments: bombs)
  func endlessNestingEndsInACleanError(open: String, close: String) async {
    let count = 20_000
    let source = String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
    let found = await onLargeStack { codes(source) }
    #expect(found.filter { $0 == .tooDeep }.count <= 1)
    #expect(found.contains(.tooDeep) || found.contains(.tooManyErrors) || found.contains { !$0.isWarning })
    #expect(found.count <= 1_001)
  }

  /// How deeply a piece may be nested in itself.
  struct Limit: Sendable {
    let prefix: String
    let open: String
    let close: String
    let suffix: String
    let count: Int

    init(_ prefix: String, _ open: String, _ close: String, _ suffix: String, _ count: Int) {
      self.prefix = prefix
      self.open = open
      self.close = close
      self.suffix = suffix
      self.count = count
    }

    func program(_ count: Int) -> String { prefix + nested(open, count, close) + suffix }
  }

  static let limits: [Limit] = [
    Limit("", "[", "]", "", 248), Limit("", "({a: ", "})", "", 124), Limit("", "Some(", ")", "", 248),
    Limit("", "`${", "}`", "", 248), Limit("", "{", "}", "1", 248), Limit("", "(", ")", "", 248),
    Limit("", "if (true) {", "}", "\n1", 124), Limit("const f = ", "a => ", "", "; 1", 248),
    Limit("const f = ", "() => { return ", "}", "; 1", 124), Limit("", "true ? ", " : 1", "", 248),
    Limit("", "1 + ", "", "", 998), Limit("", "!", "", "", 998),
    Limit("", "true ? 1 : ", "", "", 998), Limit("", "if (true) 1; else ", "", "\n1", 998),
    Limit("", "(function () { return ", "})()", "", 62),
  ]

  /// The programs fit a stack of 8 MiB. One level more is an error.
  @Test(arguments: limits)
  func programsJustBelowTheLimitsFitTheStack(_ limit: Limit) async {
    #expect(await onLargeStack { codes(limit.program(limit.count)) } == [])
    #expect(await onLargeStack { codes(limit.program(limit.count + 1)) } == [.tooDeep])
  }

  @Test func whatStandsSideBySideHasNoLimit() {
    #expect(codes("[" + nested("1, ", 50_000, "") + "]") == [])
    #expect(codes(nested("if (true) 1; else 2\n", 5_000, "")) == [])
  }

  /// Time includes that for names and positions.
  @Test(.timeLimit(.minutes(5)))
  func manyFunctionsTakeLinearTime() throws {
    let count = 20_000
    let source = (0..<count).map { "function f\($0)() { return \"\($0)\" } (() => f\($0))\n" }.joined() + "1"
    let analysis = analyze(source)
    let program = try #require(analysis.program)
    guard case .image = ProgramGenerator.build(program, sources: analysis.sources) else {
      Issue.record("the program is too large")
      return
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func nestedParenthesesAreLookedAtOnce() async {
    let parentheses = nested("(", 200, ")")
    let source = (0..<2_000).map { "const f\($0) = (a, (b)) => (" + parentheses + ")" }.joined(separator: "\n")
    let found = await onLargeStack { codes(source) }
    #expect(found.last == .tooManyErrors)
  }
}

/// `open` repeated `count` times, then 1, then `close` repeated as often.
private func nested(_ open: String, _ count: Int, _ close: String) -> String {
  String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
}

extension DiagnosticCode {
  fileprivate var isWarning: Bool { definition.severity == .warning }
}
