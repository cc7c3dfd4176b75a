// `POST /conversions`: amounts in one currency for what they are worth in others.

import { currencyCode, basisPoints, positiveAmount } from "../validation/banking.js";
import { arrayOf, dependingOn, optional, record, required } from "../validation/checks.js";
import { quotes } from "./quotes.js";
import { allOk } from "../core/options.js";
import { formatAmount, money } from "./amounts.js";
import { convert, middleRate } from "./exchange.js";

export const conversionRequest = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("currency", currencyCode),
    required("amount", positiveAmount(currency)),
    required("into", arrayOf(1, 20, currencyCode)),
    optional("marginBasisPoints", basisPoints, 0),
    required("rates", record([required("base", currencyCode), required("quotes", quotes)])),
  ]),
);

// Ok of the conversions, or an Err with a problem: a currency that the rates do not have.
export const conversions = ({ currency, amount, into, marginBasisPoints, rates }) => {
  const results = into.map((target) =>
    Result.map(middleRate(rates, currency, target), (rate) => {
      const { customerRate, received, margin } = convert(amount, currency, target, rate, marginBasisPoints);
      return {
        ...money(received, target),
        middleRate: Decimal.toString(rate),
        customerRate: Decimal.toString(customerRate),
        margin: formatAmount(margin, target),
      };
    }),
  );
  return Result.mapErr(
    Result.map(allOk(results), (converted) => ({ from: money(amount, currency), converted })),
    ({ currency: missing }) => ({ field: "/rates/quotes", code: "NoQuote", message: `there is no rate of ${missing}` }),
  );
};
