// == one effect
export default function () { return Clock.now(); }

// == a log for each step
export default function (request) {
  Log.info("begin");
  const sum = [1, 2, 3].map((n) => { Log.debug(`n = ${n}`, {n}); return n * 2; }).reduce((a, b) => a + b, 0);
  Log.warn("end", {sum});
  return sum;
}

// == a query and what depends on it
export default function (request) {
  const rows = DbRead.query("select id, name from account where id = ?", [7]);
  return Result.map(rows, (found) => found.map(({id, name}) => `${id}: ${name}`));
}

// == read, then write
export default function (request) {
  const rows = Result.unwrapOr(DbRead.query("select balance from account", []), []);
  const change = DbWrite.execute("update account set balance = balance - ?", [rows.length, 100]);
  return {rows: rows.length, change};
}

// == all requests over HTTP
export default function (request) {
  const url = "https://rates.example/eur";
  return [
    HttpOut.get(url), HttpOut.post(url, "{}"), HttpOut.put(url, "{}", {accept: "text/plain"}), HttpOut.delete(url),
    HttpOut.request({method: "PATCH", url}),
  ].map(Result.isOk);
}

// == chance from the seed
export default function (request) { return [Random.int(1, 6), Random.bytes(8), Uuid.v4()]; }

// == effects in tail position
const notify = (n) => n === 0 ? Log.error("done") : notify(n - 1);
export default function (request) { return notify(3); }

// == an effect behind an error
export default function (request) {
  const parts = [1, 0].map((n) => 10 / n);
  return DbWrite.execute("insert into parts values (?)", parts);
}

// == an error behind an effect
export default function (request) {
  Log.info("before");
  return request.missing;
}

// == an argument that has no CBOR
export default function (request) {
  Log.info("first", {ok: true});
  return Log.info("second", {f: (x) => x});
}

// == an argument of the wrong kind
export default function (request) { return [Clock.now(), Log.info(5)]; }

// == effects before the request
const started = Clock.now();
export default function (request) { return started; }

// == a result that is needed twice
export default function (request) {
  const page = HttpOut.get("https://rates.example/usd");
  return [page, JSON.stringify(page), Hash.fnv1a(page)];
}
