// Limits that the customer and the bank agreed on: for a payment, for a day, for a calendar month; and the money there
// is.

import { firstOfMonth } from "../calendar/dates.js";
import { sumBy } from "../core/lists.js";
import { displayAmount } from "../money/amounts.js";

// Every limit that the payment with its fee would break: `[{code, message}]`.
export const brokenLimits = ({ currency, debtor, order, earlier }, fee) => {
  const today = order.submittedAt.date;
  const show = (amount) => `${displayAmount(amount, currency)} ${currency}`;
  const spentSince = (date) =>
    order.amount + sumBy(earlier.filter(({ at }) => at.date >= date), ({ amount }) => amount);
  const { perPayment, perDay, perMonth } = debtor.limits;
  const check = (code, what, value, limit) =>
    value > limit ? [{ code, message: `${what} would be ${show(value)}, the limit is ${show(limit)}` }] : [];
  return [
    ...check("PaymentLimit", "the payment", order.amount, perPayment),
    ...check("DayLimit", "all payments of the day", spentSince(today), perDay),
    ...check("MonthLimit", "all payments of the month", spentSince(firstOfMonth(today)), perMonth),
    ...check("Funds", "the payment with its fee", order.amount + fee, debtor.available),
  ];
};
