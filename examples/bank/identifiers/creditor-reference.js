// Structured creditor references (ISO 11649): "RF", two check digits, and up to 21 characters that the creditor chose.

import { consistsOf, grouped, isCapitalOrDigit, withoutSpaces } from "../core/characters.js";
import { mod97 } from "./check-digits.js";

// "RF18 5390 0754 7034" → `{Ok: {reference, compact, printed}}`, or an Err `{code, message}`.
export const parseCreditorReference = (text) => {
  const compact = withoutSpaces(text).toUpperCase();
  if (!compact.startsWith("RF") || !consistsOf(compact, isCapitalOrDigit)) {
    return Err({ code: "NotAReference", message: `must be "RF", two digits, then letters and digits` });
  }
  if (compact.length < 5 || compact.length > 25) {
    return Err({ code: "BadReferenceLength", message: `must have 5 to 25 characters, not ${compact.length}` });
  }
  const reference = compact.slice(4);
  if (mod97(`${reference}${compact.slice(0, 4)}`) !== 1) {
    return Err({ code: "BadCheckDigits", message: "the check digits do not fit the reference" });
  }
  return Ok({ reference, compact, printed: grouped(compact, 4) });
};
