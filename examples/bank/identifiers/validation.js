// `POST /validations`: looks at identifiers before a customer has filled in the rest of a form. Each one is answered
// for by itself, whatever the others are.

import { arrayOf, oneOf, record, required, text } from "../validation/checks.js";
import { parseBic } from "./bic.js";
import { parseCardNumber } from "./card.js";
import { parseCreditorReference } from "./creditor-reference.js";
import { parseIban } from "./iban.js";

const PARSERS = {
  bic: parseBic,
  card: parseCardNumber,
  creditorReference: parseCreditorReference,
  iban: parseIban,
};

const item = record([required("kind", oneOf(Object.keys(PARSERS).toSorted())), required("value", text(1, 60))]);

export const validationRequest = record([required("items", arrayOf(1, 50, item))]);

// `{kind, valid: true, details}` or `{kind, valid: false, code, message}` for each. The value itself is not sent back,
// since it may be the number of a card.
export const validateItems = ({ items }) => ({
  results: items.map(({ kind, value }) => {
    const parsed = PARSERS[kind](value);
    return Result.isOk(parsed) ? { kind, valid: true, details: parsed.Ok } : { kind, valid: false, ...parsed.Err };
  }),
});
