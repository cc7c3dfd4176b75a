// A statement as text of 80 columns, in pages, as it is printed.

import { formatDate } from "../calendar/dates.js";
import { range } from "../core/lists.js";
import { displayAmount } from "../money/amounts.js";

const WIDTH = 80;
const LINES_OF_PAGE = 30;

const RULE = "-".repeat(WIDTH);

export const statementText = (statement) => {
  const body = statement.lines.flatMap((line) => printedLine(line, statement.currency));
  const pages = Math.max(1, (body.length + LINES_OF_PAGE - 1) / LINES_OF_PAGE);
  const page = (index) => [
    ...(index === 0 ? head(statement) : []),
    titles,
    RULE,
    ...body.slice(index * LINES_OF_PAGE, (index + 1) * LINES_OF_PAGE),
    RULE,
    ...(index === pages - 1 ? foot(statement) : []),
    between("", `Page ${index + 1} of ${pages}`),
  ];
  return range(0, pages)
    .map((index) => `${page(index).join("\n")}\n`)
    .join("\f");
};

const head = ({ number, holder, iban, from, to, currency, openingBalance }) => [
  between("STATEMENT OF ACCOUNT", `No. ${number}`),
  "",
  between(shortened(holder, 40), iban.printed),
  between(`${formatDate(from)} to ${formatDate(to)}`, `all amounts in ${currency}`),
  "",
  between("Opening balance", displayAmount(openingBalance, currency)),
  "",
];

const foot = ({ credits, debits, closingBalance, currency }) => [
  between(`Credits (${credits.count})`, displayAmount(credits.amount, currency)),
  between(`Debits (${debits.count})`, displayAmount(-debits.amount, currency)),
  between("Closing balance", displayAmount(closingBalance, currency)),
  "",
];

// The columns: booked 10, value 10, text 26, amount 15, balance 15, and a space between each two.
const TEXT_WIDTH = 26;

const columns = (booked, value, text, amount, balance) =>
  [booked.padEnd(10), value.padEnd(10), text.padEnd(TEXT_WIDTH), amount.padStart(15), balance.padStart(15)]
    .join(" ")
    .trimEnd();

const titles = columns("Booked", "Value", "Text", "Amount", "Balance");

// The text goes on below itself if it is long.
const printedLine = ({ bookingDate, valueDate, text, amount, balance }, currency) => {
  const [first, ...more] = wrapped(text.split(" "), TEXT_WIDTH);
  return [
    columns(
      formatDate(bookingDate),
      formatDate(valueDate),
      first,
      displayAmount(amount, currency),
      displayAmount(balance, currency),
    ),
    ...more.map((rest) => columns("", "", rest, "", "")),
  ];
};

// Words in lines of at most `width`; a word that is longer is cut.
const wrapped = (words, width) =>
  words.reduce(
    (lines, word) => {
      const begun = lines.at(-1);
      const longer = begun === "" ? word : `${begun} ${word}`;
      return longer.length <= width
        ? [...lines.slice(0, -1), longer]
        : [...lines.slice(0, begun === "" ? -1 : lines.length), shortened(word, width)];
    },
    [""],
  );

const shortened = (text, width) => (text.length <= width ? text : `${text.slice(0, width - 1)}.`);

// One text at the left end of the line, the other at its right.
const between = (left, right) => `${left}${right.padStart(WIDTH - left.length)}`;
