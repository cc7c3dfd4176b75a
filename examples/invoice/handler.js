// Invoice totals: reads an invoice from the body of an API Gateway HTTP API v2 event, validates it, and answers with
// every amount worked out in whole cents.
//
//   200  the invoice's lines, its tax by rate, and its totals
//   422  everything that is wrong with the request, each problem with the field that it concerns
//
// The handler is a function of its request alone: it reads no clock, no environment, no database. The same event always
// gives the same bytes.

import { readJsonBody, respond } from "./http.js";
import { discountCents, formatCents } from "./money.js";
import { isReverseCharge, rateOf, taxByRate } from "./tax.js";
import { invoiceErrors } from "./validate.js";

export default function (event) {
  const parsed = readJsonBody(event);
  if (!Result.isOk(parsed)) {
    return refuse(event, [parsed.Err]);
  }
  const errors = invoiceErrors(parsed.Ok);
  if (errors.length > 0) {
    return refuse(event, errors);
  }
  return respond(event, 200, totals(parsed.Ok));
}

const refuse = (event, errors) => respond(event, 422, { errors });

// From here on the invoice is known to be valid: every field that is read exists and has its kind and range.
const totals = (invoice) => {
  const { seller, customer, currency } = invoice;
  const lines = invoice.lines.map((line) => priceLine(line, seller, customer));
  const taxes = taxByRate(lines, seller.country);
  const netCents = sum(lines.map((line) => line.netCents));
  const taxCents = sum(taxes.map((tax) => tax.taxCents));
  const totalCents = netCents + taxCents;
  return {
    invoiceNumber: invoice.invoiceNumber,
    customer: customer.name,
    currency,
    lines,
    taxes,
    reverseCharge: isReverseCharge(seller, customer),
    netCents,
    taxCents,
    totalCents,
    // For people. Programs read `totalCents`.
    display: `${currency} ${formatCents(totalCents)}`,
  };
};

const priceLine = (line, seller, customer) => {
  // A discount may be left out; it is given in basis points: 250 is 2.5 %.
  const { description, quantity, unitPriceCents, category, discountBasisPoints = 0 } = line;
  const grossCents = quantity * unitPriceCents;
  const discount = discountCents(grossCents, discountBasisPoints);
  return {
    description,
    grossCents,
    discountCents: discount,
    netCents: grossCents - discount,
    taxBasisPoints: rateOf(category, seller, customer),
  };
};

const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0);
