// Schemes: over which system a payment goes, when it arrives, and what it costs.

import { addBusinessDays, isBusinessDay } from "../calendar/business-days.js";
import { halfUp } from "../core/decimals.js";
import { isSepaCountry } from "../identifiers/iban.js";
import { toAmount, toDecimal } from "../money/amounts.js";

const INSTANT_LIMIT = 10_000_000; // cents

const LARGE_VALUE_FROM = 50_000_000; // cents

const BASIS_POINT = Decimal("0.0001");

// Minutes after midnight until which an order counts as of the same day.
const clock = (hours, minutes) => hours * 60 + minutes;

const SCHEMES = {
  instant: { name: "SEPA instant credit transfer", cutOff: clock(24, 0), days: 0, everyDay: true },
  sepa: { name: "SEPA credit transfer", cutOff: clock(16, 0), days: 1, everyDay: false },
  target: { name: "TARGET urgent payment", cutOff: clock(15, 30), days: 0, everyDay: false },
  swift: { name: "Correspondent banking", cutOff: clock(14, 0), days: 2, everyDay: false },
};

// "instant", "sepa", "target" or "swift", or why there is none that fits.
export const schemeFor = ({ currency, order }) => {
  const { creditor, instant, amount } = order;
  const inSepa = currency === "EUR" && Option.isSome(creditor.iban) && isSepaCountry(creditor.iban.Some.country);
  if (instant && !inSepa) return Err({ code: "NotInstant", message: "instant payments are in euro, within SEPA" });
  if (instant && amount > INSTANT_LIMIT) {
    return Err({ code: "NotInstant", message: "instant payments are at most 100,000.00 EUR" });
  }
  if (instant) return Ok("instant");
  if (!inSepa) return Ok("swift");
  return Ok(amount >= LARGE_VALUE_FROM ? "target" : "sepa");
};

export const schemeName = (scheme) => SCHEMES[scheme].name;

// `{executedOn, arrivesOn}`: an order behind the cut-off, or on a day off, is executed on the next business day.
export const datesOf = (scheme, { date, minute }) => {
  const { cutOff, days, everyDay } = SCHEMES[scheme];
  if (everyDay) return { executedOn: date, arrivesOn: date };
  const isInTime = isBusinessDay(date) && minute <= cutOff;
  const executedOn = isInTime ? date : addBusinessDays(date + 1, 0);
  return { executedOn, arrivesOn: addBusinessDays(executedOn, days) };
};

// The fee, in the payment's currency.
const FEES = {
  instant: (_) => 0,
  sepa: (_) => 0,
  target: (_) => 1500,
  // 15 basis points, at least 12.00 and at most 150.00.
  swift: ({ currency, order }) => {
    const cents = (text) => toAmount(Decimal(text), currency, halfUp);
    const share = toAmount(toDecimal(order.amount, currency) * Decimal("15") * BASIS_POINT, currency, halfUp);
    return Math.min(Math.max(share, cents("12")), cents("150"));
  },
};

export const feeFor = (scheme, payment) => FEES[scheme](payment);
