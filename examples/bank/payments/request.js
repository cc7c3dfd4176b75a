// The request to look at a payment order: the order, the debtor's account and limits, and the payments before it.

import { parseCreditorReference } from "../identifiers/creditor-reference.js";
import {
  amountFromZero, bic, countryCode, currencyCode, iban, identifier, positiveAmount, timestamp,
} from "../validation/banking.js";
import {
  arrayOf, bool, dependingOn, mapped, oneOf, optional, parsedText, problem, record, required, satisfying, text,
} from "../validation/checks.js";

// A field that is an Option: Some of what the check gives, None if it is missing.
const maybe = (name, check) => optional(name, mapped(check, Some), None);

const creditor = satisfying(
  record([
    required("name", text(1, 70)),
    maybe("iban", iban),
    maybe("accountNumber", text(4, 34)),
    maybe("bic", bic),
    required("country", countryCode),
  ]),
  (party, path) => [
    ...(Option.isSome(party.iban) === Option.isSome(party.accountNumber)
      ? [problem(path, "OneOfTwo", "must have either iban or accountNumber")]
      : []),
    ...(Option.isSome(party.accountNumber) && !Option.isSome(party.bic)
      ? [problem(`${path}/bic`, "Missing", "must be given with accountNumber")]
      : []),
    ...otherCountry(party, path),
  ],
);

// An IBAN and the BIC beside it belong to one country.
const otherCountry = (party, path) =>
  Option.isSome(party.iban) && Option.isSome(party.bic) && party.iban.Some.country !== party.bic.Some.country
    ? [problem(`${path}/bic`, "OtherCountry", `must be in ${party.iban.Some.country}, where the IBAN is`)]
    : [];

const order = (currency) =>
  satisfying(
    record([
      required("id", identifier),
      required("currency", currencyCode),
      required("amount", positiveAmount(currency)),
      required("creditor", creditor),
      optional("instant", bool, false),
      maybe("reference", parsedText(parseCreditorReference)),
      maybe("remittance", text(1, 140)),
      required("submittedAt", timestamp),
    ]),
    ({ reference, remittance }, path) =>
      Option.isSome(reference) && Option.isSome(remittance)
        ? [problem(path, "OneOfTwo", "must have reference or remittance, not both")]
        : [],
  );

const earlierPayment = (currency) =>
  record([
    required("at", timestamp),
    required("amount", positiveAmount(currency)),
    required("creditorAccount", text(4, 34)),
  ]);

const limits = (currency) =>
  record([
    required("perPayment", amountFromZero(currency)),
    required("perDay", amountFromZero(currency)),
    required("perMonth", amountFromZero(currency)),
  ]);

const debtor = (currency) =>
  record([
    required("iban", iban),
    required("available", amountFromZero(currency)),
    required("segment", oneOf(["business", "retail"])),
    required("limits", limits(currency)),
  ]);

export const paymentRequest = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("currency", currencyCode),
    required("debtor", debtor(currency)),
    required("order", order(currency)),
    optional("earlier", arrayOf(0, 500, earlierPayment(currency)), []),
  ]),
);

// The text by which a creditor's account is recognised again.
export const accountOf = ({ iban: number, accountNumber }) =>
  Option.isSome(number) ? number.Some.compact : accountNumber.Some;
