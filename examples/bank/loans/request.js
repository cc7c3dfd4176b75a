// The request for the repayment plan of a loan.

import {
  amountFromZero, currencyCode, date, dayCount, laterThan, percentBetween, positiveAmount,
} from "../validation/banking.js";
import {
  arrayOf, dependingOn, integer, oneOf, optional, problem, record, required, satisfying,
} from "../validation/checks.js";
import { businessDayConventions } from "../calendar/business-days.js";
import { groupBy } from "../core/lists.js";
import { methods } from "./schedule.js";

const MAX_MONTHS = 480;

const extraRepayment = (currency) =>
  record([required("number", integer(1, MAX_MONTHS)), required("amount", positiveAmount(currency))]);

const shape = (currency) =>
  record([
    required("currency", currencyCode),
    required("principal", positiveAmount(currency)),
    required("percent", percentBetween("0", "30")),
    required("months", integer(1, MAX_MONTHS)),
    required("method", oneOf(methods)),
    required("disbursedOn", date),
    required("firstDue", date),
    optional("dayCount", dayCount, "30/360"),
    optional("businessDays", oneOf(businessDayConventions), "modifiedFollowing"),
    optional("upfrontFee", amountFromZero(currency), 0),
    optional("graceMonths", integer(0, 36), 0),
    optional("extraRepayments", arrayOf(0, 60, extraRepayment(currency)), []),
  ]);

const consistent = ({ months, graceMonths, principal, upfrontFee, extraRepayments }, path) => [
  ...(graceMonths < months ? [] : [problem(`${path}/graceMonths`, "OutOfRange", "must be less than months")]),
  ...(upfrontFee < principal ? [] : [problem(`${path}/upfrontFee`, "OutOfRange", "must be less than the principal")]),
  ...extraRepayments.flatMap(({ number }, index) => {
    const field = `${path}/extraRepayments/${index}/number`;
    return number < months ? [] : [problem(field, "OutOfRange", "must come before the last instalment")];
  }),
  ...twice(extraRepayments, `${path}/extraRepayments`),
];

const twice = (repayments, path) =>
  Map.entries(groupBy(repayments, ({ number }) => number)).flatMap(([number, same]) =>
    same.length > 1 ? [problem(path, "Twice", `there are ${same.length} with the number ${number}`)] : [],
  );

export const loanRequest = dependingOn("currency", currencyCode, (currency) =>
  satisfying(laterThan(shape(currency), "disbursedOn", "firstDue"), consistent),
);
