// A statement as CSV (RFC 4180): a header, a record for each line, fields in quotes where they need it, lines end in CR
// LF.

import { formatDate } from "../calendar/dates.js";
import { formatAmount } from "../money/amounts.js";

const HEADER = ["id", "booking date", "value date", "text", "amount", "balance", "currency"];

export const statementCsv = ({ lines, currency }) =>
  [HEADER, ...lines.map((line) => row(line, currency))].map(csvLine).join("");

const row = ({ id, bookingDate, valueDate, text, amount, balance }, currency) => [
  id,
  formatDate(bookingDate),
  formatDate(valueDate),
  notAFormula(text),
  formatAmount(amount, currency),
  formatAmount(balance, currency),
  currency,
];

const csvLine = (fields) => `${fields.map(quoted).join(",")}\r\n`;

const quoted = (field) =>
  [",", "\"", "\r", "\n"].some((special) => field.includes(special)) ? `"${field.replaceAll("\"", "\"\"")}"` : field;

// Spreadsheets run a text that begins like a formula. Whoever sends a payment chooses its text, so it must not.
const notAFormula = (text) => (["=", "+", "-", "@"].includes(text[0]) ? `'${text}` : text);
