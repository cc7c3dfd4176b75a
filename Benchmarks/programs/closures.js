// Higher-order functions: closures that capture values, mapped, filtered and folded over arrays.
const adder = (n) => (x) => x + n;
const compose = (f, g) => (x) => g(f(x));
const isEven = (x) => x % 2 === 0;
const add = (a, b) => a + b;

const round = (k) =>
  Array.from({ length: 1000 }, (_, i) => i * 7 + k)
    .map((x) => x % 1009)
    .map(compose(adder(k), adder(1)))
    .filter(isEven)
    .reduce(add, 0);

Array.from({ length: 3000 }, (_, k) => k).reduce((total, k) => (total * 31 + round(k)) % 1000000007, 0)
