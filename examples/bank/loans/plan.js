// A repayment plan as it goes out: the instalments, what they add up to by year, and the effective rate.

import { formatDate, yearOf } from "../calendar/dates.js";
import { groupBy, last, sumBy } from "../core/lists.js";
import { formatAmount } from "../money/amounts.js";
import { effectiveRate } from "./effective-rate.js";
import { regularPayment, repaymentPlan } from "./schedule.js";

export const loanPlan = (loan) => {
  const { currency, principal, upfrontFee } = loan;
  const rows = repaymentPlan(loan);
  const show = (amount) => formatAmount(amount, currency);
  const interest = sumBy(rows, (row) => row.interest);
  return {
    currency,
    principal: show(principal),
    regularPayment: show(regularPayment(rows)),
    lastPayment: show(last(rows).payment),
    totalInterest: show(interest),
    totalCost: show(interest + upfrontFee),
    effectivePercent: Decimal.toString(
      effectiveRate(
        rows.map(({ payment }) => payment),
        principal - upfrontFee,
        currency,
      ),
    ),
    byYear: byYear(rows, show),
    instalments: rows.map(({ number, due, paidOn, interest: share, repaid, extra, payment, owed }) => ({
      number,
      due: formatDate(due),
      paidOn: formatDate(paidOn),
      interest: show(share),
      repaid: show(repaid),
      ...(extra > 0 ? { extra: show(extra) } : {}),
      payment: show(payment),
      owed: show(owed),
    })),
  };
};

// For the yearly certificate of interest.
const byYear = (rows, show) =>
  Map.entries(groupBy(rows, ({ due }) => yearOf(due)))
    .toSorted(([a], [b]) => a - b)
    .map(([year, inYear]) => ({
      year,
      interest: show(sumBy(inYear, ({ interest }) => interest)),
      repaid: show(sumBy(inYear, ({ repaid, extra }) => repaid + extra)),
      owed: show(last(inYear).owed),
    }));
