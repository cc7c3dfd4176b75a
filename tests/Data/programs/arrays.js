// Arrays: immutable, without holes.

// == literals and spread
const xs = [1, 2], none = [];
[[], [1], [...xs, ...xs], [...none], [0, ...xs, 3], [[...xs], ..."ab"], [1, 2,]]

// == index and length
const xs = [10, 20, 30];
[xs[0], xs[2], xs.length, xs[xs.length - 1], [[1, 2], [3]][0][1]]

// == index out of range
[1, 2, 3][3]

// == negative index
[1, 2, 3][-1]

// == index of an empty array
[][0]

// == index by a string
[1]["0"]

// == spread of an integer
[...5]

// == spread of a record
[...{ a: 1 }]

// == at
const xs = [1, 2, 3];
[xs.at(0), xs.at(-1), xs.at(-3), xs.at(2)]

// == concat joins arrays and adds values
[[1].concat([2, 3], 4, [[5]]), [].concat(), [1].concat("ab"), [1].concat([])]

// == every and some
const even = (n) => n % 2 === 0;
[[2, 4].every(even), [2, 3].every(even), [].every(even), [1, 2].some(even), [1, 3].some(even), [].some(even)]

// == every stops early
[1, 2, 3].every((n) => n < 2 && 1 / (2 - n) === 1)

// == filter, map
const xs = [1, 2, 3, 4, 5];
[xs.filter((n) => n > 2), xs.map((n) => n * n), xs.map((n, i) => n * i), xs.map((n, i, all) => n + all.length), xs.filter((n, i) => i % 2 === 0), [].map((n) => n)]

// == callbacks take as many arguments as they have parameters
[["a", "b"].map((x, ...rest) => rest.length), ["a"].map((x, i = 7) => i), [3].reduce((sum, n) => sum + n, 0), ["1", "2"].map(String), [1, 2].map(Some)]

// == a condition must be a boolean
[1, 2].filter((n) => n)

// == findIndex, findLastIndex, Array.find
const xs = [1, 2, 3, 4];
[xs.findIndex((n) => n > 1), xs.findIndex((n) => n > 9), xs.findLastIndex((n) => n < 3), xs.findLastIndex((n) => n > 9), Array.find(xs, (n) => n > 2), Array.find(xs, (n) => n > 9)]

// == flat
[[1, [2, [3, [4]]]].flat(), [1, [2, [3, [4]]]].flat(2), [1, [2, [3, [4]]]].flat(0), [1, [2, [3, [4]]]].flat(99), [[], [[]]].flat()]

// == flatMap
[[1, 2, 3].flatMap((n) => [n, n]), [1, 2, 3].flatMap((n) => n), [1, 2].flatMap((n) => [[n]]), [1, 2, 3].flatMap((n) => (n === 2 ? [] : [n]))]

// == forEach gives nothing that can be shown
[1, 2].forEach((n) => n)

// == indexOf, lastIndexOf, includes
const xs = [1, 2, 1, 3];
[xs.indexOf(1), xs.indexOf(1, 1), xs.indexOf(9), xs.lastIndexOf(1), xs.lastIndexOf(1, 1), xs.lastIndexOf(9), xs.includes(3), xs.includes(3, -1), xs.includes(1, 3), xs.indexOf(1, -2), xs.lastIndexOf(3, -2), xs.indexOf(1, -99), xs.indexOf(1, 99)]

// == searching compares contents
const xs = [{ a: 1 }, [1, 2], "x", { a: { b: [3] } }];
[xs.indexOf({ a: 1 }), xs.includes([1, 2]), xs.includes([2, 1]), xs.lastIndexOf({ a: { b: [3] } }), xs.includes("x")]

// == join
[[1, "a", true].join(), [1, 2, 3].join("-"), [].join("x"), ["a"].join("x"), ["a", "b"].join(""), ["é", "😀"].join("€")]

// == join of nested arrays
[[1], [2]].join(",")

// == reduce and reduceRight
const xs = ["a", "b", "c"];
[xs.reduce((all, x) => all + x, ""), xs.reduceRight((all, x) => all + x, ""), xs.reduce((a, b) => a + b), xs.reduceRight((a, b) => a + b), [5].reduce((a, b) => a * b), xs.reduce((all, x, i) => all + String(i), ""), xs.reduceRight((all, x, i) => all + String(i), ""), [].reduce((a, b) => a, 9)]

// == slice
const xs = [0, 1, 2, 3, 4];
[xs.slice(), xs.slice(2), xs.slice(-2), xs.slice(1, 3), xs.slice(1, -1), xs.slice(3, 1), xs.slice(9), xs.slice(-99, 99)]

// == toReversed, with, toSpliced
const xs = [1, 2, 3, 4];
[xs.toReversed(), xs.with(0, 9), xs.with(-1, 9), xs.toSpliced(1, 2), xs.toSpliced(1, 0, "a", "b"), xs.toSpliced(-1, 1, "z"), xs.toSpliced(2), xs.toSpliced(0, 99), xs.toSpliced(99, 1, "end"), xs]

// == toSorted of strings
[["b", "a", "C", "é", "", "aa", "10", "9"].toSorted(), [].toSorted(), ["x"].toSorted()]

// == toSorted of integers needs a function
[3, 1, 2].toSorted()

// == toSorted with a function
const xs = [5, 3, 9, 1, 7, 3];
[xs.toSorted((a, b) => a - b), xs.toSorted((a, b) => b - a), xs.toSorted((a, b) => 0), xs]

// == toSorted is stable
const people = [{ n: "a", k: 2 }, { n: "b", k: 1 }, { n: "c", k: 2 }, { n: "d", k: 1 }, { n: "e", k: 2 }, { n: "f", k: 0 }, { n: "g", k: 1 }];
people.toSorted((p, q) => p.k - q.k).map(({ n }) => n).join("")

// == toSorted of many
const xs = Array.from({ length: 200 }, (_, i) => (i * 7919 + 13) % 211);
const sorted = xs.toSorted((a, b) => a - b);
[sorted.every((n, i) => i === 0 || sorted[i - 1] <= n), sorted[0], sorted[199], sorted.length]

// == Array.from
[Array.from({ length: 3 }, (_, i) => i * i), Array.from({ length: 0 }, (_, i) => i), Array.from([1, 2]), Array.from([1, 2], (n) => n + 1), Array.from("a😀"), Array.from("ab", (c, i) => c + String(i))]

// == Array.of and Array.isArray
[Array.of(), Array.of(7), Array.of(1, "a", [2]), Array.isArray([]), Array.isArray("a"), Array.isArray({ length: 1 }), Array.isArray(1)]

// == spread in calls
const sum = (...ns) => ns.reduce((a, b) => a + b, 0);
const three = (a, b, c) => `${a}${b}${c}`;
[sum(...[1, 2, 3]), sum(), sum(...[], 4, ...[5]), three(..."xyz"), Math.max(...[3, 9, 2])]

// == mutating methods do not exist
[1, 2].push(3)

// == an array is left as it was
const xs = [3, 1, 2];
const sorted = xs.toSorted((a, b) => a - b), longer = xs.concat(4), other = xs.with(0, 9);
[xs, sorted, longer, other]

// == the callback of sort must give an integer
[2, 1].toSorted((a, b) => a > b)

// == an error in a callback ends the program
[1, 0, 2].map((n) => 10 / n)

// == sieve
const sieve = (xs) => xs.length === 0 ? [] : [xs[0], ...sieve(xs.slice(1).filter((n) => n % xs[0] !== 0))];
sieve(Array.from({ length: 48 }, (_, i) => i + 2))

// == permutations
const permutations = (xs) => xs.length === 0 ? [[]] :
  xs.flatMap((x, i) => permutations(xs.toSpliced(i, 1)).map((rest) => [x, ...rest]));
permutations(["a", "b", "c"]).map((p) => p.join("")).join(" ")

// == group by
const group = (xs, key) => xs.reduce((groups, x) =>
  ({ ...groups, [key(x)]: [...Option.unwrapOr(Object.get(groups, key(x)), []), x] }), {});
group([1, 2, 3, 4, 5, 6, 7], (n) => n % 3 === 0 ? "fizz" : n % 2 === 0 ? "even" : "odd")
