// Business Identifier Codes (ISO 9362): four characters for the party, two for its country, two for its place, and
// three more for a branch.

import { consistsOf, isCapital, isCapitalOrDigit, withoutSpaces } from "../core/characters.js";

// "COBADEFF" → `{Ok: {party, country, location, branch, isTest}}`, or an Err `{code, message}`.
export const parseBic = (text) => {
  const compact = withoutSpaces(text).toUpperCase();
  if (compact.length !== 8 && compact.length !== 11) {
    return Err({ code: "BadBicLength", message: `must have 8 or 11 characters, not ${compact.length}` });
  }
  const party = compact.slice(0, 4);
  const country = compact.slice(4, 6);
  const location = compact.slice(6, 8);
  // The head office has none, or is written as three times X.
  const branch = compact.slice(8);
  if (!consistsOf(country, isCapital) || !consistsOf(`${party}${location}${branch}`, isCapitalOrDigit)) {
    return Err({ code: "BadBicStructure", message: "must be 4 letters or digits, a country, then 2 or 5 more" });
  }
  return Ok({ compact, party, country, location, branch, isTest: location[1] === "0" });
};
