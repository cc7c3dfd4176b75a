// Business days of the TARGET calendar, which settles payments in euro.

import { addMonths, dateOf, isWeekend, partsOf, yearOf } from "./dates.js";

// Easter Sunday of a Gregorian year (Butcher's method; the names are the traditional ones).
const easterSunday = (year) => {
  const golden = year % 19;
  const century = year / 100;
  const rest = year % 100;
  const solar = (century - (century + 8) / 25 + 1) / 3;
  const epact = (19 * golden + century - century / 4 - solar + 15) % 30;
  const weekdayShift = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
  const lunar = (golden + 11 * epact + 22 * weekdayShift) / 451;
  const dayFromMarch = epact + weekdayShift - 7 * lunar + 114;
  return dateOf(year, dayFromMarch / 31, dayFromMarch % 31 + 1);
};

// The days on which TARGET is closed besides weekends, in their order: `[{date, name}]`.
export const holidaysOf = (year) => {
  const easter = easterSunday(year);
  return [
    { date: dateOf(year, 1, 1), name: "New Year's Day" },
    { date: easter - 2, name: "Good Friday" },
    { date: easter + 1, name: "Easter Monday" },
    { date: dateOf(year, 5, 1), name: "Labour Day" },
    { date: dateOf(year, 12, 25), name: "Christmas Day" },
    { date: dateOf(year, 12, 26), name: "Christmas Holiday" },
  ];
};

const isHoliday = (date) => holidaysOf(yearOf(date)).some((holiday) => holiday.date === date);

export const isBusinessDay = (date) => !isWeekend(date) && !isHoliday(date);

const following = (date) => (isBusinessDay(date) ? date : following(date + 1));

const preceding = (date) => (isBusinessDay(date) ? date : preceding(date - 1));

// The next business day, unless that lies in the next month: then the last one before.
const modifiedFollowing = (date) => {
  const next = following(date);
  return partsOf(next).month === partsOf(date).month ? next : preceding(date);
};

const CONVENTIONS = { following, modifiedFollowing, preceding, unadjusted: (date) => date };

// In the order of the alphabet, for messages.
export const businessDayConventions = Object.keys(CONVENTIONS).toSorted();

// Where a payment that falls on this date is made.
export const adjust = (date, convention) => CONVENTIONS[convention](date);

// The business day that is `count` business days later.
export const addBusinessDays = (date, count) =>
  count === 0 ? following(date) : addBusinessDays(following(following(date) + 1), count - 1);

// The dates `first`, and `count - 1` more, each `months` later. Each is reckoned from the first one, so the 31st comes
// back after a shorter month.
export const monthlyDates = (first, count, months) =>
  Array.from({ length: count }, (_, index) => addMonths(first, index * months));
