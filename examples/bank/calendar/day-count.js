// Day-count conventions: which part of a year lies between two dates, for interest.
//
// A convention gives the parts of a span as `[{days, basis}]`: days counted over a year of so many days. Interest is
// then amount × rate × days / basis, summed over the parts; nothing is rounded before that.

import { dateOf, daysInYear, partsOf, yearOf } from "./dates.js";
import { range } from "../core/lists.js";
import { sumDecimals } from "../core/decimals.js";

const single = (basis, daysBetween) => (from, to) => [{ days: daysBetween(from, to), basis }];

const actualDays = (from, to) => to - from;

// Months of 30 days: 360 × years + 30 × months + days, of days that the convention has adjusted.
const thirtyDayMonths = (from, to, fromDay, toDay) =>
  (to.year - from.year) * 360 + (to.month - from.month) * 30 + (toDay - fromDay);

// 30E/360, "Eurobond basis" (ISDA 2006, 4.16(g)): every 31st counts as a 30th.
const thirtyEuropean = (fromDate, toDate) => {
  const from = partsOf(fromDate);
  const to = partsOf(toDate);
  return thirtyDayMonths(from, to, Math.min(from.day, 30), Math.min(to.day, 30));
};

// 30/360, "bond basis" (ISDA 2006, 4.16(f)): the second 31st counts as a 30th only if the first date is a 30th or 31st.
const thirtyBond = (fromDate, toDate) => {
  const from = partsOf(fromDate);
  const to = partsOf(toDate);
  const fromDay = Math.min(from.day, 30);
  return thirtyDayMonths(from, to, fromDay, to.day === 31 && fromDay === 30 ? 30 : to.day);
};

// ACT/ACT (ISDA 2006, 4.16(b)): the days in each calendar year over the length of that year.
const actualActual = (from, to) =>
  range(yearOf(from), yearOf(to) + 1).flatMap((year) => {
    const first = Math.max(from, dateOf(year, 1, 1));
    const end = Math.min(to, dateOf(year + 1, 1, 1));
    return end > first ? [{ days: end - first, basis: daysInYear(year) }] : [];
  });

const CONVENTIONS = {
  "30/360": single(360, thirtyBond),
  "30E/360": single(360, thirtyEuropean),
  "ACT/360": single(360, actualDays),
  "ACT/365": single(365, actualDays),
  "ACT/ACT": actualActual,
};

export const dayCountConventions = Object.keys(CONVENTIONS).toSorted();

const spanParts = (convention, from, to) => CONVENTIONS[convention](from, to);

// The days that the convention counts from one date to the other.
export const daysCounted = (convention, from, to) =>
  spanParts(convention, from, to).reduce((total, { days }) => total + days, 0);

// The interest on an amount at a yearly rate (a fraction, not per cent). Not rounded but where a division has no end.
export const accruedInterest = (convention, amount, rate, from, to) =>
  sumDecimals(
    spanParts(convention, from, to).map(
      ({ days, basis }) => amount * rate * Decimal.from(days) / Decimal.from(basis),
    ),
  );
