// The statement of an account for a period: its transactions in order, the balance after each, and totals.

import { anyAmount, currencyCode, date, iban, identifier } from "../validation/banking.js";
import { arrayOf, dependingOn, problem, record, required, satisfying, text } from "../validation/checks.js";
import { last, scan, sumBy } from "../core/lists.js";

const transaction = (currency) =>
  record([
    required("id", identifier),
    required("bookingDate", date),
    required("valueDate", date),
    required("text", text(1, 140)),
    required("amount", anyAmount(currency)),
  ]);

const shape = (currency) =>
  record([
    required("currency", currencyCode),
    required("iban", iban),
    required("holder", text(1, 70)),
    required("number", text(1, 16)),
    required("from", date),
    required("to", date),
    required("openingBalance", anyAmount(currency)),
    required("transactions", arrayOf(0, 500, transaction(currency))),
  ]);

const consistent = ({ from, to, transactions }, path) => [
  ...(from <= to ? [] : [problem(`${path}/to`, "WrongOrder", "must not be before from")]),
  ...transactions.flatMap(({ bookingDate }, index) =>
    bookingDate >= from && bookingDate <= to
      ? []
      : [problem(`${path}/transactions/${index}/bookingDate`, "OutOfRange", "must lie in the period")],
  ),
];

export const statementRequest = dependingOn("currency", currencyCode, (currency) =>
  satisfying(shape(currency), consistent),
);

// The statement's lines are in the order of booking dates, those of one day in the order of the request; each has the
// balance after it. Credits are positive.
export const makeStatement = (request) => {
  const ordered = request.transactions.toSorted((a, b) => a.bookingDate - b.bookingDate);
  const balances = scan(ordered, request.openingBalance, (balance, { amount }) => balance + amount);
  const credits = ordered.filter(({ amount }) => amount > 0);
  const debits = ordered.filter(({ amount }) => amount < 0);
  return {
    ...request,
    lines: ordered.map((each, index) => ({ ...each, balance: balances[index] })),
    credits: { count: credits.length, amount: sumBy(credits, ({ amount }) => amount) },
    debits: { count: debits.length, amount: -sumBy(debits, ({ amount }) => amount) },
    closingBalance: last([request.openingBalance, ...balances]),
    lowestBalance: Math.min(request.openingBalance, ...balances),
  };
};
