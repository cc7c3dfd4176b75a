// `POST /allocations`: an amount in parts, for costs that several owners or cost centres share. No cent is lost.

import { identifier, currencyCode, positiveAmount } from "../validation/banking.js";
import { arrayOf, dependingOn, integer, problem, record, required, satisfying } from "../validation/checks.js";
import { sum, sumBy } from "../core/lists.js";
import { formatAmount } from "./amounts.js";
import { down } from "../core/decimals.js";

const share = record([required("name", identifier), required("weight", integer(0, 1_000_000))]);

export const allocationRequest = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("currency", currencyCode),
    required("amount", positiveAmount(currency)),
    required(
      "shares",
      satisfying(arrayOf(1, 100, share), (shares, path) =>
        shares.every(({ weight }) => weight === 0) ? [problem(path, "NoWeight", "one weight must be more than 0")] : [],
      ),
    ),
  ]),
);

// Parts of an amount in proportion to the weights, which add up to it. Every part is first rounded toward zero; what is
// left goes in single units to the parts with the largest remainders, the earlier one first if they are equal.
const allocate = (amount, weights) => {
  const total = Decimal.from(sum(weights));
  const parts = weights.map((weight, index) => {
    const exact = Decimal.from(amount) * Decimal.from(weight) / total;
    const whole = Decimal.toInt(down(exact, 0)).Some;
    return { index, whole, remainder: exact - Decimal.from(whole) };
  });
  const left = amount - sumBy(parts, ({ whole }) => whole);
  const favoured = parts
    .toSorted((a, b) => Decimal.compare(b.remainder, a.remainder))
    .slice(0, left)
    .map(({ index }) => index);
  return parts.map(({ index, whole }) => (favoured.includes(index) ? whole + 1 : whole));
};

export const allocation = ({ currency, amount, shares }) => {
  const parts = allocate(amount, shares.map(({ weight }) => weight));
  return {
    currency,
    amount: formatAmount(amount, currency),
    parts: shares.map(({ name }, index) => ({ name, amount: formatAmount(parts[index], currency) })),
  };
};
