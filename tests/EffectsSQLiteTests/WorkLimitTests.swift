import EffectsSQLite
import Host
import SQLite
import TestSupport
import Testing

/// No statement exceeds its limits of work and memory, whatever SQLite does in one step.
@Suite struct WorkLimitTests {
  private static let long = String(repeating: "a", count: 100_000)
  private static let half = String(repeating: "a", count: 50_000)
  private static let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)"
  private static let endless = "WITH RECURSIVE n(i, s) AS (SELECT 1, ? UNION ALL SELECT i + 1, s FROM n)"

  /// Functions that compare every pair of bytes, or make long strings from short ones.
  @Test(arguments: [
    ("SELECT ? LIKE ? AS x", ["%\(half)b%"]), ("SELECT sum(? LIKE ?) AS x FROM n", ["%a%a%a%a%b"]),
    ("SELECT sum(? GLOB ?) AS x FROM n", ["*a*a*a*b"]), ("SELECT sum(instr(?, ?)) AS x FROM n", ["\(half)b"]),
    ("SELECT sum(length(replace(?, ?, 'c'))) AS x FROM n", ["\(half)b"]),
    ("SELECT length(trim(?, ?)) AS x FROM n", ["\(half)b"]),
    ("SELECT sum(length(upper(?) || ?)) AS x FROM n", ["b"]), ("SELECT sum(length(hex(? || ?))) AS x FROM n", ["b"]),
    ("SELECT sum(length(json_array(?, ?))) AS x FROM n", ["b"]),
    ("SELECT count(*) AS x FROM n WHERE ? COLLATE NOCASE = ? || i", [half]),
    ("SELECT count(*) AS x FROM n WHERE ? + i > ?", ["1"]),
  ])
  func functionsPayForTheirWork(sql: String, second: [String]) throws {
    let values = CBORValue.array([.string(Self.long)] + second.map { .string($0) })
    #expect(try Shop().queryCode("\(Self.many) \(sql)", values) == "LimitExceeded")
  }

  /// Strings of the requested width are never made.
  @Test(arguments: [
    "hex(printf('%.*c', 400000000, 'x'))", "hex(printf('%.*c', 900000000, 'x'))", "printf('%400000000d', 1)",
    "format('%.400000000f', 1.5)", "printf('%.4294967300c%.*c', 'x', 4694967296, 'y')",
    "printf('%*d%*d%*d', 3000000, 1, 3000000, 2, 3000000, 3)", "printf('%-*s', -2147483648, 'x')",
    "printf('%!,+020.300000000lld', 7)", "quote(printf('%.4000000c', ''''))",
  ])
  func textsAboveTheLimitAreNotMade(expression: String) throws {
    #expect(try Shop().queryCode("SELECT \(expression) AS x") == "LimitExceeded")
  }

  @Test func textsUpToTheLimitAreMade() throws {
    let shop = try Shop()
    #expect(try shop.query("SELECT length(printf('%.*c', 4000000, 'x')) AS n") == .success([["n": 4_000_000]]))
    #expect(try shop.query("SELECT length(? || ?) AS n", [.string(Self.long), "b"]) == .success([["n": 100_001]]))
    #expect(try shop.code("INSERT INTO items VALUES (3, ?)", [.string(Self.long)]) == nil)
    #expect(try shop.query("SELECT name FROM items WHERE id = 3") == .success([["name": .string(Self.long)]]))
  }

  /// The longer the values, the fewer steps are allowed.
  @Test(arguments: [1, 1000, 30_000, 1_000_000])
  func stepsOnLongValuesCostMore(count: Int) throws {
    let text = CBORValue.string(String(repeating: "1", count: count))
    #expect(
      try Shop().queryCode("\(Self.endless) SELECT count(*) AS c FROM n WHERE s || i > s", [text]) == "LimitExceeded")
  }

  /// All calls of a request together also have a limit. Otherwise many calls just below their own limit could occupy a
  /// processor for a long time.
  @Test func aRequestsWorkIsBounded() throws {
    let shop = try Shop()
    let limits = DatabaseLimits(rows: 10, bytes: 1 << 20, steps: 50_000, requestSteps: 120_000)
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n"
    for _ in 0..<2 { #expect(try shop.query(endless, limits: limits).error?.code == "LimitExceeded") }
    #expect(try shop.query("SELECT count(*) AS c FROM items", limits: limits) == .success([["c": 2]]))
    #expect(try shop.query(endless, limits: limits).error?.code == "LimitExceeded")
    // From now on every call fails, even one that needs hardly any work. The message gives the reason.
    let last = try shop.query("SELECT count(*) AS c FROM items", limits: limits).error
    #expect(last?.code == "LimitExceeded" && last?.message.contains("120000 units") == true)
    #expect(try shop.execute("INSERT INTO items VALUES (9, 'x')", limits: limits).error?.code == "LimitExceeded")
    // Another request begins with a full budget.
    #expect(try Shop().query("SELECT count(*) AS c FROM items", limits: limits) == .success([["c": 2]]))
  }

  /// Compiling and sorting use memory. Each call has its own limit.
  @Test func memoryOfACallIsLimited() throws {
    let shop = try Shop()
    var tables = "a0(x) AS (SELECT 1)"
    for level in 1...22 { tables += ", a\(level)(x) AS (SELECT p.x FROM a\(level - 1) p, a\(level - 1) q)" }
    #expect(try shop.queryCode("WITH \(tables) SELECT count(*) AS n FROM a22") == "LimitExceeded")
    let limits = DatabaseLimits(rows: 10, bytes: 1 << 20, steps: 100_000_000, memory: 4 << 20)
    let sorted = "\(Self.many) SELECT max(i) AS m FROM (SELECT i, printf('%.100c', 'x') AS s FROM n ORDER BY s || i)"
    let largest = "\(Self.many) SELECT i FROM n ORDER BY printf('%.100c', 'x') || i DESC LIMIT 1 OFFSET 99998"
    #expect(try shop.query(largest, limits: limits).error?.code == "LimitExceeded")
    #expect(try shop.query(sorted).error == nil)
    // The request continues, and its earlier writes are still there.
    #expect(try shop.code("INSERT INTO items VALUES (3, 'three')") == nil)
    #expect(try shop.query(largest, limits: limits).error?.code == "LimitExceeded")
    #expect(try shop.query("SELECT count(*) AS n FROM items") == .success([["n": 3]]))
  }

  /// One row has the same value in a thousand columns.
  @Test func wideRowsExceedTheLimit() throws {
    let columns = (0..<1000).map { "?1 AS c\($0)" }.joined(separator: ", ")
    let text = CBORValue.string(String(repeating: "x", count: 1 << 20))
    #expect(try Shop().queryCode("SELECT \(columns)", [text]) == "LimitExceeded")
  }

  /// One step can read a whole table, so the pages are counted.
  @Test func pagesOfATableAreCounted() throws {
    let shop = try Shop(
      """
      CREATE TABLE wide (x);
      INSERT INTO wide WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000)
        SELECT printf('%.3000c', 'x') FROM n;
      CREATE TABLE counts (n);
      CREATE TABLE watched (x);
      CREATE TRIGGER watch AFTER INSERT ON watched BEGIN INSERT INTO counts SELECT count(*) FROM wide; END;
      """)
    let limits = DatabaseLimits(rows: 10, bytes: 1 << 20, steps: 200_000)
    func rows(_ count: Int) -> String {
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT \(count)) SELECT i FROM n"
    }
    #expect(try shop.execute("INSERT INTO watched \(rows(10))", limits: limits).error == nil)
    #expect(try shop.execute("INSERT INTO watched \(rows(1000))", limits: limits).error?.code == "LimitExceeded")
  }

  /// SQLite would plan each of these joins for a second or more, and the limit allows a millisecond.
  @Test func planningAJoinIsWork() throws {
    let shop = try Shop(
      "CREATE TABLE t (a, b, c, d, e); CREATE INDEX i ON t (a, b, c); CREATE INDEX j ON t (b, c, a);"
        + "CREATE INDEX k ON t (c, a); CREATE INDEX l ON t (d); INSERT INTO t VALUES (1, 1, 1, 1, 1)")
    let limits = DatabaseLimits(rows: 10, bytes: 1 << 20, steps: 50_000)
    let names = (0..<32).map { "t t\($0)" }
    let natural = "SELECT 1 AS x FROM \(names.joined(separator: " NATURAL JOIN "))"
    #expect(try shop.query(natural, limits: limits).error?.code == "LimitExceeded")
    let arms = Array(
      repeating: "SELECT 1 AS x FROM \(names[..<16].joined(separator: " NATURAL JOIN "))", count: 50)
    let union = arms.joined(separator: " UNION ALL ")
    #expect(try shop.query(union, limits: limits).error?.code == "LimitExceeded")
    // The request continues, and its writes are still there. Ordinary joins are planned.
    #expect(try shop.code("INSERT INTO items VALUES (3, 'three')") == nil)
    #expect(try shop.query(natural, limits: limits).error?.code == "LimitExceeded")
    let chain = (1..<32).map { "t\($0).a = t\($0 - 1).b" }.joined(separator: " AND ")
    #expect(
      try shop.query("SELECT count(*) AS n FROM \(names.joined(separator: ", ")) WHERE \(chain)")
        == .success([["n": 1]]))
    #expect(try shop.query("SELECT count(*) AS n FROM items") == .success([["n": 3]]))
  }

  /// Statements that would make SQLite recurse deeply or compile too much code.
  @Test(arguments: [
    "SELECT \(Array(repeating: "1", count: 300).joined(separator: "+")) AS x",
    "SELECT \(String(repeating: "(", count: 500))1\(String(repeating: ")", count: 500)) AS x",
    Array(repeating: "SELECT 1 AS x", count: 200).joined(separator: " UNION "),
    "SELECT 'a' LIKE '\(String(repeating: "%a", count: 600))' AS x", "SELECT ?40000 AS x",
    "SELECT '\(String(repeating: "x", count: 300_000))' AS x",
  ])
  func statementsThatGrowTooLargeAreRefused(sql: String) throws {
    #expect(["InvalidStatement", "LimitExceeded"].contains(try Shop().queryCode(sql)))
  }

  /// Functions that are charged for their work return the same values as SQLite's own in Python.
  @Test func functionsGiveTheSameAsInPython() throws {
    let expressions = [
      "length('añ')", "length(x'00ff')", "length(12)", "length(NULL)", "upper('aß')", "lower('ÄB')",
      "substr('abcdef', -3, 2)", "substring('abc', 2)", "hex('añ')", "hex(12)", "quote('it''s')", "quote(1.5)",
      "quote(NULL)", "quote(x'0a')", "trim('  a ')", "ltrim('xxa', 'x')", "rtrim('axyx', 'xy')",
      "instr('abcabc', 'ca')",
      "instr('a', '')", "replace('aXbX', 'X', 'yy')", "replace('a', '', 'b')", "'abc' LIKE 'A%'",
      "'a_c' LIKE 'a\\_%' ESCAPE '\\'",
      "'abc' GLOB 'a[a-c]?'", "printf('%05d|%-4s|%q|%%|%c', 42, 'ab', 'it''s', 'xyz')", "printf('%s', NULL)",
      "format('%,d %x %o', 1234567, 255, 8)", "printf('')", "printf('%*d|%-*d|%.*s', 5, 1, 4, 2, 2, 'abc')",
      "json('[1, 2]')", "json_array(json('[1]'), '[1]', NULL)", "json_object('a', json_array(1, 2), 'b', 'x')",
      "json_extract('{\"a\":[1,2]}', '$.a', '$.a[1]')", "'{\"a\":{\"b\":1}}' -> '$.a'", "'{\"a\":\"x\"}' ->> 'a'",
      "json_set('{\"a\":1}', '$.b', json('{}'), '$.c', '{}')", "json_patch('{\"a\":1}', '{\"a\":null,\"b\":2}')",
      "json_type('[1]', '$[0]')", "json_valid('{')", "json_quote('a')", "json_remove('[1,2,3]', '$[1]')",
      "json_array_length('[1,2]')", "json_insert('[1]', '$[#]', json_quote(json('[]')))", "'a' = 'A' COLLATE NOCASE",
      "'a' < 'B' COLLATE NOCASE", "'a  ' = 'a' COLLATE RTRIM", "max('a' COLLATE NOCASE, 'B')",
    ]
    let shop = try Shop()
    let script = """
      import json, sqlite3, sys
      db = sqlite3.connect(':memory:')
      print(json.dumps([db.execute('SELECT ' + e).fetchone()[0] for e in json.load(sys.stdin)]))
      """
    let list = expressions.map { PlainText.quoted($0) }.joined(separator: ",")
    let expected = try shop.folder.run("python3", ["-c", script], input: "[\(list)]").successfulOutput
    var values: [String] = []
    for expression in expressions {
      let rows = try #require(try shop.query("SELECT \(expression) AS x").get().elements, "\(expression)")
      values.append(PlainText.json(try #require(rows.first?["x"])))
    }
    #expect("[\(values.joined(separator: ", "))]\n" == expected)
  }
}

/// JSON as Python writes it.
private enum PlainText {
  static func json(_ value: CBORValue) -> String {
    if let text = value.text { return quoted(text) }
    return value.number.map { String($0) } ?? "null"
  }

  static func quoted(_ text: String) -> String {
    "\""
      + text.utf16.map { unit in
        switch unit {
        case 0x22: "\\\""
        case 0x5c: "\\\\"
        case 0x20..<0x7f: String(UnicodeScalar(UInt8(unit)))
        default: "\\u" + String(repeating: "0", count: 4 - String(unit, radix: 16).count) + String(unit, radix: 16)
        }
      }.joined() + "\""
  }
}
