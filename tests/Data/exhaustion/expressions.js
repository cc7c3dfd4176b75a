// == arithmetic
const net = 1250 * 3 - 7;
(net / 4) % 9

// == a quotient by zero
const share = (total, parts) => total / parts;
share(100, 5 - 5)

// == an overflow in the middle
[1, Int.MAX + 1, 2]

// == short circuits
const isSmall = (n) => n < 10;
[isSmall(3) && isSmall(30), isSmall(30) || isSmall(3), !isSmall(5)]

// == nested choices
const grade = (points) => points > 90 ? "A" : points > 75 ? "B" : points > 50 ? "C" : "D";
[grade(95), grade(80), grade(60), grade(10)]

// == a condition that is no Bool
const check = (x) => x ? 1 : 2;
[check(true), check(1)]

// == a template
const name = "Ada";
const count = 3;
`${name} has ${count} items, ${count > 1}`

// == decimals
const price = Decimal("19.99");
[price * Decimal("3"), price / Decimal("7"), price > Decimal("20"), Decimal.round(price, 0)]

// == equality of deep values
const left = {id: 7, tags: ["a", "b", ["c"]], price: {cents: 120}};
[left === {price: {cents: 120}, tags: ["a", "b", ["c"]], id: 7}, left === {...left, id: 8}, left !== left]

// == equality of closures
const adder = (n) => (x) => x + n;
[adder(1) === adder(1), adder(1) === adder(2), ((x) => x) === ((y) => y)]

// == comparing long Strings
const long = "ab".repeat(80);
[long === long + "", long < "b", long === "ab".repeat(79) + "ac"]

// == empty template literals, and last clauses of a switch without break
const f = (n) => { switch (n) { case 1: break; default: `${n}`; } switch (n) { case 2: Some(n) } return ``; };
[f(1), f(2), [1, 2].join(``)]
