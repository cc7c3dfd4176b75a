internal import CSQLite
internal import CSQLiteGuard

// Statements that somebody else wrote.

extension SQLiteConnection {
  /// Asks `rule` about everything that a statement wants to do, when it is compiled; nil asks nobody.
  ///
  /// From the first rule on, virtual tables are gone for good, and functions that are not on the list refuse every call
  /// within bounds.
  public func restrict(to rule: SQLiteRule?) throws(SQLiteError) {
    guard let rule else { return lift() }
    if unsafe library == nil {
      unsafe library = try unsafe SQLiteFunctions.replace(on: self)
      try check(unsafe sqlite_guard_watch(handle))
      try check(unsafe sqlite3_drop_modules(handle, nil))
    }
    let ruling = SQLiteRuling(rule)
    self.ruling = ruling
    let context = unsafe Unmanaged.passUnretained(ruling).toOpaque()
    unsafe sqlite3_set_authorizer(
      handle,
      { (context, action, first, second, third, _) in
        guard let context = unsafe context else { return SQLITE_DENY }
        let ruling = unsafe Unmanaged<SQLiteRuling>.fromOpaque(context).takeUnretainedValue()
        let names = unsafe [first, second, third].map { unsafe $0.map { unsafe String(cString: $0) } }
        // ALTER TABLE names its database first, and a column third.
        let question = SQLiteRule.Question(
          action: action, first: names[0] ?? "", second: names[1] ?? "",
          database: action == SQLITE_ALTER_TABLE ? names[0] : names[2])
        return ruling.allows(question) ? SQLITE_OK : SQLITE_DENY
      }, context)
  }

  /// Asks nobody any more.
  public func lift() {
    ruling = nil
    unsafe sqlite3_set_authorizer(handle, nil, nil)
  }

  /// Runs statements of our own on a restricted connection.
  func withoutRule<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
    ruling?.isSuspended = true
    defer { ruling?.isSuspended = false }
    return try body()
  }

  /// What has to be known of the schema before the statement that was just compiled changes it.
  func noteSchema() throws(SQLiteError) {
    guard let ruling else { return }
    if ruling.statement.changesSchema { ruling.statement.hidden = try hiddenNames(ruling.rule) }
    for index in ruling.statement.definedTables.indices {
      ruling.statement.definedTables[index].columnCount = try defaults(of: ruling.statement.definedTables[index].name)
        .count
    }
  }

  /// Looks at what the last statement did that no rule was asked about.
  ///
  /// - Throws: `.notAllowed`; then the statement has to be taken back.
  public func checkEffects() throws(SQLiteError) {
    guard let ruling else { return }
    let statement = ruling.statement
    if statement.changesSchema, try hiddenNames(ruling.rule) != statement.hidden {
      throw notAllowed("names that begin with \(ruling.rule.hiddenPrefix) are not for programs")
    }
    for table in statement.definedTables { try checkDefaults(of: table.name, behind: table.columnCount) }
    for table in statement.growingTables { try checkLastRow(of: table) }
  }

  /// When a table has a row with the largest number that there is, SQLite draws the numbers of further ones by chance.
  private func checkLastRow(of table: String) throws(SQLiteError) {
    let isTaken = try withoutRule { () throws(SQLiteError) in
      let kinds = try rows(
        "SELECT 1 FROM pragma_table_list(?) WHERE schema = 'main' AND type = 'table' AND wr = 0", [.text(table)])
      if kinds.isEmpty { return false }
      let name = table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      return try !rows("SELECT 1 FROM main.\"\(name)\" WHERE _rowid_ = ?", [.integer(.max)]).isEmpty
    }
    if isTaken {
      throw notAllowed("\(table) has the row id \(Int64.max): SQLite would pick the next one at random")
    }
  }

  /// SQLite does not ask about the functions in DEFAULT: they refuse when they are called, but a table with such a column
  /// is better not made.
  ///
  /// - Parameter count: how many of the columns are not the statement's.
  private func checkDefaults(of table: String, behind count: Int) throws(SQLiteError) {
    for row in try defaults(of: table).dropFirst(count) {
      guard case .text(let name) = row[0], case .text(let value) = row[1] else { continue }
      let text = "SELECT (\(String(decoding: value, as: UTF8.self)))"
      do throws(SQLiteError) {
        _ = try prepare(text)
      } catch {
        // What is no expression by itself is a text, as SQLite takes `DEFAULT name`.
        guard error.kind == .notAllowed else { continue }
        let column = String(decoding: name, as: UTF8.self)
        throw notAllowed(
          "the default of column \(column): \(error.message); give the column a value where rows are made")
      }
    }
  }

  /// The columns of a table in their order, with their defaults.
  private func defaults(of table: String) throws(SQLiteError) -> [[SQLiteValue]] {
    try withoutRule { () throws(SQLiteError) in
      try rows("SELECT name, dflt_value FROM pragma_table_xinfo(?)", [.text(table)])
    }
  }

  private func hiddenNames(_ rule: SQLiteRule) throws(SQLiteError) -> [[SQLiteValue]] {
    try withoutRule { () throws(SQLiteError) in
      try rows("SELECT name, tbl_name, rootpage FROM sqlite_schema ORDER BY rowid").filter { row in
        row.contains { value in
          guard case .text(let name) = value else { return false }
          return String(decoding: name, as: UTF8.self).lowercased().hasPrefix(rule.hiddenPrefix)
        }
      }
    }
  }

  private func notAllowed(_ message: String) -> SQLiteError {
    SQLiteError(code: SQLITE_AUTH, message: message, path: path)
  }
}
