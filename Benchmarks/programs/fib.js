// Calls and small integers: doubly recursive Fibonacci.
const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2);
fib(35)
