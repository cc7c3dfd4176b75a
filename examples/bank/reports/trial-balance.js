// The trial balance: every account with its balance on its side, in its own currency and in that of the report. Debits
// and credits must come out equal in each currency; if they don't, something was booked past the rules.

import { formatDate } from "../calendar/dates.js";
import { distinct, groupBy, sumBy } from "../core/lists.js";
import { halfEven } from "../core/decimals.js";
import { balanceRows, balancesOf } from "../ledger/balances.js";
import { headingsOf, nameOf } from "../ledger/chart.js";
import { formatAmount, toAmount, toDecimal } from "../money/amounts.js";

// Balances in the currency of the report: `[{account, currency, balance, converted}]`.
export const convertedRows = ({ currency, quotes, balances }) =>
  balanceRows(balancesOf(balances)).map((row) => ({ ...row, converted: convert(row, currency, quotes) }));

const convert = (row, currency, quotes) =>
  row.currency === currency
    ? row.balance
    : toAmount(toDecimal(row.balance, row.currency) / quotes[row.currency], currency, halfEven);

export const trialBalance = (request) => {
  const rows = convertedRows(request);
  return {
    asOf: formatDate(request.asOf),
    currency: request.currency,
    accounts: rows.map(({ account, currency, balance, converted }) => ({
      account,
      name: nameOf(account),
      currency,
      ...sides(balance, currency),
      converted: formatAmount(converted, request.currency),
    })),
    headings: headingRows(rows, request.currency),
    totals: distinct(rows.map(({ currency }) => currency))
      .toSorted()
      .map((currency) => currencyTotal(rows, currency)),
    // What is left over when each balance is rounded by itself in the currency of the report.
    roundingDifference: formatAmount(sumBy(rows, ({ converted }) => converted), request.currency),
  };
};

const sides = (balance, currency) =>
  balance >= 0 ? { debit: formatAmount(balance, currency) } : { credit: formatAmount(-balance, currency) };

const currencyTotal = (rows, currency) => {
  const balances = rows.filter((row) => row.currency === currency).map(({ balance }) => balance);
  const debit = sumBy(balances, (balance) => Math.max(balance, 0));
  const credit = -sumBy(balances, (balance) => Math.min(balance, 0));
  return {
    currency,
    debit: formatAmount(debit, currency),
    credit: formatAmount(credit, currency),
    isBalanced: debit === credit,
  };
};

// Sums of the headings, in the currency of the report; positive on the debit side.
const headingRows = (rows, currency) => {
  const groups = groupBy(
    rows.flatMap((row) => headingsOf(row.account).map((heading) => ({ ...row, heading }))),
    ({ heading }) => heading,
  );
  return Map.keys(groups)
    .toSorted()
    .map((heading) => ({
      account: heading,
      name: nameOf(heading),
      balance: formatAmount(sumBy(Map.get(groups, heading).Some, ({ converted }) => converted), currency),
    }));
};
