import EffectsSQLite
import Host
import SQLite
import TestSupport
import Testing

/// No statement can, in any way, use chance, time, the internals of SQLite, or the journal's tables.
@Suite struct ChanceTests {
  /// Every place where a schema can hold an expression.
  @Test(arguments: [
    "CREATE TABLE c (k, r DEFAULT (random()))", "CREATE TABLE c (k, t DEFAULT CURRENT_TIMESTAMP)",
    "CREATE TABLE c (k, t DEFAULT current_date)", "CREATE TABLE c (k, t DEFAULT (datetime('now')))",
    "CREATE TABLE c (k, t DEFAULT (1 + (abs(random()))))", "CREATE TABLE c (k, t DEFAULT (hex(randomblob(4))))",
    "ALTER TABLE empty ADD COLUMN r DEFAULT (random())", "ALTER TABLE empty ADD COLUMN t DEFAULT CURRENT_TIME",
    "CREATE TABLE c (k, g AS (random()))", "CREATE TABLE c (k, g AS (date(k)) STORED)",
    "CREATE TABLE c (k CHECK (random() > 0))",
    "CREATE INDEX i ON items (datetime(name))", "CREATE INDEX i ON items (name) WHERE random() > 0",
    "CREATE TABLE c AS SELECT random() AS r", "INSERT INTO items (name) VALUES (time())",
    "INSERT INTO items VALUES (1, 'x') ON CONFLICT DO UPDATE SET name = random()",
    "INSERT INTO items (name) VALUES ('x') RETURNING random()", "DELETE FROM items ORDER BY random() LIMIT 1",
    "UPDATE items SET name = (SELECT group_concat(random()) FROM items)",
    "INSERT INTO items (name) SELECT strftime('%s', 'now')", "INSERT INTO items (name) VALUES (sqlite_source_id())",
    "INSERT INTO items (name) VALUES (total_changes())",
  ])
  func statementsWithChanceOrTimeAreRefused(sql: String) throws {
    let shop = try Shop("CREATE TABLE empty (x);")
    #expect(["NotAllowed", "InvalidStatement"].contains(try shop.code(sql)))
    shop.scope.rollBack()
    #expect(try SQLiteConnection(shop.file.path, .reading).rows("SELECT count(*) FROM items") == [[.integer(2)]])
  }

  /// Constant defaults keep their meaning.
  @Test func constantDefaultsKeepTheirMeaning() throws {
    let shop = try Shop()
    #expect(
      try shop.code(
        "CREATE TABLE c (a DEFAULT word, b DEFAULT 'it''s', c DEFAULT -5, d DEFAULT (1 + 2), e, f DEFAULT NULL)")
        == nil)
    #expect(try shop.code("ALTER TABLE c ADD COLUMN g DEFAULT (hex('ab') || upper('x'))") == nil)
    #expect(try shop.code("INSERT INTO c (e) VALUES (7)") == nil)
    let row: CBORValue = [
      "a": "word", "b": "it's", "c": -5, "d": 3, "e": 7, "f": .null, "g": "6162X",
    ]
    #expect(try shop.query("SELECT * FROM c") == .success([row]))
  }

  /// Chance and time in the owner's schema are not evaluated either. The program can give the column a value.
  @Test func schemasOfTheOwnerBringInNoChance() throws {
    let shop = try Shop(
      """
      CREATE TABLE log (k, r DEFAULT (random()), t DEFAULT CURRENT_TIMESTAMP);
      CREATE TABLE noted (x);
      CREATE TRIGGER note AFTER INSERT ON noted BEGIN INSERT INTO log (k) VALUES (new.x); END;
      CREATE TABLE kept (x);
      CREATE TRIGGER keep AFTER INSERT ON kept BEGIN INSERT INTO log (k, r, t) VALUES (new.x, 0, ''); END;
      CREATE TABLE timed (x);
      CREATE TRIGGER time AFTER INSERT ON timed BEGIN INSERT INTO log (k, r, t) VALUES (datetime('now'), 0, ''); END;
      CREATE VIEW dice AS SELECT random() AS r;
      CREATE TABLE days (s); CREATE INDEX day ON days (date(s)); INSERT INTO days VALUES ('2020-01-01');
      CREATE TABLE spans (s, d AS (date(s))); INSERT INTO spans VALUES ('2020-01-01');
      """)
    for sql in [
      "INSERT INTO log (k) VALUES (1)", "INSERT INTO log (k, t) VALUES (1, '')", "INSERT INTO log DEFAULT VALUES",
      "INSERT INTO noted VALUES (1)", "INSERT INTO timed VALUES (1)", "INSERT INTO days VALUES ('2020-01-02')",
      "INSERT INTO spans VALUES ('2020-01-02')",
    ] {
      #expect(try shop.code(sql) == "NotAllowed", "\(sql)")
    }
    #expect(try shop.queryCode("SELECT * FROM dice") == "NotAllowed")
    #expect(try shop.code("CREATE TABLE IF NOT EXISTS log (k)") == nil)
    #expect(try shop.code("ALTER TABLE log ADD COLUMN w DEFAULT (random())") == "NotAllowed")
    #expect(try shop.code("ALTER TABLE log ADD COLUMN w DEFAULT 7") == nil)
    #expect(try shop.code("INSERT INTO log (k, r, t) VALUES (1, 2, '3')") == nil)
    #expect(try shop.code("INSERT INTO kept VALUES (1)") == nil)
    #expect(try shop.queryCode("SELECT d FROM spans") == "NotAllowed")
    // The same holds for an expression that a program adds where SQLite does not check it.
    #expect(try shop.code("ALTER TABLE items ADD COLUMN g AS (julianday(name))") == nil)
    #expect(try shop.queryCode("SELECT g FROM items") == "NotAllowed")
    #expect(try shop.query("SELECT s FROM days") == .success([["s": "2020-01-01"]]))
  }

  /// After the largest row number, SQLite chooses row numbers at random.
  @Test func rowNumbersAreNeverDrawnByChance() throws {
    let shop = try Shop(
      "CREATE TABLE full (id INTEGER PRIMARY KEY, x); INSERT INTO full VALUES (9223372036854775807, 1);")
    #expect(try shop.code("INSERT INTO full (x) VALUES (1)") == "NotAllowed")
    #expect(try shop.code("INSERT INTO items VALUES (9223372036854775807, 'x'), (NULL, 'y')") == "NotAllowed")
    #expect(try shop.code("UPDATE items SET id = 9223372036854775807 WHERE id = 1") == nil)
    #expect(try shop.code("INSERT INTO items (name) VALUES ('x')") == "NotAllowed")
    #expect(try shop.code("CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)") == nil)
    #expect(try shop.code("INSERT INTO counted DEFAULT VALUES") == nil)
    #expect(try shop.code("UPDATE sqlite_sequence SET seq = 9223372036854775807") == "NotAllowed")
    #expect(try shop.code("INSERT INTO sqlite_sequence VALUES ('items', 5)") == "NotAllowed")
  }

  /// Other databases, other tables, and SQLite itself.
  @Test(arguments: [
    "CREATE TABLE temp.items (x)", #"CREATE TABLE "temp"."items" (x)"#, "CREATE TEMPORARY TABLE items (x)",
    "CREATE INDEX temp.i ON items (name)", "REINDEX mqjs_requests", "REINDEX innocent", "REINDEX", "REINDEX items",
    "REINDEX NOCASE", "DROP INDEX innocent", "ANALYZE", "ANALYZE mqjs_requests", "VACUUM", "DETACH main",
    "EXPLAIN DELETE FROM items", "INSERT INTO items (name) SELECT value FROM json_each('[1]')",
    "CREATE VIRTUAL TABLE f USING fts5 (x)", "CREATE TABLE copy AS SELECT * FROM dbstat",
    "CREATE TABLE copy AS SELECT * FROM pragma_function_list", "CREATE TABLE copy AS SELECT * FROM sqlite_stmt",
    "ALTER TABLE items RENAME TO mqjs_items", "ALTER TABLE items RENAME TO MQJS_items",
    "ALTER TABLE mqjs_requests RENAME TO mine", "ALTER TABLE mqjs_requests DROP COLUMN y",
    "ALTER TABLE mqjs_requests ADD COLUMN z", "CREATE TABLE c AS SELECT * FROM mqjs_requests",
    "DELETE FROM items\u{0} WHERE id = 1", "DELETE FROM items WHERE id = 1\u{0}",
  ])
  func statementsAboutAnythingElseAreRefused(sql: String) throws {
    let shop = try Shop()
    #expect(["NotAllowed", "InvalidStatement"].contains(try shop.code(sql)))
    #expect(try shop.query("SELECT count(*) AS n FROM items") == .success([["n": 2]]))
  }

  @Test(arguments: [
    "EXPLAIN SELECT 1", "EXPLAIN QUERY PLAN SELECT * FROM items", "SELECT * FROM dbstat", "SELECT * FROM sqlite_stmt",
    "SELECT * FROM pragma_quick_check('items')", "SELECT value FROM json_each('[1]')", "SELECT 1 AS x\u{0}",
  ])
  func internalsOfTheLibraryAreNotRead(sql: String) throws {
    #expect(["NotAllowed", "InvalidStatement"].contains(try Shop().queryCode(sql)))
  }

  /// Changes of tables, for which SQLite runs its own statements.
  @Test func tablesCanBeChanged() throws {
    let shop = try Shop("CREATE TABLE parts (item REFERENCES items (id)); CREATE VIEW names AS SELECT name FROM items;")
    for sql in [
      "ALTER TABLE items ADD COLUMN price CHECK (price > 0)", "ALTER TABLE items ADD COLUMN count NOT NULL DEFAULT 3",
      "ALTER TABLE items RENAME COLUMN name TO label", "ALTER TABLE items RENAME TO goods",
      "CREATE UNIQUE INDEX label ON goods (upper(label)) WHERE label LIKE 't%'", "ALTER TABLE goods DROP COLUMN price",
      "INSERT INTO goods (label) VALUES ('three')", "DROP INDEX label", "DROP TABLE parts",
    ] {
      #expect(try shop.execute(sql).error == nil, "\(sql)")
    }
    let rows: CBORValue = [["id": 2, "label": "two", "count": 3], ["id": 3, "label": "three", "count": 3]]
    #expect(try shop.query("SELECT * FROM goods WHERE id > 1") == .success(rows))
    #expect(try shop.query("SELECT count(*) AS n FROM names") == .success([["n": 3]]))
  }
}
