// Tariffs: what an account costs in a month, as data. Amounts are in cents; all tariffs are in euro.
//
// A fee is one of
//
//   flat     an amount for the month, waived if the average balance or the month's income is high enough
//   perItem  an amount for each item beyond the free ones
//   tiered   an amount for each item by how many there are: the first so many at one price, the next at another
//   percent  a share of a turnover in basis points, with a least amount for each item and a greatest for the month

const flat = (name, amount, waivedFrom) => ({ kind: "flat", name, amount, waivedFrom });
const perItem = (name, item, free, amount) => ({ kind: "perItem", name, item, free, amount });
const tiered = (name, item, tiers) => ({ kind: "tiered", name, item, tiers });
const percent = (name, item, basisPoints, least, greatest) =>
  ({ kind: "percent", name, item, basisPoints, least, greatest });

const NEVER = { balance: Int.MAX, income: Int.MAX };

const TARIFFS = {
  basic: [
    flat("Account maintenance", 490, { balance: 500000, income: 120000 }),
    perItem("Transfers on paper", "paperTransfers", 0, 250),
    perItem("Instant transfers", "instantTransfers", 0, 25),
    perItem("Cash withdrawals abroad", "foreignWithdrawals", 0, 500),
    percent("Card payments in other currencies", "foreignCardPayments", 175, 100, 10000),
  ],
  business: [
    flat("Account maintenance", 1990, NEVER),
    tiered("Transfers", "transfers", [
      { upTo: 50, amount: 0 },
      { upTo: 500, amount: 12 },
      { upTo: Int.MAX, amount: 8 },
    ]),
    tiered("Cash deposits", "cashDeposits", [
      { upTo: 5, amount: 200 },
      { upTo: Int.MAX, amount: 150 },
    ]),
    perItem("Transfers on paper", "paperTransfers", 0, 500),
    perItem("Instant transfers", "instantTransfers", 20, 20),
    percent("Card payments in other currencies", "foreignCardPayments", 150, 50, 50000),
  ],
  premium: [
    flat("Account maintenance", 1290, { balance: 2500000, income: 400000 }),
    perItem("Transfers on paper", "paperTransfers", 5, 250),
    perItem("Cash withdrawals abroad", "foreignWithdrawals", 4, 300),
    percent("Card payments in other currencies", "foreignCardPayments", 0, 0, 0),
  ],
};

export const tariffNames = Object.keys(TARIFFS).toSorted();

export const tariff = (name) => TARIFFS[name];

// What can be counted in a month, over all tariffs.
export const itemNames = [
  "cashDeposits",
  "foreignCardPayments",
  "foreignWithdrawals",
  "instantTransfers",
  "paperTransfers",
  "transfers",
];
