// A loop of ten million iterations with two accumulators, written as tail recursion.
const loop = (n, a, b) =>
  n === 0 ? a * 1000003 + b : loop(n - 1, (a * 31 + b) % 1000003, (b * 17 + a) % 998244353);
loop(10000000, 1, 2)
