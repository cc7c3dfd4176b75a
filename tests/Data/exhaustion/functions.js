// == a loop in tail position
const sumTo = (n, total) => n === 0 ? total : sumTo(n - 1, total + n);
sumTo(12, 0)

// == mutual recursion
function even(n) { return n === 0 ? true : odd(n - 1); }
function odd(n) { return n === 0 ? false : even(n - 1); }
[even(7), odd(7)]

// == recursion that is no loop
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
fib(6)

// == defaults and a rest parameter
function greet(name, greeting = "Hello" + "!", ...others) { return [greeting, name, others.length]; }
[greet("Ada"), greet("Ada", "Hi", 1, 2), greet(...["Bob", "Yo"])]

// == destructured parameters
const area = ({width, height = width, unit: {name} = {name: "cm"}}) => `${width * height} ${name}`;
[area({width: 3}), area({width: 3, height: 2, unit: {name: "mm"}})]

// == patterns with defaults and rests
const [first = 0, , ...rest] = [1, 2, 3, 4];
const {a, b = a * 2, ...others} = {a: 5, c: 7, d: 9};
[first, rest, a, b, others]

// == a pattern that fails
const [x, y] = [1];
x + y

// == closures in a Record
const counter = (start) => ({value: start, next: () => counter(start + 1)});
counter(3).next().next().value

// == a switch
const describe = (code) => {
  switch (code) {
    case 200: case 204: return "fine";
    case 404: { const text = "missing"; return text; }
    default: break;
  }
  return "code " + String(code);
};
[describe(204), describe(404), describe(500)]

// == a switch on Records
const move = ({x, y}, step) => {
  switch (step) {
    case {dir: "up"}: return {x, y: y + 1};
    case {dir: "right"}: return {x: x + 1, y};
  }
  return {x, y};
};
[{dir: "up"}, {dir: "right"}, {dir: "down"}].reduce(move, {x: 0, y: 0})

// == early returns
function clamp(n, low, high) {
  if (n < low) { return low; }
  if (n > high) { return high; } else { return n; }
}
[clamp(5, 0, 9), clamp(-5, 0, 9), clamp(50, 0, 9)]

// == nested declarations
function outer(n) {
  function inner(m) { return m * n; }
  const twice = (f) => (v) => f(f(v));
  return twice(inner)(2);
}
outer(3)

// == throw
const need = (v) => { if (v < 0) { throw {code: "negative", value: v, trail: ["need", "caller"]}; } return v; };
[need(1), need(-1)]

// == a name that has no value yet
const early = () => late;
const got = early();
const late = 1;
got

// == too few arguments
const pair = (a, b) => [a, b];
[pair(1, 2), pair(1)]

// == what is no function
const table = {run: 5};
table.run(1 + 2)
