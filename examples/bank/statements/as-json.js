// A statement as a value.

import { formatDate } from "../calendar/dates.js";
import { formatAmount } from "../money/amounts.js";

export const statementValue = (statement) => {
  const show = (amount) => formatAmount(amount, statement.currency);
  const total = ({ count, amount }) => ({ count, amount: show(amount) });
  return {
    number: statement.number,
    iban: statement.iban.printed,
    holder: statement.holder,
    currency: statement.currency,
    from: formatDate(statement.from),
    to: formatDate(statement.to),
    openingBalance: show(statement.openingBalance),
    lines: statement.lines.map(({ id, bookingDate, valueDate, text, amount, balance }) => ({
      id,
      bookingDate: formatDate(bookingDate),
      valueDate: formatDate(valueDate),
      text,
      amount: show(amount),
      balance: show(balance),
    })),
    credits: total(statement.credits),
    debits: total(statement.debits),
    lowestBalance: show(statement.lowestBalance),
    closingBalance: show(statement.closingBalance),
  };
};
