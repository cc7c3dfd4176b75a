// International Bank Account Numbers (ISO 13616): country, two check digits, and the country's own account number
// (BBAN).

import { consistsOf, grouped, isCapital, isCapitalOrDigit, isDigit, withoutSpaces } from "../core/characters.js";
import { mod97 } from "./check-digits.js";
import { sum } from "../core/lists.js";

// The structure of each country's BBAN, as the registry writes it: lengths, and n for digits, a for capital letters, c
// for either. And whether payments in euro go through SEPA.
const COUNTRIES = {
  AD: { bban: [[8, "n"], [12, "c"]], sepa: true },
  AE: { bban: [[19, "n"]], sepa: false },
  AT: { bban: [[16, "n"]], sepa: true },
  BE: { bban: [[12, "n"]], sepa: true },
  BG: { bban: [[4, "a"], [6, "n"], [8, "c"]], sepa: true },
  CH: { bban: [[5, "n"], [12, "c"]], sepa: true },
  CY: { bban: [[8, "n"], [16, "c"]], sepa: true },
  CZ: { bban: [[20, "n"]], sepa: true },
  DE: { bban: [[18, "n"]], sepa: true },
  DK: { bban: [[14, "n"]], sepa: true },
  EE: { bban: [[16, "n"]], sepa: true },
  ES: { bban: [[20, "n"]], sepa: true },
  FI: { bban: [[14, "n"]], sepa: true },
  FR: { bban: [[10, "n"], [11, "c"], [2, "n"]], sepa: true },
  GB: { bban: [[4, "a"], [14, "n"]], sepa: true },
  GR: { bban: [[7, "n"], [16, "c"]], sepa: true },
  HR: { bban: [[17, "n"]], sepa: true },
  HU: { bban: [[24, "n"]], sepa: true },
  IE: { bban: [[4, "a"], [14, "n"]], sepa: true },
  IL: { bban: [[19, "n"]], sepa: false },
  IS: { bban: [[22, "n"]], sepa: true },
  IT: { bban: [[1, "a"], [10, "n"], [12, "c"]], sepa: true },
  LI: { bban: [[5, "n"], [12, "c"]], sepa: true },
  LT: { bban: [[16, "n"]], sepa: true },
  LU: { bban: [[3, "n"], [13, "c"]], sepa: true },
  LV: { bban: [[4, "a"], [13, "c"]], sepa: true },
  MC: { bban: [[10, "n"], [11, "c"], [2, "n"]], sepa: true },
  MT: { bban: [[4, "a"], [5, "n"], [18, "c"]], sepa: true },
  NL: { bban: [[4, "a"], [10, "n"]], sepa: true },
  NO: { bban: [[11, "n"]], sepa: true },
  PL: { bban: [[24, "n"]], sepa: true },
  PT: { bban: [[21, "n"]], sepa: true },
  RO: { bban: [[4, "a"], [16, "c"]], sepa: true },
  SA: { bban: [[2, "n"], [18, "c"]], sepa: false },
  SE: { bban: [[20, "n"]], sepa: true },
  SI: { bban: [[15, "n"]], sepa: true },
  SK: { bban: [[20, "n"]], sepa: true },
  SM: { bban: [[1, "a"], [10, "n"], [12, "c"]], sepa: true },
  TR: { bban: [[6, "n"], [16, "c"]], sepa: false },
};

const CLASSES = { n: isDigit, a: isCapital, c: isCapitalOrDigit };

const lengthOf = (country) => 4 + sum(COUNTRIES[country].bban.map(([length]) => length));

// "de89 3704 0044 0532 0130 00" → `{Ok: {country, checkDigits, bban, compact, printed, sepa}}`, or an Err
// `{code, message}` of the first thing that is wrong.
export const parseIban = (text) => {
  const compact = withoutSpaces(text).toUpperCase();
  if (compact.length < 4 || !consistsOf(compact, isCapitalOrDigit)) {
    return Err({ code: "NotAnIban", message: "must be letters and digits, beginning with a country and two digits" });
  }
  const country = compact.slice(0, 2);
  if (!Object.hasOwn(COUNTRIES, country)) {
    return Err({ code: "UnknownCountry", message: `${country} is no country with IBANs that this bank knows` });
  }
  if (compact.length !== lengthOf(country)) {
    return Err({
      code: "BadIbanLength",
      message: `an IBAN of ${country} has ${lengthOf(country)} characters, not ${compact.length}`,
    });
  }
  const checkDigits = compact.slice(2, 4);
  const bban = compact.slice(4);
  if (!consistsOf(checkDigits, isDigit) || !fits(bban, COUNTRIES[country].bban)) {
    return Err({ code: "BadIbanStructure", message: `has letters where ${country} has digits, or digits for letters` });
  }
  if (mod97(`${bban}${country}${checkDigits}`) !== 1) {
    return Err({ code: "BadCheckDigits", message: "the check digits do not fit: something is mistyped" });
  }
  return Ok({ country, checkDigits, bban, compact, printed: grouped(compact, 4), sepa: COUNTRIES[country].sepa });
};

const fits = (bban, structure) => {
  if (structure.length === 0) return bban === "";
  const [[length, name], ...rest] = structure;
  return consistsOf(bban.slice(0, length), CLASSES[name]) && fits(bban.slice(length), rest);
};

export const isSepaCountry = (country) => Object.hasOwn(COUNTRIES, country) && COUNTRIES[country].sepa;
