// The repayment plan of a loan, instalment by instalment.
//
//   annuity  the same amount every month, in which interest falls and repayment grows
//   bullet   interest every month, the principal at the end
//   linear   the same repayment every month, and interest on what is left
//
// Interest is reckoned on what is owed between two due dates, by the day-count convention, and rounded half up.
// Whatever rounding, extra repayments and the first period's odd length leave, the last instalment settles. Payments
// move to business days; that does not change the interest.

import { adjust, monthlyDates } from "../calendar/business-days.js";
import { accruedInterest } from "../calendar/day-count.js";
import { halfUp, ONE, power } from "../core/decimals.js";
import { toAmount, toDecimal } from "../money/amounts.js";

const TWELVE = Decimal("12");

// The yearly instalment factor: P × i / (1 - (1 + i)^-n), with i for a month.
const annuity = (principal, currency, yearlyRate, months) => {
  const exact = toDecimal(principal, currency);
  const rate = yearlyRate / TWELVE;
  const instalment =
    rate === Decimal("0") ? exact / Decimal.from(months) : exact * rate / (ONE - power(ONE + rate, -months));
  return toAmount(instalment, currency, halfUp);
};

// For each method a function that gives, for a loan, what is repaid of the principal with an instalment that has this
// interest.
const METHODS = {
  annuity: ({ principal, currency, percent, months, graceMonths }) => {
    const instalment = annuity(principal, currency, percent, months - graceMonths);
    return (interest) => instalment - interest;
  },
  bullet: (_loan) => (_interest) => 0,
  linear: ({ principal, currency, months, graceMonths }) => {
    const part = toAmount(toDecimal(principal, currency) / Decimal.from(months - graceMonths), currency, halfUp);
    return (_interest) => part;
  },
};

export const methods = Object.keys(METHODS).toSorted();

// `[{number, due, paidOn, interest, repaid, extra, payment, owed}]`. It ends early if extra repayments settle the loan.
export const repaymentPlan = (loan) => {
  const { currency, principal, percent, months, dayCount, disbursedOn, firstDue, graceMonths, businessDays } = loan;
  const repaidOf = METHODS[loan.method](loan);
  const dates = monthlyDates(firstDue, months, 1);
  const extras = Map.of(loan.extraRepayments.map(({ number, amount }) => [number, amount]));

  const instalment = (number, owed, from) => {
    const due = dates[number - 1];
    const accrued = accruedInterest(dayCount, toDecimal(owed, currency), percent, from, due);
    const interest = toAmount(accrued, currency, halfUp);
    const planned = number <= graceMonths ? 0 : repaidOf(interest);
    const repaid = number === months ? owed : Math.min(Math.max(planned, 0), owed);
    const extra = Math.min(Option.unwrapOr(Map.get(extras, number), 0), owed - repaid);
    return {
      number,
      due,
      paidOn: adjust(due, businessDays),
      interest,
      repaid,
      extra,
      payment: interest + repaid + extra,
      owed: owed - repaid - extra,
    };
  };

  const plan = (rows, number, owed, from) => {
    if (number > months || owed === 0) return rows;
    const row = instalment(number, owed, from);
    return plan([...rows, row], number + 1, row.owed, row.due);
  };

  return plan([], 1, principal, disbursedOn);
};

// What is paid with the instalment before the last one, which is none of the odd ones: for messages to people.
export const regularPayment = (rows) => rows[Math.max(rows.length - 2, 0)].payment;
