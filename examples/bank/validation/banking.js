// The checks of what banking requests are made of: dates, currencies, amounts, rates, identifiers.

import { integer, mapped, oneOf, parsedText, problem, satisfying, text, then } from "./checks.js";
import { okOr } from "../core/options.js";
import { parseDate, parseTimestamp } from "../calendar/dates.js";
import { dayCountConventions } from "../calendar/day-count.js";
import { currencies } from "../money/currencies.js";
import { parseAmount } from "../money/amounts.js";
import { parseIban } from "../identifiers/iban.js";
import { parseBic } from "../identifiers/bic.js";

// A day that exists, as an Int.
export const date = parsedText((value) =>
  okOr(parseDate(value), { code: "NotADate", message: `must be a day written like 2024-12-31, is "${value}"` }),
);

// A local time to the minute, as `{date, minute}`.
export const timestamp = parsedText((value) =>
  okOr(parseTimestamp(value), { code: "NotATime", message: `must be written like 2024-12-31T23:59, is "${value}"` }),
);

// A span of days from one date up to, not including, a later one.
export const laterThan = (check, first, second) =>
  satisfying(check, (parsed, path) =>
    parsed[second] > parsed[first]
      ? []
      : [problem(`${path}/${second}`, "WrongOrder", `must be later than ${first}`)],
  );

export const currencyCode = oneOf(currencies.map(({ code }) => code));

// Any amount, as an Int of the currency's minor unit.
export const anyAmount = (currency) => parsedText((value) => parseAmount(value, currency));

const amountIf = (isAllowed, requirement) => (currency) =>
  satisfying(anyAmount(currency), (amount, path) =>
    isAllowed(amount) ? [] : [problem(path, "OutOfRange", `must be ${requirement}`)],
  );

export const positiveAmount = amountIf((amount) => amount > 0, "more than 0");
export const amountFromZero = amountIf((amount) => amount >= 0, "0 or more");

// A Decimal, written as a text so that no program on the way makes a floating-point number of it.
const decimal = parsedText((value) =>
  Result.mapErr(Decimal.parse(value), (_) => ({
    code: "NotADecimal",
    message: `must be a decimal number like "4.25", is "${value}"`,
  })),
);

export const decimalBetween = (min, max) =>
  satisfying(decimal, (value, path) =>
    value >= Decimal(min) && value <= Decimal(max)
      ? []
      : [problem(path, "OutOfRange", `must lie in ${min} … ${max}, is ${value}`)],
  );

// A rate in per cent, as a fraction: "4.25" becomes 0.0425.
export const percentBetween = (min, max) => mapped(decimalBetween(min, max), (value) => value / Decimal("100"));

export const dayCount = oneOf(dayCountConventions);

export const basisPoints = integer(0, 10000);

export const iban = parsedText(parseIban);

export const bic = parsedText(parseBic);

// A country's code; that the country exists is not checked.
export const countryCode = then(text(2, 2), (value, path) =>
  [...value].every((c) => c >= "A" && c <= "Z")
    ? Ok(value)
    : Err([problem(path, "NotACountry", "must be two capital letters")]),
);

// Whatever a client chose to recognise something by.
export const identifier = text(1, 64);
