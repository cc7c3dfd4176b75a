extension DiagnosticDefinition {
  /// MQ11xx: the grammar and the early errors of ECMAScript.
  static let grammar: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .unexpectedToken, "MQ1101", "unexpected {0}",
      reason: "The grammar of JavaScript does not allow it here.",
      hint: "Check the line for a missing operator, bracket or comma.",
      bad: "1 +", good: "1 + 2"),
    DiagnosticDefinition(
      .expectedToken, "MQ1102", "expected {0}, found {1}",
      reason: "The grammar of JavaScript requires it here.",
      hint: "Add {0}.",
      bad: "if true { }", good: "if (true) { } 1"),
    DiagnosticDefinition(
      .missingSemicolon, "MQ1103", "expected `;` or a new line before {0}",
      reason: "Two statements on the same line must be separated by `;`.",
      hint: "Add `;`, or check for a missing operator or comma.",
      bad: "const a = 1 a", good: "const a = 1; a"),
    DiagnosticDefinition(
      .unclosedBracket, "MQ1104", "this `{0}` is never closed",
      reason: "The file ends before the closing bracket.",
      hint: "Add the closing bracket where it belongs.",
      bad: "(1 + 2", good: "(1 + 2)"),
    DiagnosticDefinition(
      .tooDeep, "MQ1105", "the program is nested too deeply",
      reason: "Limits of 250 nested brackets and of 1,000 operations in one expression bound the work of a build.",
      hint: "Use `const` to give names to parts of it, or move parts into functions.",
      bad: "more than 250 nested brackets", good: "const inner = [[1]]; [inner]"),
    DiagnosticDefinition(
      .tooManyErrors, "MQ1106", "this file has more than 1,000 errors; the others are not shown",
      reason: "So many errors usually have a common cause.",
      hint: "Correct the first errors and check again.",
      bad: "null null null and so on", good: "1"),
    DiagnosticDefinition(
      .newlineBeforeArrow, "MQ1107", "`=>` must be on the same line as its parameters",
      reason: "ECMAScript allows no line break there.",
      hint: "Move `=>` to the end of the previous line.",
      bad: "const f = (a)\n=> a\nf(1)", good: "const f = (a) =>\n  a\nf(1)"),
    DiagnosticDefinition(
      .newlineAfterThrow, "MQ1108", "the value must be on the same line as `throw`",
      reason: "ECMAScript allows no line break there.",
      hint: "Write the value, or its opening bracket, right after `throw`.",
      bad: "throw\n\"stop\"", good: "throw \"stop\""),
    DiagnosticDefinition(
      .declarationNeedsBlock, "MQ1109", "a declaration can't be the body of `if`, `else` or a label",
      reason: "Its name would not be visible anywhere. ECMAScript requires a statement here.",
      hint: "Put it in a block: `{ ... }`.",
      bad: "if (true) const a = 1", good: "if (true) { const a = 1 } 1"),
    DiagnosticDefinition(
      .arrowNeedsParentheses, "MQ1110", "an arrow function needs parentheses here",
      reason: "As the operand of an operator, an arrow function is ambiguous. ECMAScript forbids it.",
      hint: "Put parentheses around the whole arrow function.",
      bad: "true && () => 1", good: "true && (() => 1)"),
    DiagnosticDefinition(
      .recordNeedsParentheses, "MQ1111", "this `{` begins a block, not a record",
      reason: "At the start of a statement, and after `=>`, JavaScript reads `{` as a block of statements.",
      hint: "Put parentheses around the record: `({ ... })`.",
      bad: "const f = () => {a: 1}; f()", good: "const f = () => ({a: 1}); f()"),
    DiagnosticDefinition(
      .returnOutsideFunction, "MQ1112", "`return` is outside a function",
      reason: "The top level of a file has no caller. The result of a script is the value of its last expression.",
      hint: "Write the value as the last statement, or put the code in a function.",
      bad: "return 1", good: "1"),
    DiagnosticDefinition(
      .restNotLast, "MQ1113", "a rest element (`...`) must come last",
      reason: "It takes everything that is left, so nothing can follow it, not even a comma.",
      hint: "Move it to the end.",
      bad: "const [...most, last] = [1, 2]; last", good: "const [first, ...others] = [1, 2]; others"),
    DiagnosticDefinition(
      .missingInitializer, "MQ1114", "this declaration needs a value",
      reason: "A `const` or a pattern gets its value once, where it is declared.",
      hint: "Add `= value`.",
      bad: "const a; a", good: "const a = 1; a"),
    DiagnosticDefinition(
      .letWithoutInitializer, "MQ1115", "`let` needs a value",
      reason: "Every name gets its value once, where it is declared. It can't get one later.",
      hint: "Write `const name = value`. For a choice, use `? :` or a function with several `return` statements.",
      bad: "let a; a", good: "const a = true ? 1 : 2; a"),
    DiagnosticDefinition(
      .reservedWord, "MQ1116", "`{0}` can't be used as a name",
      reason: "ECMAScript reserves it in modules.",
      hint: "Choose another name. A field can have this name: `record.{0}`.",
      bad: "const static = 1; 2", good: "const fixed = 1; fixed"),
    DiagnosticDefinition(
      .strictDirective, "MQ1117", "\"use strict\" is not allowed in a function with these parameters",
      reason: "ECMAScript forbids it together with defaults, destructuring or rest. Modules are always strict.",
      hint: "Remove it.",
      bad: "const f = (a = 1) => { \"use strict\"; return a }; f()", good: "const f = (a = 1) => { return a }; f()"),
    DiagnosticDefinition(
      .secondDefaultClause, "MQ1118", "a `switch` can have only one `default`",
      reason: "With two, it would be unclear which one is meant.",
      hint: "Remove one of them.",
      bad: "switch (1) { default: break; default: break } 1", good: "switch (1) { default: break } 1"),
    DiagnosticDefinition(
      .duplicateDeclaration, "MQ1119", "`{0}` is declared twice in the same scope",
      reason: "Every name has exactly one meaning in its scope.",
      hint: "Rename or remove one of them.",
      bad: "const a = 1; const a = 2; a", good: "const a = 1; const b = 2; a + b"),
    DiagnosticDefinition(
      .duplicateParameter, "MQ1120", "the parameter `{0}` occurs twice",
      reason: "Strict JavaScript forbids it.",
      hint: "Rename one of them.",
      bad: "const f = (a, a) => a; f(1, 2)", good: "const f = (a, b) => a + b; f(1, 2)"),
  ]
}
