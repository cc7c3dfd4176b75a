// Journal entries, and when one is right by itself. An entry moves amounts between accounts, and in each currency its
// debits and its credits are the same: that is double-entry bookkeeping.

import { currencyCode, date, identifier, positiveAmount } from "../validation/banking.js";
import {
  arrayOf, dependingOn, oneOf, optional, parsedText, problem, record, required, satisfying, text,
} from "../validation/checks.js";
import { distinct, groupBy } from "../core/lists.js";
import { okOr } from "../core/options.js";
import { formatAmount } from "../money/amounts.js";
import { difference } from "./balances.js";
import { findAccount } from "./chart.js";

const MAX_LINES = 40;

// The code of an account that exists and is no heading.
export const postableAccount = parsedText((code) =>
  Result.andThen(
    okOr(findAccount(code), { code: "UnknownAccount", message: `there is no account ${code}` }),
    ({ name, isPostable }) =>
      isPostable ? Ok(code) : Err({ code: "HeadingAccount", message: `${code} is the heading "${name}"` }),
  ),
);

const line = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("account", postableAccount),
    required("side", oneOf(["credit", "debit"])),
    required("currency", currencyCode),
    required("amount", positiveAmount(currency)),
  ]),
);

const shape = record([
  required("id", identifier),
  required("idempotencyKey", identifier),
  required("bookingDate", date),
  required("description", text(1, 140)),
  required("lines", arrayOf(2, MAX_LINES, line)),
  optional("reverses", identifier, ""),
]);

const unbalanced = ({ lines }, path) =>
  distinct(lines.map(({ currency }) => currency)).flatMap((currency) => {
    const surplus = difference(lines, currency);
    if (surplus === 0) return [];
    const [more, less] = surplus > 0 ? ["debits", "credits"] : ["credits", "debits"];
    const amount = formatAmount(Math.abs(surplus), currency);
    return [problem(`${path}/lines`, "Unbalanced", `${more} exceed ${less} by ${amount} ${currency}`)];
  });

// A debit and a credit of the same account in the same entry cancel out in part: mostly a mistake, and never needed.
const bothSides = ({ lines }, path) => {
  const groups = groupBy(lines, ({ account, currency }) => `${account} ${currency}`);
  return Map.entries(groups)
    .filter(([_, same]) => distinct(same.map(({ side }) => side)).length > 1)
    .map(([key, _]) => key)
    .toSorted()
    .map((key) => problem(`${path}/lines`, "BothSides", `${key} is debited and credited`));
};

// The check of an entry, with all that can be said of it without knowing others.
export const entry = satisfying(shape, (parsed, path) => [...unbalanced(parsed, path), ...bothSides(parsed, path)]);
