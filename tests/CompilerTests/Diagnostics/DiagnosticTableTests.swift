import Compiler
import Engine
import TestSupport
import Testing

/// The file that the examples of the table import.
private let library = ["lib.js": "export const total = 1\n"]

/// The example for a code. Some can't be in the table as they are: the program is too long, too deep, or not UTF-8.
private func program(for code: DiagnosticCode) -> [UInt8] {
  switch code {
  case .fileTooLarge: Array(repeating: UInt8(ascii: ";"), count: 5_000_000)
  case .invalidUTF8: Array("\"caf".utf8) + [0xE9] + Array("\"".utf8)
  case .tooDeep: Array(repeating: UInt8(ascii: "["), count: 251)
  case .tooManyErrors: Array(String(repeating: "null;", count: 1_001).utf8)
  case .literalTooLarge: Array(("const a = [1];\n[" + String(repeating: "...a,\n", count: 65) + "]").utf8)
  case .tooManyArguments:
    Array(("const f = (...xs) => xs.length;\nf(" + String(repeating: "0,\n", count: 201) + ")").utf8)
  case .functionTooLarge:
    Array(("const f = (x) => {\n" + lines(1_001) { "const a\($0) = x + 1;" } + "return x;\n};\nf(1)").utf8)
  case .programTooLarge: Array((lines(65_001) { "const f\($0) = () => 0;" } + "1").utf8)
  case .namesCollide: Array("({\(CollidingNames.names(40, slot: 7).map { "\($0): 1" }.joined(separator: ", "))})".utf8)
  default: Array(code.definition.bad.text.utf8)
  }
}

private func lines(_ count: Int, _ line: (Int) -> String) -> String {
  (0..<count).map { line($0) + "\n" }.joined()
}

/// The diagnostics of a program: from the front end or, if it accepts the program, from the code generator.
private func compile(_ program: [UInt8]) -> (diagnostics: [Diagnostic], sources: [SourceFile]) {
  let analysis = analyze(program, files: library)
  guard let accepted = analysis.program, analysis.diagnostics.isEmpty else {
    return (analysis.diagnostics, analysis.sources)
  }
  switch ProgramGenerator.build(accepted, sources: analysis.sources) {
  case .image: return ([], analysis.sources)
  case .diagnostics(let diagnostics): return (diagnostics, analysis.sources)
  }
}

/// Whether a name is unknown only because its namespace is not in the engine's table of built-ins.
private func isLibraryName(_ diagnostic: Diagnostic) -> Bool {
  guard diagnostic.code == .unknownName, let name = diagnostic.arguments.first else { return false }
  let isNamespace = ["Decimal", "Hash", "Map", "Text"].contains { Array($0.utf8) == name }
  return isNamespace && Builtin.Namespace.find(name) == nil
}

@Suite("Table of diagnostics")
struct DiagnosticTableTests {
  @Test func everyCodeStandsAtItsPlaceWithAnIdOfItsOwn() {
    #expect(DiagnosticDefinition.all.count == DiagnosticCode.allCases.count)
    for code in DiagnosticCode.allCases { #expect(code.definition.code == code) }
    let ids = DiagnosticDefinition.all.map(\.id.text)
    #expect(Set(ids).count == ids.count)
    #expect(ids == ids.sorted())
    #expect(ids.allSatisfy { $0.count == 6 && $0.hasPrefix("MQ") && Int($0.dropFirst(2)) != nil })
  }

  @Test func idsAreFoundInAnyCase() {
    #expect(DiagnosticCode(id: Array("MQ3036".utf8)) == .evalName)
    #expect(DiagnosticCode(id: Array("mq3036".utf8)) == .evalName)
    #expect(DiagnosticCode(id: Array("MQ0000".utf8)) == nil)
    #expect(DiagnosticCode(id: []) == nil)
  }

  @Test(arguments: DiagnosticCode.allCases)
  func rejectedExamplesGetTheirCodeAlone(code: DiagnosticCode) {
    let found = compile(program(for: code)).diagnostics.map(\.code)
    if code == .tooManyErrors {
      #expect(found.count == 1_001 && found.last == code)
    } else {
      #expect(found == [code])
    }
  }

  @Test(arguments: DiagnosticCode.allCases)
  func suggestedExamplesAreAccepted(code: DiagnosticCode) {
    let analysis = analyze(code.definition.good.text, files: library)
    let unexpected = analysis.diagnostics.filter { !isLibraryName($0) }
    #expect(unexpected.isEmpty, "\(rendered(analysis))")
  }

  @Test func messagesAreThoseOfTheGoldenFile() throws {
    var text = ""
    for code in DiagnosticCode.allCases where code != .tooManyErrors {
      let (diagnostics, sources) = compile(program(for: code))
      var renderer = DiagnosticRenderer(sources: sources)
      text += String(decoding: renderer.text(diagnostics), as: UTF8.self) + "\n"
    }
    let difference = try differenceFromGolden("diagnostics.txt", text)
    #expect(difference == nil)
  }

  @Test(arguments: DiagnosticCode.allCases)
  func messagesAreOneLineAndSentencesEnd(code: DiagnosticCode) {
    let row = code.definition
    #expect(!row.message.text.contains("\n"))
    #expect(!row.message.text.hasSuffix("."))
    #expect(row.reason.text.hasSuffix("."))
    #expect(row.hint.text.hasSuffix("."))
    #expect(!row.bad.text.isEmpty && !row.good.text.isEmpty)
  }

  @Test func theHintAtADecimalHasPlainDigits() {
    let literals = [
      "1.5": "1.5", "1.": "1", ".5": "0.5", "1e3": "1000", "1.50e-3": "0.0015", "0.0": "0", "1_0.2_5": "10.25",
      "5E+2": "500", "12.5e1": "125", "0e5": "0", "100e-2": "1", "1e99": "...", "1e-99": "...",
    ]
    for (literal, digits) in literals {
      let diagnostics = analyze(literal).diagnostics
      #expect(diagnostics.map { String(decoding: $0.hint, as: UTF8.self) } == ["Write Decimal(\"\(digits)\")."])
    }
  }

  /// A call takes 4 words, one for `x`, one for each other name, and one to evaluate `x`: 1,004 at most.
  @Test func namesThatShareARegisterCountAsStackWords() {
    let program = Array(("const f = (x) => {\n" + lines(999) { "const a\($0) = x;" } + "return x;\n};\nf(1)").utf8)
    #expect(compile(program).diagnostics.map(\.code) == [.functionTooLarge])
    let fitting = Array(("const f = (x) => {\n" + lines(998) { "const a\($0) = x;" } + "return x;\n};\nf(1)").utf8)
    #expect(compile(fitting).diagnostics.isEmpty)
  }

  @Test func noTextShowsAPlaceholder() throws {
    let isPlaceholder = /\{[0-9]\}/
    for code in DiagnosticCode.allCases {
      #expect(String(decoding: code.definition.entry(), as: UTF8.self).firstMatch(of: isPlaceholder) == nil)
      for diagnostic in compile(program(for: code)).diagnostics.prefix(3) {
        for text in [diagnostic.message, diagnostic.reason, diagnostic.hint] {
          #expect(String(decoding: text, as: UTF8.self).firstMatch(of: isPlaceholder) == nil)
        }
      }
    }
  }

  @Test func thePageHasAnEntryForEachCode() {
    let page = String(decoding: DiagnosticDefinition.page(), as: UTF8.self)
    for row in DiagnosticDefinition.all {
      #expect(page.contains(String(decoding: row.entry(), as: UTF8.self)))
    }
  }
}
