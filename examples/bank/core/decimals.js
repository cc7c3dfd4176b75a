// Decimals: powers, and the roundings that banking knows. The engine's own rounding is half to even.

export const ZERO = Decimal("0");
export const ONE = Decimal("1");
export const HUNDRED = Decimal("100");

// base to the power of a whole number, by squaring: some 2 log2(n) multiplications.
export const power = (base, exponent) => {
  if (exponent < 0) return ONE / power(base, -exponent);
  if (exponent === 0) return ONE;
  const half = power(base, exponent / 2);
  return exponent % 2 === 0 ? half * half : half * half * base;
};

export const percent = (rate) => rate / HUNDRED;

export const sumDecimals = (numbers) => numbers.reduce((total, d) => total + d, ZERO);

// A rounding takes a Decimal and a number of places, and gives a Decimal with no more places than that.

// Banker's rounding: what lies halfway goes to the even neighbour. Over many amounts neither side gains.
export const halfEven = (d, places) => Decimal.round(d, places);

// Commercial rounding: what lies halfway goes away from zero.
export const halfUp = (d, places) => {
  const nearest = Decimal.round(d, places);
  const unit = unitOf(places);
  const isTie = Decimal.abs(d - nearest) * Decimal("2") === unit;
  return isTie && Decimal.abs(nearest) < Decimal.abs(d) ? nearest + unit * signOf(d) : nearest;
};

// Toward zero: the fraction is dropped. Tax laws often ask for it.
export const down = (d, places) => {
  const nearest = Decimal.round(d, places);
  return Decimal.abs(nearest) > Decimal.abs(d) ? nearest - unitOf(places) * signOf(d) : nearest;
};

const unitOf = (places) => power(Decimal("0.1"), places);

const signOf = (d) => Decimal.from(Math.sign(d));

// With exactly so many places: `fixed(Decimal("2.5"), 2)` is "2.50".
export const fixed = (d, places) => {
  const text = Decimal.toString(halfEven(d, places));
  if (places === 0) return text;
  const [whole, fraction = ""] = text.split(".");
  return `${whole}.${fraction.padEnd(places, "0")}`;
};
