// Every operation of the standard effects, called with arguments and with a spread. Tests and the fuzzer of images begin
// with it.
const spread = (...args) => args;
export default function (request) {
  const now = {effect: "Clock.now", args: []};
  return [
    Async.await(Hash.sha256(now), 1, now), Async.await(...spread(Hash.sha256(now), 2, now)),
    Clock.now(), Clock.now(...spread()),
    DbRead.query("SELECT 1", []), DbRead.query(...spread("SELECT 1", [])),
    DbWrite.execute("DELETE FROM t", []), DbWrite.execute(...spread("DELETE FROM t", [])),
    HttpOut.get("https://a.example/"), HttpOut.get(...spread("https://a.example/", {a: "b"})),
    HttpOut.post("https://a.example/", "x"), HttpOut.post(...spread("https://a.example/", "x")),
    HttpOut.put("https://a.example/", "x"), HttpOut.put(...spread("https://a.example/", "x")),
    HttpOut.delete("https://a.example/"), HttpOut.delete(...spread("https://a.example/")),
    HttpOut.request({method: "GET", url: "https://a.example/"}), HttpOut.request(...spread({method: "GET"})),
    Log.debug("a"), Log.debug(...spread("a", 1)),
    Log.info("a"), Log.info(...spread("a", [1])),
    Log.warn("a"), Log.warn(...spread("a", {b: 1})),
    Log.error("a"), Log.error(...spread("a", "b")),
    Random.bytes(4), Random.bytes(...spread(4)),
    Random.int(1, 6), Random.int(...spread(1, 6)),
    Uuid.v4(), Uuid.v4(...spread()),
  ];
}
