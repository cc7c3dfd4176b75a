"use strict";
// Decimals as exact fractions of BigInts: significand / 10^scale. Results are rounded once, half to even, to the
// precision of the guest's Decimal (34 digits, at most 28 of them after the point).

const LIMIT = 10n ** 34n;
const MAXIMUM_SCALE = 28;

/** significand × 10^-scale, without trailing zeros after the point. */
class Decimal {
  constructor(significand, scale) {
    while (scale > 0 && significand % 10n === 0n) {
      significand /= 10n;
      scale--;
    }
    this.significand = significand;
    this.scale = scale;
    Object.freeze(this);
  }
}

const magnitude = (n) => (n < 0n ? -n : n);

/** numerator / denominator, rounded half to even to an integer. The denominator must be positive. */
function quotient(numerator, denominator) {
  const [whole, rest] = [magnitude(numerator) / denominator, magnitude(numerator) % denominator];
  const up = 2n * rest > denominator || (2n * rest === denominator && whole % 2n === 1n);
  const rounded = up ? whole + 1n : whole;
  return numerator < 0n ? -rounded : rounded;
}

/** The Decimal nearest to a fraction, or null if its integer part has too many digits. */
function nearest(numerator, denominator, scale = MAXIMUM_SCALE) {
  for (; scale >= 0; scale--) {
    const significand = quotient(numerator * 10n ** BigInt(scale), denominator);
    if (magnitude(significand) < LIMIT) return new Decimal(significand, scale);
  }
  return null;
}

const power = (d) => 10n ** BigInt(d.scale);

/** significand × 10^-scale, or null if that is not a Decimal. */
function exactly(significand, scale) {
  const d = new Decimal(significand, scale);
  return d.scale <= MAXIMUM_SCALE && magnitude(d.significand) < LIMIT ? d : null;
}

/** Parses a Decimal. Returns null if the string is not one. */
function parse(text) {
  const match = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ""] = match;
  return exactly(BigInt(sign + whole + fraction), fraction.length);
}

function toText({ significand, scale }) {
  const digits = String(magnitude(significand)).padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return significand < 0n ? `-${text}` : text;
}

const compare = (a, b) => {
  const difference = a.significand * power(b) - b.significand * power(a);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** Exponent and mantissa without any trailing zeros, as in CBOR. */
function scientific({ significand, scale }) {
  if (significand === 0n) return [0n, 0n];
  let exponent = BigInt(-scale);
  while (significand % 10n === 0n) {
    significand /= 10n;
    exponent++;
  }
  return [exponent, significand];
}

module.exports = {
  Decimal, exactly, parse, toText, compare, scientific,
  of: (n) => new Decimal(n, 0),
  add: (a, b) => nearest(a.significand * power(b) + b.significand * power(a), power(a) * power(b)),
  sub: (a, b) => nearest(a.significand * power(b) - b.significand * power(a), power(a) * power(b)),
  mul: (a, b) => nearest(a.significand * b.significand, power(a) * power(b)),
  /** The divisor must not be zero. */
  div: (a, b) => {
    const denominator = power(a) * magnitude(b.significand);
    return nearest((b.significand < 0n ? -1n : 1n) * a.significand * power(b), denominator);
  },
  neg: (d) => new Decimal(-d.significand, d.scale),
  round: (d, scale) => (d.scale <= scale ? d : new Decimal(quotient(d.significand * 10n ** BigInt(scale), power(d)), scale)),
};
