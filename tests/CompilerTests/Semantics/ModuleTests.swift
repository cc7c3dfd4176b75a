import Compiler
import Testing

@Suite("Modules")
struct ModuleTests {
  /// The paths of a program's files in the order of evaluation.
  private func order(_ source: String, _ files: [String: String]) -> [String]? {
    let analysis = analyze(source, files: files)
    return analysis.program?.trees.map { String(decoding: analysis.sources[$0.file].path, as: UTF8.self) }
  }

  /// The order of evaluation is that of ECMAScript.
  @Test func filesAreEvaluatedAfterWhatTheyImport() {
    let files = [
      "a.js": "import {c} from './c.js'; export const a = c",
      "b.js": "import {c} from './sub/../c.js'; export const b = c",
      "c.js": "export const c = 1",
    ]
    #expect(
      order("import {b} from './b.js'; import {a} from './a.js'; a + b", files) == ["c.js", "b.js", "a.js", "main.js"])
    #expect(
      order("import {a} from './a.js'; import {b} from './b.js'; a + b", files) == ["c.js", "a.js", "b.js", "main.js"])
  }

  @Test func pathsAreRelativeToTheImportingFile() {
    let files = ["x/a.js": "import {b} from '../y/./b.js'; export const a = b", "y/b.js": "export const b = 1"]
    #expect(order("import {a} from './/x/a.js'; a", files) == ["y/b.js", "x/a.js", "main.js"])
  }

  @Test func theFolderOfTheEntryIsTheRoot() {
    var asked: [String] = []
    let source = Array("import {a} from './a.js'; import {b} from './x/../../b.js'; a".utf8)
    let analysis = FrontEnd.analyze(entry: Array("/srv/app/main.js".utf8), source: source) { path in
      asked.append(String(decoding: path, as: UTF8.self))
      return .text(Array("export const a = 1".utf8))
    }
    #expect(asked == ["/srv/app/a.js"])
    #expect(summary(analysis) == ["1:43 pathLeavesRoot"])
    #expect(analysis.sources.map { String(decoding: $0.path, as: UTF8.self) } == ["/srv/app/main.js", "/srv/app/a.js"])
  }

  @Test func aCycleIsReportedOnceWithItsPath() {
    let files = [
      "a.js": "import {b} from './b.js'; export const a = b", "b.js": "import {c} from './c.js'; export const b = c",
      "c.js": "import {a} from './a.js'; export const c = a",
    ]
    let analysis = analyze("import {a} from './a.js'; a", files: files)
    #expect(summary(analysis) == ["1:17 importCycle"])
    #expect(String(decoding: analysis.diagnostics[0].message, as: UTF8.self).hasSuffix("a.js -> b.js -> c.js -> a.js"))
    #expect(
      summary(
        "import {main} from './a.js'; export const main1 = main; 1",
        files: ["a.js": "import {main1} from './main.js'; export const main = main1"]) == ["1:21 importCycle"])
  }

  @Test func errorsAreSortedByFileAndPosition() {
    let files = ["a.js": "null\nimport {b} from './b.js'\nexport const a = eval", "b.js": "this; export const b = 1"]
    let analysis = analyze("var x = 1; import {a} from './a.js'; null", files: files)
    #expect(analysis.diagnostics.map(\.span.file) == [0, 0, 1, 1, 2])
    #expect(
      summary(analysis) == [
        "1:1 varDeclaration", "1:38 nullLiteral", "1:1 nullLiteral", "3:18 evalName", "1:1 thisExpression",
      ])
  }

  @Test(
    arguments: [
      "import {total} from './lib.js'; total", "import {total as t} from './lib.js'; t",
      "import {sum} from './lib.js'; sum",
      "import * as lib from './lib.js'; lib.total", "import * as lib from './lib.js'; lib.sum",
      "import {again} from './again.js'; again",
    ])
  func anImportedNameMeansTheBindingOfItsFile(source: String) throws {
    let files = [
      "lib.js": "export const total = 1; export {total as sum}",
      "again.js": "import {total} from './lib.js'; export {total as again}",
    ]
    let program = try #require(analyze(source, files: files).program)
    let last = try #require(program.references.last)
    switch last.target {
    case .binding(let binding), .moduleMember(let binding):
      #expect(program.symbols[program.bindings[binding.index].name.symbol] == Array("total".utf8))
      #expect(program.bindings[binding.index].kind == .constant)
    default: Issue.record("\(last.target)")
    }
  }

  @Test(
    arguments: [
      ("import {a} from './none.js'; a", ["1:17 moduleNotFound"]),
      ("import {x} from './lib.js'; x", ["1:9 missingExport"]),
      ("import {a} from 'lib.js'; a", ["1:17 notRelativePath"]),
      ("import {a} from '/lib.js'; a", ["1:17 notRelativePath"]),
      ("import {a} from 'node:fs'; a", ["1:17 notRelativePath"]),
      ("import {a} from '../lib.js'; a", ["1:17 pathLeavesRoot"]),
      ("import {default as a} from './lib.js'; a", ["1:9 defaultImport"]),
      ("import a, {total} from './lib.js'; a", ["1:8 defaultImport"]),
      ("import a, * as b from './lib.js'; 1", ["1:8 defaultImport"]), ("export * from './lib.js'; 1", ["1:1 reExport"]),
      ("export * as a from './lib.js'; 1", ["1:1 reExport"]),
      ("export {a as default}; const a = 1; 1", ["1:14 exportDefaultNotFunction"]),
      ("export default (request) => 1", ["1:1 exportDefaultNotFunction"]),
      ("export default class {}", ["1:16 classSyntax"]),
      ("export default async function () {}", ["1:16 asyncFunction"]), ("export var a = 1; 1", ["1:8 varDeclaration"]),
      ("export class A {} 1", ["1:8 classSyntax"]),
      ("export a; 1", ["1:8 expectedToken"]), ("import * as lib from './lib.js'; lib", ["1:34 moduleAsValue"]),
      ("import * as lib from './lib.js'; lib['total']", ["1:34 moduleAsValue"]),
      ("import * as lib from './lib.js'; export {lib}; 1", ["1:42 moduleAsValue"]),
      ("const f = () => { import {a} from './lib.js' }; 1", ["1:19 nestedModuleDeclaration"]),
      ("export {total as 'a b'}; const total = 1; 1", ["1:18 stringExportName"]),
      ("export {'a'}; 1", ["1:9 stringExportName", "1:9 exportOfUndeclared"]),
      ("export {String}; 1", ["1:9 exportOfUndeclared"]),
      ("import {total} from './lib.js' assert {type: 'json'}; total", ["1:32 missingSemicolon"]),
      ("{ const a = 1 } export {a}; 1", ["1:25 exportOfUndeclared"]),
    ])
  func mistakesInImportsAndExportsAreReported(source: String, expected: [String]) {
    #expect(summary(source, files: ["lib.js": "export const total = 1", "../lib.js": "", "node:fs": ""]) == expected)
  }

  @Test(
    arguments: [
      ("(a, b) { return a }", [DiagnosticCode.handlerArity]), ("(a = 1, b) { return a }", [.handlerArity]),
      ("({a}, [b], ...c) { return a }", [.handlerArity]), ("(a, b) {}", [.handlerArity, .handlerWithoutValue]),
      ("(a) {}", [.handlerWithoutValue]), ("() { return }", [.handlerWithoutValue]),
      ("(a) { const f = () => { return a }; f() }", [.handlerWithoutValue]),
      ("(a) { if (a) { return } else { switch (a) { default: } } }", [.handlerWithoutValue]),
      ("() { return 1 }", []), ("(a = 1, b = 2, ...c) { return a }", []), ("(...a) { return a }", []),
      ("(a) { throw a }", []), ("(a) { switch (a) { case 1: { if (a) return a } } }", []),
    ])
  func handlersThatCanOnlyFailAreRejected(rest: String, expected: [DiagnosticCode]) {
    #expect(codes("export default function \(rest)") == expected)
    #expect(codes("export default function named\(rest)") == expected)
  }

  @Test func theMessageCountsTheHandlersParameters() {
    let messages = ["(a, b)", "(a, b, c = 1)", "(a, b, ...c)"].flatMap {
      analyze("export default function \($0) { return 1 }").diagnostics.map {
        String(decoding: $0.message, as: UTF8.self)
      }
    }
    #expect(
      messages
        == ["2", "at least 2", "at least 2"].map {
          "the handler takes \($0) arguments, but is called with one: the request"
        })
  }

  @Test func onlyTheEntrysDefaultExportIsTheHandler() {
    let files = ["a.js": "export default function (a, b) {} export const c = 1"]
    #expect(summary("import {c} from './a.js'; c", files: files) == [])
  }

  /// A path that contains a NUL is never requested.
  @Test func unusableFilesAreReported() {
    var asked: [[UInt8]] = []
    let source = Array("import {a} from './a.js'; import {b} from './b\\0.js'; import {c} from './c.js'; 1".utf8)
    let analysis = FrontEnd.analyze(entry: Array("app/main.js".utf8), source: source) { path in
      asked.append(path)
      return path.last == UInt8(ascii: "s") && asked.count == 1 ? .unusable(why: Array("is a pipe".utf8)) : .missing
    }
    #expect(asked == [Array("app/a.js".utf8), Array("app/c.js".utf8)])
    #expect(summary(analysis) == ["1:17 moduleUnusable", "1:43 moduleNotFound", "1:71 moduleNotFound"])
    #expect(
      String(decoding: analysis.diagnostics[0].message, as: UTF8.self) == "`app/a.js` can't be imported: it is a pipe")
  }

  @Test(
    arguments: [
      "", "const a = 1", "1;;", "{ 1 }", "if (true) 1", "function f() {}", "1; const a = 2", "export const a = 1",
    ])
  func aScriptMustEndInItsValue(source: String) {
    #expect(codes(source) == [.scriptWithoutValue])
  }
}
