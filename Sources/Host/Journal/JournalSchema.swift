internal import SQLite

/// The tables and indices that belong to us in a database. They are checked so that our statements do what they say and
/// nothing else: a table could be a view that never ends, or have a trigger that writes elsewhere.
struct JournalSchema {
  private let tables: [String]
  private let indices: [String]

  /// The journal's part of a database.
  static let journal = JournalSchema(
    tables: ["mqjs_calls", "mqjs_journal", "mqjs_requests"], indices: ["mqjs_requests_identity"])
  /// The file of intents.
  static let intents = JournalSchema(
    tables: ["mqjs_begun", "mqjs_binding", "mqjs_intents"], indices: ["mqjs_begun_identity"])

  /// Whether a database has these tables and indices, and nothing else that affects them.
  func isWhole(on connection: SQLiteConnection) throws(SQLiteError) -> Bool {
    let objects = try JournalSchema.objects(on: connection)
    return objects == (indices.map { ["index", $0] } + tables.map { ["table", $0] })
  }

  /// Whether a database has none of our tables and indices.
  static func isAbsent(on connection: SQLiteConnection) throws(SQLiteError) -> Bool {
    try objects(on: connection).isEmpty
  }

  /// The type and the name of every object that has our prefix or belongs to such a table, except the indices that
  /// SQLite creates for keys. Only the first few: there are no more unless somebody has added some.
  private static func objects(on connection: SQLiteConnection) throws(SQLiteError) -> [[String]] {
    try connection.rows(
      """
      SELECT type, name FROM sqlite_schema
        WHERE (lower(substr(name, 1, 5)) = 'mqjs_' OR lower(substr(tbl_name, 1, 5)) = 'mqjs_')
          AND name NOT LIKE 'sqlite_autoindex_%' ORDER BY type, name LIMIT 16
      """
    ).map { $0.map { $0.string ?? "" } }
  }
}
