internal import CSQLite
internal import CSQLiteGuard

// Statements that somebody else wrote.

extension SQLiteConnection {
  /// Asks `rule` about every action of a statement when the statement is compiled. If it is nil, every action is
  /// allowed.
  ///
  /// After the first rule, virtual tables are permanently unavailable. Within limits, functions that are not on the
  /// list refuse every call.
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
        // ALTER TABLE names its database first, and then a column.
        let question = SQLiteRule.Question(
          action: action, first: names[0] ?? "", second: names[1] ?? "",
          database: action == SQLITE_ALTER_TABLE ? names[0] : names[2])
        return ruling.allows(question) ? SQLITE_OK : SQLITE_DENY
      }, context)
  }

  /// Allows every action again.
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

  /// Reads what must be known of the schema before the statement that was just compiled changes it.
  func noteSchema() throws(SQLiteError) {
    guard let ruling else { return }
    if ruling.statement.changesSchema { ruling.statement.hidden = try hiddenNames(ruling.rule) }
    for index in ruling.statement.definedTables.indices {
      ruling.statement.definedTables[index].columnCount = try defaults(of: ruling.statement.definedTables[index].name)
        .count
    }
  }

  /// Checks the effects of the last statement that no rule was asked about.
  ///
  /// - Throws: `.notAllowed`; then the statement must be rolled back.
  public func checkEffects() throws(SQLiteError) {
    guard let ruling else { return }
    let statement = ruling.statement
    if statement.changesSchema, try hiddenNames(ruling.rule) != statement.hidden {
      throw notAllowed("names that begin with \(ruling.rule.hiddenPrefix) are reserved")
    }
    for table in statement.definedTables { try checkDefaults(of: table.name, behind: table.columnCount) }
    for table in statement.growingTables { try checkLastRow(of: table) }
  }

  /// If a table has a row with the largest possible number, SQLite chooses the numbers of further rows at random.
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

  /// SQLite does not ask about the functions in DEFAULT. They refuse when they are called, but it is better not to
  /// create a table with such a column.
  ///
  /// - Parameter count: the number of columns that were there before the statement.
  private func checkDefaults(of table: String, behind count: Int) throws(SQLiteError) {
    for row in try defaults(of: table).dropFirst(count) {
      guard case .text(let name) = row[0], case .text(let value) = row[1] else { continue }
      let text = "SELECT (\(String(decoding: value, as: UTF8.self)))"
      do throws(SQLiteError) {
        _ = try prepare(text)
      } catch {
        // Text that is not an expression by itself is a string, because SQLite accepts `DEFAULT name`.
        guard error.kind == .notAllowed else { continue }
        let column = String(decoding: name, as: UTF8.self)
        throw notAllowed(
          "the default of column \(column): \(error.message); give the column a value where rows are made")
      }
    }
  }

  /// The columns of a table in order, with their defaults.
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
