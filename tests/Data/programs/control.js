// Conditions, switch, blocks, throw, automatic semicolons; the order in which things happen.

// == if and else
const sign = (n) => { if (n > 0) return "+"; else if (n < 0) return "-"; else return "0"; };
[sign(5), sign(-5), sign(0)]

// == if without else
const f = (n) => { if (n > 1) { return "many"; } return "few"; };
[f(1), f(2)]

// == a condition must be a boolean
if (1) { 2; }
3

// == so must the one of a conditional
"" ? 1 : 2

// == and the operand of not
!0

// == and the left side of and
1 && true

// == and the left side of or
"x" || true

// == the right side may be anything
[true && 1, false || "x", true && [1], false && 1, true || 1, false || { a: 1 }]

// == the right side is evaluated only if needed
[false && 1 / 0 === 1, true || 1 / 0 === 1]

// == and binds tighter than or
[true || false && false, (true || false) && false, !true || true, !(true || true), !!true]

// == nested conditionals
const f = (n) => n < 0 ? "neg" : n === 0 ? "zero" : n < 10 ? "small" : "big";
[f(-1), f(0), f(5), f(50)]

// == switch on integers
const f = (n) => { switch (n) { case 1: return "one"; case 2: case 3: return "two or three"; default: return "other"; } };
[f(1), f(2), f(3), f(4), f(-1)]

// == switch with break
const f = (n) => {
  switch (n) {
    case 1: { const x = n + 1; if (x === 2) { break; } return "never"; }
    case 2: return "two";
    default: break;
  }
  return "after";
};
[f(1), f(2), f(3)]

// == switch without a default
const f = (s) => { switch (s) { case "a": return 1; } return 0; };
[f("a"), f("b")]

// == a default in the middle
const f = (n) => { switch (n) { case 1: return "one"; default: return "other"; case 2: return "two"; } };
[f(1), f(2), f(3)]

// == switch compares contents
const f = (v) => { switch (v) { case [1, 2]: return "array"; case { a: 1 }: return "record"; case "x": return "string"; case true: return "bool"; default: return "?"; } };
[f([1, 2]), f({ a: 1 }), f("x"), f(true), f([2, 1]), f(1)]

// == switch true
const size = (n) => { switch (true) { case n > 100: return "L"; case n > 10: return "M"; default: return "S"; } };
[size(500), size(50), size(5)]

// == cases are evaluated in order, and no further
const f = (n) => { switch (n) { case 1: return "one"; case 1 / 0: return "never"; default: return "?"; } };
f(1)

// == cases up to the one that fits
const f = (n) => { switch (n) { case 1: return "one"; case 1 / 0: return "never"; default: return "?"; } };
f(2)

// == the scrutinee is evaluated once
const f = (n) => { switch (n * n) { case 4: return "four"; case 9: return "nine"; default: return n * n; } };
[f(2), f(-3), f(4)]

// == a binding in a switch
const f = (n) => { switch (n) { case 1: const x = "a"; return x; case 2: const y = "b"; return y; default: return "c"; } };
[f(1), f(2), f(3)]

// == a binding of another clause is not ready
const f = (n) => { switch (n) { case 1: const x = "a"; return x; default: return x; } };
f(2)

// == blocks
const x = 1;
{ const x = 2; { const x = 3; x; } x; }
x

// == throw
throw { code: "E42", details: [1, 2] };

// == throw a string
const f = (n) => { if (n < 0) { throw "negative"; } return n; };
[f(1), f(-1)]

// == throw what can't be shown
throw (x) => x;

// == throw inside a callback
[1, 2, 3].map((n) => { if (n === 2) { throw n; } return n; })

// == the first error wins
[1 / 0, ({}).missing]

// == operands go from left to right
({}).left + 1 / 0

// == and so do arguments
const f = (a, b) => a;
f(({}).first, 1 / 0)

// == the callee comes first
({}).callee(1 / 0)

// == keys and values in turn
({ a: 1, [({}).key]: 1 / 0 })

// == the value of an earlier field comes first
({ a: 1 / 0, [({}).key]: 2 })

// == kinds are checked after both operands
"x" - 1 / 0

// == a condition is checked before its branches
(1 + 1) ? 1 / 0 : 2

// == an index is evaluated before the access
[1, 2, 3][1 / 0]

// == the receiver comes before the index
({}).a[1 / 0]

// == templates go from left to right
`${[]} ${1 / 0}`

// == destructuring goes from left to right
const { a = 1 / 0, b } = {};
a

// == spread before later elements
[...5, 1 / 0]

// == automatic semicolons
const a = 1
const b = 2
const f = (x) => {
  return x
}
f(a + b)

// == a return alone on its line
const f = () => {
  return
  5
}
const g = (x = "nothing") => x
g(f())

// == a line that goes on
const a = [1, 2, 3]
  .map((n) => n + 1)
  .filter((n) => n > 2)
const b = 1 +
  2
const c = a.length
  + b
c

// == comments
/* one */ const a = 1; // two
const b = /* three */ 2; /* four
five */ a + b // six

// == empty statements
;;
const a = 1;;
;{ ; }
a

// == identifiers
const $ = 1, _ = 2, \u0061b = 4, $0_ = 6;
[$, _, ab, $0_]

// == words that are names
const async = 1, of = 2, get = 3, set = 4, from = 5, as = 6;
const let_ = async + of + get + set + from + as;
[let_, ((async) => async)(7), { async, of, get, set, from, as }]

// == let is const
let a = 1, b = a + 1;
let [c, d] = [a, b];
[a, b, c, d]

// == an object at the start of an expression
({ a: { b: 1 } }).a.b

// == parentheses change nothing
[((1)), (((x) => (x)))((2)), ((({ a: 3 })).a), (([4]))[(0)]]

// == deep expressions
const f = (n) => n === 0 ? [] : [f(n - 1)];
JSON.stringify(f(50)).length

// == state machine
const next = (state, c) => {
  switch (state) {
    case "start": return c === "-" ? "sign" : isDigit(c) ? "digits" : "bad";
    case "sign":
    case "digits": return isDigit(c) ? "digits" : "bad";
    default: return "bad";
  }
};
const isDigit = (c) => c >= "0" && c <= "9";
["12", "-7", "-", "1a", "", "--1"].map((s) => [...s].reduce((state, c) => next(state, c), "start"))

// == a strict directive changes nothing
"use strict";
const f = () => { "use strict"; return 1; };
f()
// == clauses and blocks without statements
const last = (x) => { switch (x) { case 1: case 2: } return [x]; };
const both = (x) => { if (x > 1) {} else {} return [x]; };
const nested = (x) => { if (x > 1) { switch (x) { default: } } else { if (x === 0) {} else {} } return [x]; };
switch (1) { case 1: }
if (1 > 2) {} else {}
[[1, 2, 3].map(last), [1, 2].map(both), [0, 1, 2].map(nested)]

// == the last clause of a switch needs no break
const f = (n) => {
  switch (n) { case 1: break; case 2: { const a = n; a + 1; break; } case 3: case 4: if (n === 3) { throw "three"; } Some(n) }
  return n;
};
[f(1), f(2), f(4), f(5)]

// == nor does a default clause at the end, or a switch within it
const f = (n) => { switch (n) { case 1: return "one"; default: switch (n + 1) { case 3: return "two"; default: Some(n) } } return "more"; };
[f(1), f(2), f(3)]
