"use strict";
// The parts of the library that ECMAScript does not have: Decimal, Map, Hash, Text.

const { createHash, createHmac } = require("node:crypto");
const decimals = require("./decimal.js");
const { fail, GuestMap, kind, cbor, fnv1a, place, byPlace } = require("./canonical.js");

/**
 * @param tools the functions with which runtime.js makes values and functions
 * @returns the namespaces to add to its library
 */
module.exports = ({ builtin, array, one, some, none, need, entriesToRecord }) => {
  const decimal = need("Decimal");
  const string = need("String");
  const map = need("Map");

  // ---- Decimal ------------------------------------------------------------------------------------------------------
  const result = (d) => (d === null ? one("Err", "Overflow") : one("Ok", d));
  const read = (s) => decimals.parse(string(s)) ?? fail("DecimalSyntax");
  const both = (f) => builtin(2, 2, (a, b) => f(decimal(a), decimal(b)));
  const sign = (d) => BigInt(decimals.compare(d, decimals.of(0n)));
  const absolute = (d) => (sign(d) < 0n ? decimals.neg(d) : d);

  const Decimal = Object.assign(builtin(1, 1, read), {
    parse: builtin(1, 1, (s) => {
      const d = decimals.parse(string(s));
      return d === null ? one("Err", "DecimalSyntax") : one("Ok", d);
    }),
    from: builtin(1, 1, (x) => (kind(x) === "Int" ? decimals.of(x) : kind(x) === "Decimal" ? x : read(x))),
    add: both((a, b) => result(decimals.add(a, b))),
    sub: both((a, b) => result(decimals.sub(a, b))),
    mul: both((a, b) => result(decimals.mul(a, b))),
    div: both((a, b) => (sign(b) === 0n ? one("Err", "DivisionByZero") : result(decimals.div(a, b)))),
    neg: builtin(1, 1, (d) => decimals.neg(decimal(d))),
    abs: builtin(1, 1, (d) => absolute(decimal(d))),
    round: builtin(2, 2, (d, scale) => {
      decimal(d);
      const digits = need("Int")(scale);
      return digits < 0n || digits > 28n ? fail("InvalidArgument") : decimals.round(d, Number(digits));
    }),
    compare: both((a, b) => BigInt(decimals.compare(a, b))),
    eq: both((a, b) => decimals.compare(a, b) === 0),
    lt: both((a, b) => decimals.compare(a, b) < 0),
    toString: builtin(1, 1, (d) => decimals.toText(decimal(d))),
    toInt: builtin(1, 1, (d) => {
      const { significand, scale } = decimal(d);
      return scale === 0 && BigInt.asIntN(64, significand) === significand ? some(significand) : none;
    }),
  });

  // ---- Map ----------------------------------------------------------------------------------------------------------
  const changed = (m, key, at, added) => {
    const pairs = m.pairs.filter((pair) => byPlace(pair.place, at) !== 0);
    if (added) pairs.push({ key, value: added.value, place: at });
    return new GuestMap(pairs.sort((a, b) => byPlace(a.place, b.place)));
  };
  const find = (m, key) => {
    const at = place(key);
    return map(m).pairs.find((pair) => byPlace(pair.place, at) === 0);
  };
  const empty = new GuestMap([]);

  const Map = {
    empty,
    of: builtin(1, 1, (entries) =>
      need("Array")(entries).map((entry) => (need("Array")(entry).length === 2 ? entry : fail("InvalidArgument")))
        .reduce((m, [key, value]) => changed(m, key, place(key), { value }), empty)),
    get: builtin(2, 2, (m, key) => {
      const pair = (map(m), find(m, key));
      return pair ? some(pair.value) : none;
    }),
    has: builtin(2, 2, (m, key) => (map(m), find(m, key) !== undefined)),
    set: builtin(3, 3, (m, key, value) => changed(map(m), key, place(key), { value })),
    delete: builtin(2, 2, (m, key) => changed(map(m), key, place(key))),
    size: builtin(1, 1, (m) => BigInt(map(m).pairs.length)),
    keys: builtin(1, 1, (m) => array(map(m).pairs.map(({ key }) => key))),
    values: builtin(1, 1, (m) => array(map(m).pairs.map(({ value }) => value))),
    entries: builtin(1, 1, (m) => array(map(m).pairs.map(({ key, value }) => array([key, value])))),
  };

  // ---- Hash and Text ------------------------------------------------------------------------------------------------
  const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

  const Hash = {
    cbor: builtin(1, 1, (v) => cbor(v).toString("hex")),
    fnv1a: builtin(1, 1, (v) => fnv1a(cbor(v)).toString(16).padStart(16, "0")),
    sha256: builtin(1, 1, (v) => sha256(cbor(v))),
  };

  const defect = (code, offset) => one("Err", entriesToRecord([["code", code], ["offset", BigInt(offset)]]));

  // The bytes as a String, if they are UTF-8. Otherwise an error without an offset, which this oracle does not know.
  const decoded = (bytes) => {
    try {
      return one("Ok", new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    } catch {
      return defect("InvalidUtf8", -1);
    }
  };

  // Strict decoding: encoding the result must give the same string. Otherwise the oracle knows only that there is an
  // error.
  const decode = (encoding) => (s) => {
    const bytes = Buffer.from(string(s), encoding);
    return bytes.toString(encoding) === s ? decoded(bytes) : defect("?", -1);
  };

  const Text = {
    sha256: builtin(1, 1, (s) => sha256(Buffer.from(string(s), "utf8"))),
    hmacSha256: builtin(2, 2, (key, s) => {
      const hmac = createHmac("sha256", Buffer.from(string(key), "utf8"));
      return hmac.update(Buffer.from(string(s), "utf8")).digest("hex");
    }),
    base64Encode: builtin(1, 1, (s) => Buffer.from(string(s), "utf8").toString("base64")),
    base64Decode: builtin(1, 1, decode("base64")),
    base64UrlEncode: builtin(1, 1, (s) => Buffer.from(string(s), "utf8").toString("base64url")),
    base64UrlDecode: builtin(1, 1, decode("base64url")),
    urlEncode: builtin(1, 1, (s) => encodeURIComponent(string(s))),
    urlDecode: builtin(1, 1, (s) => {
      try {
        return one("Ok", decodeURIComponent(string(s)));
      } catch {
        return defect("?", -1);
      }
    }),
  };

  return { Decimal, Map, Hash, Text };
};
