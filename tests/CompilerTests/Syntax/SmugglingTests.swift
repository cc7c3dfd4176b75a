import Compiler
import Testing

@Suite("Nothing gets past the rules in disguise")
struct SmugglingTests {
  @Test(
    arguments: [
      (#"\u0065val("1")"#, DiagnosticCode.evalName), (#"ev\u{61}l("1")"#, .evalName),
      (#"ev\u{000061}l("1")"#, .evalName),
      (#"\u0046unction("1")"#, .functionConstructor), (#"globalThi\u0073"#, .globalObject),
      (#"argument\u0073"#, .argumentsObject), (#"undefine\u0064"#, .undefinedName),
      (#"proces\u{73}.env"#, .processName),
      (#"th\u0069s"#, .escapedKeyword), (#"n\u0065w"#, .escapedKeyword), (#"cl\u0061ss"#, .escapedKeyword),
      (#"\u0066or"#, .escapedKeyword), (#"aw\u0061it"#, .escapedKeyword), (#"l\u0065t"#, .escapedKeyword),
      (#"({\u005f_proto__: 1})"#, .protoKey), (#"({"__pr\u006fto__": 1})"#, .protoKey),
      (#"({"\x5f_proto__": 1})"#, .protoKey),
      (#"const {__prot\u006f__: a} = {}; 1"#, .protoKey), (#"Math.r\u0061ndom()"#, .mathRandom),
      (#"const \u0065val = 1; 2"#, .reservedWord), (#"const aw\u0061it = 1; 2"#, .escapedKeyword),
    ])
  func escapesDoNotChangeWhatANameMeans(source: String, code: DiagnosticCode) {
    #expect(codes(source).first == code)
  }

  @Test(
    arguments: [
      "`${eval}`", "`${`${eval}`}`", "[eval]", "[...eval]", "({a: eval})", "({[eval]: 1})", "({...eval})", "({eval})",
      "(a = eval) => a; 1", "({a = eval}) => a; 1", "const {[eval]: a} = {}; 1", "const [a = eval] = []; 1",
      "() => eval; 1",
      "() => { return eval }; 1", "function f() { eval } 1", "if (eval) 1; 2", "if (true) eval; 2",
      "if (true) 1; else eval\n2",
      "switch (eval) {} 1", "switch (1) { case eval: break } 1", "switch (1) { default: eval; break } 1", "throw eval",
      "true ? eval : 1", "true && eval", "-eval", "!eval", "eval.a", "eval[0]", "[0][eval]", "eval()", "Some(eval)",
      "Some(...eval)",
      "export const a = eval; 1", "export default function (a) { return eval }", "{ eval } 1", "(eval)", "((0, eval))",
      "for (const a of eval) {} 1", "for (;;) { eval } 1", "while (eval) {} 1", "do { eval } while (true); 1",
      "try { eval } catch (e) { } 1", "try { } catch (e) { eval } 1", "try { } finally { eval } 1", "new eval.a(1)",
      "new (eval)",
      "new a(eval)", "a: eval; 1", "with (eval) { } 1", "typeof eval", "void eval", "delete eval.a", "eval = 1",
      "1 ?? eval",
      "1 == eval", "1 & eval", "1 ** eval", "+eval", "~eval", "eval++", "--eval", "eval?.a", "Some`${eval}`",
      "import(eval)",
      "({get a() { return eval }})", "({a() { return eval }})", "({async *[eval]() { }})", "async () => eval; 1",
      "function* f() { yield eval } 1", "async function f() { await eval } 1",
    ])
  func everyPlaceOfAnExpressionIsChecked(source: String) {
    #expect(codes(source).filter { $0 == .evalName }.count == 1)
  }

  @Test(
    arguments: [
      "\"eval\"", "'this'", "`eval this new`", "// eval\n1", "/* eval\n class */ 1", "({eval: 1}).eval",
      "({\"eval\": 1})",
      "const a = {this: 1}; a.this", "const a = {eval: 1}; const {eval: b} = a; b",
    ])
  func forbiddenNamesInTextAreHarmless(source: String) {
    #expect(codes(source) == [])
  }

  @Test(arguments: ["\u{2028}", "\u{2029}", "\r", "\n", "\r\n"])
  func lineSeparatorsEndComments(terminator: String) {
    #expect(codes("// comment" + terminator + "eval") == [.evalName])
  }

  @Test func htmlCommentsAreNotComments() {
    #expect(codes("const x = 1, y = 2; x <!--y") == [.decrement])
    #expect(codes("1\n--> eval") == [.decrement, .unexpectedToken])
  }

  @Test(arguments: ["\u{435}val(1)", "ev\u{430}l", "e\u{200D}val", "\\u{435}val"])
  func lookAlikeLettersAreRejected(source: String) {
    #expect(codes(source).first == .nonASCIIName)
  }

  @Test func shadowedNamesBelongToTheProgramInTheirScope() {
    #expect(codes("const Date = 1; Date") == [])
    #expect(codes("{ const Date = 1; Date } Date") == [.dateName])
    #expect(codes("const f = (fetch) => fetch; fetch") == [.fetchName])
    #expect(codes("const Log = {info: (x) => x}; [1].map(Log.info)") == [])
  }

  @Test(
    arguments: [
      "const l = Log; 1", "const l = Log.info; 1", "[1].map(Log.info)", "Log[\"info\"](1)", "({Log})",
      "const {info} = Log; 1",
      "(true ? Log : 1).info(1)", "(true ? Log.info : 1)(1)", "`${Log.info}`",
    ])
  func effectsCanOnlyBeCalledDirectly(source: String) {
    #expect(codes(source) == [.effectAsValue])
  }

  @Test func unknownOperationsOfEffectsAreErrors() {
    #expect(codes("Log.delete(1)") == [.unknownMember])
    #expect(codes("Clock.now.a()") == [.effectAsValue])
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let text = rendered(analyze("\"\u{1B}[31m\u{202E}\"; eval"))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && text.contains("\u{FFFD}[31m"))
  }
}
