extension DiagnosticDefinition {
  /// MQ20xx: statements that the language leaves out.
  static let statements: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .classSyntax, "MQ2001", "classes are not part of the language",
      reason: "All values are immutable data; there are no objects with identity, and no `this`.",
      hint: "Use records for the data and functions for what is done with it.",
      bad: "class Point { constructor(x) { this.x = x } } 1", good: "const point = (x) => ({x}); point(1)"),
    DiagnosticDefinition(
      .forLoop, "MQ2002", "`for (;;)` loops are not part of the language",
      reason: "A loop changes variables, and every name here is written once.",
      hint: "Use `map`, `filter`, `reduce`, `Array.from({length: n}, (_, i) => ...)`, or a function that calls itself.",
      bad: "for (let i = 0; i < 3; i++) { } 1", good: "Array.from({length: 3}, (_, i) => i)"),
    DiagnosticDefinition(
      .forOfLoop, "MQ2003", "`for ... of` loops are not part of the language",
      reason: "The body of a loop can only work by changing something, and nothing can be changed.",
      hint: "Use `map`, `filter`, `reduce` or `forEach` of the array.",
      bad: "for (const x of [1, 2]) { x } 1", good: "[1, 2].map((x) => x + 1)"),
    DiagnosticDefinition(
      .forInLoop, "MQ2004", "`for ... in` loops are not part of the language",
      reason: "It visits inherited fields too, in an order that engines choose.",
      hint: "Use `Object.keys(record)` or `Object.entries(record)` with `map` or `reduce`.",
      bad: "for (const key in {a: 1}) { key } 1", good: "Object.keys({a: 1})"),
    DiagnosticDefinition(
      .whileLoop, "MQ2005", "`while` loops are not part of the language",
      reason: "A loop ends by changing a variable, and every name here is written once.",
      hint: "Write a function that calls itself in tail position: it takes no stack.",
      bad: "while (false) { } 1", good: "const down = (n) => n === 0 ? n : down(n - 1); down(3)"),
    DiagnosticDefinition(
      .doWhileLoop, "MQ2006", "`do ... while` loops are not part of the language",
      reason: "A loop ends by changing a variable, and every name here is written once.",
      hint: "Write a function that calls itself in tail position: it takes no stack.",
      bad: "do { } while (false); 1", good: "const down = (n) => n === 0 ? n : down(n - 1); down(3)"),
    DiagnosticDefinition(
      .varDeclaration, "MQ2007", "`var` is not part of the language",
      reason: "A `var` can be read before it is written, and belongs to the function instead of its block.",
      hint: "Use `const`.",
      bad: "var a = 1; a", good: "const a = 1; a"),
    DiagnosticDefinition(
      .tryStatement, "MQ2008", "`try` is not part of the language",
      reason: "An error ends the run with a named error, so that no program can continue in a state it didn't expect.",
      hint: "Return `Ok(value)` or `Err(reason)`. `JSON.parse` and the effects give such results already.",
      bad: "try { JSON.parse(\"x\") } catch (e) { } 1", good: "Result.unwrapOr(JSON.parse(\"x\"), 0)"),
    DiagnosticDefinition(
      .withStatement, "MQ2009", "`with` is not part of the language",
      reason: "It hides where a name comes from; strict JavaScript forbids it.",
      hint: "Take the fields out with `const {a, b} = record`.",
      bad: "with ({a: 1}) { } 1", good: "const {a} = {a: 1}; a"),
    DiagnosticDefinition(
      .label, "MQ2010", "labels are not part of the language",
      reason: "They serve to leave loops, and there are none.",
      hint: "Use functions and `return`. A record at the start of a statement needs parentheses: `({a: 1})`.",
      bad: "outer: { } 1", good: "({outer: 1})"),
    DiagnosticDefinition(
      .debuggerStatement, "MQ2011", "`debugger` is not part of the language",
      reason: "A sealed program can't be stopped and looked into.",
      hint: "Use `Log.debug(message)`, or replay the recorded request.",
      bad: "debugger; 1", good: "const show = (x) => Log.debug(x); 1"),
    DiagnosticDefinition(
      .continueStatement, "MQ2012", "`continue` is not part of the language",
      reason: "There are no loops to go on with.",
      hint: "Use `filter` to leave out elements, or `return` in the callback.",
      bad: "continue; 1", good: "[1, 2, 3].filter((x) => x > 1)"),
    DiagnosticDefinition(
      .misplacedBreak, "MQ2013", "`break` stands outside of a `switch`",
      reason: "It leaves the innermost `switch`; there is none in this function.",
      hint: "Remove it, or use `return` to leave the function.",
      bad: "break; 1", good: "switch (1) { case 1: break } 1"),
    DiagnosticDefinition(
      .switchFallsThrough, "MQ2014", "this clause of the `switch` does not end in `break`, `return` or `throw`",
      reason: "Falling into the next clause is a common mistake that can't be told from intent.",
      hint:
        "End the clause with `break`. Several labels before one body are allowed, and the last clause needs no end.",
      bad: "switch (1) { case 1: Some(1); default: Some(2) } 1",
      good: "switch (1) { case 1: case 2: Some(1); break; default: Some(2) } 1"),
    DiagnosticDefinition(
      .generator, "MQ2015", "generators are not part of the language",
      reason: "A generator keeps a hidden state that changes from call to call.",
      hint: "Build the whole array with `map`, `flatMap` or `Array.from`.",
      bad: "function* numbers() { yield 1 } 1", good: "const numbers = () => [1, 2]; numbers()"),
    DiagnosticDefinition(
      .asyncFunction, "MQ2016", "`async` functions are not part of the language",
      reason: "There is no event loop: an effect is a call that returns its result.",
      hint: "Leave out `async` and `await`.",
      bad: "const f = async () => 1; 1", good: "const f = () => 1; f()"),
  ]
}
