"use strict";
// The runtime of rewritten programs: the operators, accesses and calls of the guest language, and its library.
//
// Values are those of canonical.js. Like guest functions, library functions take an array of arguments.

const { createHash } = require("node:crypto");
const decimals = require("./decimal.js");
const { GuestError, fail, kind, canonicalKeys, sortedKeys, print } = require("./canonical.js");
const exact = require("./exact.js");

const mismatch = () => fail("TypeMismatch");

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const checked = (n) => (n < INT_MIN || n > INT_MAX ? fail("IntegerOverflow") : n);

// ---- kinds ----------------------------------------------------------------------------------------------------------

const need = (wanted) => (v) => (kind(v) === wanted ? v : mismatch());
const int = need("Int");
const string = need("String");
const bool = need("Bool");
const asRecord = need("Record");
const array = Object.freeze;
const record = Object.freeze;
const has = (r, k) => Object.prototype.hasOwnProperty.call(r, k);
const entriesToRecord = (entries) => {
  const r = Object.create(null);
  for (const [k, v] of entries) Object.defineProperty(r, k, { value: v, enumerable: true, writable: true, configurable: true });
  return record(r);
};
const one = (name, v) => entriesToRecord([[name, v]]);
const some = (v) => one("Some", v);
const none = one("None", entriesToRecord([]));

// Where ECMAScript would make a String with a lone surrogate, the run ends.
const whole = (s) => (s.isWellFormed() ? s : fail("StringSplitsCodePoint"));

// ---- functions and calls --------------------------------------------------------------------------------------------

// For each guest function: the identity of its code, and a function that returns its captured values.
const about = new WeakMap();
const fn = (f, text, captures) => {
  about.set(f, { code: createHash("sha256").update(text).digest("hex"), captures });
  return f;
};

class Tail {
  constructor(f, args) {
    this.f = f;
    this.args = args;
  }
}

const enter = (f, args) => (typeof f === "function" ? f(args) : fail("NotCallable"));

function call(f, args) {
  let result = enter(f, args);
  while (result instanceof Tail) result = enter(result.f, result.args);
  return result;
}

const tail = (f, args) => new Tail(f, args);

// A library function that calls `f` offers it `args`, and `f` takes as many as it has parameters.
function callback(f, args) {
  args.isOffer = true;
  return call(f, args);
}

function arity(args, min, max) {
  if (args.isOffer) {
    args.length = Math.min(max, args.length);
    args.isOffer = false;
  }
  if (args.length < min || args.length > max) fail("ArityMismatch");
}

const builtin = (min, max, body) => (args) => {
  arity(args, min, max);
  return body(...args);
};

// ---- equality -------------------------------------------------------------------------------------------------------

// Functions may refer to each other in a cycle, so a pair that is already being compared counts as equal.
function equal(a, b, assumed = []) {
  const k = kind(a);
  if (k !== kind(b)) return false;
  if (k === "Array") return a.length === b.length && a.every((x, i) => equal(x, b[i], assumed));
  if (k === "Record") {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => has(b, key) && equal(a[key], b[key], assumed));
  }
  if (k === "Decimal") return decimals.compare(a, b) === 0;
  if (k === "Map") {
    return a.pairs.length === b.pairs.length
      && a.pairs.every((pair, i) => equal(pair.key, b.pairs[i].key) && equal(pair.value, b.pairs[i].value, assumed));
  }
  if (k !== "Function" || a === b) return a === b;
  const [x, y] = [about.get(a), about.get(b)];
  if (!x || !y || x.code !== y.code) return false;
  if (assumed.some(([p, q]) => p === a && q === b)) return true;
  const [xs, ys] = [x.captures(), y.captures()];
  return xs.every((v, i) => equal(v, ys[i], [...assumed, [a, b]]));
}

// ---- access ---------------------------------------------------------------------------------------------------------

const noField = (field) => fail("NoSuchField", { field });
const field = (r, key) => (has(r, key) ? r[key] : noField(key));
const outOfRange = (index, length) => fail("IndexOutOfRange", { index, length: BigInt(length) });
const element = (xs, i) => (i < xs.length ? xs[i] : outOfRange(BigInt(i), xs.length));
const inRange = (index, length) => (index >= 0n && index < BigInt(length) ? Number(index) : outOfRange(index, length));

function get(v, key, isComputed) {
  switch (kind(v)) {
    case "Record": return field(v, string(key));
    case "Array":
    case "String":
      if (isComputed) {
        const i = inRange(int(key), v.length);
        return kind(v) === "Array" ? v[i] : whole(v[i]);
      }
      return key === "length" ? BigInt(v.length) : noField(key);
    default: return mismatch();
  }
}

function method(v, key, isComputed) {
  const k = kind(v);
  if (k === "Record") return field(v, string(key));
  if (k !== "String" && k !== "Array") return mismatch();
  if (isComputed) return get(v, key, true);
  const entry = (k === "String" ? stringMethods : arrayMethods)[key] ?? noField(key);
  const [min, max, body] = entry;
  return builtin(min, max, (...args) => body(v, ...args));
}

function spread(v) {
  switch (kind(v)) {
    case "Array": return v;
    case "String": return [...v];
    default: return mismatch();
  }
}

// ---- String ---------------------------------------------------------------------------------------------------------

const text = (v) =>
  ["String", "Int", "Bool"].includes(kind(v)) ? String(v) : kind(v) === "Decimal" ? decimals.toText(v) : mismatch();

// A position as a Number. Positions far outside the range are clamped.
const clamp = (n) => Number(n > 2n ** 40n ? 2n ** 40n : n < -(2n ** 40n) ? -(2n ** 40n) : n);
const position = (v) => (v === undefined ? undefined : clamp(int(v)));
const optional = (check) => (v) => (v === undefined ? undefined : check(v));

const unit = (s, i, read) => {
  const n = i === undefined ? 0n : int(i);
  const found = read(s, clamp(n));
  return found === undefined || Number.isNaN(found) ? outOfRange(n, s.length) : found;
};

const size = (n) => {
  const length = int(n);
  return length < 0n ? fail("InvalidArgument") : clamp(length);
};

// The arguments without trailing undefined ones.
const given = (...args) => {
  const copy = [...args];
  while (copy.length > 0 && copy.at(-1) === undefined) copy.pop();
  return copy;
};

const replacement = (by) =>
  kind(by) === "Function"
    ? (match, offset, subject) => string(callback(by, [match, BigInt(offset), subject]))
    : string(by);

const stringMethods = {
  at: [1, 1, (s, i) => whole(unit(s, int(i), (t, n) => t.at(n)))],
  charAt: [0, 1, (s, i) => whole(s.charAt(position(i) ?? 0))],
  charCodeAt: [0, 1, (s, i) => BigInt(unit(s, i, (t, n) => t.charCodeAt(n)))],
  codePointAt: [0, 1, (s, i) => BigInt(unit(s, i, (t, n) => t.codePointAt(n)))],
  concat: [0, Infinity, (s, ...others) => s.concat(...others.map(string))],
  endsWith: [1, 2, (s, t, end) => s.endsWith(string(t), position(end))],
  includes: [1, 2, (s, t, from) => s.includes(string(t), position(from))],
  indexOf: [1, 2, (s, t, from) => BigInt(s.indexOf(string(t), position(from)))],
  lastIndexOf: [1, 2, (s, t, from) => BigInt(s.lastIndexOf(string(t), position(from)))],
  padEnd: [1, 2, (s, n, fill) => whole(s.padEnd(clamp(int(n)), optional(string)(fill)))],
  padStart: [1, 2, (s, n, fill) => whole(s.padStart(clamp(int(n)), optional(string)(fill)))],
  repeat: [1, 1, (s, n) => s.repeat(size(n))],
  replace: [2, 2, (s, what, by) => whole(s.replace(string(what), replacement(by)))],
  replaceAll: [2, 2, (s, what, by) => {
    const [pattern, text] = [string(what), replacement(by)];
    // The empty pattern also matches between the halves of a surrogate pair.
    if (pattern === "" && /[\ud800-\udfff]/.test(s)) fail("StringSplitsCodePoint");
    return whole(s.replaceAll(pattern, text));
  }],
  slice: [0, 2, (s, a, b) => whole(s.slice(position(a), position(b)))],
  split: [1, 2, (s, by, limit) => array(s.split(string(by), limit === undefined ? undefined : Number(BigInt.asUintN(32, int(limit)))).map(whole))],
  startsWith: [1, 2, (s, t, from) => s.startsWith(string(t), position(from))],
  substring: [1, 2, (s, a, b) => whole(s.substring(clamp(int(a)), position(b)))],
  toLowerCase: [0, 0, (s) => s.toLowerCase()],
  toUpperCase: [0, 0, (s) => s.toUpperCase()],
  trim: [0, 0, (s) => s.trim()],
  trimEnd: [0, 0, (s) => s.trimEnd()],
  trimStart: [0, 0, (s) => s.trimStart()],
};

// ---- Array ----------------------------------------------------------------------------------------------------------

const step = (xs, f) => (x, i) => callback(f, [x, BigInt(i), xs]);
const test = (xs, f) => (x, i) => bool(callback(f, [x, BigInt(i), xs]));
const asFunction = (f) => (kind(f) === "Function" ? f : fail("NotCallable"));

const start = (from, length, missing) => {
  if (from === undefined) return missing;
  const n = clamp(int(from));
  return n < 0 ? Math.max(0, length + n) : n;
};

function fold(xs, f, initial, isGiven, indices) {
  const order = [...indices];
  if (!isGiven && order.length === 0) fail("InvalidArgument");
  let value = isGiven ? initial : xs[order.shift()];
  for (const i of order) value = callback(f, [value, xs[i], BigInt(i), xs]);
  return value;
}

const flatten = (xs, depth) =>
  xs.flatMap((x) => (depth > 0 && Array.isArray(x) ? flatten(x, depth - 1) : [x]));

// A bottom-up merge sort that begins with runs of one element. It takes the left element unless that is greater.
function sorted(xs, isGreater) {
  let from = [...xs];
  for (let width = 1; width < from.length; width *= 2) {
    const to = [];
    for (let low = 0; low < from.length; low += 2 * width) {
      const middle = Math.min(low + width, from.length);
      const high = Math.min(low + 2 * width, from.length);
      let [i, j] = [low, middle];
      while (i < middle && j < high) to.push(isGreater(from[i], from[j]) ? from[j++] : from[i++]);
      to.push(...from.slice(i, middle), ...from.slice(j, high));
    }
    from = to;
  }
  return array(from);
}

const arrayMethods = {
  at: [1, 1, (xs, i) => {
    const n = int(i);
    return xs[inRange(n < 0n && -n <= BigInt(xs.length) ? n + BigInt(xs.length) : n, xs.length)];
  }],
  concat: [0, Infinity, (xs, ...others) => array(xs.concat(...others))],
  every: [1, 1, (xs, f) => xs.every(test(xs, asFunction(f)))],
  filter: [1, 1, (xs, f) => array(xs.filter(test(xs, asFunction(f))))],
  findIndex: [1, 1, (xs, f) => BigInt(xs.findIndex(test(xs, asFunction(f))))],
  findLastIndex: [1, 1, (xs, f) => BigInt(xs.findLastIndex(test(xs, asFunction(f))))],
  flat: [0, 1, (xs, depth) => array(flatten(xs, depth === undefined ? 1 : clamp(int(depth))))],
  flatMap: [1, 1, (xs, f) => array(xs.flatMap(step(xs, asFunction(f))))],
  forEach: [1, 1, (xs, f) => xs.forEach(step(xs, asFunction(f)))],
  includes: [1, 2, (xs, v, from) => xs.slice(start(from, xs.length, 0)).some((x) => equal(x, v))],
  indexOf: [1, 2, (xs, v, from) => {
    const first = start(from, xs.length, 0);
    return BigInt(xs.findIndex((x, i) => i >= first && equal(x, v)));
  }],
  join: [0, 1, (xs, by) => {
    const separator = by === undefined ? "," : string(by);
    return xs.map(text).join(separator);
  }],
  lastIndexOf: [1, 2, (xs, v, ...rest) => {
    // A position that is given but undefined is 0.
    const n = rest.length === 0 ? xs.length - 1 : (position(rest[0]) ?? 0);
    const last = n < 0 ? xs.length + n : n;
    return BigInt(xs.findLastIndex((x, i) => i <= last && equal(x, v)));
  }],
  map: [1, 1, (xs, f) => array(xs.map(step(xs, asFunction(f))))],
  reduce: [1, 2, (xs, f, ...initial) => fold(xs, asFunction(f), initial[0], initial.length > 0, xs.keys())],
  reduceRight: [1, 2, (xs, f, ...initial) =>
    fold(xs, asFunction(f), initial[0], initial.length > 0, [...xs.keys()].reverse())],
  slice: [0, 2, (xs, a, b) => array(xs.slice(position(a), position(b)))],
  some: [1, 1, (xs, f) => xs.some(test(xs, asFunction(f)))],
  toReversed: [0, 0, (xs) => array(xs.toReversed())],
  toSorted: [0, 1, (xs, f) => {
    if (f === undefined) return sorted(xs.map(string), (a, b) => a > b);
    asFunction(f);
    if (xs.includes(undefined)) mismatch();
    return sorted(xs, (a, b) => int(callback(f, [a, b])) > 0n);
  }],
  toSpliced: [1, Infinity, (xs, ...args) => {
    const [from, count, ...items] = args;
    const at = clamp(int(from));
    return array(args.length === 1 ? xs.toSpliced(at) : xs.toSpliced(at, position(count), ...items));
  }],
  with: [2, 2, (xs, i, v) => {
    const n = int(i);
    return array(xs.with(inRange(n < 0n && -n <= BigInt(xs.length) ? n + BigInt(xs.length) : n, xs.length), v));
  }],
};

// ---- JSON.parse -----------------------------------------------------------------------------------------------------

class JsonError extends Error {
  constructor(code, offset) {
    super(code);
    this.fields = entriesToRecord([["code", code], ["offset", BigInt(offset)]]);
  }
}

// For most errors, this oracle knows neither the code nor the offset.
const jsonFault = () => new JsonError("?", -1);

// The Int or Decimal for a JSON number.
function numberOf(text) {
  const [, whole, fraction = "", exponent = "0"] = /^(-?[0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (/^-?[0-9]+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)) return BigInt(text);
  const scale = fraction.length - Number(exponent);
  const digits = `${whole}${fraction}${"0".repeat(Math.max(0, -scale))}`;
  const d = decimals.exactly(BigInt(digits), Math.max(0, scale));
  if (d === null) throw jsonFault();
  return d;
}

// Node's parser rejects everything that is not JSON. Our own parser keeps all digits of integers and detects duplicate
// keys.
function parseJson(source) {
  try {
    JSON.parse(source);
  } catch (error) {
    throw /end of JSON input/.test(error.message)
      ? new JsonError("UnexpectedEnd", Buffer.byteLength(source, "utf8"))
      : jsonFault();
  }
  let at = 0;
  const space = () => {
    while (" \t\n\r".includes(source[at]) && at < source.length) at++;
  };
  const literal = (word, v) => {
    at += word.length;
    return v;
  };
  const quoted = () => {
    const from = at++;
    while (source[at] !== '"') at += source[at] === "\\" ? 2 : 1;
    at++;
    const s = JSON.parse(source.slice(from, at));
    if (!s.isWellFormed()) throw jsonFault();
    return s;
  };
  function value() {
    space();
    const c = source[at];
    let v;
    if (c === "{") {
      const entries = new Map();
      at++;
      space();
      while (source[at] !== "}") {
        if (source[at] === ",") at++;
        space();
        const key = quoted();
        space();
        at++;
        if (entries.has(key)) throw jsonFault();
        entries.set(key, value());
      }
      at++;
      v = entriesToRecord(entries);
    } else if (c === "[") {
      const items = [];
      at++;
      space();
      while (source[at] !== "]") {
        if (source[at] === ",") at++;
        items.push(value());
      }
      at++;
      v = array(items);
    } else if (c === '"') v = quoted();
    else if (c === "t") v = literal("true", true);
    else if (c === "f") v = literal("false", false);
    else if (c === "n") v = literal("null", null);
    else {
      const [number] = source.slice(at).match(/^-?[0-9.eE+-]+/);
      at += number.length;
      v = numberOf(number);
    }
    space();
    return v;
  }
  return value();
}

// ---- the library ----------------------------------------------------------------------------------------------------

const option = (o) => {
  if (kind(o) !== "Record") mismatch();
  const [name, ...rest] = Object.keys(o);
  return rest.length === 0 && (name === "Some" || name === "None") ? name : mismatch();
};
const result = (r) => {
  if (kind(r) !== "Record") mismatch();
  const [name, ...rest] = Object.keys(r);
  return rest.length === 0 && (name === "Ok" || name === "Err") ? name : mismatch();
};

// Calls `f` with the value of one variant and wraps the result. The other variant stays unchanged.
const mapVariant = (variant, name, wrap) => (v, f) => {
  const found = variant(v);
  asFunction(f);
  return found === name ? wrap(callback(f, [v[name]])) : v;
};

// The first best of several Ints or Decimals.
const extreme = (isBetter) => (...numbers) => {
  if (kind(numbers[0]) !== "Decimal") numbers.forEach(int);
  return numbers.reduce((best, n) => (isBetter(n, best) ? n : best));
};

const library = {
  String: builtin(1, 1, text),
  Some: builtin(1, 1, some),
  None: none,
  Ok: builtin(1, 1, (v) => one("Ok", v)),
  Err: builtin(1, 1, (e) => one("Err", e)),
};

library.String.fromCodePoint = builtin(0, Infinity, (...points) =>
  whole(String.fromCodePoint(
    ...points.map(int).map((p) => (p < 0n || p > 0x10ffffn ? fail("InvalidArgument") : Number(p))))));

library.Array = {
  from: builtin(1, 2, (source, f) => {
    if (kind(source) === "Record" && Object.keys(source).join() !== "length") mismatch();
    const length = kind(source) === "Record" ? int(source.length) : 0n;
    if (kind(source) === "Map") source = array(source.pairs.map(({ key, value }) => array([key, value])));
    if (kind(source) !== "Record") spread(source);
    if (f !== undefined) asFunction(f);
    const items = kind(source) === "Record" ? new Array(size(length)).fill(undefined) : [...source];
    return array(f === undefined ? items : items.map((x, i) => callback(f, [x, BigInt(i)])));
  }),
  of: builtin(0, Infinity, (...items) => array(items)),
  isArray: builtin(1, 1, (v) => Array.isArray(v)),
  find: builtin(2, 2, (xs, f) => {
    const i = need("Array")(xs).findIndex(test(xs, asFunction(f)));
    return i < 0 ? none : some(xs[i]);
  }),
};

library.Object = {
  keys: builtin(1, 1, (r) => array(canonicalKeys(asRecord(r)))),
  values: builtin(1, 1, (r) => array(canonicalKeys(asRecord(r)).map((k) => r[k]))),
  entries: builtin(1, 1, (r) => array(canonicalKeys(asRecord(r)).map((k) => array([k, r[k]])))),
  fromEntries: builtin(1, 1, (entries) =>
    entriesToRecord(need("Array")(entries).map((entry) => {
      if (need("Array")(entry).length !== 2) fail("InvalidArgument");
      return [string(entry[0]), entry[1]];
    }))),
  hasOwn: builtin(2, 2, (r, k) => has(asRecord(r), string(k))),
  get: builtin(2, 2, (r, k) => (has(asRecord(r), string(k)) ? some(r[k]) : none)),
};

library.Int = {
  MAX: INT_MAX,
  MIN: INT_MIN,
  parse: builtin(1, 1, (s) => {
    if (!/^-?(0|[1-9][0-9]*)$/.test(string(s))) return none;
    const n = BigInt(s);
    return n < INT_MIN || n > INT_MAX ? none : some(n);
  }),
};

const zeroLike = (n) => (kind(n) === "Decimal" ? decimals.of(0n) : int(n) * 0n);

library.Math = {
  abs: builtin(1, 1, (n) => (order(n, zeroLike(n)) < 0 ? $$.neg(n) : n)),
  min: builtin(1, Infinity, extreme((n, best) => order(n, best) < 0)),
  max: builtin(1, Infinity, extreme((n, best) => order(n, best) > 0)),
  sign: builtin(1, 1, (n) => BigInt(order(n, zeroLike(n)))),
};

library.JSON = {
  parse: builtin(1, 1, (s) => {
    try {
      return one("Ok", parseJson(string(s)));
    } catch (error) {
      if (error instanceof JsonError) return one("Err", error.fields);
      throw error;
    }
  }),
  stringify: builtin(1, 1, (v) => print(v)),
  kind: builtin(1, 1, kind),
  isNull: builtin(1, 1, (v) => v === null),
};

library.Option = {
  map: builtin(2, 2, mapVariant(option, "Some", some)),
  unwrapOr: builtin(2, 2, (o, v) => (option(o) === "Some" ? o.Some : v)),
  isSome: builtin(1, 1, (o) => option(o) === "Some"),
};

library.Result = {
  map: builtin(2, 2, mapVariant(result, "Ok", (v) => one("Ok", v))),
  mapErr: builtin(2, 2, mapVariant(result, "Err", (v) => one("Err", v))),
  andThen: builtin(2, 2, mapVariant(result, "Ok", (v) => (result(v), v))),
  unwrapOr: builtin(2, 2, (r, v) => (result(r) === "Ok" ? r.Ok : v)),
  isOk: builtin(1, 1, (r) => result(r) === "Ok"),
};

// Decimal, Map, Hash and Text. `Decimal` and `String` are functions too.
Object.assign(library, exact({ builtin, array, one, some, none, need, entriesToRecord }));

// ---- names in rewritten code ----------------------------------------------------------------------------------------

const nonZero = (n) => (n === 0n ? fail("DivisionByZero") : n);

// An operator on two Ints or two Decimals. A null result means that the Decimal is too large.
const numeric = (ofInts, ofDecimals) => (a, b) => {
  if (kind(a) === "Int" && kind(b) === "Int") return checked(ofInts(a, b));
  if (kind(a) !== "Decimal" || kind(b) !== "Decimal") return mismatch();
  return ofDecimals(a, b) ?? fail("DecimalOverflow");
};

// -1, 0 or 1, for two Ints, two Strings or two Decimals.
function order(a, b) {
  const k = kind(a);
  if (k !== kind(b)) return mismatch();
  if (k === "Decimal") return decimals.compare(a, b);
  return k === "Int" || k === "String" ? (a < b ? -1 : a > b ? 1 : 0) : mismatch();
}

const addNumbers = numeric((a, b) => a + b, decimals.add);

const $$ = {
  library, fn, call, tail, get, method, arity, array, record, spread, asRecord, bool, field, element, text,
  equal: (a, b) => equal(a, b),
  unequal: (a, b) => !equal(a, b),
  literal: (n) => (n < INT_MIN || n > INT_MAX ? fail("LiteralOutOfRange") : n),
  neg: (a) => (kind(a) === "Decimal" ? decimals.neg(a) : checked(-int(a))),
  add: (a, b) => (kind(a) === "String" && kind(b) === "String" ? a + b : addNumbers(a, b)),
  sub: numeric((a, b) => a - b, decimals.sub),
  mul: numeric((a, b) => a * b, decimals.mul),
  div: numeric(
    (a, b) => a / nonZero(b),
    (a, b) => (b.significand === 0n ? fail("DivisionByZero") : decimals.div(a, b)),
  ),
  mod: numeric((a, b) => a % nonZero(b), mismatch),
  lt: (a, b) => order(a, b) < 0,
  le: (a, b) => order(a, b) <= 0,
  gt: (a, b) => order(a, b) > 0,
  ge: (a, b) => order(a, b) >= 0,
  key: string,
  fields: asRecord,
  asArray: need("Array"),
  parameterOr: (args, i, other) => (args[i] === undefined ? other() : args[i]),
  fieldOr: (r, key, other) => (has(r, key) && r[key] !== undefined ? r[key] : other()),
  elementOr: (xs, i, other) => (i < xs.length && xs[i] !== undefined ? xs[i] : other()),
  omit: (r, keys) => entriesToRecord(Object.entries(r).filter(([k]) => !keys.includes(k))),
  thrown: (v) => new GuestError("Thrown", { value: v }),
};

const functions = new Set(Object.keys(library).filter((name) => typeof library[name] === "function" || name === "None"));
const namespaces = new Map(
  Object.entries(library)
    .filter(([name]) => name !== "None")
    .map(([name, members]) => [name, new Set(Object.keys(members))])
    .filter(([, members]) => members.size > 0),
);

module.exports = { $$, GuestError, functions, namespaces, print, sortedKeys, entriesToRecord, parseJson, call };
