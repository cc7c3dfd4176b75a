// == map, filter, reduce
const orders = [{qty: 2, cents: 150}, {qty: 0, cents: 99}, {qty: 5, cents: 20}];
orders.filter(({qty}) => qty > 0).map(({qty, cents}) => qty * cents).reduce((a, b) => a + b, 0)

// == the first that fits
const xs = [5, 8, 13, 21];
[xs.findIndex((x) => x > 9), xs.some((x) => x === 8), xs.every((x) => x < 20), Array.find(xs, (x) => x % 7 === 0)]

// == searching by contents
[[1, 2], {a: [3]}, "x", [1, 2]].lastIndexOf([1, 2])

// == sorting with a function
[{n: 3, k: "c"}, {n: 1, k: "a"}, {n: 2, k: "b"}, {n: 1, k: "z"}].toSorted((a, b) => a.n - b.n)

// == sorting Strings
["pear", "apple", "fig", "banana", "apple pie"].toSorted()

// == spread and rest
const base = [1, 2, 3];
[...base, ...[...base, 4].toReversed(), ..."ab"]

// == cutting
const row = Array.from({length: 20}, (_, i) => i * i);
[row.slice(3, 6), row.toSpliced(1, 17, "x"), row.with(-1, 0).at(-1), row.concat([1], 2).length]

// == flattening
[[1, [2, [3]]], [[4]]].flat(2).flatMap((x) => [x, [x]])

// == an index outside
[1, 2, 3].map((x) => [10, 20, 30][x])

// == a callback that fails late
[4, 2, 1, 0].map((x) => 8 / x)

// == a Record in parts
const {id, ...bare} = {id: 1, name: "bolt", sizes: [3, 5], "unit price": Decimal("0.25")};
[Object.keys(bare), Object.values(bare), Object.entries({id}), {...bare, name: "nut"}]

// == fields that are not there
const settings = {theme: "dark"};
[Object.get(settings, "size"), Object.hasOwn(settings, "theme"), settings.size]

// == from entries
Object.fromEntries(["b", "a", "c"].map((key, i) => [key, i]))

// == Maps
const stock = Map.of([["bolt", 5], [[1, 2], "pair"], [7, {seven: true}]]);
const less = Map.delete(Map.set(stock, "nut", 9), [1, 2]);
[Map.size(less), Map.get(less, "nut"), Map.has(less, [1, 2]), Map.keys(less), Map.entries(stock)]

// == a function as a key
Map.set(Map.empty, {f: (x) => x}, 1)

// == Options and Results
const half = (n) => n % 2 === 0 ? Ok(n / 2) : Err(`${n} is odd`);
[Result.andThen(half(12), half), Result.andThen(half(6), half), Option.map(Some(2), half), Result.isOk(half(1))]

// == JSON there and back
const read = JSON.parse('{"items": [1, 2.50, null, "x"], "open": true}').Ok;
[JSON.stringify(read), JSON.kind(read.items[1]), read.items.map(JSON.isNull), JSON.parse("[1,")]

// == what has no JSON
JSON.stringify([1, "two", (x) => x])

// == a long response
Array.from({length: 12}, (_, i) => ({index: i, square: i * i, label: `item ${i}`}))
