// Balances: a Map from [account, currency] to an amount, positive on the debit side. What is not in it is zero.

import { findAccount, onNormalSide } from "./chart.js";
import { money } from "../money/amounts.js";
import { sortBy, sumBy } from "../core/lists.js";

const balanceOf = (balances, account, currency) => Option.unwrapOr(Map.get(balances, [account, currency]), 0);

const signed = ({ side, amount }) => (side === "debit" ? amount : -amount);

const add = (balances, account, currency, change) =>
  Map.set(balances, [account, currency], balanceOf(balances, account, currency) + change);

// The balances of these `{account, currency, balance}`; an account may come several times, from several branches.
export const balancesOf = (rows) =>
  rows.reduce((balances, { account, currency, balance }) => add(balances, account, currency, balance), Map.empty);

// The balances after these lines.
export const addLines = (balances, lines) =>
  lines.reduce((sofar, line) => add(sofar, line.account, line.currency, signed(line)), balances);

// As `[{account, currency, balance}]`, in the order of accounts, then currencies. Zeros are left out.
export const balanceRows = (balances) =>
  sortBy(
    Map.entries(balances)
      .filter(([_, balance]) => balance !== 0)
      .map(([[account, currency], balance]) => ({ account, currency, balance })),
    ({ account, currency }) => `${account} ${currency}`,
  );

// What goes out: which side the balance lies on, and a positive amount.
export const showBalance = ({ account, currency, balance }) => ({
  account,
  name: findAccount(account).Some.name,
  side: balance >= 0 ? "debit" : "credit",
  ...money(Math.abs(balance), currency),
});

// The accounts that these balances leave on a side where they must not be.
export const onWrongSide = (balances) =>
  balanceRows(balances).filter(
    ({ account, balance }) => !findAccount(account).Some.mayChangeSides && onNormalSide(account, balance) < 0,
  );

// Debits less credits of the lines in one currency.
export const difference = (lines, currency) => sumBy(lines.filter((line) => line.currency === currency), signed);
