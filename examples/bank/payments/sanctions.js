// Names that no payment may go to without someone looking at it. The list is invented.
//
// Names are compared by their words: without accents, case, punctuation and order. "Müller, Jörg" matches "JORG
// MUELLER".

import { isCapitalOrDigit } from "../core/characters.js";
import { distinct } from "../core/lists.js";

const LISTED = [
  "Aurelian Vostrikov",
  "Black Heron Shipping Ltd",
  "Caspian Meridian Trading FZE",
  "Dragomir Petrescu-Vale",
  "Ivory Gate Holdings",
  "Jörg Müller-Tannhäuser",
  "Nadezhda Orlovskaya",
  "Oyster Bay Petroleum SA",
  "Saffron Route General Trading LLC",
  "Teodor Kalinić",
];

// How letters with marks are written without them, in capitals. German has letters of its own for some.
const PLAIN = Map.of([
  ["Ä", "AE"], ["Ö", "OE"], ["Ü", "UE"], ["À", "A"], ["Á", "A"], ["Â", "A"], ["Ã", "A"], ["Å", "A"], ["Æ", "AE"],
  ["Ç", "C"], ["Ć", "C"], ["Č", "C"], ["È", "E"], ["É", "E"], ["Ê", "E"], ["Ë", "E"], ["Ì", "I"], ["Í", "I"],
  ["Î", "I"], ["Ï", "I"], ["Ł", "L"], ["Ñ", "N"], ["Ń", "N"], ["Ò", "O"], ["Ó", "O"], ["Ô", "O"], ["Õ", "O"],
  ["Ø", "O"], ["Š", "S"], ["Ś", "S"], ["Ù", "U"], ["Ú", "U"], ["Û", "U"], ["Ý", "Y"], ["Ž", "Z"], ["Ź", "Z"],
  ["Ż", "Z"],
]);

const plainCharacter = (c) => Option.unwrapOr(Map.get(PLAIN, c), isCapitalOrDigit(c) ? c : " ");

// Forms of companies say nothing about who it is.
const FORMS = ["AG", "FZE", "GMBH", "INC", "LLC", "LTD", "SA", "SARL"];

// The words of a name, each once, in the order of the alphabet.
const wordsOf = (name) =>
  distinct(
    Array.from(name.toUpperCase(), plainCharacter)
      .join("")
      .split(" ")
      .filter((word) => word.length > 1 && !FORMS.includes(word)),
  ).toSorted();

const LISTED_WORDS = LISTED.map((name) => ({ name, words: wordsOf(name) }));

// Two words are alike if they differ in one letter at most: typing errors and transliterations.
const alike = (a, b) => {
  if (a === b) return true;
  if (a.length < 5 || b.length < 5) return false;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const same = commonPrefix(shorter, longer, 0);
  return shorter.length === longer.length
    ? shorter.slice(same + 1) === longer.slice(same + 1)
    : shorter.slice(same) === longer.slice(same + 1);
};

const commonPrefix = (a, b, length) =>
  length < a.length && length < b.length && a[length] === b[length] ? commonPrefix(a, b, length + 1) : length;

// The listed names of which every word is alike to a word of this one.
export const listedMatches = (name) => {
  const words = wordsOf(name);
  return LISTED_WORDS.filter((listed) => listed.words.every((word) => words.some((other) => alike(word, other)))).map(
    (listed) => listed.name,
  );
};
