// Balance sheet and income statement, from the same balances as the trial balance. The year's result is the difference
// of income and expenses; with it equity closes the balance sheet.

import { formatDate } from "../calendar/dates.js";
import { halfEven } from "../core/decimals.js";
import { sumBy } from "../core/lists.js";
import { onNormalSide, typeOf, accounts, headingsOf } from "../ledger/chart.js";
import { formatAmount, toDecimal } from "../money/amounts.js";
import { convertedRows } from "./trial-balance.js";

export const financialStatements = (request) => {
  const rows = convertedRows(request).map(({ account, converted }) => ({
    account,
    amount: onNormalSide(account, converted),
  }));
  const show = (amount) => formatAmount(amount, request.currency);
  const totalOf = (type) => sumBy(rows.filter(({ account }) => typeOf(account) === type), ({ amount }) => amount);

  const [assets, liabilities, equity] = ["asset", "liability", "equity"].map(totalOf);
  const [income, expenses] = ["income", "expense"].map(totalOf);
  const result = income - expenses;
  const ratio = (part, whole) =>
    whole === 0
      ? "not defined"
      : Decimal.toString(
          halfEven(toDecimal(part, request.currency) * Decimal("100") / toDecimal(whole, request.currency), 2),
        );
  return {
    asOf: formatDate(request.asOf),
    currency: request.currency,
    balanceSheet: {
      assets: { groups: groupTotals(rows, "asset", show), total: show(assets) },
      liabilities: { groups: groupTotals(rows, "liability", show), total: show(liabilities) },
      equity: { groups: groupTotals(rows, "equity", show), total: show(equity) },
      result: show(result),
      isClosed: assets === liabilities + equity + result,
    },
    incomeStatement: {
      income: { groups: groupTotals(rows, "income", show), total: show(income) },
      expenses: { groups: groupTotals(rows, "expense", show), total: show(expenses) },
      result: show(result),
    },
    ratios: {
      costIncomePercent: ratio(expenses, income),
      equityPercent: ratio(equity + result, assets),
      loansToDepositsPercent: ratio(groupAmount(rows, "1300"), groupAmount(rows, "2100")),
    },
  };
};

const groupAmount = (rows, heading) =>
  sumBy(rows.filter(({ account }) => headingsOf(account).includes(heading)), ({ amount }) => amount);

// The headings of the second level of a type, in the order of the chart; those without a balance are left out.
const groupTotals = (rows, type, show) =>
  accounts
    .filter(({ code, isPostable }) => !isPostable && !code.endsWith("000") && typeOf(code) === type)
    .map(({ code, name }) => ({ code, name, amount: groupAmount(rows, code) }))
    .filter(({ amount }) => amount !== 0)
    .map(({ code, name, amount }) => ({ account: code, name, amount: show(amount) }));
