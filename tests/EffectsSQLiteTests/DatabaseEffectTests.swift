import EffectsSQLite
import Host
import OperatingSystem
import SQLite
import TestSupport
import Testing

/// `DbRead` and `DbWrite` on a real database: values, limits, and everything outside the grant.
@Suite struct DatabaseEffectTests {
  /// A database with two accounts, and a request that may use it.
  private struct Bank: DatabaseUser {
    let folder: Workspace
    let file: DatabaseFile
    let scope: RequestScope

    init(writes: Bool) throws {
      folder = try Workspace()
      file = try DatabaseFile(folder("bank.db"), .creating)
      let connection = try SQLiteConnection(folder("bank.db"), .writing)
      _ = try connection.rows("PRAGMA journal_mode=WAL")
      try connection.execute(
        """
        CREATE TABLE accounts (id INTEGER PRIMARY KEY, owner TEXT NOT NULL UNIQUE, cents INTEGER CHECK (cents >= 0));
        INSERT INTO accounts VALUES (1, 'Ada', 1000), (2, 'Bo', 250);
        CREATE TABLE mqjs_secret (x TEXT); INSERT INTO mqjs_secret VALUES ('hidden');
        CREATE TABLE odd (r REAL, b BLOB, t TEXT); INSERT INTO odd VALUES (1.5, x'00ff', CAST(x'ff' AS TEXT));
        """)
      scope = RequestScope(
        identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"), seed: Hash256(of: []),
        writable: writes ? file : nil)
    }
  }

  private func code(_ result: EffectResult) -> String? { result.error?.code }

  @Test func queriesTakeParametersAndGiveRows() throws {
    let bank = try Bank(writes: false)
    let ada: CBORValue = ["id": 1, "owner": "Ada", "cents": 1000]
    #expect(try bank.query("SELECT * FROM accounts WHERE id = ?", [1]) == .success([ada]))
    #expect(try bank.query("SELECT * FROM accounts WHERE id = 3") == .success([]))
    let values: CBORValue = ["text", 7, .null, true, .integer(.min), ""]
    let row: CBORValue = ["a": "text", "b": 7, "c": .null, "d": 1, "e": .integer(.min), "f": ""]
    #expect(try bank.query("SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e, ? AS f", values) == .success([row]))
    let decimal = try #require(DecimalNumber(significand: 1999, exponent: -2))
    #expect(try bank.query("SELECT ? AS price", [.decimal(decimal)]) == .success([["price": "19.99"]]))
    // A parameter is never part of the statement.
    let injection: CBORValue = ["'; DROP TABLE accounts; --"]
    #expect(try bank.query("SELECT count(*) AS n FROM accounts WHERE owner = ?", injection) == .success([["n": 0]]))
  }

  @Test(arguments: [
    ("SELECT * FROM odd", "UnsupportedValue"), ("SELECT b FROM odd", "UnsupportedValue"),
    ("SELECT t FROM odd", "UnsupportedValue"), ("SELECT 1 AS x, 2 AS x", "UnsupportedValue"),
    ("SELECT * FROM nowhere", "InvalidStatement"), ("SELEC 1", "InvalidStatement"), ("", "InvalidStatement"),
    ("SELECT 1; SELECT 2", "InvalidStatement"), ("SELECT ?", "InvalidArgument"),
  ])
  func failingQueriesGiveTheirErrorCode(sql: String, code expected: String) throws {
    #expect(code(try Bank(writes: false).query(sql)) == expected)
  }

  /// Statements outside a read grant.
  @Test(arguments: [
    "INSERT INTO accounts VALUES (3, 'Eve', 1)", "UPDATE accounts SET cents = 0", "DELETE FROM accounts",
    "DROP TABLE accounts", "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "ATTACH 'other.db' AS o",
    "PRAGMA journal_mode", "PRAGMA writable_schema=1", "VACUUM", "VACUUM INTO 'copy.db'", "BEGIN", "COMMIT",
    "ROLLBACK", "SAVEPOINT x", "SELECT load_extension('x')", "SELECT random() AS x", "SELECT randomblob(4) AS x",
    "SELECT datetime('now') AS x", "SELECT strftime('%s') AS x", "SELECT CURRENT_TIMESTAMP AS x",
    "SELECT last_insert_rowid() AS x", "SELECT changes() AS x", "SELECT sqlite_version() AS x",
    "SELECT readfile('/etc/passwd') AS x", "SELECT * FROM mqjs_secret", "SELECT * FROM MQJS_Secret",
    "SELECT (SELECT x FROM mqjs_secret) AS x", "SELECT * FROM pragma_table_info('accounts')",
    "WITH t AS (SELECT * FROM mqjs_secret) SELECT * FROM t", "INSERT INTO accounts SELECT 9, 'x', 1 RETURNING *",
  ])
  func aReaderOnlyReads(sql: String) throws {
    let bank = try Bank(writes: false)
    let before = try SQLiteConnection(bank.file.path, .reading).rows("SELECT * FROM accounts")
    let told = code(try bank.query(sql))
    #expect(told == "NotAllowed" || told == "InvalidStatement", "\(sql): \(told ?? "a value")")
    bank.scope.rollBack()
    #expect(try SQLiteConnection(bank.file.path, .reading).rows("SELECT * FROM accounts") == before)
  }

  /// Statements outside even a write grant.
  @Test(arguments: [
    "ATTACH 'other.db' AS o", "PRAGMA user_version = 7", "VACUUM", "COMMIT", "ROLLBACK", "CREATE TEMP TABLE t (x)",
    "CREATE TRIGGER t AFTER INSERT ON accounts BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT 1",
    "CREATE VIRTUAL TABLE v USING fts5(x)", "INSERT INTO mqjs_secret VALUES ('x')", "DROP TABLE mqjs_secret",
    "DELETE FROM MQJS_SECRET", "CREATE TABLE mqjs_mine (x)", "ALTER TABLE mqjs_secret RENAME TO visible",
    "CREATE INDEX i ON mqjs_secret (x)", "UPDATE accounts SET owner = random()",
    "INSERT INTO accounts VALUES (5, datetime('now'), 1)", "UPDATE sqlite_master SET sql = ''", "SELECT 1",
    "INSERT INTO accounts SELECT 7, x, 1 FROM mqjs_secret",
  ])
  func aWriterIsBoundToo(sql: String) throws {
    let bank = try Bank(writes: true)
    let told = code(try bank.execute(sql))
    #expect(told == "NotAllowed" || told == "InvalidStatement", "\(sql): \(told ?? "a value")")
  }

  @Test func onlyTheRequestSeesItsWritesBeforeItEnds() throws {
    let bank = try Bank(writes: true)
    #expect(try bank.execute("UPDATE accounts SET cents = cents - ?", [50]) == .success(["changes": 2]))
    #expect(
      try bank.execute("INSERT INTO accounts VALUES (?, ?, ?)", [3, "Cy", 5])
        == .success(["changes": 1]))
    // The request sees its own writes. Others do not see them until it ends.
    #expect(try bank.query("SELECT cents FROM accounts WHERE id = 1") == .success([["cents": 950]]))
    let outside = try SQLiteConnection(bank.file.path, .reading)
    #expect(try outside.rows("SELECT cents FROM accounts WHERE id = 1") == [[.integer(1000)]])
    bank.scope.rollBack()
    #expect(try outside.rows("SELECT count(*) FROM accounts") == [[.integer(2)]])
  }

  /// A failed statement leaves no effect of its own, and keeps the effects of earlier statements.
  @Test func aFailedStatementLeavesEarlierOnesAlone() throws {
    let bank = try Bank(writes: true)
    #expect(try bank.execute("UPDATE accounts SET cents = 1") == .success(["changes": 2]))
    #expect(code(try bank.execute("UPDATE accounts SET owner = 'same'")) == "ConstraintViolation")
    #expect(code(try bank.execute("UPDATE OR FAIL accounts SET owner = 'same'")) == "ConstraintViolation")
    #expect(code(try bank.execute("UPDATE accounts SET cents = -1")) == "ConstraintViolation")
    let limits = DatabaseLimits(rows: 1, bytes: 1000, steps: 1_000_000)
    #expect(code(try bank.execute("UPDATE accounts SET cents = 2 RETURNING id", limits: limits)) == "LimitExceeded")
    let rows: CBORValue = [["owner": "Ada", "cents": 1], ["owner": "Bo", "cents": 1]]
    #expect(try bank.query("SELECT owner, cents FROM accounts ORDER BY id") == .success(rows))
  }

  @Test func rowsBytesAndStepsAreLimited() throws {
    let bank = try Bank(writes: false)
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) SELECT i FROM n"
    let few = DatabaseLimits(rows: 999, bytes: 1 << 20, steps: 10_000_000)
    #expect(code(try bank.query(many, limits: few)) == "LimitExceeded")
    let short = DatabaseLimits(rows: 1000, bytes: 500, steps: 10_000_000)
    #expect(code(try bank.query(many, limits: short)) == "LimitExceeded")
    #expect(try bank.query(many).get().elements?.count == 1000)
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS n FROM n"
    #expect(code(try bank.query(endless)) == "LimitExceeded")
    // The request continues.
    #expect(try bank.query("SELECT count(*) AS n FROM accounts") == .success([["n": 2]]))
  }

  /// All reads of a request see the same state of the database.
  @Test func allReadsOfARequestSeeOneState() throws {
    let bank = try Bank(writes: false)
    #expect(try bank.query("SELECT sum(cents) AS n FROM accounts") == .success([["n": 1250]]))
    let other = try SQLiteConnection(bank.file.path, .writing)
    try other.execute("UPDATE accounts SET cents = 0")
    #expect(try bank.query("SELECT sum(cents) AS n FROM accounts") == .success([["n": 1250]]))
  }
}
