extension DiagnosticDefinition {
  /// MQ20xx: statements that the language leaves out.
  static let statements: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .classSyntax, "MQ2001", "classes are not part of the language",
      reason: "All values are immutable data. There are no objects with identity, and there is no `this`.",
      hint: "Use records for the data, and functions for the operations on it.",
      bad: "class Point { constructor(x) { this.x = x } } 1", good: "const point = (x) => ({x}); point(1)"),
    DiagnosticDefinition(
      .forLoop, "MQ2002", "`for (;;)` loops are not part of the language",
      reason: "A loop changes variables, but every name here gets its value only once.",
      hint: "Use `map`, `filter`, `reduce`, `Array.from({length: n}, (_, i) => ...)`, or a function that calls itself.",
      bad: "for (let i = 0; i < 3; i++) { } 1", good: "Array.from({length: 3}, (_, i) => i)"),
    DiagnosticDefinition(
      .forOfLoop, "MQ2003", "`for ... of` loops are not part of the language",
      reason: "The body of a loop would have to change something, but nothing can be changed.",
      hint: "Use a method of the array: `map`, `filter`, `reduce` or `forEach`.",
      bad: "for (const x of [1, 2]) { x } 1", good: "[1, 2].map((x) => x + 1)"),
    DiagnosticDefinition(
      .forInLoop, "MQ2004", "`for ... in` loops are not part of the language",
      reason: "They also visit inherited fields, in an order that depends on the engine.",
      hint: "Use `Object.keys(record)` or `Object.entries(record)`, with `map` or `reduce`.",
      bad: "for (const key in {a: 1}) { key } 1", good: "Object.keys({a: 1})"),
    DiagnosticDefinition(
      .whileLoop, "MQ2005", "`while` loops are not part of the language",
      reason: "A loop ends when a variable changes, but every name here gets its value only once.",
      hint: "Write a function that calls itself in tail position. That takes no stack.",
      bad: "while (false) { } 1", good: "const down = (n) => n === 0 ? n : down(n - 1); down(3)"),
    DiagnosticDefinition(
      .doWhileLoop, "MQ2006", "`do ... while` loops are not part of the language",
      reason: "A loop ends when a variable changes, but every name here gets its value only once.",
      hint: "Write a function that calls itself in tail position. That takes no stack.",
      bad: "do { } while (false); 1", good: "const down = (n) => n === 0 ? n : down(n - 1); down(3)"),
    DiagnosticDefinition(
      .varDeclaration, "MQ2007", "`var` is not part of the language",
      reason: "A `var` can be read before it is written, and its scope is the whole function instead of its block.",
      hint: "Use `const`.",
      bad: "var a = 1; a", good: "const a = 1; a"),
    DiagnosticDefinition(
      .tryStatement, "MQ2008", "`try` is not part of the language",
      reason: "A run-time error ends the run, so that no program continues in an unexpected state.",
      hint: "Return `Ok(value)` or `Err(reason)`. `JSON.parse` and the effects already return such results.",
      bad: "try { JSON.parse(\"x\") } catch (e) { } 1", good: "Result.unwrapOr(JSON.parse(\"x\"), 0)"),
    DiagnosticDefinition(
      .withStatement, "MQ2009", "`with` is not part of the language",
      reason: "It hides where a name comes from. Strict JavaScript forbids it.",
      hint: "Take out the fields with `const {a, b} = record`.",
      bad: "with ({a: 1}) { } 1", good: "const {a} = {a: 1}; a"),
    DiagnosticDefinition(
      .label, "MQ2010", "labels are not part of the language",
      reason: "Labels are for leaving loops, and there are no loops.",
      hint: "Use functions and `return`. At the start of a statement, a record needs parentheses: `({a: 1})`.",
      bad: "outer: { } 1", good: "({outer: 1})"),
    DiagnosticDefinition(
      .debuggerStatement, "MQ2011", "`debugger` is not part of the language",
      reason: "A sealed program can't be stopped and inspected.",
      hint: "Use `Log.debug(message)`, or replay the recorded request.",
      bad: "debugger; 1", good: "const show = (x) => Log.debug(x); 1"),
    DiagnosticDefinition(
      .continueStatement, "MQ2012", "`continue` is not part of the language",
      reason: "There are no loops to continue.",
      hint: "Use `filter` to leave out elements, or `return` in the callback.",
      bad: "continue; 1", good: "[1, 2, 3].filter((x) => x > 1)"),
    DiagnosticDefinition(
      .misplacedBreak, "MQ2013", "`break` is outside a `switch`",
      reason: "It leaves the innermost `switch`, but this function has none around it.",
      hint: "Remove it, or use `return` to leave the function.",
      bad: "break; 1", good: "switch (1) { case 1: break } 1"),
    DiagnosticDefinition(
      .switchFallsThrough, "MQ2014", "this clause of the `switch` does not end in `break`, `return` or `throw`",
      reason: "Falling through to the next clause is a common mistake, and it looks the same as intent.",
      hint: "End the clause with `break`. Several labels may share one body, and the last clause needs no `break`.",
      bad: "switch (1) { case 1: Some(1); default: Some(2) } 1",
      good: "switch (1) { case 1: case 2: Some(1); break; default: Some(2) } 1"),
    DiagnosticDefinition(
      .generator, "MQ2015", "generators are not part of the language",
      reason: "A generator has hidden state that changes from call to call.",
      hint: "Build the whole array with `map`, `flatMap` or `Array.from`.",
      bad: "function* numbers() { yield 1 } 1", good: "const numbers = () => [1, 2]; numbers()"),
    DiagnosticDefinition(
      .asyncFunction, "MQ2016", "`async` functions are not part of the language",
      reason: "There is no event loop: an effect is a call that returns its result.",
      hint: "Remove `async` and `await`.",
      bad: "const f = async () => 1; 1", good: "const f = () => 1; f()"),
  ]
}
