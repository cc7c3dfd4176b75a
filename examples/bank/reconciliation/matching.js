// Reconciliation: which line of a correspondent's statement is which entry of our books. Rules are tried one after the
// other, the strictest first; what one rule has matched is out of the next one's reach. A rule matches only if there is
// exactly one candidate: an auditor prefers an open item to a wrong one.

import { formatDate } from "../calendar/dates.js";
import { sumBy } from "../core/lists.js";
import { formatAmount } from "../money/amounts.js";
import { anyAmount, currencyCode, date, identifier } from "../validation/banking.js";
import { arrayOf, dependingOn, integer, optional, record, required, text } from "../validation/checks.js";

const line = (currency) =>
  record([
    required("id", identifier),
    required("date", date),
    required("amount", anyAmount(currency)),
    optional("reference", text(1, 35), ""),
  ]);

export const reconciliationRequest = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("currency", currencyCode),
    optional("toleranceDays", integer(0, 30), 3),
    required("ours", arrayOf(0, 300, line(currency))),
    required("theirs", arrayOf(0, 300, line(currency))),
  ]),
);

const sameReference = (a, b) => a.reference !== "" && a.reference === b.reference;

const near = (a, b, days) => Math.abs(a.date - b.date) <= days;

const rulesFor = (toleranceDays) => [
  { name: "reference and amount", fits: (a, b) => sameReference(a, b) && a.amount === b.amount },
  { name: "amount and day", fits: (a, b) => a.amount === b.amount && a.date === b.date },
  { name: "amount, days apart", fits: (a, b) => a.amount === b.amount && near(a, b, toleranceDays) },
];

export const reconcile = ({ currency, toleranceDays, ours, theirs }) => {
  const start = { matches: [], ours, theirs };
  const end = rulesFor(toleranceDays).reduce(applyRule, start);
  const show = (amount) => formatAmount(amount, currency);
  const open = (lines, others) =>
    lines.map(({ id, date: day, amount, reference }) => ({
      id,
      date: formatDate(day),
      amount: show(amount),
      // The same reference on the other side with another amount deserves a look first.
      hints: hintsFor(reference, amount, others, show),
    }));
  return {
    currency,
    matches: end.matches,
    openOurs: open(end.ours, end.theirs),
    openTheirs: open(end.theirs, end.ours),
    difference: show(total(ours) - total(theirs)),
    explainedBy: show(total(end.ours) - total(end.theirs)),
  };
};

const total = (lines) => sumBy(lines, ({ amount }) => amount);

const applyRule = (state, { name, fits }) => {
  const found = state.ours.flatMap((our) => {
    const candidates = state.theirs.filter((their) => fits(our, their));
    if (candidates.length !== 1) return [];
    const rivals = state.ours.filter((other) => fits(other, candidates[0]));
    return rivals.length === 1 ? [{ ours: our.id, theirs: candidates[0].id, rule: name }] : [];
  });
  return {
    matches: [...state.matches, ...found],
    ours: state.ours.filter(({ id }) => !found.some((match) => match.ours === id)),
    theirs: state.theirs.filter(({ id }) => !found.some((match) => match.theirs === id)),
  };
};

const hintsFor = (reference, amount, others, show) =>
  others
    .filter((other) => reference !== "" && other.reference === reference)
    .map((other) => `${other.id} has the same reference and ${show(other.amount - amount)} more`);
