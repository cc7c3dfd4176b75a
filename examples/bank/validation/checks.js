// Validation that parses: finds everything that is wrong with a value, not just the first mistake, and gives the value
// in the form that the rest of the program works with: dates as days, amounts as integers of the minor unit.
//
// A check is a function `(value, path) => result`: it takes a value of the request and the place where that stands, a
// JSON Pointer (RFC 6901), and gives `{Ok: parsed}` or `{Err: problems}`. A problem is `{field, code, message}`. Checks
// are made of smaller checks, so the rule for a request reads like its description.

import { isErr } from "../core/options.js";

export const problem = (field, code, message) => ({ field, code, message });

const reject = (field, code, message) => Err([problem(field, code, message)]);

// The value as it is, if it is of this kind.
const kind = (name, description) => (value, path) =>
  JSON.kind(value) === name
    ? Ok(value)
    : reject(path, "WrongKind", `must be ${description}, is ${JSON.kind(value)}`);

const anyText = kind("String", "a text");
const anyInteger = kind("Int", "an integer");

export const bool = kind("Bool", "true or false");

// The second check on what the first one gives, if that finds nothing.
export const then = (first, second) => (value, path) =>
  Result.andThen(first(value, path), (parsed) => second(parsed, path));

// What a check gives, changed.
export const mapped = (check, change) => (value, path) => Result.map(check(value, path), change);

// A text without space at its ends, of so many UTF-16 code units.
export const text = (min, max) =>
  then(anyText, (value, path) => {
    if (value.trim() !== value) return reject(path, "NotTrimmed", "must not begin or end with a space");
    return value.length >= min && value.length <= max
      ? Ok(value)
      : reject(path, "BadLength", `must have ${min} to ${max} characters, not ${value.length}`);
  });

export const integer = (min, max) =>
  then(anyInteger, (value, path) =>
    value >= min && value <= max ? Ok(value) : reject(path, "OutOfRange", `must lie in ${min} … ${max}, is ${value}`),
  );

export const oneOf = (choices) =>
  then(anyText, (value, path) =>
    choices.includes(value) ? Ok(value) : reject(path, "UnknownValue", `must be one of ${choices.join(", ")}`),
  );

// A text that `parse` takes, a function with a Result whose Err is `{code, message}`.
export const parsedText = (parse) =>
  then(anyText, (value, path) => Result.mapErr(parse(value), ({ code, message }) => [problem(path, code, message)]));

// An array of what `check` takes. The problems of all elements come together.
export const arrayOf = (min, max, check) => (value, path) => {
  if (!Array.isArray(value)) return reject(path, "WrongKind", `must be an array, is ${JSON.kind(value)}`);
  if (value.length < min || value.length > max) {
    return reject(path, "BadLength", `must have ${min} to ${max} elements, not ${value.length}`);
  }
  const results = value.map((element, index) => check(element, `${path}/${index}`));
  return allProblems(results, (parsed) => parsed);
};

// Ok of `build(values)` if all results are Ok, otherwise all their problems.
const allProblems = (results, build) => {
  const problems = results.filter(isErr).flatMap(({ Err: found }) => found);
  return problems.length === 0 ? Ok(build(results.map(({ Ok: parsed }) => parsed))) : Err(problems);
};

// The fields of a record: `required("name", check)`, or `optional("name", check, value)` with what it is if it is
// missing.
export const required = (name, check) => ({ name, check, fallback: None });

export const optional = (name, check, value) => ({ name, check, fallback: Some(value) });

// A record with these fields and no others.
export const record = (fields) => (value, path) => {
  if (JSON.kind(value) !== "Record") return reject(path, "WrongKind", `must be an object, is ${JSON.kind(value)}`);
  const names = fields.map(({ name }) => name);
  const unknown = Object.keys(value)
    .filter((name) => !names.includes(name))
    .toSorted();
  const results = [
    ...fields.map((field) => checkField(field, value, path)),
    ...unknown.map((name) => reject(pointer(path, name), "UnknownField", "is not a field of this object")),
  ];
  return allProblems(results, (values) => Object.fromEntries(names.map((name, index) => [name, values[index]])));
};

const checkField = ({ name, check, fallback }, value, path) => {
  if (Object.hasOwn(value, name)) return check(value[name], pointer(path, name));
  return Option.isSome(fallback) ? Ok(fallback.Some) : reject(pointer(path, name), "Missing", "must be given");
};

// `~` and `/` are written `~0` and `~1` in a JSON Pointer.
const pointer = (path, name) => `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

// A record whose other fields depend on one of them: `checkFor(parsed field)` is the check of the whole record.
export const dependingOn = (name, check, checkFor) => (value, path) => {
  if (JSON.kind(value) !== "Record") return reject(path, "WrongKind", `must be an object, is ${JSON.kind(value)}`);
  return Result.andThen(checkField(required(name, check), value, path), (parsed) => checkFor(parsed)(value, path));
};

// A rule that concerns a parsed value as a whole: `findProblems(parsed, path)` is an array of problems.
export const satisfying = (check, findProblems) =>
  then(check, (parsed, path) => {
    const problems = findProblems(parsed, path);
    return problems.length === 0 ? Ok(parsed) : Err(problems);
  });
