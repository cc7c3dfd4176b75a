// What the handler needs of HTTP: the body of an API Gateway HTTP API v2 event as a value, and a response to it.

// `{Ok: value}` or `{Err: {field, code, message}}`; the error concerns the whole body, so its field is "".
export const readJsonBody = (event) => {
  if (!isJson(event.headers)) {
    return Err({ field: "", code: "NotJson", message: "the content type must be application/json" });
  }
  if (event.isBase64Encoded) {
    return Err({ field: "", code: "NotText", message: "the body must be sent as text" });
  }
  // API Gateway leaves `body` out of the event if the request has none.
  const text = Option.unwrapOr(Object.get(event, "body"), "");
  return Result.mapErr(JSON.parse(text), ({ code, offset }) => ({
    field: "",
    code: "MalformedJson",
    message: `${code} at byte ${offset}`,
  }));
};

// API Gateway gives the names of headers in lower case. A content type may go on after a semicolon: `; charset=utf-8`.
const isJson = (headers) => {
  const contentType = Option.unwrapOr(Object.get(headers, "content-type"), "");
  const [mediaType] = contentType.split(";", 1);
  return mediaType.trim().toLowerCase() === "application/json";
};

// API Gateway takes the body as text; `JSON.stringify` is canonical, so equal values give equal bytes.
export const respond = (event, statusCode, value) => ({
  statusCode,
  headers: {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-request-id": event.requestContext.requestId,
  },
  isBase64Encoded: false,
  body: JSON.stringify(value),
});
