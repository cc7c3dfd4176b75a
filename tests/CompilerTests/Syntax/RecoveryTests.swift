import Compiler
import Testing

@Suite("All errors in one pass")
struct RecoveryTests {
  @Test func everyErrorIsReportedOnceInOrder() {
    let source = """
      import fs from "fs"
      var total = 0
      for (let i = 0, n = 3; i < n; i++) {
        total += i ** 2
        if (i == 2) continue
      }
      class Order extends Base {
        constructor() { super() }
      }
      const load = async (url) => await fetch(url)
      try { load(null) } catch ({message}) { console.log(message) } finally { delete total.x }
      const o = {get a() { return this.b }, f() { return arguments }, __proto__: o, a: 1, a: 2}
      let later
      switch (total) { case 1: later
        case 2: break }
      const r = /[/]'"/g.test(`${1.5}`)
      export default new Order(o?.a ?? 1)
      """
    #expect(
      summary(source) == [
        "1:8 defaultImport", "1:16 notRelativePath", "2:1 varDeclaration", "3:1 forLoop", "4:9 compoundAssignment",
        "4:14 exponentiation", "5:9 looseEquality", "7:1 classSyntax", "10:14 asyncFunction",
        "10:35 fetchName", "11:1 tryStatement", "11:12 nullLiteral", "11:40 consoleName", "11:73 deleteOperator",
        "12:12 getter", "12:29 thisExpression", "12:39 method", "12:52 argumentsObject", "12:65 protoKey",
        "12:76 readBeforeInitialization", "12:85 duplicateKey", "13:5 letWithoutInitializer",
        "14:18 switchFallsThrough",
        "16:11 regularExpression", "16:28 fractionalLiteral", "17:1 exportDefaultNotFunction", "17:16 newExpression",
        "17:27 optionalChaining", "17:31 nullishCoalescing",
      ])
  }

  @Test(
    arguments: [
      ("const a = ;\neval", ["1:11 unexpectedToken", "2:1 evalName"]),
      ("const = 1\neval", ["1:7 expectedToken", "2:1 evalName"]),
      ("f(1 2 3)\neval", ["1:1 unknownName", "1:5 expectedToken", "2:1 evalName"]),
      ("const o = {a: 1 b: 2}; eval", ["1:17 expectedToken", "1:24 evalName"]),
      ("if (true { eval }\nconst b = null", ["1:10 expectedToken", "1:12 evalName", "2:11 nullLiteral"]),
      ("(1 + ) ; null", ["1:6 unexpectedToken", "1:10 nullLiteral"]),
      ("} null", ["1:1 unexpectedToken"]),
      ("const f = () => {\n  const a = \n}\neval", ["3:1 unexpectedToken", "4:1 evalName"]),
      ("const f = () => {\n  1 2\n  null\n}\neval", ["2:5 missingSemicolon", "3:3 nullLiteral", "5:1 evalName"]),
      ("switch (1) { case: null; break; case 2: eval; break }", ["1:18 unexpectedToken", "1:41 evalName"]),
      ("1 @ 2\neval", ["1:3 unexpectedCharacter", "2:1 evalName"]),
      ("const {a b} = {}\neval", ["1:10 expectedToken", "2:1 evalName"]),
      ("import {a b} from \"./lib.js\"\neval", ["1:11 expectedToken", "2:1 evalName"]),
      ("const s = \"abc\neval", ["1:11 unterminatedString", "2:1 evalName"]),
      ("/* a", ["1:1 unterminatedComment"]), ("[1, `a", ["1:5 unterminatedTemplate"]),
      ("f(`a${", ["1:1 unknownName", "1:7 unexpectedToken"]),
      ("const f = (a", ["1:11 unclosedBracket", "1:11 unknownName"]), ("{ {", ["1:3 unclosedBracket"]),
      ("class A {", ["1:1 classSyntax", "1:9 unclosedBracket"]),
    ])
  func aSyntaxErrorCostsOneStatement(source: String, expected: [String]) {
    #expect(summary(source, files: ["lib.js": ""]).filter { !$0.hasSuffix("missingExport") } == expected)
  }

  @Test(
    arguments: [
      ("for (var i = 0, j; i < 3; i++, j--) { if (i === 1) break; else continue } 1", [.forLoop]),
      ("for (i = 0; ; ) { } const i = 1; 1", [.forLoop, .readBeforeInitialization]),
      ("for (var k in {}) continue\n1", [.forInLoop]), ("while (true) { break } 1", [.whileLoop]),
      ("for (const [a, b] of []) { a + b } 1", [.forOfLoop]), ("do { continue } while (true) 1", [.doWhileLoop]),
      ("function* f() { yield; yield* [1]; yield 1 } 1", [.generator]),
      ("async function f() { await 1; for await (const a of []) { } } 1", [.asyncFunction, .forOfLoop]),
      ("class A { #b = 1; static { this.c = null } get d() { return super.d } } A", [.classSyntax]),
      ("({async *f() { yield await 1 }})", [.asyncFunction]), ("new Date().getTime()", [.newExpression]),
      ("new Promise((resolve) => resolve(1))", [.newExpression]), ("[,,1,,]", [.arrayHole, .arrayHole]),
      ("try { } catch { } finally { } 1", [.tryStatement]), ("const a = 1; a instanceof Foo", [.instanceofOperator]),
    ] as [(String, [DiagnosticCode])])
  func partsOfARejectedConstructAreNotReportedAgain(source: String, expected: [DiagnosticCode]) {
    #expect(codes(source) == expected)
  }
}
