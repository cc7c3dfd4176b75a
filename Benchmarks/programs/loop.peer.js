// programs/loop.js for engines without proper tail calls, written as a plain loop.
const loop = (n, a, b) => {
  while (n !== 0) {
    const nextA = (a * 31 + b) % 1000003;
    b = (b * 17 + a) % 998244353;
    a = nextA;
    n -= 1;
  }
  return a * 1000003 + b;
};
loop(10000000, 1, 2)
