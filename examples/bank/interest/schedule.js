// Interest on a deposit whose balance and rate change over time.
//
// The period is cut wherever something changes: where a rate begins, money moves, or interest is capitalised. In each
// piece interest accrues as a Decimal, not rounded. Only when it is capitalised it becomes an amount, rounded half to
// even, is taxed, and what is left bears interest itself from then on.

import { addMonths, firstOfMonth, formatDate, partsOf } from "../calendar/dates.js";
import { accruedInterest, daysCounted } from "../calendar/day-count.js";
import { fixed, halfEven, HUNDRED, ZERO } from "../core/decimals.js";
import { distinct, pairs, sumBy } from "../core/lists.js";
import { formatAmount, toAmount, toDecimal } from "../money/amounts.js";
import { showWithholding, withhold } from "../tax/withholding.js";

const MONTHS = { monthly: 1, quarterly: 3, yearly: 12 };

export const capitalisations = ["atMaturity", "monthly", "quarterly", "yearly"];

// The dates on which interest is capitalised: the first of each month, quarter or year in the period, and always its
// end.
const capitalisationDates = (from, to, capitalisation) => {
  if (capitalisation === "atMaturity") return [to];
  const months = MONTHS[capitalisation];
  return [...datesUntil(nextStart(from, months), to, months), to];
};

const datesUntil = (date, end, months) =>
  date < end ? [date, ...datesUntil(addMonths(date, months), end, months)] : [];

// The first of the next month, quarter or year.
const nextStart = (date, months) => addMonths(firstOfMonth(date), months - (partsOf(date).month - 1) % months);

const rateOn = (rates, date) => rates[rates.findLastIndex(({ from }) => from <= date)].percent;

// `{pieces, capitalised, closingBalance}`, with dates and amounts as this program has them inside.
export const interestSchedule = (deposit) => {
  const { currency, from, to, openingBalance, dayCount, capitalisation, rates, movements, taxpayer } = deposit;
  const capitalisedOn = capitalisationDates(from, to, capitalisation);
  const cuts = distinct(
    [from, to, ...capitalisedOn, ...rates.map((rate) => rate.from), ...movements.map(({ date }) => date)]
      .filter((date) => date >= from && date <= to)
      .toSorted((a, b) => a - b),
  );
  const start = {
    balance: openingBalance,
    accrued: ZERO,
    exemptLeft: taxpayer.exemptLeft,
    pieces: [],
    capitalised: [],
  };

  const accrue = (state, [first, end]) => {
    const moved = sumBy(movements.filter(({ date }) => date === first), ({ amount }) => amount);
    const balance = state.balance + moved;
    const rate = rateOn(rates, first);
    const interest = accruedInterest(dayCount, toDecimal(balance, currency), rate, first, end);
    const piece = { from: first, to: end, days: daysCounted(dayCount, first, end), balance, rate, interest };
    const after = { ...state, balance, accrued: state.accrued + interest, pieces: [...state.pieces, piece] };
    return capitalisedOn.includes(end) ? capitalise(after, end) : after;
  };

  const capitalise = (state, date) => {
    const gross = toAmount(state.accrued, currency, halfEven);
    const { exemptLeft } = state;
    // Interest below zero is charged, not taxed.
    const taxed = withhold(Math.max(gross, 0), currency, { ...taxpayer, exemptLeft });
    const balance = state.balance + gross - taxed.tax;
    return {
      ...state,
      balance,
      accrued: ZERO,
      exemptLeft: exemptLeft - taxed.exempt,
      capitalised: [...state.capitalised, { date, gross, taxed, balance }],
    };
  };

  const { pieces, capitalised, balance } = pairs(cuts).reduce((state, span) => accrue(state, span), start);
  return { pieces, capitalised, closingBalance: balance };
};

// As it goes out.
export const showSchedule = ({ pieces, capitalised, closingBalance }, currency) => ({
  currency,
  pieces: pieces.map(({ from, to, days, balance, rate, interest }) => ({
    from: formatDate(from),
    to: formatDate(to),
    days,
    balance: formatAmount(balance, currency),
    percent: Decimal.toString(rate * HUNDRED),
    // More digits than are ever paid, so that the sum can be checked by hand.
    interest: fixed(interest, 8),
  })),
  capitalised: capitalised.map(({ date, gross, taxed, balance }) => ({
    date: formatDate(date),
    interest: formatAmount(gross, currency),
    withholding: showWithholding(taxed, currency),
    balance: formatAmount(balance, currency),
  })),
  totalInterest: formatAmount(sumBy(capitalised, ({ gross }) => gross), currency),
  totalTax: formatAmount(sumBy(capitalised, ({ taxed }) => taxed.tax), currency),
  closingBalance: formatAmount(closingBalance, currency),
});
