// Statements, declarations and module items (ECMA-262, chapters 14 and 16).
extension GrammarTexts {
  /// Module
  mutating func file() {
    if chance(10) { put("import", "{") }
    if tokens.last == "{" {
      importNames()
      put("}", "from", random.pick(["\"./lib.js\"", "'./lib.js'"]), ";")
    }
    put("const", GrammarTexts.declaredNames.map { "\($0) = 1" }.joined(separator: ", "), ";")
    for _ in 0..<below(4) + 1 { moduleItem() }
    if chance(80) {
      put(random.pick([";", "\n"]), "a")
    } else {
      put("export", "default")
      if slip() { put(random.pick(["async", "class", "const", "a", "(", "default"])) }
      put("function")
      if chance(50) { binding() }
      put("(")
      pattern(1)
      put(")")
      put("{", "return", "a", "}")
    }
  }

  private mutating func importNames() {
    if slip() {
      return put(random.pick(["default as d", "\"total\" as t", "* as t", "total as default", "total, total", "if"]))
    }
    put("total")
    if chance(50) {
      put("as")
      binding()
    }
    if chance(20) { put(",") }
  }

  private mutating func moduleItem() {
    if slip() {
      return put(
        random.pick([
          "export * from './lib.js'", "export {total} from './lib.js'", "export default 1;", "export default (a) => a;",
          "import './lib.js'", "import d from './lib.js'", "import {total} from './lib.js' with {type: 'js'}",
          "export var v = 1;", "export class C {}", "export {a as 'x y'};", "export {'a'};", "export a;",
          "export {a, a};",
          "export let l;", "import {total as a} from './lib.js';", "export {none};", "export {if};",
          "export default class {}",
        ]))
    }
    switch below(12) {
    case 0:
      put("export")
      declaration(2)
    case 1:
      put("export", "{")
      reference()
      put("as")
      anyWord()
      put("}")
      end()
    default: statement(3)
    }
  }

  /// The end of a statement, normally a semicolon or a new line.
  private mutating func end() {
    if slip() { return }
    put(chance(70) ? ";" : "\n")
  }

  // MARK: Statements

  mutating func block(_ depth: Int) {
    put("{")
    for _ in 0..<below(3) { statement(depth - 1) }
    put("}")
  }

  mutating func functionBody(_ depth: Int) {
    put("{")
    if chance(10) { put(random.pick(["\"use strict\"", "'use strict'", "\"use\\x20strict\""]), ";") }
    for _ in 0..<below(2) { statement(depth - 1) }
    if chance(70) {
      put("return")
      if chance(80) { expression(max(0, depth - 1)) }
      end()
    }
    put("}")
  }

  /// Statement or declaration
  mutating func statement(_ depth: Int) {
    if slip() { return slippedStatement(depth) }
    guard depth > 0 else {
      expression(0)
      return end()
    }
    switch below(10) {
    case 0, 1, 2: declaration(depth - 1)
    case 3: block(depth)
    case 4:
      put("if", "(")
      expression(depth - 1)
      put(")")
      substatement(depth - 1)
      if chance(50) {
        put("else")
        substatement(depth - 1)
      }
    case 5: switching(depth - 1)
    case 6:
      put("throw")
      expression(depth - 1)
      end()
    case 7: put(";")
    default:
      expression(depth)
      end()
    }
  }

  private mutating func substatement(_ depth: Int) {
    if slip() { return declaration(depth) }
    if chance(50) { return block(depth) }
    expression(depth)
    put(";")
  }

  private mutating func declaration(_ depth: Int) {
    if chance(30) { return function(depth, isDeclaration: true) }
    put(slip() ? random.pick(["var", "let\n", "using", "const const", "class"]) : random.pick(["const", "let"]))
    list(0) { $0.pattern(depth) }
    pattern(depth)
    if !slip() {
      put("=")
      expression(depth)
    }
    end()
  }

  private mutating func switching(_ depth: Int) {
    put("switch", "(")
    expression(depth)
    put(")", "{")
    let count = below(4)
    for index in 0..<count {
      if index == count - 1, chance(40) || slip() {
        put("default", ":")
      } else {
        put("case")
        expression(max(0, depth - 1))
        put(":")
      }
      if chance(70) {
        statement(depth)
        if index < count - 1 || chance(50) { put(random.pick(["break", "throw a", "{ break }", "break;"]), ";") }
      }
    }
    put("}")
  }

  private mutating func slippedStatement(_ depth: Int) {
    put(
      random.pick([
        "var v;", "let l;", "const k;", "for (;;) {}", "for (const x of a) {}", "for (let x in a) {}", "while (a) {}",
        "do {} while (a)", "try {} catch {}", "try {} finally {}", "with (a) {}", "l: ;", "l: {}", "if: ;", "true: ;",
        "await: ;",
        "yield: ;", "break;", "continue;", "break a;", "debugger;", "class C {}", "return;", "return a;", "throw\na",
        "import {total} from './lib.js'", "export const e = 1;", "let [x] = a;", "let\nlet = 1",
        "async function f() {}",
        "function* g() {}", "else ;", "case 1:", "default:", "}", "{", ")", "function () {}", "=> a", "enum E {}",
        "a b", "{a: 1}",
        "{a, a}", "{...a}", "if (a) function f() {}", "if (a) const k = 1;", "if (a) let\nx",
        "function f() {} function f() {}",
        "{ function f() {} function f() {} }", "const d = 1, d = 2;", "const [d, d] = a;", "const {d, ...{d}} = a;",
        "switch (a) { default: default: }", "switch (a) { case 1: const s = 1; break; case 2: const s = 2; }",
        "await a;", "async\nfunction f() {}",
        "\"use strict\"; with (a) {}", "-->", "a <!-- b", "#! a", "@a", "a\n++\na", "a\n`a`",
        "let async = 1; async\n() => {}",
      ]))
    put(random.pick([";", "\n", " "]))
  }
}
