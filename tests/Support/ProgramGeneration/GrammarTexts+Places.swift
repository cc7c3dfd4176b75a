// Every place of the grammar, filled with everything that might be mistaken for its proper contents.
extension GrammarTexts {
  /// Small programs: each place where the grammar requires a word or an operator, filled with each word and each
  /// punctuator. Random programs contain few of these pairs.
  public static var filledPlaces: [String] {
    places.flatMap { place in
      (words + punctuators).map { filling in
        "const a = 1; " + place.replacing("@", with: filling) + (place.contains("export default") ? "" : "\n;1")
      }
    }
  }

  /// `@` marks the place.
  private static let places = [
    // Expressions
    "@", "(@)", "[@]", "[...@]", "[a @ a]", "[@ a]", "[a @]", "a.@", "@.a", "@[a]", "a[@]", "@(a)", "Some(@)",
    "Some(...@)",
    "`${@}`", "-@", "!@", "a + @", "@ + a", "@ ? a : a", "true ? @ : a", "true ? a : @", "@ `a`", "(a @ a)", "@\na",
    // Records
    "({@})", "({@,})", "({a, @})", "({@: a})", "({b: @})", "({[@]: a})", "({...@})", "({@ b: a})", "({@ b() {}})",
    "({@ = a})",
    "({@ [a]: a})", "({a @})",
    // Functions and patterns
    "(@) => a", "@ => a", "async @ => a", "(b, @) => a", "(...@) => a", "({@}) => a", "([@]) => a", "(b = @) => a",
    "(b @ a) => a",
    "() => @", "() @ a", "@ () => a", "function @() {}", "function f(@) {}", "(function @() {})", "@ function f() {}",
    "function @ f() {}",
    "() => { return @ }", "() => { @ }", "const @ = a", "let @ = a", "@ b = a", "const @ b = a", "const b @ a",
    "const b = @", "const [@] = [a]",
    "const [...@] = [a]", "const {@} = {}", "const {@: b} = {}", "const {b: @} = {}", "const {b = @} = {}",
    "const {@ = a} = {}",
    "const {...@} = {}", "const {[@]: b} = {}",
    // Statements
    "@ a", "@: a", "@: {}", "{ @ }", "if (@) a", "if (true) @", "if (true) a; else @", "if (true) a; @ a", "throw @",
    "switch (@) {}",
    "switch (a) { case @: }", "switch (a) { @: }", "switch (a) { @ a: }", "switch (a) { case a: @ }",
    "switch (a) { case a: break @ }",
    "\"use strict\" @ a",
    // Modules
    "import {@} from './lib.js'", "import {@ as b} from './lib.js'", "import {total as @} from './lib.js'",
    "import {total @ b} from './lib.js'",
    "import {total} @ './lib.js'", "import * as @ from './lib.js'", "import @ from './lib.js'", "import {total} from @",
    "import {total} from './lib.js' @", "export {@}", "export {@ as b}", "export {a as @}", "export @ b = a",
    "export const @ = a",
    "export function @() {}", "export @ function f() {}", "export default function @(b) { return b }",
    "export default @ (b) { return b }",
  ]

  private static let punctuators = [
    "1", "'s'", "`t`", "1n", "/a/", "#b", "{}", "[]", "()", "(a)", "=>", ".", "...", "?.", ";", ",", ":", "?", "=",
    "+=", "??=", "+", "++",
    "-", "--", "*", "**", "/", "%", "<", "<=", "<<", "==", "===", "!=", "!", "~", "&", "&&", "|", "||", "??", "^",
    "in a", "<!--", "\\", "",
  ]
}
