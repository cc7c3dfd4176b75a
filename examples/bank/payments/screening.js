// Screening against fraud and money laundering. A rule looks at the payment and what is known around it, and scores;
// the sum decides. Every rule that scored is in the answer with its reason, for the person who looks at the case.

import { range, sumBy } from "../core/lists.js";
import { displayAmount, toAmount } from "../money/amounts.js";
import { halfEven } from "../core/decimals.js";
import { accountOf } from "./request.js";
import { listedMatches } from "./sanctions.js";

const REVIEW_FROM = 40;
const BLOCK_FROM = 80;

// Where money laundering is not fought enough, as the bank's compliance sees it. Invented.
const HIGH_RISK_COUNTRIES = ["KP", "IR", "MM", "QZ"];

const MINUTES_OF_DAY = 24 * 60;

const minuteOf = ({ date, minute }) => date * MINUTES_OF_DAY + minute;

const withinMinutes = ({ order, earlier }, minutes) =>
  earlier.filter(({ at }) => {
    const age = minuteOf(order.submittedAt) - minuteOf(at);
    return age >= 0 && age <= minutes;
  });

const units = (number, currency) => toAmount(Decimal.from(number), currency, halfEven);

const isKnownCreditor = ({ order, earlier }) => {
  const account = accountOf(order.creditor);
  return earlier.some(({ creditorAccount }) => creditorAccount === account);
};

// A rule gives the reasons for its score; it scores if there is one.
const rule = (id, score, reasonsFor) => ({ id, score, reasonsFor });

const when = (condition, reason) => (condition ? [reason] : []);

const RULES = [
  rule("sanctions", 100, ({ order }) => listedMatches(order.creditor.name).map((name) => `the name is like ${name}`)),

  rule("highRiskCountry", 50, ({ order }) =>
    when(HIGH_RISK_COUNTRIES.includes(order.creditor.country), `the creditor is in ${order.creditor.country}`),
  ),

  rule("newCreditorLargeAmount", 30, (payment) =>
    when(
      !isKnownCreditor(payment) && payment.order.amount >= units(5000, payment.currency),
      "the first payment to this creditor, and a large one",
    ),
  ),

  rule("velocity", 25, (payment) => {
    const count = withinMinutes(payment, 60).length;
    return when(count >= 5, `${count} other payments within an hour`);
  }),

  rule("drain", 25, ({ order, debtor }) =>
    when(order.amount * 10 >= debtor.available * 9, "takes nine tenths or more of what is there"),
  ),

  rule("unusualAmount", 20, ({ order, earlier }) => {
    if (earlier.length < 5) return [];
    const mean = sumBy(earlier, ({ amount }) => amount) / earlier.length;
    return when(order.amount > mean * 10, "more than ten times the average payment");
  }),

  // Amounts are kept just below a threshold so that nobody has to report them.
  rule("structuring", 30, (payment) => {
    const { currency, order } = payment;
    const isJustBelow = (amount) => amount >= units(9000, currency) && amount < units(10000, currency);
    const similar = withinMinutes(payment, 7 * MINUTES_OF_DAY).filter(({ amount }) => isJustBelow(amount)).length;
    return when(isJustBelow(order.amount) && similar >= 2, `${similar} other payments just below 10,000 in a week`);
  }),

  rule("roundAmount", 5, ({ order, currency }) =>
    when(order.amount % units(1000, currency) === 0, `a round amount, ${displayAmount(order.amount, currency)}`),
  ),

  rule("nightTime", 10, ({ order, debtor }) =>
    when(
      debtor.segment === "business" && !range(6, 22).includes(order.submittedAt.minute / 60),
      "a business pays at night",
    ),
  ),

  rule("fanOut", 20, (payment) => {
    const today = withinMinutes(payment, MINUTES_OF_DAY);
    const accounts = today.reduce((seen, { creditorAccount }) => Map.set(seen, creditorAccount, true), Map.empty);
    return when(Map.size(accounts) >= 8, `${Map.size(accounts)} different creditors in a day`);
  }),
];

// `{decision, score, findings}`; the decision is "allow", "review" or "block".
export const screen = (payment) => {
  const findings = RULES.map(({ id, score, reasonsFor }) => ({ rule: id, score, reasons: reasonsFor(payment) })).filter(
    ({ reasons }) => reasons.length > 0,
  );
  const score = sumBy(findings, (finding) => finding.score);
  return { decision: decisionFor(score), score, findings };
};

const decisionFor = (score) => {
  if (score >= BLOCK_FROM) return "block";
  return score >= REVIEW_FROM ? "review" : "allow";
};
