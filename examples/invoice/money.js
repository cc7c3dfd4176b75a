// Money is a whole number of cents in an integer of 64 bits. No amount is ever a fraction: where a rate makes one, the
// rounding rule is named at the place. The engine checks every operation: an overflow ends the request with
// `IntegerOverflow`, it never wraps around. (The limits of validate.js keep valid invoices far from that.)

// Rates, discounts and taxes are in basis points: 1 is a hundredth of a percent, 10000 is everything.
export const WHOLE = 10000;

// numerator / denominator, to the nearest integer; what lies halfway goes to the even neighbour (banker's rounding).
// The denominator is positive.
export const divideHalfEven = (numerator, denominator) =>
  divideToNearest(numerator, denominator, (quotient) => quotient % 2 !== 0);

// numerator / denominator, to the nearest integer; what lies halfway goes away from zero (commercial rounding).
export const divideHalfUp = (numerator, denominator) => divideToNearest(numerator, denominator, (_) => true);

// `/` drops the fraction (it rounds toward zero), so the result is that quotient or its neighbour away from zero.
// `roundTieAway` decides when both are equally near.
const divideToNearest = (numerator, denominator, roundTieAway) => {
  const quotient = numerator / denominator;
  const remainder = Math.abs(numerator % denominator);
  // Compares the remainder with what is missing to the next integer, since twice the remainder could overflow.
  const missing = denominator - remainder;
  if (remainder < missing) return quotient;
  if (remainder === missing && !roundTieAway(quotient)) return quotient;
  return numerator < 0 ? quotient - 1 : quotient + 1;
};

// A discount is rounded half to even, so that over many lines neither side gains.
export const discountCents = (grossCents, basisPoints) => divideHalfEven(grossCents * basisPoints, WHOLE);

// 123456789 → "1,234,567.89", -5 → "-0.05".
export const formatCents = (cents) => {
  const sign = cents < 0 ? "-" : "";
  const units = Math.abs(cents / 100);
  const rest = Math.abs(cents % 100);
  return `${sign}${groupThousands(String(units))}.${String(rest).padStart(2, "0")}`;
};

const groupThousands = (digits) =>
  digits.length <= 3 ? digits : `${groupThousands(digits.slice(0, -3))},${digits.slice(-3)}`;
