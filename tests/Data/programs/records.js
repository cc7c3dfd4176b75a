// Records: immutable, keys are Strings, equality is by content.

// == literals
const a = 1, b = "x";
[{}, { a }, { a, b }, { "key with space": 1 }, { 1: "one", 0x10: "sixteen" }, { ["comp" + "uted"]: a }, { a: { b: { c: [1] } } }, { if: 1, class: 2, null: 3 }]

// == field access
const r = { a: 1, b: { c: 2 }, "d e": 3, delete: 4 };
[r.a, r.b.c, r["d e"], r["a"], r.delete, r["b"]["c"]]

// == a missing field
({ a: 1 }).b

// == a missing field by name
const key = "gone" + "!";
({ a: 1 })[key]

// == inherited names are missing
const r = { a: 1 };
[Object.hasOwn(r, "toString"), Object.hasOwn(r, "constructor"), Object.hasOwn(r, "__proto__"), Object.get(r, "hasOwnProperty")]

// == toString is no field
({ a: 1 }).toString

// == constructor is no field
({}).constructor

// == a field of an integer
const n = 1;
n.a

// == a record indexed by an integer
({ 1: "x" })[1]

// == spread
const r = { a: 1, b: 2 };
[{ ...r }, { ...r, b: 3 }, { b: 3, ...r }, { ...r, ...{ c: 4, a: 0 } }, { ...{} }, { ...r, [`${r.b}`]: r.a }]

// == spread of an array
({ ...[1] })

// == the original stays
const r = { a: { n: 1 }, b: [1] };
const s = { ...r, a: { ...r.a, n: 2 }, b: [...r.b, 2] };
[r, s]

// == equality by content
[{ a: 1, b: 2 } === { b: 2, a: 1 }, { a: 1 } === { a: 2 }, { a: 1 } === { a: 1, b: 1 }, {} === {}, [] === {}, [1, [2, { c: "x" }]] === [1, [2, { c: "x" }]], { a: [] } !== { a: {} }]

// == equality of other kinds
[1 === 1, 1 === 2, "a" === "a", "a" === "b", true === true, true === false, 1 === "1", 0 === false, "" === false, [1] === 1, 1 !== "1"]

// == equality of deep values
const build = (n, v) => n === 0 ? v : build(n - 1, { v: [v] });
[build(200, 1) === build(200, 1), build(200, 1) === build(200, 2), build(200, 1) === build(199, 1)]

// == keys that look alike
const r = { "é": 1, "e\u0301": 2 };
[Object.keys(r).length, r["é"], r["e\u0301"]]

// == Object.keys has the canonical order
Object.keys({ z: 1, a: 2, m: 3, "10": 4, "9": 5, "": 6, "é": 7, "😀": 8 })

// == the order does not depend on how a record was made
const x = { a: 1, b: 2, c: 3 }, y = { c: 3, ...{ b: 2 }, ["a"]: 1 };
[Object.keys(x) === Object.keys(y), Object.entries(x) === Object.entries(y), JSON.stringify(x) === JSON.stringify(y)]

// == values and entries follow the keys
const r = { one: 1, two: 2, three: 3 };
Object.keys(r).every((k, i) => Object.values(r)[i] === r[k] && Object.entries(r)[i] === [k, r[k]])

// == fromEntries
[Object.fromEntries([]), Object.fromEntries([["a", 1], ["b", [2]], ["a", 3]]), Object.fromEntries(Object.entries({ x: 1, y: 2 }).map(([k, v]) => [k + k, v * 10]))]

// == hasOwn and get
const r = { a: 1, n: { b: false } };
[Object.hasOwn(r, "a"), Object.hasOwn(r, "b"), Object.get(r, "a"), Object.get(r, "b"), Object.get(r.n, "b")]

// == a function in a field
const r = { twice: (n) => n * 2, nested: { inc: (n) => n + 1 }, push: (x) => [x] };
[r.twice(4), r.nested.inc(1), r["twice"](5), r.push(6)]

// == calling a field that is no function
({ a: 1 }).a()

// == calling a missing field
({ a: 1 }).b(1 / 0)

// == a computed key must be a string
({ [1]: 2 })

// == later keys win
const k = "a";
[{ a: 1, [k]: 2 }, { [k]: 2, a: 1 }]

// == destructuring
const { a, b: c, "d e": f, g: { h, i: [j, k] } } = { a: 1, b: 2, "d e": 3, g: { h: 4, i: [5, 6] } };
[a, c, f, h, j, k]

// == defaults
const { a = 1, b = a + 1, c: d = 5, e: { f = 7 } = {} } = { b: 10 };
[a, b, d, f]

// == a default is evaluated only if it is taken
const { a = 1 / 0, b = 2 } = { a: 0 };
[a, b]

// == rest of a record
const { a, b: { ...inner }, ...rest } = { a: 1, b: { x: 1 }, c: 3, d: 4 };
[a, inner, rest]

// == computed keys in a pattern
const key = "k";
const { [key]: v, [key + "2"]: w = "none", ...rest } = { k: 1, z: 2 };
[v, w, rest]

// == a missing field in a pattern
const { a, b } = { a: 1 };
a

// == a pattern on the wrong kind
const { a } = 5;
a

// == arrays in patterns
const [a, [b, ...c], d = 4, ...e] = [1, [2, 3, 3], 5, 6, 7];
[a, b, c, d, e]

// == defaults in array patterns
const [a = 1, b = a + 1, [c] = [9]] = [];
[a, b, c]

// == too few elements for a pattern
const [a, b] = [1];
a

// == rest of nothing
const [a, ...rest] = [1];
[a, rest]

// == patterns in parameters
const area = ({ w, h = w }) => w * h;
const first = ([x, ...rest], { [x]: named = "?" }) => `${x}${rest.length}${named}`;
[area({ w: 3 }), area({ w: 3, h: 4 }), first(["a", "b", "c"], { a: "A" }), first(["z"], {})]

// == swapping without mutation
const [x, y] = [1, 2];
const [p, q] = [y, x];
[p, q]

// == Option
const half = (n) => n % 2 === 0 ? Some(n / 2) : None;
[half(4), half(3), Option.map(half(4), (n) => n + 1), Option.map(half(3), (n) => n + 1), Option.unwrapOr(half(8), 0), Option.unwrapOr(half(9), 0), Option.isSome(half(2)), Option.isSome(None), None === { None: {} }, Some(1) === { Some: 1 }]

// == Result
const safe = (a, b) => b === 0 ? Err("zero") : Ok(a / b);
[safe(6, 3), safe(1, 0), Result.map(safe(6, 3), (n) => n * 10), Result.map(safe(1, 0), (n) => n * 10), Result.mapErr(safe(1, 0), (e) => e + "!"), Result.mapErr(safe(6, 3), (e) => e + "!"), Result.andThen(safe(8, 2), (n) => safe(n, 2)), Result.andThen(safe(8, 0), (n) => safe(n, 2)), Result.unwrapOr(safe(1, 0), -1), Result.isOk(safe(4, 2)), Result.isOk(Err(1))]

// == an Option is a record
const { Some: v } = Some(7);
[v, Object.keys(None), Option.unwrapOr({ Some: 3 }, 4)]

// == what is no Option
Option.unwrapOr(5, 6)

// == JSON
const parsed = JSON.parse("{\"a\": [1, -2, true, \"x\\n\\u00e9\", {}], \"big\": 9223372036854775807}");
[parsed, Result.isOk(JSON.parse("[1,")), Result.isOk(JSON.parse("{\"a\":1,\"a\":2}")), JSON.stringify({ b: [1, "\u0001\"\\/\u2028é"], a: {} }), JSON.stringify("x"), JSON.stringify(5)]

// == null comes from JSON only
const { Ok: [n, m] } = JSON.parse("[null, 0]");
[JSON.isNull(n), JSON.isNull(m), n === n, n === m, n, JSON.kind(n)]

// == kinds
[1, "s", true, [], {}, () => 1].map((v) => JSON.kind(v))

// == functions have no JSON
[1, { f: (x) => x }]

// == a path in a tree
const depth = (t) => Object.hasOwn(t, "kids") ? 1 + t.kids.reduce((d, k) => Math.max(d, depth(k)), 0) : 1;
const leaf = { v: 1 };
depth({ kids: [leaf, { kids: [leaf, { kids: [leaf] }] }, leaf] })
