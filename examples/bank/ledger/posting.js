// Posting: a batch of entries, one after the other, on the balances that a ledger has. Each entry is booked in whole or
// not at all; one that is refused leaves no trace, and those behind it are still looked at.
//
// Every booked entry carries a hash over itself and the hash before it, so a journal can't be changed unseen.

import { addLines, balanceRows, balancesOf, onWrongSide, showBalance } from "./balances.js";
import { entry, postableAccount } from "./entries.js";
import { fingerprint, recognise, remember } from "./idempotency.js";
import { findAccount } from "./chart.js";
import { formatDate } from "../calendar/dates.js";
import { fold } from "../core/options.js";
import { displayAmount } from "../money/amounts.js";
import { anyAmount, currencyCode, date, identifier } from "../validation/banking.js";
import { arrayOf, dependingOn, optional, record, required, text } from "../validation/checks.js";

const openingBalance = dependingOn("currency", currencyCode, (currency) =>
  record([
    required("account", postableAccount),
    required("currency", currencyCode),
    required("balance", anyAmount(currency)),
  ]),
);

const bookedKey = record([required("key", identifier), required("fingerprint", text(64, 64))]);

export const postingRequest = record([
  required("openFrom", date),
  optional("lastHash", text(64, 64), "0".repeat(64)),
  required("balances", arrayOf(0, 500, openingBalance)),
  optional("booked", arrayOf(0, 500, bookedKey), []),
  required("entries", arrayOf(1, 100, entry)),
]);

// `{results, balances, booked, lastHash}`: what became of each entry, and the ledger afterwards.
export const post = ({ openFrom, lastHash, balances, booked, entries }) => {
  const start = {
    balances: balancesOf(balances),
    booked: Map.of(booked.map(({ key, fingerprint: content }) => [key, content])),
    hash: lastHash,
    ids: Map.empty,
    results: [],
  };
  const end = entries.reduce((ledger, candidate) => postOne(ledger, candidate, openFrom), start);
  return {
    results: end.results,
    balances: balanceRows(end.balances).map(showBalance),
    booked: Map.entries(end.booked)
      .map(([key, content]) => ({ key, fingerprint: content }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    lastHash: end.hash,
  };
};

const postOne = (ledger, candidate, openFrom) => {
  const seen = recognise(ledger.booked, candidate);
  if (seen === "replay") return withResult(ledger, { id: candidate.id, status: "alreadyBooked" });
  const after = addLines(ledger.balances, candidate.lines);
  const reasons = [
    ...(seen === "conflict" ? [reason("KeyConflict", "the key was used for another entry")] : []),
    ...(candidate.bookingDate < openFrom ? [closedPeriod(openFrom)] : []),
    ...unknownReversal(ledger, candidate),
    ...overdrawn(candidate, after),
  ];
  if (reasons.length > 0) return withResult(ledger, { id: candidate.id, status: "refused", reasons });
  const hash = Hash.sha256([ledger.hash, fingerprint(candidate)]);
  return {
    ...withResult(ledger, { id: candidate.id, status: "booked", hash }),
    balances: after,
    booked: remember(ledger.booked, candidate),
    hash,
    ids: Map.set(ledger.ids, candidate.id, candidate),
  };
};

const withResult = (ledger, result) => ({ ...ledger, results: [...ledger.results, result] });

const reason = (code, message) => ({ code, message });

const closedPeriod = (openFrom) => reason("ClosedPeriod", `the books are closed before ${formatDate(openFrom)}`);

// An entry may take back one of the same batch: with the same lines, their sides turned.
const unknownReversal = ({ ids }, { reverses, lines }) => {
  if (reverses === "") return [];
  return fold(Map.get(ids, reverses), [reason("NothingToReverse", `no entry ${reverses} was booked`)], (original) =>
    original.lines.map(turned) === lines
      ? []
      : [reason("NotTheReverse", `the lines are not those of ${reverses} with their sides turned`)],
  );
};

const turned = (line) => ({ ...line, side: line.side === "debit" ? "credit" : "debit" });

// Only accounts that the entry itself moves count: it is not refused for what was wrong before.
const overdrawn = ({ lines }, after) =>
  onWrongSide(after)
    .filter((row) => lines.some(({ account, currency }) => account === row.account && currency === row.currency))
    .map(({ account, currency, balance }) => {
      const { name, normalSide } = findAccount(account).Some;
      const amount = `${displayAmount(Math.abs(balance), currency)} ${currency}`;
      return reason("WrongSide", `${account} ${name} must not leave its ${normalSide} side, and would by ${amount}`);
    });
