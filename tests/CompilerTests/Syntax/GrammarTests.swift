import Compiler
import Testing

@Suite("Grammar")
struct GrammarTests {
  @Test(
    arguments: [
      ("const a = 1 const b = 2; a", ["1:13 missingSemicolon"]), ("1 2", ["1:3 missingSemicolon"]),
      ("if (true) 1 else 2", ["1:13 missingSemicolon"]),
      ("{ 1 2 } 3", ["1:5 missingSemicolon"]), ("if (true)\n", ["2:1 unexpectedToken"]),
      ("throw\n1", ["1:1 newlineAfterThrow"]),
      ("const f = (a)\n=> a\nf", ["2:1 newlineBeforeArrow"]), ("const f = a\n=> a\nf", ["2:1 newlineBeforeArrow"]),
      ("const f = () => {}()\nf", ["1:19 missingSemicolon"]), ("const f = () => {} + 1\nf", ["1:20 missingSemicolon"]),
      ("const a = 1\n(1)", ["1:1 scriptWithoutValue"]),
      ("const a = 1\n++\na", ["2:1 increment"]), ("const a = 1; a\n++", ["2:1 increment", "2:3 unexpectedToken"]),
      ("import {} from \"./lib.js\" 1", ["1:27 missingSemicolon"]), ("export {} 1", ["1:11 missingSemicolon"]),
      ("break\na", ["1:1 misplacedBreak", "2:1 unknownName"]), ("function f() {} 1", []),
      ("export function f() {} 1", []),
      ("export default function () { return 1 } 1", []), ("{} 1", []),
      ("const f = async\n() => 1", ["1:11 unknownName", "2:4 missingSemicolon"]),
      ("async\nfunction f() {}\n1", ["1:1 unknownName"]),
    ])
  func semicolonsAreInsertedOnlyWhereECMAScriptDoes(source: String, expected: [String]) {
    #expect(summary(source, files: ["lib.js": ""]) == expected)
  }

  @Test(
    arguments: [
      ("const a = 1; function a() {} 1", [DiagnosticCode.duplicateDeclaration]),
      ("const f = (a) => { const a = 1 }; 1", [.duplicateDeclaration]),
      ("function f(a, {b: [a]}) {} 1", [.duplicateParameter]), ("const f = (...a, b) => 1; 1", [.restNotLast]),
      ("const [...a,] = []; 1", [.restNotLast]),
      ("const {...{a}} = {}; 1", [.expectedToken]), ("const f = (...a = []) => 1; 1", [.unexpectedToken]),
      ("let let = 1; 2", [.reservedWord]),
      ("const [a, a] = [1, 2]; 1", [.duplicateDeclaration]),
      ("import {a, b as a} from \"./lib.js\"; 1", [.duplicateDeclaration]),
      ("import {a} from \"./lib.js\"; const a = 1; 1", [.duplicateDeclaration]),
      ("switch (1) { case 1: const a = 1; break; default: const a = 2; throw 1 } 1", [.duplicateDeclaration]),
      ("{ function f() {} function f() {} } 1", [.duplicateDeclaration]),
      ("{ function f() {} const f = 1 } 1", [.duplicateDeclaration]),
      ("const f = (implements) => 1; 1", [.reservedWord]), ("const f = (eval) => 1; 1", [.reservedWord]),
      ("const arguments = 1; 2", [.reservedWord]),
      ("const await = 1; 2", [.reservedWord]), ("const yield = 1; 2", [.reservedWord]),
      ("function static() {} 1", [.reservedWord]), ("const enum = 1; 2", [.reservedWord]),
      ("const undefined = 1; 2", [.undefinedName]), ("import {if} from \"./lib.js\"; 1", [.reservedWord]),
      ("export {if}; 1", [.reservedWord, .exportOfUndeclared]),
      ("export default function () { return 1 } export default function () {}", [.duplicateExport]),
      ("(a, b) = 1", [.unknownName, .commaOperator, .unknownName, .assignment]),
      ("if (true) function f() {}", [.declarationNeedsBlock]), ("({a = 1})", [.unknownName, .unexpectedToken]),
      ("() + 1", [.unexpectedToken]), ("(...a)", [.unexpectedToken]),
      ("if (true) 1; else const a = 1", [.declarationNeedsBlock]), ("`${}`", [.unexpectedToken]),
      ("`${1 2}`", [.expectedToken]), ("f(,)", [.unknownName, .unexpectedToken]),
      ("a => {} ? 1 : 2", [.missingSemicolon]), ("-1 ** 2", [.exponentiation]), ("const {if} = {}; 1", [.reservedWord]),
      ("({if})", [.reservedWord]), ("({true})", [.reservedWord]), ("({false, null})", [.reservedWord, .nullLiteral]),
      ("({this})", [.thisExpression]), ("({function})", [.reservedWord]), ("({new Some(1)})", [.reservedWord]),
      (#"({tru\u0065})"#, [.escapedKeyword]), ("({undefined, eval})", [.undefinedName, .evalName]),
      ("({await, let, static})", [.reservedWord, .reservedWord, .reservedWord]), ("1.a", [.malformedNumber]),
      ("0_1", [.misplacedSeparator]), ("1_", [.misplacedSeparator]), ("0x_1", [.misplacedSeparator]),
      ("0x", [.malformedNumber]), ("1a", [.malformedNumber]), ("08", [.legacyOctalLiteral]),
      ("1e3", [.fractionalLiteral]), (".5", [.fractionalLiteral]), ("1.", [.fractionalLiteral]),
      ("1_0.5e-3", [.fractionalLiteral]), ("0n", [.bigIntLiteral]), ("0xFFn", [.bigIntLiteral]),
      ("18446744073709551616", [.integerOutOfRange]), ("-9223372036854775809", [.integerOutOfRange]),
      ("-(9223372036854775808)", [.integerOutOfRange]),
      ("!9223372036854775808", [.integerOutOfRange]), ("- -9223372036854775808", []),
      ("-9223372036854775808 .a", [.integerOutOfRange]), ("({9223372036854775808: 1})", [.integerOutOfRange]),
      (#""\08""#, [.legacyOctalEscape]), (#""\8""#, [.legacyOctalEscape]), (#""\u{110000}""#, [.invalidEscape]),
      (#""\u{}""#, [.invalidEscape]), (#""\u12""#, [.invalidEscape]),
      (#""\uDE00\uD83D""#, [.loneSurrogate, .loneSurrogate]), (#""\uD83Da""#, [.loneSurrogate]),
      (#"`\uD83D${1}\uDE00`"#, [.loneSurrogate, .loneSurrogate]), ("`\\1`", [.legacyOctalEscape]),
      ("({\"a\": 1, a: 2, [\"a\"]: 3})", [.duplicateKey]),
      ("({1: 1, \"1\": 2, 0x1: 3})", [.duplicateKey, .duplicateKey]), ("({\"__proto__\": 1})", [.protoKey]),
      ("const __proto__ = 1; ({__proto__})", [.protoKey]),
      ("const {\"__proto__\": a} = {}; 1", [.protoKey]), ("new.target", [.newTarget]), ("1 #a", [.privateName]),
    ] as [(String, [DiagnosticCode])])
  func earlyErrorsOfECMAScriptAreReported(source: String, expected: [DiagnosticCode]) {
    let found = analyze(source, files: ["lib.js": "export const a = 1, b = 2; const c = 3; export {c as if}"])
      .diagnostics.map(\.code)
    #expect(found == expected)
  }

  /// Whichever statement a clause ends with.
  @Test(
    arguments: [
      ("case 1: ; case 2: break", 1), ("case 1: if (true) break; case 2: break", 1), ("case 1: { } default: break", 1),
      ("case 1: if (true) break; else { Some(1) } break; default: break", 0),
      ("case 1: switch (2) { default: break } default: break", 1),
      ("default: Some(1)", 0), ("default: Some(1); case 1: Some(2)", 1), ("case 1: Some(1); case 2:", 1),
      ("case 1: case 2: if (true) break", 0), ("case 1: switch (2) { case 3: Some(1) } default: break", 1),
      ("case 1: { { throw 1 } } default: if (true) { throw 1 } else if (false) break; else throw 2", 0),
      ("case 1: () => { return 1 }; default:", 1), ("case 1: case 2: default:", 0),
      ("case 1: function f() { return 1 } case 2:", 1),
    ])
  func clausesThatFallThroughAreErrors(clauses: String, count: Int) {
    #expect(codes("switch (1) { \(clauses) } 1") == Array(repeating: .switchFallsThrough, count: count))
  }

  /// Whatever the expression contains.
  @Test(
    arguments: [
      "/a/", "/[/]'\"`/g", "/\\//", "1 + /a/", "(/a(/)", "Some(/'/)", "[/]/]", "({a: /}/})", "!/a/", "true ? /a/ : /b/",
      "if (true) /'/\n1", "() => /`/",
      "throw /a/", "`${/}/}`", "/=/", "const f = () => { return /}/ }; 1",
    ])
  func aRegularExpressionIsOneError(source: String) {
    let found = codes(source)
    #expect(Set(found) == [.regularExpression])
    #expect(found.count == (source.contains("/b/") ? 2 : 1))
  }
}
