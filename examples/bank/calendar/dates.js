// Dates of the Gregorian calendar. A date is an Int, the number of days since 1970-01-01; so the days between two dates
// are a subtraction, and the order of dates is that of integers. There is no time zone and no clock.
//
// The conversions count in eras of 400 years (146,097 days), with years that begin in March, so that the day which a
// leap year adds is the last one of its year.

const DAYS_OF_ERA = 146097;
const EPOCH = 719468; // days from 0000-03-01 to 1970-01-01

// Years 1 to 9999, as ISO 8601 writes them in four digits.
export const dateOf = (year, month, day) => {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = marchYear / 400;
  const yearOfEra = marchYear % 400;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * DAYS_OF_ERA + dayOfEra - EPOCH;
};

// `{year, month, day}` of a date.
export const partsOf = (date) => {
  const days = date + EPOCH;
  const era = days / DAYS_OF_ERA;
  const dayOfEra = days % DAYS_OF_ERA;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const monthFromMarch = (5 * dayOfYear + 2) / 153;
  const day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day };
};

export const yearOf = (date) => partsOf(date).year;

const isLeapYear = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export const daysInYear = (year) => (isLeapYear(year) ? 366 : 365);

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const daysInMonth = (year, month) => (month === 2 && isLeapYear(year) ? 29 : DAYS_IN_MONTH[month - 1]);

// 1 is Monday, 7 is Sunday, as in ISO 8601. 1970-01-01 was a Thursday.
export const weekdayOf = (date) => ((date % 7) + 10) % 7 + 1;

export const isWeekend = (date) => weekdayOf(date) >= 6;

// The same day of another month; if that month is too short, its last day.
export const addMonths = (date, months) => {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + month - 1 + months;
  const newYear = index / 12;
  const newMonth = index % 12 + 1;
  return dateOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
};

export const firstOfMonth = (date) => date - partsOf(date).day + 1;

// "2024-02-29" → `{Some: 19782}`; None if it is not written so, or there is no such day.
export const parseDate = (text) => {
  const parts = text.split("-").map((digits, index) => parseDigits(digits, index === 0 ? 4 : 2));
  if (parts.length !== 3 || !parts.every(Option.isSome)) return None;
  const [year, month, day] = parts.map(({ Some: n }) => n);
  const exists = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? Some(dateOf(year, month, day)) : None;
};

// `Int.parse` takes no leading zeros, so a 1 stands before the digits: "1" + "07" is 107.
const parseDigits = (digits, length) =>
  digits.length === length && !digits.startsWith("-")
    ? Option.map(Int.parse(`1${digits}`), (n) => n - POWERS_OF_TEN[length])
    : None;

const POWERS_OF_TEN = [1, 10, 100, 1000, 10000];

export const formatDate = (date) => {
  const { year, month, day } = partsOf(date);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
};

const digits = (n, length) => String(n).padStart(length, "0");

// "2024-05-17T16:31" → `{Some: {date, minute}}`, the minute counted from midnight.
export const parseTimestamp = (text) => {
  const [day, time = "", ...more] = text.split("T");
  const clock = time.split(":").map((two) => parseDigits(two, 2));
  const date = parseDate(day);
  if (more.length > 0 || clock.length !== 2 || ![date, ...clock].every(Option.isSome)) return None;
  const [hours, minutes] = clock.map(({ Some: n }) => n);
  return hours < 24 && minutes < 60 ? Some({ date: date.Some, minute: hours * 60 + minutes }) : None;
};
