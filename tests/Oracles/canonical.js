"use strict";
// The kinds of values, their canonical CBOR (RFC 7049, section 3.9), hash, order and JSON.
//
// An Int is a BigInt, a Record is a frozen object without a prototype, an Array is a frozen array, a Decimal is that of
// decimal.js, and a Map is a GuestMap. String, Bool and undefined are JavaScript's own. JsonNull is null.

const decimals = require("./decimal.js");

/** An error that ends the run. `fields` are those of its canonical body. */
class GuestError extends Error {
  constructor(code, fields = {}) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

const fail = (code, fields) => {
  throw new GuestError(code, fields);
};

/** Pairs in canonical order: `[{key, value, place}, …]`. */
class GuestMap {
  constructor(pairs) {
    this.pairs = Object.freeze(pairs);
    Object.freeze(this);
  }
}

const kinds = ["JsonNull", "Bool", "Int", "Decimal", "String", "Array", "Record", "Map", "Function", "undefined"];

const kind = (v) => {
  switch (typeof v) {
    case "bigint": return "Int";
    case "string": return "String";
    case "boolean": return "Bool";
    case "function": return "Function";
    case "undefined": return "undefined";
  }
  if (v === null) return "JsonNull";
  if (Array.isArray(v)) return "Array";
  return v instanceof decimals.Decimal ? "Decimal" : v instanceof GuestMap ? "Map" : "Record";
};

// ---- CBOR -----------------------------------------------------------------------------------------------------------

/** A head: the major type, and an argument in its shortest form. */
function head(major, argument) {
  const n = BigInt(argument);
  if (n < 24n) return Buffer.from([(major << 5) | Number(n)]);
  const size = n < 0x100n ? 0 : n < 0x10000n ? 1 : n < 0x100000000n ? 2 : 3;
  const hex = n.toString(16).padStart(2 << size, "0");
  return Buffer.concat([Buffer.from([(major << 5) | (24 + size)]), Buffer.from(hex, "hex")]);
}

function integer(n) {
  const [major, argument] = n < 0n ? [1, -1n - n] : [0, n];
  if (argument < 2n ** 64n) return head(major, argument);
  const hex = argument.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
  return Buffer.concat([head(6, 2 + major), head(2, bytes.length), bytes]);
}

const pairsOf = (v) => (kind(v) === "Map" ? v.pairs.map(({ key, value }) => [key, value]) : Object.entries(v));

/** The canonical CBOR of a value. Functions end the run with the given error, undefined with `NotSerializable`. */
function cbor(v, ofFunction = "NotSerializable") {
  switch (kind(v)) {
    case "JsonNull": return Buffer.from([0xf6]);
    case "Bool": return Buffer.from([v ? 0xf5 : 0xf4]);
    case "Int": return integer(v);
    case "Decimal": {
      const [exponent, mantissa] = decimals.scientific(v);
      return Buffer.concat([head(6, 4), head(4, 2), integer(exponent), integer(mantissa)]);
    }
    case "String": {
      const utf8 = Buffer.from(v, "utf8");
      return Buffer.concat([head(3, utf8.length), utf8]);
    }
    case "Array": return Buffer.concat([head(4, v.length), ...v.map((x) => cbor(x, ofFunction))]);
    case "Record":
    case "Map": {
      const pairs = pairsOf(v).map(([key, value]) => [cbor(key, ofFunction), cbor(value, ofFunction)]);
      pairs.sort(([a], [b]) => a.length - b.length || Buffer.compare(a, b));
      const tag = kind(v) === "Map" ? [head(6, 259)] : [];
      return Buffer.concat([...tag, head(5, pairs.length), ...pairs.flat()]);
    }
    case "Function": return fail(ofFunction);
    default: return fail("NotSerializable");
  }
}

function fnv1a(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash;
}

// ---- canonical order ------------------------------------------------------------------------------------------------

/** The position of a key in canonical order. */
function place(key) {
  const bytes = cbor(key, "FunctionAsMapKey");
  return { tag: kinds.indexOf(kind(key)), hash: fnv1a(bytes), bytes };
}

const byPlace = (a, b) =>
  a.tag - b.tag || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : Buffer.compare(a.bytes, b.bytes));

const canonicalKeys = (r) =>
  Object.keys(r).map((key) => ({ key, place: place(key) })).sort((a, b) => byPlace(a.place, b.place)).map(({ key }) => key);

const sortedKeys = (r) => Object.keys(r).sort();

/** The JSON of a value. `order` determines the order of the keys of Records. */
function print(v, order = canonicalKeys) {
  switch (kind(v)) {
    case "JsonNull": return "null";
    case "Bool": case "Int": return String(v);
    case "Decimal": return decimals.toText(v);
    case "String": return JSON.stringify(v);
    case "Array": return `[${v.map((x) => print(x, order)).join(",")}]`;
    case "Record": return `{${order(v).map((k) => `${JSON.stringify(k)}:${print(v[k], order)}`).join(",")}}`;
    case "Map": {
      if (v.pairs.some(({ key }) => typeof key !== "string")) fail("NotSerializable");
      return `{${v.pairs.map(({ key, value }) => `${JSON.stringify(key)}:${print(value, order)}`).join(",")}}`;
    }
    default: return fail("NotSerializable");
  }
}

module.exports = { GuestError, fail, GuestMap, kind, cbor, fnv1a, place, byPlace, canonicalKeys, sortedKeys, print };
