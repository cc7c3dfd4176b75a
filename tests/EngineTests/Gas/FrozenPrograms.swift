/// Programs whose images are kept for each frozen schedule (`FrozenScheduleTests`). Between them, they use every kind of
/// work that the schedule prices, and end in every way that depends on gas, heap or stack.
struct FrozenProgram {
  let name: String
  let source: String
  var request = "{}"
  var gasLimit = 1_000_000
  var heapBytes = 1 << 20

  static let all = [
    FrozenProgram(
      name: "constructs",
      source: """
        const wide = Object.fromEntries(Array.from({length: 40}, (x, i) => [`field${i}`, i]));
        const sum = (n, total) => n === 0 ? total : sum(n - 1, total + n);
        const count = (n) => n === 0 ? 0 : 1 + count(n - 1);
        const kind = (x) => { switch (x) { case 1: return "one"; case [2]: return "list"; default: return `${x}`; } };
        const shared = () => { const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1);
          return even(10); };
        const {field3, ["field" + "4"]: four, ...others} = wide;
        const [first, , third = 7, ...tail] = [1, 2, ...[3, 4, 5], ..."né"];
        const f = (a, b = a * 2, ...c) => [a, b, c, -a, !true];
        const key = "field39";
        [sum(100, 0), count(50), kind(1), kind("x"), shared(), field3, four, Object.keys(others).length, first, third, tail,
          f(1), f(...[1, 2, 3]), wide.field20, wide[key], {...wide, field0: 1, [key]: 2, new: 3}.new, "é€"[1],
          "a" + "b" < "b" && 7 / 2 === 3 || 7 % 3 > 1, {f: (x) => x + 1}.f(4), 2 * 3 - 1 >= 5 ? "yes" : "no"]
        """),
    FrozenProgram(
      name: "strings and numbers",
      source: """
        const s = "The quick brown fox — Straße ΑΣ. ".repeat(9);
        [s.length, s.at(-3), s.charAt(3), s.charCodeAt(4), s.codePointAt(20), "a".concat(s.slice(3, 9), "b"), s.endsWith(". "),
          s.includes("fox"), s.indexOf("fox", 50), s.lastIndexOf("The"), "x".padEnd(40, "ab"), "x".padStart(3),
          s.replace("fox", "dog").length, s.replaceAll("o", (m, i) => `${i % 7}`).length, s.replaceAll("e", "<$&>").length,
          s.split(" ").length, s.slice(0, 40).split("").length, s.startsWith("The"), s.substring(4, 9), s.toLowerCase().length,
          s.toUpperCase().length, "  t ".trim(), " a".trimStart(), "b ".trimEnd(), String(12), String.fromCodePoint(65, 8364),
          [...s.slice(0, 30)].length, Array.from(s).length, Int.parse("42"), Int.MAX, Math.abs(-3), Math.max(1, 5, 3),
          Math.min(4, 2), Math.sign(-9), Decimal("1.10") === Decimal("1.1"), Decimal.div(Decimal("1"), Decimal("3")),
          Decimal.mul(Decimal("1.5"), Decimal("2.25")), Decimal.toString(Decimal("1000.50")), Decimal.round(Decimal("2.345"), 2),
          Decimal.compare(Decimal("1"), Decimal("2")), Decimal.toInt(Decimal("12")), Text.sha256(s), Text.hmacSha256("k", s),
          Text.base64Encode(s).length, Text.base64Decode("aGk="), Text.urlEncode("a b€"), Text.urlDecode("a%20b")]
        """),
    FrozenProgram(
      name: "collections",
      source: """
        const xs = Array.from({length: 60}, (x, i) => i * 7919 % 61);
        const map = Map.of(xs.map((x) => [x, `v${x}`]));
        const nested = Map.of([[[1, {a: 2}], 1], ["k", {b: [3]}], [Decimal("1.0"), 2]]);
        const record = Object.fromEntries(xs.map((x) => [`key${x}`, [x]]));
        [xs.toSorted((a, b) => a - b).slice(0, 9), xs.map((x) => `${x}`).toSorted().join("-"), xs.filter((x) => x % 5 === 0),
          xs.concat(xs, 1, [2]).length, [1, [2, [3, [4]]]].flat(2), xs.flatMap((x) => [x, x]).length, xs.includes(17),
          [[1], [2]].indexOf([2]), xs.lastIndexOf(3), xs.reduce((a, x) => a + x, 0), xs.toReversed().at(0), xs.with(0, 9).at(0),
          xs.toSpliced(1, 2, "a").length, xs.some((x) => x === 60), xs.every((x) => x >= 0), xs.findIndex((x) => x === 2),
          Array.of(1, 2), Array.isArray(xs), Object.keys(record).length, Object.values(record).length,
          Object.entries(record).at(5), Object.hasOwn(record, "key5"), Object.get(record, "none"), Map.get(map, 5),
          Map.has(nested, [1, {a: 2}]), Map.size(Map.set(map, 99, 1)), Map.size(Map.delete(map, 5)), Map.keys(map).at(3),
          Map.values(map).at(3), Map.entries(nested).length, Array.from(map).length, record === {...record},
          map === Map.of(Map.entries(map)), Hash.cbor(nested), Hash.fnv1a(record), Hash.sha256(map),
          JSON.parse(JSON.stringify({record, list: xs})).Ok.list.length, JSON.parse("[1,"), JSON.kind(JSON.parse("null").Ok), Some(1),
          Option.map(Some(1), (x) => x + 1), Result.map(Ok(1), (x) => x), Result.unwrapOr(Err("e"), 0)]
        """),
    FrozenProgram(
      name: "handler with effects",
      source: """
        export default function ({items, name}) {
          const total = items.reduce((sum, {price, count}) => sum + price * count, 0);
          Log.info("request", {name, total});
          const now = Result.unwrapOr(Clock.now(), 0);
          const rows = DbRead.query("SELECT a FROM t WHERE b = ?", [name]);
          const later = Async.await("hash", 1, {effect: "Random.int", args: [1, 6]});
          return {statusCode: 200, now, rows, later, total, id: Uuid.v4(), bytes: Random.bytes(16)};
        }
        """,
      request: #"{"name":"Ada","items":[{"price":120,"count":2},{"price":5,"count":40}]}"#),
    FrozenProgram(name: "thrown", source: "const f = () => { throw {code: \"Refused\", at: [1, 2]}; }; f()"),
    FrozenProgram(name: "gas exhausted", source: "const f = (n) => f(n + 1); f(0)", gasLimit: 12_345),
    FrozenProgram(name: "gas exhausted in bulk", source: "\"ab\".repeat(100000).indexOf(\"b\")", gasLimit: 9_000),
    FrozenProgram(name: "memory exhausted", source: "const f = (l) => f([l, 1, \"x\"]); f(0)", heapBytes: 1 << 14),
    FrozenProgram(name: "stack exhausted", source: "const f = (n) => 1 + f(n + 1); f(0)"),
    FrozenProgram(
      name: "collections of garbage",
      source: "const f = (n, kept) => n === 0 ? kept : f(n - 1, [`${n}`, {n}].concat(kept.slice(0, 20))); f(2000, [])",
      heapBytes: 1 << 14),
  ]
}
