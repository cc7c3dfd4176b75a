// Value-added tax: which rate a line has, and what the tax on an invoice is.

import { WHOLE, divideHalfEven, divideHalfUp } from "./money.js";

// By country: the rate of each category in basis points, and the rounding that the country's practice asks for.
const COUNTRIES = {
  AT: { standard: 2000, food: 1000, books: 1000, exempt: 0, round: divideHalfUp },
  CH: { standard: 810, food: 260, books: 260, exempt: 0, round: divideHalfEven },
  DE: { standard: 1900, food: 700, books: 700, exempt: 0, round: divideHalfUp },
  FR: { standard: 2000, food: 550, books: 550, exempt: 0, round: divideHalfEven },
};

// In the order of the alphabet, for messages.
export const countryCodes = Object.keys(COUNTRIES).toSorted();

export const categories = ["books", "exempt", "food", "standard"];

// A business in another country pays the tax itself ("reverse charge"), so the invoice has none.
export const isReverseCharge = (seller, customer) =>
  Object.hasOwn(customer, "vatId") && customer.country !== seller.country;

// The rate of a line, in basis points.
export const rateOf = (category, seller, customer) =>
  isReverseCharge(seller, customer) ? 0 : COUNTRIES[seller.country][category];

// The tax for each rate that the lines have, lowest rate first: `[{taxBasisPoints, netCents, taxCents}]`.
// Rounding happens once for each rate, on the sum of its lines, not on each line.
export const taxByRate = (lines, country) => {
  const { round } = COUNTRIES[country];
  const netByRate = lines.reduce(addToRate, {});
  return Object.values(netByRate)
    .map(({ taxBasisPoints, netCents }) => ({
      taxBasisPoints,
      netCents,
      taxCents: round(netCents * taxBasisPoints, WHOLE),
    }))
    .toSorted((a, b) => a.taxBasisPoints - b.taxBasisPoints);
};

// A record's keys are text, so the rate's digits are the key.
const addToRate = (netByRate, { taxBasisPoints, netCents }) => {
  const key = String(taxBasisPoints);
  const before = Option.unwrapOr(Object.get(netByRate, key), { taxBasisPoints, netCents: 0 });
  return { ...netByRate, [key]: { ...before, netCents: before.netCents + netCents } };
};
