// Aged balances: what customers owe, by how long it has been due, and the allowance for what will not be paid.

import { formatDate } from "../calendar/dates.js";
import { halfUp, percent } from "../core/decimals.js";
import { groupBy, sumBy } from "../core/lists.js";
import { formatAmount, toAmount, toDecimal } from "../money/amounts.js";
import { currencyCode, date, identifier, positiveAmount } from "../validation/banking.js";
import { arrayOf, dependingOn, record, required, text } from "../validation/checks.js";

// Days overdue from which a bucket counts, and the share that is written down, in per cent.
const BUCKETS = [
  { name: "not due", from: Int.MIN, allowance: Decimal("0.5") },
  { name: "1-30", from: 1, allowance: Decimal("2") },
  { name: "31-60", from: 31, allowance: Decimal("10") },
  { name: "61-90", from: 61, allowance: Decimal("25") },
  { name: "91-180", from: 91, allowance: Decimal("50") },
  { name: "over 180", from: 181, allowance: Decimal("100") },
];

const item = (currency) =>
  record([
    required("customer", identifier),
    required("document", text(1, 32)),
    required("due", date),
    required("open", positiveAmount(currency)),
  ]);

export const agedRequest = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("currency", currencyCode),
    required("asOf", date),
    required("items", arrayOf(1, 1000, item(currency))),
  ]),
);

const bucketIndex = (days) => BUCKETS.findLastIndex(({ from }) => days >= from);

export const agedBalances = ({ currency, asOf, items }) => {
  const show = (amount) => formatAmount(amount, currency);
  const aged = items.map((each) => ({ ...each, bucket: bucketIndex(asOf - each.due), days: asOf - each.due }));
  const customers = groupBy(aged, ({ customer }) => customer);
  const buckets = BUCKETS.map(({ name, allowance }, index) => {
    const open = openIn(aged, index);
    return { name, open, percent: allowance, allowance: writtenDown(open, allowance, currency) };
  });
  return {
    asOf: formatDate(asOf),
    currency,
    buckets: buckets.map(({ name, open, percent: share, allowance }) => ({
      name,
      open: show(open),
      percent: Decimal.toString(share),
      allowance: show(allowance),
    })),
    customers: Map.keys(customers)
      .toSorted()
      .map((customer) => customerRow(customer, Map.get(customers, customer).Some, show)),
    open: show(sumBy(items, ({ open }) => open)),
    overdue: show(sumBy(aged.filter(({ bucket }) => bucket > 0), ({ open }) => open)),
    allowance: show(sumBy(buckets, ({ allowance }) => allowance)),
  };
};

const openIn = (items, index) => sumBy(items.filter(({ bucket }) => bucket === index), ({ open }) => open);

const writtenDown = (open, allowance, currency) =>
  toAmount(toDecimal(open, currency) * percent(allowance), currency, halfUp);

const customerRow = (customer, items, show) => ({
  customer,
  open: BUCKETS.map((_, index) => show(openIn(items, index))),
  total: show(sumBy(items, ({ open }) => open)),
  longestOverdueDays: Math.max(0, ...items.map(({ days }) => days)),
});
