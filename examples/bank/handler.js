// A bank's back office as one handler: it reads API Gateway HTTP API v2 events, and answers from the request alone.
// What a ledger knows (balances, what was booked before) comes with the request and goes back with the response; so the
// same request always has the same answer, and an auditor can repeat it years later.
//
// This file is the table of contents: each route names the check that its body must pass and the function that answers.

import { describe, dispatch, get, post } from "./http/router.js";
import { page } from "./http/pagination.js";
import { queryChoice, withBody } from "./http/requests.js";
import { csv, notFound, ok, plainText, reference, unprocessable } from "./http/responses.js";
import { isErr } from "./core/options.js";
import { addMonths, dateOf, formatDate, weekdayOf } from "./calendar/dates.js";
import { holidaysOf } from "./calendar/business-days.js";
import { assessFees, feeRequest } from "./fees/assessment.js";
import { validateItems, validationRequest } from "./identifiers/validation.js";
import { interestRequest } from "./interest/request.js";
import { interestSchedule, showSchedule } from "./interest/schedule.js";
import { accounts, accountsUnder, accountTypes, findAccount, headingsOf } from "./ledger/chart.js";
import { post as postEntries, postingRequest } from "./ledger/posting.js";
import { loanRequest } from "./loans/request.js";
import { loanPlan } from "./loans/plan.js";
import { allocation, allocationRequest } from "./money/allocation.js";
import { conversionRequest, conversions } from "./money/conversion.js";
import { currencies, findCurrency } from "./money/currencies.js";
import { decide } from "./payments/decision.js";
import { paymentRequest } from "./payments/request.js";
import { reconcile, reconciliationRequest } from "./reconciliation/matching.js";
import { agedBalances, agedRequest } from "./reports/aged-balances.js";
import { financialStatements } from "./reports/financial-statements.js";
import { reportRequest } from "./reports/request.js";
import { trialBalance } from "./reports/trial-balance.js";
import { statementCsv } from "./statements/as-csv.js";
import { statementValue } from "./statements/as-json.js";
import { statementText } from "./statements/as-text.js";
import { makeStatement, statementRequest } from "./statements/statement.js";
import { showWithholding, withhold } from "./tax/withholding.js";
import { withholdingRequest } from "./tax/request.js";

// A route whose answer is a function of the checked body.
const calculation = (pattern, check, calculate) =>
  post(pattern, (event, _) => withBody(event, check, (body) => ok(event, calculate(body))));

const ROUTES = [
  get("/", (event, _) => reference(event, { service: "bank", routes: ROUTES.map(describe) })),

  // Reference data.
  get("/currencies", (event, _) => pageOf(event, currencies)),
  get("/currencies/:code", (event, { code }) => found(event, findCurrency(code))),
  get("/accounts", (event, _) => accountsPage(event)),
  get("/accounts/:code", (event, { code }) => found(event, Option.map(findAccount(code), withRelatives))),
  get("/holidays/:year", (event, { year }) => holidays(event, year)),

  // Ledger and reports.
  calculation("/postings", postingRequest, postEntries),
  calculation("/reports/trial-balance", reportRequest, trialBalance),
  calculation("/reports/financial-statements", reportRequest, financialStatements),
  calculation("/reports/aged-balances", agedRequest, agedBalances),
  calculation("/reconciliations", reconciliationRequest, reconcile),

  // Products.
  calculation("/interest", interestRequest, (body) => showSchedule(interestSchedule(body), body.currency)),
  calculation("/loans", loanRequest, loanPlan),
  calculation("/fees", feeRequest, assessFees),
  calculation("/allocations", allocationRequest, allocation),
  calculation("/withholding", withholdingRequest, ({ interest, currency, taxpayer }) =>
    showWithholding(withhold(interest, currency, taxpayer), currency),
  ),

  // Payments.
  calculation("/validations", validationRequest, validateItems),
  calculation("/payments", paymentRequest, decide),
  post("/conversions", (event, _) => withBody(event, conversionRequest, (body) => answerOf(event, conversions(body)))),
  post("/statements", (event, _) => statement(event)),
];

export default function (event) {
  return dispatch(ROUTES, event);
}

// 200 with the value, or 422 with the problem.
const answerOf = (event, result) => (isErr(result) ? unprocessable(event, [result.Err]) : ok(event, result.Ok));

const found = (event, option) => (Option.isSome(option) ? reference(event, option.Some) : notFound(event));

const pageOf = (event, items) => {
  const result = page(event, items, ({ code }) => code);
  return isErr(result) ? unprocessable(event, result.Err) : reference(event, result.Ok);
};

// `?type=` leaves accounts of one type.
const accountsPage = (event) => {
  const type = queryChoice(event, "type", ["all", ...accountTypes]);
  if (isErr(type)) return unprocessable(event, type.Err);
  return pageOf(
    event,
    accounts.filter((account) => type.Ok === "all" || account.type === type.Ok),
  );
};

const withRelatives = (account) => ({
  ...account,
  headings: headingsOf(account.code),
  accounts: accountsUnder(account.code).map(({ code }) => code),
});

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const FIRST_TARGET_YEAR = 2000;
const LAST_YEAR = 2199;

const holidays = (event, text) => {
  const year = Option.unwrapOr(Int.parse(text), 0);
  if (year < FIRST_TARGET_YEAR || year > LAST_YEAR) return notFound(event);
  const days = holidaysOf(year).toSorted((a, b) => a.date - b.date);
  return reference(event, {
    calendar: "TARGET",
    year,
    daysInYear: addMonths(dateOf(year, 1, 1), 12) - dateOf(year, 1, 1),
    holidays: days.map(({ date, name }) => ({ date: formatDate(date), weekday: WEEKDAYS[weekdayOf(date) - 1], name })),
  });
};

// `?format=` chooses how the statement is written.
const statement = (event) => {
  const format = queryChoice(event, "format", ["json", "csv", "text"]);
  if (isErr(format)) return unprocessable(event, format.Err);
  return withBody(event, statementRequest, (body) => written(event, makeStatement(body), format.Ok));
};

const written = (event, content, format) => {
  switch (format) {
    case "csv":
      return csv(event, `statement-${content.iban.compact}-${formatDate(content.to)}.csv`, statementCsv(content));
    case "text":
      return plainText(event, statementText(content));
    default:
      return ok(event, statementValue(content));
  }
};
