// The request for reports on a ledger: its balances by account and currency, and the rates to bring them to one
// currency.

import { anyAmount, currencyCode, date } from "../validation/banking.js";
import { arrayOf, dependingOn, optional, problem, record, required, satisfying } from "../validation/checks.js";
import { postableAccount } from "../ledger/entries.js";
import { quotes } from "../money/quotes.js";

const balance = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("account", postableAccount),
    required("currency", currencyCode),
    required("balance", anyAmount(currency)),
  ]),
);

const shape = record([
  required("asOf", date),
  required("currency", currencyCode),
  optional("quotes", quotes, {}),
  required("balances", arrayOf(1, 1000, balance)),
]);

// Every currency needs a rate but the one that is reported in.
const missingQuotes = (request, path) =>
  request.balances.flatMap(({ currency }, index) =>
    currency === request.currency || Object.hasOwn(request.quotes, currency)
      ? []
      : [problem(`${path}/balances/${index}/currency`, "NoQuote", `quotes has no rate of ${currency}`)],
  );

export const reportRequest = satisfying(shape, missingQuotes);
