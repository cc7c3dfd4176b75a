// The effective yearly rate of a loan: the rate at which all payments, discounted to the day of disbursement, are worth
// what the customer received. Payments count as monthly. No formula gives it; it is found by halving an interval, which
// takes the same steps on every machine.

import { halfEven, ONE, percent, power, ZERO } from "../core/decimals.js";
import { toDecimal } from "../money/amounts.js";

const STEPS = 40;
const HIGHEST_MONTHLY = Decimal("0.5");
const TWO = Decimal("2");

// In per cent with two digits: Decimal 5.12.
export const effectiveRate = (payments, received, currency) => {
  const flows = payments.map((payment) => toDecimal(payment, currency));
  const target = toDecimal(received, currency);
  const monthly = bisect((rate) => presentValue(flows, rate) > target, ZERO, HIGHEST_MONTHLY, STEPS);
  const yearly = power(ONE + monthly, 12) - ONE;
  return halfEven(yearly / percent(ONE), 2);
};

// By Horner's rule from the last payment: (((p3 / q) + p2) / q + p1) / q, with q = 1 + rate.
const presentValue = (flows, rate) => flows.reduceRight((value, flow) => (value + flow) / (ONE + rate), ZERO);

// The point where `isBelow` turns from true to false.
const bisect = (isBelow, low, high, steps) => {
  if (steps === 0) return low;
  const middle = (low + high) / TWO;
  return isBelow(middle) ? bisect(isBelow, middle, high, steps - 1) : bisect(isBelow, low, middle, steps - 1);
};
