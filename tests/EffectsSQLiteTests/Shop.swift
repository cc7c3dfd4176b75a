import EffectsSQLite
import Host
import OperatingSystem
import SQLite
import TestSupport

/// A database with its owner's tables, and a request that may use it.
struct Shop: DatabaseUser {
  let folder: Workspace
  let file: DatabaseFile
  let scope: RequestScope

  /// - Parameters:
  ///   - schema: the owner's statements after those that make the table `items`.
  ///   - inLog: whether the database has a write-ahead log.
  init(_ schema: String = "", inLog: Bool = true) throws {
    folder = try Workspace()
    let owner = try SQLiteConnection(folder("shop.db"), .creating)
    _ = try owner.rows("PRAGMA journal_mode=\(inLog ? "WAL" : "DELETE")")
    try owner.execute(
      """
      CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT);
      INSERT INTO items VALUES (1, 'one'), (2, 'two');
      CREATE TABLE mqjs_requests (x UNIQUE, y);
      CREATE INDEX innocent ON mqjs_requests (y);
      \(schema)
      """)
    file = try DatabaseFile(folder("shop.db"), .writing)
    scope = RequestScope(
      identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"), seed: Hash256(of: []),
      writable: file)
  }

  /// The error code of a query, or nil if it succeeds.
  func queryCode(_ sql: String, _ parameters: CBORValue = []) throws -> String? {
    try query(sql, parameters).error?.code
  }

  /// The error code of a statement, or nil if it succeeds.
  func code(_ sql: String, _ parameters: CBORValue = []) throws -> String? { try execute(sql, parameters).error?.code }
}

/// A request that calls the effects of one database.
protocol DatabaseUser {
  var file: DatabaseFile { get }
  var scope: RequestScope { get }
}

extension DatabaseUser {
  func query(
    _ sql: String, _ parameters: CBORValue = [], limits: DatabaseLimits = .standard
  ) throws -> EffectResult {
    try DbReadEffect(file, limits: limits).perform(
      HostCall(operation: "query", arguments: [.string(sql), parameters], sequence: 0), in: scope)
  }

  func execute(
    _ sql: String, _ parameters: CBORValue = [], limits: DatabaseLimits = .standard
  ) throws -> EffectResult {
    try DbWriteEffect(file, limits: limits).perform(
      HostCall(operation: "execute", arguments: [.string(sql), parameters], sequence: 0), in: scope)
  }
}
