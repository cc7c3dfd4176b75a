// Mistakes
// The compiler says what is wrong, why, and what to write instead.
let total = 0;
for (const price of [1, 2, 3]) {
  total += price;
}
Math.random() * total
