// Functions, closures, scopes.

// == kinds of functions
function declared(a) { return a + 1; }
const expression = function (a) { return a * 2; };
const named = function self(n) { return n <= 0 ? 0 : 1 + self(n - 1); };
const arrow = (a) => a - 1;
const bare = a => ({ a });
[declared(1), expression(2), named(3), arrow(4), bare(5)]

// == declarations are hoisted
const before = later(2);
function later(n) { return n * other(n); }
function other(n) { return n + 10; }
before

// == hoisted within a block
const f = (n) => {
  if (n > 0) {
    return inner(n);
    function inner(m) { return m * 100; }
  }
  return 0;
};
[f(1), f(0)]

// == mutual recursion
const isEven = (n) => n === 0 ? true : isOdd(n - 1);
const isOdd = (n) => n === 0 ? false : isEven(n - 1);
[isEven(10), isOdd(7), isEven(3)]

// == closures capture values
const adder = (n) => (m) => n + m;
const adders = [1, 2, 3].map((n) => adder(n));
adders.map((f) => f(10))

// == closures capture their own scope
const make = (n) => {
  const doubled = n * 2;
  return { get: () => doubled, twice: () => { const doubled = n * 4; return doubled; } };
};
const a = make(1), b = make(10);
[a.get(), a.twice(), b.get(), b.twice()]

// == a closure over a later binding
const f = () => late;
const late = 5;
f()

// == a binding read too early
const f = () => late;
const x = f();
const late = 5;
x

// == a binding read in its own initialiser
const x = x + 1;
x

// == a block's binding read too early
const x = 1;
const f = () => { const y = x; const x = 2; return y; };
f()

// == shadowing
const x = 1;
const f = (x) => { const y = x; { const x = y + 1; const z = x * 10; if (z > 0) { const x = z; return x; } } return y; };
[f(5), x]

// == built-in names can be shadowed
const Math = { max: (a, b) => "mine" }, String = (x) => `<${x}>`;
const f = (Array) => Array + 1;
[Math.max(1, 2), String(5), f(1)]

// == default parameters
const f = (a, b = a + 1, c = a * b) => [a, b, c];
[f(2), f(2, 5), f(2, 5, 0)]

// == defaults see earlier parameters, not the body
const x = "outer";
const f = (a, b = x) => { const x = "inner"; return `${a}${b}${x}`; };
f(1)

// == a default that sees a later parameter
const f = (a = b, b = 1) => a;
f()

// == a default is not evaluated when it is not needed
const f = (a = 1 / 0) => a;
f(3)

// == defaults are evaluated at each call
const f = (a, b = [a]) => b;
[f(1), f(2)]

// == a default before a parameter without one
const f = (a = 1, b) => a + b;
f(5, 6)

// == nothing given takes the default
const nothing = () => { const x = 1; };
const f = (a = "default") => a;
f(nothing())

// == rest parameters
const f = (a, ...rest) => [a, rest, rest.length];
[f(1), f(1, 2), f(1, 2, 3)]

// == too few arguments
((a, b) => a)(1)

// == too many arguments
((a) => a)(1, 2)

// == optional arguments may be left out
const f = (a, b = 2) => a + b;
[f(1), f(1, 5)]

// == but not more given
const f = (a, b = 2) => a + b;
f(1, 2, 3)

// == calling what is no function
const n = 5;
n(1)

// == a call's arguments come before its complaint
const n = 5;
n(1 / 0)

// == immediately called
[(() => 1)(), ((a, b) => a + b)(2, 3), (function () { return 4; })()]

// == currying
const curry = (f) => (a) => (b) => (c) => f(a, b, c);
curry((a, b, c) => `${a}-${b}-${c}`)(1)(2)(3)

// == compose
const compose = (...fs) => (x) => fs.reduceRight((v, f) => f(v), x);
compose((n) => n + 1, (n) => n * 2, (n) => n - 3)(10)

// == the Y combinator
const Y = (f) => ((x) => f((v) => x(x)(v)))((x) => f((v) => x(x)(v)));
Y((self) => (n) => n === 0 ? 1 : n * self(n - 1))(10)

// == church numerals
const zero = (f) => (x) => x, succ = (n) => (f) => (x) => f(n(f)(x));
const add = (a) => (b) => (f) => (x) => a(f)(b(f)(x));
const toInt = (n) => n((k) => k + 1)(0);
const two = succ(succ(zero)), three = succ(two);
[toInt(add(two)(three)), toInt(three(two))]

// == accumulate in a parameter
const sum = (n, acc) => n === 0 ? acc : sum(n - 1, acc + n);
sum(20000, 0)

// == tail calls through conditions
const f = (n, ok) => n === 0 || (ok && f(n - 1, ok));
f(20000, true)

// == mutual tail calls
const ping = (n) => n === 0 ? "ping" : pong(n - 1);
function pong(n) {
  if (n === 0) { return "pong"; }
  return ping(n - 1);
}
[ping(20000), ping(20001)]

// == tail calls through a field
const machine = { step: (m, n) => n === 0 ? "done" : m.step(m, n - 1) };
machine.step(machine, 20000)

// == a function without return gives nothing
const f = () => { 1; };
f()

// == return without a value
const f = (n) => { if (n > 0) { return; } return 1; };
[f(0)]

// == functions are equal when their code is
[((x) => x + 1) === ((y) => y + 1), ((x) => x + 1) === ((x) => x + 2), ((x, y) => x) === ((x, y) => y), (() => "a") === (() => 'a')]

// == and when what they capture is
const adder = (n) => (m) => n + m;
[adder(1) === adder(1), adder(1) === adder(2), [adder([1])] === [adder([1])], adder({ a: 1 }) !== adder({ a: 1 })]

// == functions that refer to themselves
const make = (k) => { const loop = (n) => n === 0 ? k : loop(n - 1); return loop; };
[make(1) === make(1), make(1) === make(2)]

// == functions that refer to each other
const make = (k) => { const a = (n) => b(n), b = (n) => n === 0 ? k : a(n - 1); return { a, b }; };
[make(1) === make(1), make(1) === make(2), make(1).a === make(1).b]

// == functions are not data
(x) => x

// == library functions as values
[["a", "b"].map(Some), [{ a: 1 }, { b: 2 }].map(Object.keys), [[1], "x"].map(Array.isArray), ["1", "x"].map(Int.parse)]

// == hanoi
const hanoi = (n, from, to, via) => n === 0 ? [] : [...hanoi(n - 1, from, via, to), `${from}${to}`, ...hanoi(n - 1, via, to, from)];
hanoi(4, "A", "C", "B").join(" ")

// == queens
const safe = (placed, column) => placed.every((c, i) => c !== column && c - column !== placed.length - i && column - c !== placed.length - i);
const place = (n, placed) => placed.length === n ? 1 :
  Array.from({ length: n }, (_, c) => c).filter((c) => safe(placed, c)).reduce((sum, c) => sum + place(n, [...placed, c]), 0);
[place(4, []), place(5, []), place(6, [])]

// == an interpreter in the interpreter
const run = (code, stack) => code.length === 0 ? stack : run(code.slice(1), step(code[0], stack));
const step = (op, stack) => {
  const rest = stack.slice(0, -2), [a = 0, b = 0] = stack.slice(-2);
  switch (op) {
    case "+": return [...rest, a + b];
    case "*": return [...rest, a * b];
    case "-": return [...rest, a - b];
    default: return [...stack, Option.unwrapOr(Int.parse(op), 0)];
  }
};
run("2 3 + 4 * 5 -".split(" "), [])

// == a tail call of a method of what a built-in made from nothing
const copy = () => Array.of().slice();
const blank = () => String.fromCodePoint().trim();
[copy(), blank(), (() => Array.of().toReversed().concat())()]
