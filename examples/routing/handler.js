// Functions as values: a routing table from methods and path patterns to handlers.
//
// A pattern's segment that begins with ":" stands for any one segment, and the handler gets it as a parameter.
//
//   request   an API Gateway HTTP API v2 event; only `rawPath` and `requestContext.http.method` are read
//   response  what the route's handler gives; 404 if no pattern fits the path; 405 if none of those has the method

const ok = (value) => ({ statusCode: 200, body: JSON.stringify(value) });
const problem = (statusCode, error) => ({ statusCode, body: JSON.stringify({ error }) });

// A function that makes functions: two of the routes below have their handlers from it.
const show = (kind) => ({ id }) => (id.length === 4 ? ok({ kind, id }) : problem(404, `no ${kind} ${id}`));

const ROUTES = [
  ["GET", "/", (_) => ok({ service: "ledger" })],
  ["GET", "/accounts/:id", show("account")],
  ["GET", "/cards/:id", show("card")],
  ["DELETE", "/cards/:id", ({ id }) => ok({ blocked: id })],
  ["GET", "/accounts/:id/statements/:year", ({ id, year }) =>
    Option.unwrapOr(
      Option.map(Int.parse(year), (n) => ok({ account: id, year: n })),
      problem(400, `${year} is not a year`),
    )],
];

const segments = (path) => path.split("/").filter((segment) => segment !== "");

// The parameters if the path fits the pattern: `{Some: {id: "4711"}}`, else None.
const match = (pattern, path) =>
  pattern.length === path.length
    ? pattern.reduce((found, part, i) => (Option.isSome(found) ? matchSegment(found.Some, part, path[i]) : None), Some({}))
    : None;

const matchSegment = (parameters, part, segment) =>
  part.startsWith(":") ? Some({ ...parameters, [part.slice(1)]: segment })
  : part === segment ? Some(parameters)
  : None;

export default function (event) {
  const path = segments(event.rawPath);
  const { method } = event.requestContext.http;
  const fitting = ROUTES.flatMap(([verb, pattern, handle]) => {
    const found = match(segments(pattern), path);
    return Option.isSome(found) ? [{ verb, run: () => handle(found.Some) }] : [];
  });
  if (fitting.length === 0) return problem(404, `nothing at ${event.rawPath}`);
  return Option.unwrapOr(
    Option.map(Array.find(fitting, ({ verb }) => verb === method), ({ run }) => run()),
    problem(405, `allowed: ${fitting.map(({ verb }) => verb).join(", ")}`),
  );
}
