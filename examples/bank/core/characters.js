// Classes of characters, all of them ASCII: what bank identifiers are made of.

export const isDigit = (c) => c >= "0" && c <= "9";

export const isCapital = (c) => c >= "A" && c <= "Z";

export const isCapitalOrDigit = (c) => isCapital(c) || isDigit(c);

// Whether the text has at least one character, and only such ones.
export const consistsOf = (text, isAllowed) => text !== "" && [...text].every((c) => isAllowed(c));

// "7" → 7. The character is a digit.
export const digitValue = (c) => c.charCodeAt(0) - 48;

// As people write them on paper: "de89 3704 0044" → "DE8937040044".
export const withoutSpaces = (text) => text.replaceAll(" ", "");

// Groups of `size` characters from the left: "DE8937040" → "DE89 3704 0".
export const grouped = (text, size) =>
  text.length <= size ? text : `${text.slice(0, size)} ${grouped(text.slice(size), size)}`;
