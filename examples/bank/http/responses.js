// Responses of API Gateway's HTTP API v2. Bodies are canonical JSON: equal values give equal bytes.

const withHeaders = (event, statusCode, headers, body) => ({
  statusCode,
  headers: {
    ...headers,
    "x-content-type-options": "nosniff",
    "x-request-id": event.requestContext.requestId,
  },
  isBase64Encoded: false,
  body,
});

export const ok = (event, value) =>
  withHeaders(event, 200, { "cache-control": "no-store", "content-type": "application/json" }, JSON.stringify(value));

export const plainText = (event, body) =>
  withHeaders(event, 200, { "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" }, body);

export const csv = (event, fileName, body) =>
  withHeaders(
    event,
    200,
    {
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${fileName}"`,
      "content-type": "text/csv; charset=utf-8; header=present",
    },
    body,
  );

// What does not change from request to request: a client that still has it, as its `if-none-match` says, gets 304
// alone.
export const reference = (event, value) => {
  const body = JSON.stringify(value);
  const etag = `"${Text.sha256(body).slice(0, 32)}"`;
  const headers = { "cache-control": "max-age=3600", etag };
  const known = Option.unwrapOr(Object.get(event.headers, "if-none-match"), "");
  return known.split(",").some((tag) => tag.trim() === etag)
    ? withHeaders(event, 304, headers, "")
    : withHeaders(event, 200, { ...headers, "content-type": "application/json" }, body);
};

// An error as RFC 9457 describes it. `problems` are those of the validation, `{field, code, message}` each.
const failure = (event, status, title, problems, headers) =>
  withHeaders(
    event,
    status,
    { ...headers, "cache-control": "no-store", "content-type": "application/problem+json" },
    JSON.stringify({ type: "about:blank", status, title, problems }),
  );

export const badRequest = (event, problems) => failure(event, 400, "The request can't be read", problems, {});

export const notFound = (event) => failure(event, 404, "There is nothing at this path", [], {});

export const methodNotAllowed = (event, methods) =>
  failure(event, 405, "This path has other methods", [], { allow: methods.join(", ") });

export const unsupportedMediaType = (event) =>
  failure(event, 415, "The body must be application/json", [], { accept: "application/json" });

export const unprocessable = (event, problems) => failure(event, 422, "The request is not valid", problems, {});
