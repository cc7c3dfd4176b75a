// Integers: 64 bits, checked, exact. Each part is a program of its own; its last expression is the result.

// == literals in every base
[0, 7, 1_000_000, 0xFF, 0xff_ff, 0o17, 0b1011, 9223372036854775807, -9223372036854775808]

// == beyond the exact range of doubles
[9007199254740993 + 0, 9007199254740993 * 3, 4611686018427387904 + 4611686018427387903]

// == division drops the fraction
[7 / 2, -7 / 2, 7 / -2, -7 / -2, 0 / 5, 1 / 9223372036854775807]

// == remainder has the sign of the dividend
[7 % 3, -7 % 3, 7 % -3, -7 % -3, 6 % 3, -6 % 3]

// == quotient and remainder make the dividend
const pairs = [[17, 5], [-17, 5], [17, -5], [-17, -5], [9223372036854775807, 10], [-9223372036854775808, 10]];
pairs.every(([a, b]) => a / b * b + a % b === a)

// == precedence and associativity
[2 + 3 * 4, (2 + 3) * 4, 20 - 5 - 5, 100 / 10 / 5, 100 / (10 / 5), -2 * -3, 7 - -7, 17 % 10 * 2, 2 * 17 % 10]

// == comparison binds looser than arithmetic
[1 + 1 < 3, 5 > 2 + 2, 2 * 3 <= 6, 7 - 1 >= 6, 1 + 2 === 3, 1 !== 2 - 1]

// == negation
const n = 5;
[-n, -(-n), - -n, -0, -n * -n, 1 - -n]

// == the smallest integer is its own limit
const min = Int.MIN;
[min, min + 1, -(min + 1), min / 1, min % -1]

// == addition overflows
9223372036854775807 + 1

// == addition of negatives overflows
-9223372036854775808 + -1

// == subtraction overflows
-9223372036854775808 - 1

// == subtraction of the smallest overflows
0 - Int.MIN

// == multiplication overflows
3037000500 * 3037000500

// == multiplication just fits
[3037000499 * 3037000499, -3037000499 * 3037000499, 4294967296 * 2147483647, 4294967296 * -2147483648]

// == multiplication by minus one overflows
Int.MIN * -1

// == division overflows in one case only
Int.MIN / -1

// == negation overflows in one case only
const n = Int.MIN;
-n

// == division by zero
1 / 0

// == remainder by zero
const zero = 5 - 5;
1 % zero

// == zero divided by zero
0 / 0

// == an error inside an array ends the program
[1, 2 / 0, 3]

// == integers and strings do not mix
1 + "1"

// == nor strings and integers
"1" + 1

// == booleans are no numbers
true + true

// == strings have no difference
"b" - "a"

// == arrays have no sum
[1] + [2]

// == order needs one kind
1 < "2"

// == booleans have no order
false < true

// == order of integers
[1 < 2, 2 < 1, 1 <= 1, 1 >= 2, -1 > -2, Int.MIN < Int.MAX]

// == Math on integers
[Math.abs(-5), Math.abs(5), Math.min(3, 1, 2), Math.max(3, 1, 2), Math.sign(-9), Math.sign(0), Math.sign(7), Math.max(-1), Math.min(Int.MAX, Int.MIN)]

// == Math.abs overflows
Math.abs(Int.MIN)

// == Int.parse
["0", "42", "-42", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "", "abc", "1.5", "1e3", " 1", "0x10"].map((s) => Int.parse(s))

// == greatest common divisor
const gcd = (a, b) => b === 0 ? a : gcd(b, a % b);
[gcd(48, 36), gcd(17, 5), gcd(0, 9), gcd(1000000007 * 6, 1000000007 * 15)]

// == powers by squaring
const power = (base, exponent) =>
  exponent === 0 ? 1 : exponent % 2 === 0 ? power(base * base, exponent / 2) : base * power(base, exponent - 1);
[power(2, 10), power(3, 20), power(-2, 31), power(10, 18)]

// == modular arithmetic
const powmod = (b, e, m) => e === 0 ? 1 : e % 2 === 1 ? b * powmod(b, e - 1, m) % m : powmod(b * b % m, e / 2, m);
powmod(31, 1000001, 1000000007)

// == collatz
const collatz = (n, steps) => n === 1 ? steps : collatz(n % 2 === 0 ? n / 2 : 3 * n + 1, steps + 1);
[collatz(27, 0), collatz(97, 0), collatz(1, 0)]
