// Pages of a list that is ordered by a key. A page says where the next one begins by a cursor, which clients hand back
// as it is; it names the last element, so pages stay right when the list grows in between.

import { fieldOr, isErr } from "../core/options.js";
import { problem } from "../validation/checks.js";
import { queryOf } from "./requests.js";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

// The page that `?limit=` and `?after=` ask for: `{Ok: {items, total, next}}`, where `next` is an Option that is
// written as a missing field if there is no further page; or the problems of the two parameters.
export const page = (event, items, keyOf) => {
  const query = queryOf(event);
  const limit = parseLimit(fieldOr(query, "limit", String(DEFAULT_LIMIT)));
  const after = parseCursor(fieldOr(query, "after", ""));
  const problems = [limit, after].filter(isErr).map(({ Err: found }) => found);
  return problems.length > 0 ? Err(problems) : Ok(cut(items, keyOf, limit.Ok, after.Ok));
};

const parseLimit = (text) => {
  const limit = Option.unwrapOr(Int.parse(text), 0);
  return limit >= 1 && limit <= MAX_LIMIT
    ? Ok(limit)
    : Err(problem("?limit", "OutOfRange", `must be a whole number from 1 to ${MAX_LIMIT}`));
};

// A cursor is the last key, as a JSON text in Base64.
const cursorOf = (key) => Text.base64UrlEncode(JSON.stringify({ after: key }));

const parseCursor = (text) => {
  if (text === "") return Ok("");
  const content = Result.andThen(Text.base64UrlDecode(text), JSON.parse);
  return Result.isOk(content) && isCursor(content.Ok)
    ? Ok(content.Ok.after)
    : Err(problem("?after", "NotACursor", "must be what a page gave as next"));
};

const isCursor = (content) => JSON.kind(content) === "Record" && JSON.kind(fieldOr(content, "after", 0)) === "String";

const cut = (items, keyOf, limit, after) => {
  const remaining = items.filter((item) => keyOf(item) > after);
  const shown = remaining.slice(0, limit);
  const next = remaining.length > limit ? { next: cursorOf(keyOf(shown.at(-1))) } : {};
  return { items: shown, total: items.length, ...next };
};
