// Out of gas
// Gas bounds time: a program that never ends ends here, at the same point on every machine.
const forever = (n) => forever(n + 1);
forever(0)
