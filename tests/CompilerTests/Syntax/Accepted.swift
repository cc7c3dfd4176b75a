/// Programs that the front end accepts, each a whole file. Node.js accepts all of them as modules.
let acceptedPrograms: [String] = [
  // Entry and script
  "export default function (request) { return request }",
  "export default function handle(request) { return handle }",
  "1", "throw {code: 1}", "\"use strict\"; 1", "#!/usr/bin/env mqjs\n1", "\u{FEFF}1", ";;1",

  // Literals
  "[0, 7, 1_000_000, 0xFF, 0Xff, 0o17, 0b1010_1010, 9223372036854775807, -9223372036854775808]",
  "- 9223372036854775808", "1 - -9223372036854775808", "-0x8000000000000000",
  #"["", 'a"b', "a'b", "\b\t\n\v\f\r\0\\\"\'", "\x41\u0041\u{41}\u{10FFFF}", "\q\-"]"#,
  #"["\uD83D\uDE00", "\u{D83D}\u{DE00}", "\uD83D\u{DE00}"]"#, "\"\\uD83D\\\n\\uDE00\"",
  "\"a\\\r\nb\\\u{2028}c\u{2028}d\u{2029}\"",
  "`a`", "``", "`a${1}b${2}c`", "`${`${`${1}`}`}`", "`${{a: 1}.a}`", "`\n\r\n`", "`$ {} $$ \\${ \\` }`",
  "`a${1}`.length",
  "[true, false]", "[]", "[1, 2,]", "[...[1], ...[2]]", "({})", "({a: 1, \"b c\": 2, 3: 3, 0x10: 4, [\"d\"]: 5,})",
  "({if: 1, class: 2, default: 3, get: 4, set: 5, async: 6, await: 7, static: 8, let: 9, eval: 10})",
  "const get = 1, set = 2, async = 3, of = 4; ({get, set, async, of})",
  "({[\"__proto__\"]: 1})", "({...{a: 1}, a: 2, ...{}})", "const a = 1; ({a})",

  // Operators
  "1 + 2 * 3 - 4 / 5 % 6", "1 < 2 === 3 >= 4", "true && false || !true", "!!true", "- -1", "!(-1 < 2)",
  "1 ? 2 : 3", "true ? 1 : false ? 2 : 3", "true ? (x) => x : (y) => y", "(1)", "((1))",
  "const a = {b: {c: [1]}}; a.b.c[0]", "const a = {delete: 1}; a.delete", "const f = (x) => x; f(1)", "\"a\".length",
  "const a = {return: 4}; a.return / 2 / 1", "const a = [4]; a[0] / 2 / 1", "(4) / 2 / 1",
  "const xs = [1]; Math.max(...xs, 2, ...xs)", "1\n.a", "[1][0]", "({a: 1}).a", "\"a\"[0]", "`a`[0]",

  // Functions
  "function f() {} f()", "function f(a, b = a, ...c) { return c } f(1)", "const f = function g() { return g }; f",
  "const f = () => {}; f()", "const f = a => b => a + b; f(1)(2)", "const f = (a, b,) => a; f(1, 2,)",
  "const f = ({a, b: {c}, ...d}, [e, , g = 1, ...h]) => a; f({a: 1, b: {c: 2}}, [1, 2])",
  "const f = ({a = 1, \"b\": b = 2, 3: c, [`d`]: d} = {}, [[e]] = [[1]]) => a; f",
  "const f = (a = () => b, b = 1) => a(); f()", "(() => 1)()", "(function () { return 1 })()",
  "const f = () => ({}); f()", "const f = (a) =>\n  a\nf(1)", "const async = (x) => x; async(1)",
  "const async = 1; async\n1", "const f = (async) => async; f(1)", "const f = async => async; f(1)",
  "function f(a) { \"use strict\"; return a } f(1)", "const f = () => { \"use strict\"; return 1 }; f()",
  "const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1); even(4)",
  "function f() { return g() } function g() { return 1 } f()",

  // Declarations
  "const a = 1, b = 2; a", "let a = 1; a", "const {a, b: [c], ...d} = {a: 1, b: [2]}; a",
  "const [a, , b] = [1, 2, 3]; a",
  "const {} = {}; const [] = []; 1", "const a = 1; { const a = 2 } a",
  "const a = 1; (() => { const a = 2; return a })()",
  "const String = 1; String", "const of = 1, from = 2, as = 3, get = 4; of", "const $ = 1, _ = 2, a1 = 3; $",
  "const \\u0061b = 1; ab", "const Date = 1; Date", "const a\\u{62} = 1; ab",

  // Statements
  "if (true) 1; else 2\n3", "if (true) {} else if (false) {} else {} 1", "if (true) ; 1", "{} 1", "{ { } } 1",
  "{ 1; 2 } 3",
  "switch (1) { } 1", "switch (1) { case 1: case 2: break; default: } 1", "switch (1) { default: throw 1; case 2: } 1",
  "switch (1) { case 1: { break } case 2: if (true) break; else throw 1 } 1",
  "switch (1) { case 1: if (true) { break } Some(1); break } 1",
  "function f(x) { switch (x) { case 1: return 1; case \"a\": { return 2 } default: return 3 } } f(1)",
  "switch (1) { case 1: const a = 1; break; case 2: const b = 2; break } 1",
  "const f = () => { if (true) return; return 1 }; f()",

  // Automatic semicolons
  "const a = 1\nconst b = 2\na + b", "const f = () => {\n  return\n  1\n}\nf()", "1\n+ 2", "const a = 1\n;[1].length",
  "const a = 1 /* \n */ a", "const a = 1 // comment\na", "const a = 1 // comment\u{2028}a", "{ 1 } 2",
  "const f = () => { return 1 } ; f()",
  "const a = [1]\n[0]\na", "const f = () => {}\n1", "if (true) 1\nelse 2\n3", "throw 1",
  "const f = () => { throw 1 }; f",
  "const a = {b: 1}\na\n.b", "const a = 1;;; a",

  // White space and comments
  "\t1\u{A0}+\u{2003}2\u{FEFF}\u{3000}", "1 /* a **/ + /***/ 2 // b", "/* eval */ 1", "// \u{202E} eval\n1",
  "1 // <!-- a\n// --> b",

  // Modules
  "import {total} from \"./lib.js\"; total", "import {total as sum,} from './lib.js'; sum",
  "import {} from \"./lib.js\"; 1",
  "import * as lib from \"./lib.js\"; lib.total", "export const a = 1, {b} = {b: 2}; a", "export function f() {} f()",
  "export let a = 1; a", "const a = 1, b = 2; export {a, b as c,}; a", "export {}; 1",
  "1; import {total} from \"./lib.js\"; total",
  "export {f}; function f() {} f()", "import {total} from \"./lib.js\"; export {total}; 1",
  "const a = 1; export {a as if}; a",

  // The library
  "String(1) + \"a\"", "[1, 2].map(String)", "const k = Object.keys; k({a: 1})", "Int.MAX", "None", "[1].map(Some)",
  "const f = (request) => Log.info(\"a\"); 1", "const f = () => Async.await(\"h\", 1, {}); 1",
  "const router = {push: (x) => x}; router[\"push\"](1)",
]
