// Exchange between currencies, from the reference rates of a day: how much of each currency one unit of the base buys.

import { toAmount, toDecimal } from "./amounts.js";
import { halfEven, ONE } from "../core/decimals.js";

// The bank's margin is in basis points: 150 is 1.5 %.
const WHOLE = Decimal("10000");

// Digits behind the point of a rate between two currencies that both are not the base.
const RATE_PLACES = 8;

// `rates` is `{base, quotes: {USD: Decimal, …}}`. The middle rate of a pair, or the currency that has none.
export const middleRate = (rates, from, to) => {
  const fromRate = perBase(rates, from);
  const toRate = perBase(rates, to);
  if (!Option.isSome(fromRate)) return Err({ currency: from });
  if (!Option.isSome(toRate)) return Err({ currency: to });
  return Ok(halfEven(toRate.Some / fromRate.Some, RATE_PLACES));
};

const perBase = ({ base, quotes }, currency) => (currency === base ? Some(ONE) : Object.get(quotes, currency));

// What the customer gets: the amount at the middle rate less the margin, and how much of it the bank keeps.
export const convert = (amount, from, to, rate, marginBasisPoints) => {
  const customerRate = halfEven(rate * (WHOLE - Decimal.from(marginBasisPoints)) / WHOLE, RATE_PLACES);
  const exact = toDecimal(amount, from);
  const atMiddle = toAmount(exact * rate, to, halfEven);
  const received = toAmount(exact * customerRate, to, halfEven);
  return { customerRate, received, margin: atMiddle - received };
};
