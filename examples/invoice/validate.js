// Validation: finds everything that is wrong with an invoice, not just the first mistake.
//
// A check is a function `(value, field) => errors`: it takes a value and the place where the value stands, and gives an
// array of errors, empty if there are none. Checks are made of smaller checks, so the rule for an invoice (at the end)
// reads like its description. An error is `{field, code, message}`; `field` is a JSON Pointer into the body.

import { WHOLE } from "./money.js";
import { categories, countryCodes } from "./tax.js";

const error = (field, code, message) => [{ field, code, message }];

// A String of `min` to `max` UTF-16 code units that has no space at either end.
const text = (min, max) => (value, field) => {
  if (JSON.kind(value) !== "String") return wrongKind(field, "a text", value);
  if (value.trim() !== value) return error(field, "NotTrimmed", "must not begin or end with a space");
  if (value.length < min || value.length > max) {
    return error(field, "BadLength", `must have ${min} to ${max} characters, not ${value.length}`);
  }
  return [];
};

const integer = (min, max) => (value, field) => {
  if (JSON.kind(value) !== "Int") return wrongKind(field, "an integer", value);
  if (value < min || value > max) return error(field, "OutOfRange", `must lie in ${min} … ${max}, is ${value}`);
  return [];
};

const oneOf = (choices) => (value, field) => {
  if (JSON.kind(value) !== "String") return wrongKind(field, "a text", value);
  return choices.includes(value) ? [] : error(field, "UnknownValue", `must be one of ${choices.join(", ")}`);
};

const arrayOf = (min, max, check) => (value, field) => {
  if (!Array.isArray(value)) return wrongKind(field, "an array", value);
  const ownErrors =
    value.length < min || value.length > max
      ? error(field, "BadLength", `must have ${min} to ${max} elements, not ${value.length}`)
      : [];
  return [...ownErrors, ...value.flatMap((element, index) => check(element, `${field}/${index}`))];
};

// A record with these fields and no others: `fields` holds `[name, check]` for each required one, `optionalFields` for
// each that may be missing. They are arrays, so that errors come in the order in which the rule names the fields.
const record = (fields, optionalFields) => (value, field) => {
  if (JSON.kind(value) !== "Record") return wrongKind(field, "an object", value);
  const known = [...fields, ...optionalFields].map(([name]) => name);
  const unknown = Object.keys(value)
    .filter((name) => !known.includes(name))
    .toSorted();
  return [
    ...fields.flatMap(([name, check]) =>
      Object.hasOwn(value, name)
        ? check(value[name], `${field}/${name}`)
        : error(`${field}/${name}`, "Missing", "must be given"),
    ),
    ...optionalFields.flatMap(([name, check]) =>
      Object.hasOwn(value, name) ? check(value[name], `${field}/${name}`) : [],
    ),
    ...unknown.flatMap((name) => error(`${field}/${name}`, "UnknownField", "is not a field of an invoice")),
  ];
};

// Both checks, the second only if the first finds nothing: it may then rely on what the first one made sure of.
const both = (first, second) => (value, field) => {
  const errors = first(value, field);
  return errors.length > 0 ? errors : second(value, field);
};

const wrongKind = (field, wanted, value) => error(field, "WrongKind", `must be ${wanted}, is ${JSON.kind(value)}`);

// Two letters for the country, then 8 to 12 digits or capital letters: the common shape of European numbers.
const vatId = both(text(10, 14), (value, field) => {
  const [first, second, ...rest] = [...value];
  return isCapital(first) && isCapital(second) && rest.every((c) => isDigit(c) || isCapital(c))
    ? []
    : error(field, "BadVatId", "must be two letters and then 8 to 12 digits or capital letters");
});

const isDigit = (c) => c >= "0" && c <= "9";
const isCapital = (c) => c >= "A" && c <= "Z";

const country = oneOf(countryCodes);

// The limits keep every sum within 64 bits: the largest invoice nets 200 × 100,000 × 1,000,000.00, and that in cents
// times a rate of 25 % in basis points is 5 × 10^18, below 2^63 - 1.
const line = record(
  [
    ["description", text(1, 200)],
    ["category", oneOf(categories)],
    ["quantity", integer(1, 100000)],
    ["unitPriceCents", integer(0, 100000000)],
  ],
  [["discountBasisPoints", integer(0, WHOLE)]],
);

const invoice = record(
  [
    ["invoiceNumber", text(1, 32)],
    ["currency", oneOf(["CHF", "EUR"])],
    ["seller", record([["country", country]], [])],
    [
      "customer",
      record(
        [
          ["name", text(1, 120)],
          ["country", country],
        ],
        [["vatId", vatId]],
      ),
    ],
    ["lines", arrayOf(1, 200, line)],
  ],
  [["note", text(0, 500)]],
);

export const invoiceErrors = (value) => invoice(value, "");
