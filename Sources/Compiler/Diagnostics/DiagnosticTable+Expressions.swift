extension DiagnosticDefinition {
  /// MQ30xx: expressions that the language leaves out.
  static let expressions: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .thisExpression, "MQ3001", "`this` is not part of the language",
      reason:
        "Its meaning depends on how a function is called. Functions here see only their parameters and their scope.",
      hint: "Pass the value as a parameter.",
      bad: "const f = () => this; 1", good: "const f = (self) => self; f(1)"),
    DiagnosticDefinition(
      .superExpression, "MQ3002", "`super` is not part of the language",
      reason: "There are no classes and no prototypes.",
      hint: "Call the other function by name.",
      bad: "super.f()", good: "const f = () => 1; f()"),
    DiagnosticDefinition(
      .newExpression, "MQ3003", "`new` is not part of the language",
      reason: "There are no classes and no constructors.",
      hint:
        "Write a literal or call a function: `{...}`, `[...]`, `Map.of([...])`. Throw a record instead of an Error.",
      bad: "new Map([])", good: "Map.get(Map.of([[\"a\", 1]]), \"a\")"),
    DiagnosticDefinition(
      .newTarget, "MQ3004", "`new.target` is not part of the language",
      reason: "There are no constructors.",
      hint: "Pass what the function needs to know as a parameter.",
      bad: "const f = () => new.target; 1", good: "const f = (kind) => kind; f(1)"),
    DiagnosticDefinition(
      .assignment, "MQ3005", "assignment is not part of the language",
      reason: "Every name and every value is written once, so no code can change what other code sees.",
      hint: "Declare a new `const`. Write `{...record, field: value}` or `xs.with(i, value)` to get a changed copy.",
      bad: "const a = {b: 1}; a.b = 2", good: "const a = {b: 1}; ({...a, b: 2})"),
    DiagnosticDefinition(
      .compoundAssignment, "MQ3006", "the assignment operator `{0}` is not part of the language",
      reason: "Every name and every value is written once, so no code can change what other code sees.",
      hint: "Declare a new `const`. To add up values, use `reduce`.",
      bad: "const a = 1; a += 2", good: "[1, 2].reduce((sum, x) => sum + x, 0)"),
    DiagnosticDefinition(
      .increment, "MQ3007", "`++` is not part of the language",
      reason: "Every name gets its value only once.",
      hint: "Write `n + 1` where the next value is needed.",
      bad: "const n = 1; n++", good: "const n = 1; n + 1"),
    DiagnosticDefinition(
      .decrement, "MQ3008", "`--` is not part of the language",
      reason: "Every name gets its value only once.",
      hint: "Write `n - 1` where the next value is needed.",
      bad: "const n = 1; n--", good: "const n = 1; n - 1"),
    DiagnosticDefinition(
      .deleteOperator, "MQ3009", "`delete` is not part of the language",
      reason: "Records are immutable.",
      hint: "Keep the other fields: `const {gone, ...others} = record`.",
      bad: "const a = {b: 1}; delete a.b", good: "const {b, ...others} = {b: 1, c: 2}; others"),
    DiagnosticDefinition(
      .typeofOperator, "MQ3010", "`typeof` is not part of the language",
      reason: "Its results (such as `\"object\"` for arrays and for null) do not match the kinds of values here.",
      hint: "Use `JSON.kind(value)` or `Array.isArray(value)`.",
      bad: "typeof 1", good: "JSON.kind(1)"),
    DiagnosticDefinition(
      .voidOperator, "MQ3011", "`void` is not part of the language",
      reason: "It is for making `undefined`, which no program needs.",
      hint: "Write the expression as a statement.",
      bad: "void 0", good: "0"),
    DiagnosticDefinition(
      .instanceofOperator, "MQ3012", "`instanceof` is not part of the language",
      reason: "There are no classes and no prototypes.",
      hint: "Use `Array.isArray(value)`, or a field that names the variant.",
      bad: "const a = []; a instanceof Array", good: "const a = []; Array.isArray(a)"),
    DiagnosticDefinition(
      .inOperator, "MQ3013", "`in` is not part of the language",
      reason: "It also finds inherited fields.",
      hint: "Use `Object.hasOwn(record, \"field\")`.",
      bad: "\"a\" in {a: 1}", good: "Object.hasOwn({a: 1}, \"a\")"),
    DiagnosticDefinition(
      .nullLiteral, "MQ3014", "`null` is not part of the language",
      reason: "A value that may be missing is an Option: `Some(value)` or `None`.",
      hint: "Use `None`. To recognise a null that came from JSON, use `JSON.isNull(value)`.",
      bad: "null", good: "None"),
    DiagnosticDefinition(
      .undefinedName, "MQ3015", "`undefined` is not part of the language",
      reason: "A value that may be missing is an Option: `Some(value)` or `None`.",
      hint: "Use `None`. To read a field that may be missing, use `Object.get(record, \"field\")`.",
      bad: "undefined", good: "Object.get({a: 1}, \"b\")"),
    DiagnosticDefinition(
      .looseEquality, "MQ3016", "`==` is not part of the language",
      reason: "It converts its operands by surprising rules. Here, nothing is converted silently.",
      hint: "Use `===`, which compares any two values by content.",
      bad: "1 == 1", good: "1 === 1"),
    DiagnosticDefinition(
      .looseInequality, "MQ3017", "`!=` is not part of the language",
      reason: "It converts its operands by surprising rules. Here, nothing is converted silently.",
      hint: "Use `!==`, which compares any two values by content.",
      bad: "1 != 2", good: "1 !== 2"),
    DiagnosticDefinition(
      .nullishCoalescing, "MQ3018", "`??` is not part of the language",
      reason: "There is no null or undefined to test for.",
      hint: "Use `Option.unwrapOr(option, other)`, or a default in a destructuring pattern.",
      bad: "const a = 1; a ?? 2", good: "Option.unwrapOr(Object.get({a: 1}, \"b\"), 2)"),
    DiagnosticDefinition(
      .optionalChaining, "MQ3019", "`?.` is not part of the language",
      reason: "A missing field is never ignored silently.",
      hint: "Use `Object.get(record, \"field\")`, which gives `Some(value)` or `None`.",
      bad: "const a = {b: 1}; a?.b", good: "const a = {b: 1}; Object.get(a, \"b\")"),
    DiagnosticDefinition(
      .exponentiation, "MQ3020", "`**` is not part of the language",
      reason: "Its cost grows with its operands, and its result rarely fits 64 bits.",
      hint: "Multiply, for example with `reduce`.",
      bad: "2 ** 3", good: "2 * 2 * 2"),
    DiagnosticDefinition(
      .unaryPlus, "MQ3021", "unary `+` is not part of the language",
      reason: "It silently converts text to a number.",
      hint: "Remove it, or use `Int.parse(text)`, which gives an Option.",
      bad: "+\"1\"", good: "Int.parse(\"1\")"),
    DiagnosticDefinition(
      .bitwiseOperator, "MQ3022", "the bitwise operator `{0}` is not part of the language",
      reason: "In JavaScript, it truncates numbers to 32 bits.",
      hint: "Use arithmetic (`*`, `/`, `%`). For conditions, use `&&` and `||`.",
      bad: "5 & 1", good: "5 % 2"),
    DiagnosticDefinition(
      .commaOperator, "MQ3023", "the comma operator is not part of the language",
      reason: "It discards the value of its left operand, which is usually a mistake.",
      hint: "Write two statements. For several values, use an array: `[a, b]`.",
      bad: "(1, 2)", good: "[1, 2]"),
    DiagnosticDefinition(
      .taggedTemplate, "MQ3024", "tagged templates are not part of the language",
      reason: "The tag function would receive an array with an identity and a field `raw`.",
      hint: "Call the function with parentheses: `tag(`text`)`.",
      bad: "const tag = (x) => x; tag`text`", good: "const tag = (x) => x; tag(`text`)"),
    DiagnosticDefinition(
      .arrayHole, "MQ3025", "an array can't have holes",
      reason: "There is no value for a missing element.",
      hint: "Write a value, such as `None`, or remove the comma.",
      bad: "[1, , 2]", good: "[1, None, 2]"),
    DiagnosticDefinition(
      .duplicateKey, "MQ3026", "the field `{0}` occurs twice in this record",
      reason: "The first value would be lost silently.",
      hint: "Remove one of them. To replace a field of another record, spread that record first.",
      bad: "({a: 1, a: 2})", good: "({...{a: 1}, a: 2})"),
    DiagnosticDefinition(
      .protoKey, "MQ3027", "`__proto__` can't be written as a field",
      reason: "In JavaScript, it sets the prototype instead of a field. Here, there are no prototypes.",
      hint: "Choose another name. If the data needs this key, use `[\"__proto__\"]` or a Map.",
      bad: "({__proto__: 1})", good: "({proto: 1})"),
    DiagnosticDefinition(
      .getter, "MQ3028", "getters are not part of the language",
      reason: "A field is a value. Reading it runs no code.",
      hint: "Store the value, or a function to call: `{size: () => 1}`.",
      bad: "({get size() { return 1 }})", good: "({size: () => 1})"),
    DiagnosticDefinition(
      .setter, "MQ3029", "setters are not part of the language",
      reason: "Nothing can be assigned.",
      hint: "Write a function that returns a changed record.",
      bad: "({set size(n) { }})", good: "({withSize: (n) => ({size: n})})"),
    DiagnosticDefinition(
      .method, "MQ3030", "methods in records are not part of the language",
      reason: "A method uses `this`, which does not exist here.",
      hint: "Store a function: `{f: (x) => x}`.",
      bad: "({f(x) { return x }})", good: "({f: (x) => x})"),
    DiagnosticDefinition(
      .yieldExpression, "MQ3031", "`yield` is not part of the language",
      reason: "A generator has hidden state that changes from call to call.",
      hint: "Build the whole array with `map`, `flatMap` or `Array.from`.",
      bad: "yield 1", good: "[1]"),
    DiagnosticDefinition(
      .awaitExpression, "MQ3032", "`await` is not part of the language",
      reason: "There are no promises: an effect is a call that returns its result.",
      hint: "Remove `await`.",
      bad: "await 1", good: "1"),
    DiagnosticDefinition(
      .argumentsObject, "MQ3033", "`arguments` is not part of the language",
      reason: "It is an object that changes together with the parameters.",
      hint: "Collect all arguments with a rest parameter: `(...values) => values`.",
      bad: "function f() { return arguments } 1", good: "const f = (...values) => values; f(1)"),
    DiagnosticDefinition(
      .importMeta, "MQ3034", "`import.meta` is not part of the language",
      reason: "A program does not depend on where it is stored.",
      hint: "Let the request bring the information.",
      bad: "import.meta", good: "const url = (request) => request.url; 1"),
    DiagnosticDefinition(
      .dynamicImport, "MQ3035", "`import()` is not part of the language",
      reason: "A sealed program contains all of its code when it is built. It can't load more code later.",
      hint: "Use `import {name} from \"./file.js\"` at the top of the file.",
      bad: "import(\"./lib.js\")", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .evalName, "MQ3036", "`eval` does not exist",
      reason: "The sealed runtime contains no parser and no compiler, so text never becomes code.",
      hint: "Write the code as a function. To read data, use `JSON.parse`.",
      bad: "eval(\"1 + 1\")", good: "1 + 1"),
    DiagnosticDefinition(
      .inheritedDefault, "MQ3037", "the field `{0}` can't have a default",
      reason: "In JavaScript, every object inherits `{0}`, so the default would never be used. Here, it would be.",
      hint: "Read it with `Object.get(record, \"{0}\")`, or give the field another name.",
      bad: "const {valueOf = 1} = {a: 2}; valueOf", good: "Option.unwrapOr(Object.get({a: 2}, \"valueOf\"), 1)"),
  ]
}
