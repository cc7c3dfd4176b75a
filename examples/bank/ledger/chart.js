// The chart of accounts. An account is `{code, name, type, normalSide, isPostable, mayChangeSides}`. The first digit of
// a code is its type's; one that ends in two zeros is a heading for those that begin like it, and nothing is booked
// there.

const TYPES = {
  1: { type: "asset", normalSide: "debit" },
  2: { type: "liability", normalSide: "credit" },
  3: { type: "equity", normalSide: "credit" },
  4: { type: "income", normalSide: "credit" },
  5: { type: "expense", normalSide: "debit" },
};

export const accountTypes = ["asset", "equity", "expense", "income", "liability"];

// Accounts that must not change sides: more cash can't be paid out than there is, and a customer without an arrangement
// can't draw more than was paid in.
const STRICT = ["1110", "1120", "2110", "2120", "2130"];

const TABLE = [
  ["1000", "Assets"],
  ["1100", "Cash and balances at central banks"],
  ["1110", "Cash in vault"],
  ["1120", "Cash in machines"],
  ["1130", "Balances at the central bank"],
  ["1200", "Due from banks"],
  ["1210", "Nostro accounts"],
  ["1220", "Money market placements"],
  ["1230", "Card schemes, settlement"],
  ["1300", "Loans to customers"],
  ["1310", "Consumer loans"],
  ["1320", "Mortgage loans"],
  ["1330", "Business loans"],
  ["1340", "Overdrafts"],
  ["1350", "Loan loss allowance"],
  ["1400", "Securities"],
  ["1410", "Government bonds"],
  ["1420", "Covered bonds"],
  ["1500", "Accrued income and other assets"],
  ["1510", "Accrued interest receivable"],
  ["1520", "Fees receivable"],
  ["1530", "Payments in transit"],
  ["1540", "Premises and equipment"],
  ["2000", "Liabilities"],
  ["2100", "Deposits of customers"],
  ["2110", "Current accounts"],
  ["2120", "Savings accounts"],
  ["2130", "Term deposits"],
  ["2200", "Due to banks"],
  ["2210", "Vostro accounts"],
  ["2220", "Money market borrowings"],
  ["2230", "Central bank funding"],
  ["2300", "Accrued expenses and other liabilities"],
  ["2310", "Accrued interest payable"],
  ["2320", "Withholding tax payable"],
  ["2330", "Value-added tax payable"],
  ["2340", "Suspense account"],
  ["2350", "Unclaimed payments"],
  ["3000", "Equity"],
  ["3100", "Capital and reserves"],
  ["3110", "Share capital"],
  ["3120", "Capital reserve"],
  ["3130", "Retained earnings"],
  ["3140", "Exchange position"],
  ["4000", "Income"],
  ["4100", "Interest income"],
  ["4110", "Interest on loans"],
  ["4120", "Interest on securities"],
  ["4200", "Fee income"],
  ["4210", "Account fees"],
  ["4220", "Payment fees"],
  ["4230", "Card fees"],
  ["4240", "Loan fees"],
  ["4300", "Trading income"],
  ["4310", "Foreign exchange gains"],
  ["5000", "Expenses"],
  ["5100", "Interest expense"],
  ["5110", "Interest on deposits"],
  ["5120", "Interest on borrowings"],
  ["5200", "Fee expense"],
  ["5210", "Scheme and clearing fees"],
  ["5300", "Operating expenses"],
  ["5310", "Salaries"],
  ["5320", "Rent and premises"],
  ["5330", "Information technology"],
  ["5400", "Losses"],
  ["5410", "Loan losses"],
  ["5420", "Foreign exchange losses"],
  ["5430", "Operational losses"],
];

export const accounts = TABLE.map(([code, name]) => ({
  code,
  name,
  ...TYPES[code[0]],
  isPostable: !code.endsWith("00"),
  mayChangeSides: !STRICT.includes(code),
}));

const BY_CODE = Map.of(accounts.map((entry) => [entry.code, entry]));

// An Option of the account with this code.
export const findAccount = (code) => Map.get(BY_CODE, code);

export const nameOf = (code) => findAccount(code).Some.name;

export const typeOf = (code) => findAccount(code).Some.type;

// A balance is positive on the debit side. On the account's own side it is positive for its reader.
export const onNormalSide = (code, balance) => (findAccount(code).Some.normalSide === "debit" ? balance : -balance);

// The headings above an account: "2110" stands under "2000" and "2100".
export const headingsOf = (code) => [`${code[0]}000`, `${code.slice(0, 2)}00`].filter((heading) => heading !== code);

// The accounts directly under a heading.
export const accountsUnder = (heading) =>
  accounts.filter(({ code }) => headingsOf(code).slice(-1).includes(heading));
