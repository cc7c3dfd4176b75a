// Strings: built from pieces, joined, split, searched, sliced, and changed in case.
const word = (i) => "item-" + String(i * 7919 % 1000) + (i % 5 === 0 ? "-Größe" : "-size");

const round = (k) => {
  const text = Array.from({ length: 200 }, (_, i) => word(i + k)).join(", ");
  const parts = text.split(", ").filter((part) => part.includes("9") || part.endsWith("size"));
  const line = parts.map((part, i) => `${i}:${part.slice(5).toUpperCase()}`).reduce((all, part) => all + part + ";", "");
  return line.length + line.indexOf("99") + line.lastIndexOf("SIZE") + (line < text ? 1 : 2);
};

Array.from({ length: 1000 }, (_, k) => k).reduce((sum, k) => (sum * 31 + round(k)) % 1000000007, 0)
