// Tax that the bank keeps back from interest for the customer's country. Tax laws drop fractions of a cent in the
// payer's favour, so every tax here is rounded toward zero.

import { down, ONE } from "../core/decimals.js";
import { sumBy } from "../core/lists.js";
import { formatAmount, toAmount, toDecimal } from "../money/amounts.js";

const taxes = (rows) => rows.map(([name, rate]) => ({ name, rate }));

// A share of the income, with nothing on top.
const flat = (name, rate) => (_) => taxes([[name, rate]]);

// Germany (EStG §32d, SolZG §4): church tax is a share of the capital gains tax, and lowers it, since it can be
// deducted. With the church's rate k the tax on an income e is e / (4 + k): 25 % of it if k is 0. The solidarity
// surcharge and the church tax are shares of that tax.
const german = (churchRate) => {
  const capitalGains = ONE / (Decimal("4") + churchRate);
  const surcharge = ["solidarity surcharge", capitalGains * Decimal("0.055")];
  const church = ["church tax", capitalGains * churchRate];
  return taxes([["capital gains tax", capitalGains], surcharge, ...(churchRate > Decimal("0") ? [church] : [])]);
};

const COUNTRIES = {
  AT: flat("Kapitalertragsteuer", Decimal("0.25")),
  BE: flat("précompte mobilier", Decimal("0.30")),
  CH: flat("Verrechnungssteuer", Decimal("0.35")),
  DE: german,
  ES: flat("retención", Decimal("0.19")),
  IT: flat("ritenuta", Decimal("0.26")),
  LU: flat("retenue à la source", Decimal("0.20")),
  PT: flat("retenção na fonte", Decimal("0.28")),
  none: (_) => [],
};

// In the order of the alphabet, for messages; "none" keeps nothing back.
export const taxCountries = Object.keys(COUNTRIES).toSorted();

// What a customer's interest is taxed with: `{country, churchRate, exemptLeft}`. `exemptLeft` is what may still be
// earned free of tax this year. The result says how much of it is used up; what is paid out is `net`.
export const withhold = (interest, currency, { country, churchRate, exemptLeft }) => {
  const exempt = Math.min(interest, exemptLeft);
  const taxable = toDecimal(interest - exempt, currency);
  const parts = COUNTRIES[country](churchRate).map(({ name, rate }) => ({
    name,
    amount: toAmount(taxable * rate, currency, down),
  }));
  const tax = sumBy(parts, ({ amount }) => amount);
  return { gross: interest, exempt, parts, tax, net: interest - tax };
};

// As it goes out.
export const showWithholding = ({ gross, exempt, parts, tax, net }, currency) => ({
  gross: formatAmount(gross, currency),
  exempt: formatAmount(exempt, currency),
  taxes: parts.map(({ name, amount }) => ({ name, amount: formatAmount(amount, currency) })),
  tax: formatAmount(tax, currency),
  net: formatAmount(net, currency),
});
