// Numbers of payment cards (ISO/IEC 7812): whose they are, whether they can be right, and how they may be shown.

import { consistsOf, isDigit, withoutSpaces } from "../core/characters.js";
import { passesLuhn } from "./check-digits.js";

// Ranges of the leading digits, both ends included, and the lengths that the brand issues.
const BRANDS = [
  { name: "American Express", ranges: [["34", "34"], ["37", "37"]], lengths: [15] },
  { name: "Diners Club", ranges: [["36", "36"], ["38", "39"], ["300", "305"]], lengths: [14] },
  { name: "Discover", ranges: [["6011", "6011"], ["644", "649"], ["65", "65"]], lengths: [16] },
  { name: "JCB", ranges: [["3528", "3589"]], lengths: [16] },
  { name: "Mastercard", ranges: [["51", "55"], ["2221", "2720"]], lengths: [16] },
  { name: "Visa", ranges: [["4", "4"]], lengths: [13, 16, 19] },
];

const brandOf = (number) =>
  Array.find(BRANDS, ({ ranges }) =>
    ranges.some(([first, last]) => {
      const leading = number.slice(0, first.length);
      return leading >= first && leading <= last;
    }),
  );

// `{Ok: {brand, masked, lastFour}}`, or an Err `{code, message}`. The number itself is in neither.
export const parseCardNumber = (text) => {
  const number = withoutSpaces(text);
  if (!consistsOf(number, isDigit)) return Err({ code: "NotACardNumber", message: "must be digits and spaces" });
  const brand = brandOf(number);
  if (!Option.isSome(brand)) return Err({ code: "UnknownBrand", message: "no card of this bank's partners begins so" });
  const { name, lengths } = brand.Some;
  if (!lengths.includes(number.length)) {
    return Err({ code: "BadCardLength", message: `${name} has ${lengths.join(" or ")} digits, not ${number.length}` });
  }
  if (!passesLuhn(number)) {
    return Err({ code: "BadCheckDigit", message: "the check digit does not fit: a digit is wrong or two are swapped" });
  }
  return Ok({ brand: name, masked: mask(number), lastFour: number.slice(-4) });
};

// The first six and the last four digits are the most that PCI DSS 3.4 lets be shown.
const mask = (number) => `${number.slice(0, 6)}${"*".repeat(number.length - 10)}${number.slice(-4)}`;
