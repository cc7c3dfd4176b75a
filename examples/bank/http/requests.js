// What routes need of an API Gateway HTTP API v2 event: its body as a checked value, its query.

import { fieldOr, isErr } from "../core/options.js";
import { problem } from "../validation/checks.js";
import { badRequest, unprocessable, unsupportedMediaType } from "./responses.js";

// The response that `answer` gives for the body, if `check` takes it; otherwise one that says what is wrong.
export const withBody = (event, check, answer) => {
  if (!isJson(event.headers)) return unsupportedMediaType(event);
  const parsed = Result.andThen(bodyText(event), parseJson);
  if (isErr(parsed)) return badRequest(event, [parsed.Err]);
  const checked = check(parsed.Ok, "");
  return isErr(checked) ? unprocessable(event, checked.Err) : answer(checked.Ok);
};

// API Gateway gives the names of headers in lower case. A content type may go on after a semicolon: `; charset=utf-8`.
const isJson = (headers) => {
  const [mediaType] = fieldOr(headers, "content-type", "").split(";", 1);
  return mediaType.trim().toLowerCase() === "application/json";
};

// API Gateway leaves `body` out if the request has none, and encodes one that it does not take for text.
const bodyText = (event) => {
  const body = fieldOr(event, "body", "");
  return event.isBase64Encoded
    ? Result.mapErr(Text.base64Decode(body), ({ code, offset }) => problem("", "MalformedBase64", at(code, offset)))
    : Ok(body);
};

const parseJson = (text) =>
  Result.mapErr(JSON.parse(text), ({ code, offset }) => problem("", "MalformedJson", at(code, offset)));

const at = (code, offset) => `${code} at byte ${offset}`;

// The parameters behind the `?`, as a record of texts; API Gateway leaves it out if there are none.
export const queryOf = (event) => fieldOr(event, "queryStringParameters", {});

// One of the texts that a parameter of the query may be, the first of them if it is not given.
export const queryChoice = (event, name, choices) => {
  const value = fieldOr(queryOf(event), name, choices[0]);
  return choices.includes(value)
    ? Ok(value)
    : Err([problem(`?${name}`, "UnknownValue", `must be one of ${choices.join(", ")}`)]);
};
