// The fees of an account for a month, by its tariff, and the journal entry that books them.

import { amountFromZero, identifier, date } from "../validation/banking.js";
import { integer, oneOf, optional, record, required } from "../validation/checks.js";
import { formatDate } from "../calendar/dates.js";
import { sum, sumBy } from "../core/lists.js";
import { fieldOr } from "../core/options.js";
import { halfUp } from "../core/decimals.js";
import { formatAmount, toAmount, toDecimal } from "../money/amounts.js";
import { itemNames, tariff, tariffNames } from "./tariffs.js";

const CURRENCY = "EUR";
const WHOLE = Decimal("10000");

const activity = record([
  required("count", integer(0, 100000)),
  optional("turnover", amountFromZero(CURRENCY), 0),
]);

const NOTHING = { count: 0, turnover: 0 };

export const feeRequest = record([
  required("account", identifier),
  required("tariff", oneOf(tariffNames)),
  required("bookingDate", date),
  required("averageBalance", amountFromZero(CURRENCY)),
  required("income", amountFromZero(CURRENCY)),
  optional("items", record(itemNames.map((name) => optional(name, activity, NOTHING))), {}),
]);

// A function for each kind of fee: from the fee and the month to `{amount, basis}`, the basis as words.
const KINDS = {
  flat: ({ amount, waivedFrom }, { averageBalance, income }) => {
    if (averageBalance >= waivedFrom.balance) return { amount: 0, basis: "waived for the average balance" };
    if (income >= waivedFrom.income) return { amount: 0, basis: "waived for regular income" };
    return { amount, basis: "1 month" };
  },
  perItem: ({ item, free, amount }, { items }) => {
    const { count } = fieldOr(items, item, NOTHING);
    const charged = Math.max(count - free, 0);
    const freeOnes = free === 0 ? "" : `, ${Math.min(count, free)} of them free`;
    return { amount: charged * amount, basis: `${count}${freeOnes}` };
  },
  tiered: ({ item, tiers }, { items }) => {
    const { count } = fieldOr(items, item, NOTHING);
    return { amount: tieredAmount(tiers, count), basis: `${count}` };
  },
  percent: ({ item, basisPoints, least, greatest }, { items }) => {
    const { count, turnover } = fieldOr(items, item, NOTHING);
    const share = toAmount(toDecimal(turnover, CURRENCY) * Decimal.from(basisPoints) / WHOLE, CURRENCY, halfUp);
    return {
      amount: Math.min(Math.max(share, count * least), greatest),
      basis: `${count} of ${formatAmount(turnover, CURRENCY)} together`,
    };
  },
};

// Each tier takes the items between its predecessor's end and its own.
const tieredAmount = (tiers, count) =>
  sum(
    tiers.map(({ upTo, amount }, index) => {
      const from = index === 0 ? 0 : tiers[index - 1].upTo;
      return Math.max(Math.min(count, upTo) - from, 0) * amount;
    }),
  );

export const assessFees = (month) => {
  const fees = tariff(month.tariff).map((fee) => ({ name: fee.name, ...KINDS[fee.kind](fee, month) }));
  const total = sumBy(fees, ({ amount }) => amount);
  return {
    account: month.account,
    currency: CURRENCY,
    fees: fees.map(({ name, amount, basis }) => ({ name, basis, amount: formatAmount(amount, CURRENCY) })),
    total: formatAmount(total, CURRENCY),
    ...(total > 0 ? { entry: feeEntry(month, total) } : {}),
  };
};

// In the form that `POST /postings` takes. The key is made of what must be booked only once: an account's month.
const feeEntry = ({ account, bookingDate }, total) => {
  const month = formatDate(bookingDate).slice(0, 7);
  const amount = formatAmount(total, CURRENCY);
  return {
    id: `fees-${account}-${month}`,
    idempotencyKey: Text.sha256(`fees ${account} ${month}`),
    bookingDate: formatDate(bookingDate),
    description: `Fees of account ${account} for ${month}`,
    lines: [
      { account: "2110", side: "debit", currency: CURRENCY, amount },
      { account: "4210", side: "credit", currency: CURRENCY, amount },
    ],
  };
};
