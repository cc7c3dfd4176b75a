// The request for an interest schedule of a deposit.

import {
  amountFromZero, anyAmount, currencyCode, date, dayCount, laterThan, percentBetween,
} from "../validation/banking.js";
import { arrayOf, dependingOn, oneOf, optional, problem, record, required, satisfying } from "../validation/checks.js";
import { pairs } from "../core/lists.js";
import { taxpayer, UNTAXED } from "../tax/request.js";
import { formatDate } from "../calendar/dates.js";
import { capitalisations } from "./schedule.js";

const rate = record([required("from", date), required("percent", percentBetween("-5", "25"))]);

const movement = (currency) => record([required("date", date), required("amount", anyAmount(currency))]);

const shape = (currency) =>
  record([
    required("currency", currencyCode),
    required("from", date),
    required("to", date),
    required("openingBalance", amountFromZero(currency)),
    required("dayCount", dayCount),
    required("capitalisation", oneOf(capitalisations)),
    required("rates", arrayOf(1, 40, rate)),
    optional("movements", arrayOf(0, 200, movement(currency)), []),
    optional("taxpayer", taxpayer(currency), UNTAXED),
  ]);

const MAX_DAYS = 3660;

const unless = (holds, field, code, message) => (holds ? [] : [problem(field, code, message)]);

const consistent = ({ from, to, rates, movements }, path) => [
  ...unless(to - from <= MAX_DAYS, `${path}/to`, "TooLong", `must lie within ${MAX_DAYS} days`),
  ...unless(rates[0].from <= from, `${path}/rates/0/from`, "NoRate", `there is no rate on ${formatDate(from)}`),
  ...pairs(rates).flatMap(([before, after], index) =>
    unless(
      after.from > before.from, `${path}/rates/${index + 1}/from`, "WrongOrder", "must be later than the one before",
    ),
  ),
  ...movements.flatMap(({ date: day }, index) =>
    unless(day >= from && day < to, `${path}/movements/${index}/date`, "OutOfRange", "must lie in the period"),
  ),
];

export const interestRequest = dependingOn("currency", currencyCode, (currency) =>
  satisfying(laterThan(shape(currency), "from", "to"), consistent),
);
