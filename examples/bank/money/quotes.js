// The check of exchange rates in a request.

import { decimalBetween } from "../validation/banking.js";
import { mapped, optional, record } from "../validation/checks.js";
import { currencies } from "./currencies.js";

// A record from codes of currencies to how much of each one unit of the base buys. Zero stands for "not given", so that
// the rule can name every currency.
const NOT_GIVEN = Decimal("0");

const quoteFields = record(currencies.map(({ code }) => optional(code, decimalBetween("0.0001", "100000"), NOT_GIVEN)));

export const quotes = mapped(quoteFields, (all) =>
  Object.fromEntries(Object.entries(all).filter(([_, rate]) => rate !== NOT_GIVEN)),
);
