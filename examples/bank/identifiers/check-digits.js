// The two check-digit systems of banking.

import { digitValue, isDigit } from "../core/characters.js";

// ISO 7064 MOD 97-10 of a text of digits and capital letters; a letter counts as two digits, A as 10 and Z as 35. The
// text is never made into one large number: the remainder is carried from character to character.
export const mod97 = (text) => [...text].reduce((remainder, c) => appendMod97(remainder, c), 0);

const appendMod97 = (remainder, c) =>
  isDigit(c) ? (remainder * 10 + digitValue(c)) % 97 : (remainder * 100 + c.charCodeAt(0) - 55) % 97;

// Luhn's test (ISO/IEC 7812-1, annex B): from the right, every second digit counts twice, its own digits added.
export const passesLuhn = (digits) => luhnSum(digits) % 10 === 0;

const luhnSum = (digits) =>
  [...digits].toReversed().reduce((total, c, index) => total + luhnValue(digitValue(c), index % 2 === 1), 0);

const luhnValue = (digit, counted) => {
  if (!counted) return digit;
  return digit < 5 ? digit * 2 : digit * 2 - 9;
};
