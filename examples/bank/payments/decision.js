// A payment order from beginning to end: scheme, fee, limits, screening, dates; and, if it goes through, how it is
// booked.

import { formatDate } from "../calendar/dates.js";
import { formatAmount, money } from "../money/amounts.js";
import { fold, isErr } from "../core/options.js";
import { brokenLimits } from "./limits.js";
import { datesOf, feeFor, schemeFor, schemeName } from "./schemes.js";
import { screen } from "./screening.js";

// `status` is "accepted", "held" (someone must look at it) or "refused".
export const decide = (payment) => {
  const { currency, order } = payment;
  const chosen = schemeFor(payment);
  if (isErr(chosen)) return { id: order.id, status: "refused", reasons: [chosen.Err] };

  const scheme = chosen.Ok;
  const fee = feeFor(scheme, payment);
  const reasons = brokenLimits(payment, fee);
  const screening = screen(payment);
  const status = statusFor(reasons, screening.decision);
  const dates = datesOf(scheme, order.submittedAt);
  return {
    id: order.id,
    status,
    reasons,
    screening,
    scheme: schemeName(scheme),
    amount: money(order.amount, currency),
    fee: money(fee, currency),
    executedOn: formatDate(dates.executedOn),
    arrivesOn: formatDate(dates.arrivesOn),
    ...(status === "accepted" ? { entry: bookingOf(payment, fee, dates.executedOn) } : {}),
  };
};

const statusFor = (reasons, decision) => {
  if (reasons.length > 0 || decision === "block") return "refused";
  return decision === "review" ? "held" : "accepted";
};

// In the form that `POST /postings` takes.
const bookingOf = ({ currency, order }, fee, bookingDate) => {
  const line = (account, side, amount) => ({ account, side, currency, amount: formatAmount(amount, currency) });
  return {
    id: order.id,
    idempotencyKey: Text.sha256(`payment ${order.id}`),
    bookingDate: formatDate(bookingDate),
    description: `Payment to ${order.creditor.name}, ${purposeOf(order)}`.slice(0, 140).trim(),
    lines: [
      line("2110", "debit", order.amount + fee),
      line("1530", "credit", order.amount),
      ...(fee > 0 ? [line("4220", "credit", fee)] : []),
    ],
  };
};

const purposeOf = ({ reference, remittance }) =>
  fold(reference, Option.unwrapOr(remittance, "without purpose"), ({ printed }) => printed);
