// Amounts. An amount is an Int: a whole number of the currency's minor unit, cents or yen. Rates and what they make of
// an amount are Decimals; they become an amount again at one place, `toAmount`, with a rounding that the caller names.
// The engine checks every operation: an overflow ends the request, it never wraps around.
//
// Outside, in requests and responses, an amount is the text of a decimal number with the currency's digits: "1250.00".

import { minorDigits } from "./currencies.js";
import { fixed, power } from "../core/decimals.js";

// Ten trillion of a currency with cents: more than any bank's balance sheet, and little enough that sums of thousands of
// amounts fit 64 bits.
const MAX_AMOUNT = 1_000_000_000_000_000;

const scaleOf = (currency) => power(Decimal("10"), minorDigits(currency));

// 125000, "EUR" → Decimal 1250.
export const toDecimal = (amount, currency) => Decimal.from(amount) / scaleOf(currency);

// Decimal 1249.995, "EUR", halfUp → 125000. What is beyond 64 bits ends the request, as an overflow of integers does.
export const toAmount = (decimal, currency, round) => {
  const amount = Decimal.toInt(round(decimal * scaleOf(currency), 0));
  if (!Option.isSome(amount)) throw { code: "AmountOverflow", currency };
  return amount.Some;
};

// "1250.5", "EUR" → `{Ok: 125050}`; Err says what is wrong, as `{code, message}`.
export const parseAmount = (text, currency) => {
  const parsed = Decimal.parse(text);
  if (!Result.isOk(parsed)) return Err({ code: "NotAnAmount", message: `must be a number like "12.50", is "${text}"` });
  const limit = Decimal.from(MAX_AMOUNT) / scaleOf(currency);
  if (Decimal.abs(parsed.Ok) > limit) {
    return Err({ code: "AmountTooLarge", message: `must not be beyond ${limit} ${currency}` });
  }
  const amount = Decimal.toInt(parsed.Ok * scaleOf(currency));
  return Option.isSome(amount)
    ? Ok(amount.Some)
    : Err({ code: "TooManyDigits", message: `${currency} has ${minorDigits(currency)} digits behind the point` });
};

// 125050, "EUR" → "1250.50": for programs.
export const formatAmount = (amount, currency) => fixed(toDecimal(amount, currency), minorDigits(currency));

// 125050, "EUR" → "1,250.50": for people.
export const displayAmount = (amount, currency) => {
  const [whole, fraction = ""] = formatAmount(Math.abs(amount), currency).split(".");
  const sign = amount < 0 ? "-" : "";
  return `${sign}${groupThousands(whole)}${fraction === "" ? "" : "."}${fraction}`;
};

const groupThousands = (digits) =>
  digits.length <= 3 ? digits : `${groupThousands(digits.slice(0, -3))},${digits.slice(-3)}`;

// `{amount: "12.50", currency: "EUR"}`, as it goes out.
export const money = (amount, currency) => ({ amount: formatAmount(amount, currency), currency });
