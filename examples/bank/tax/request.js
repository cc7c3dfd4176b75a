// How requests describe a customer to the tax: country, church, what is still exempt.

import { amountFromZero, currencyCode, percentBetween } from "../validation/banking.js";
import { dependingOn, oneOf, optional, problem, record, required, satisfying } from "../validation/checks.js";
import { ZERO } from "../core/decimals.js";
import { taxCountries } from "./withholding.js";

const NO_CHURCH = ZERO;

// For requests that leave tax out.
export const UNTAXED = { country: "none", churchRate: NO_CHURCH, exemptLeft: 0 };

// Only Germany's banks keep back church tax.
export const taxpayer = (currency) =>
  satisfying(
    record([
      required("country", oneOf(taxCountries)),
      optional("churchRate", percentBetween("0", "9"), NO_CHURCH),
      optional("exemptLeft", amountFromZero(currency), 0),
    ]),
    ({ country, churchRate }, path) =>
      country === "DE" || churchRate === NO_CHURCH
        ? []
        : [problem(`${path}/churchRate`, "NotApplicable", "only Germany has church tax")],
  );

export const withholdingRequest = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("currency", currencyCode),
    required("interest", amountFromZero(currency)),
    required("taxpayer", taxpayer(currency)),
  ]),
);
