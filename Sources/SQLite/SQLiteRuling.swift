internal import CSQLite

/// A rule where SQLite can point to it, with what the statement that is compiled has asked about.
final class SQLiteRuling {
  /// What a statement has asked about so far.
  struct Statement {
    /// Whether something was refused.
    var hasDenied = false
    /// Whether it is an ALTER TABLE, which changes the schema by statements of its own.
    var changesSchema = false
    /// The index that it makes.
    var index: String?
    /// The tables that it makes or changes.
    var definedTables: [String] = []
    /// What of the schema was hidden before it.
    var hidden: [[SQLiteValue]] = []
  }

  let rule: SQLiteRule
  var statement = Statement()
  /// Whether statements of our own are compiled, which are not asked about.
  var isSuspended = false

  init(_ rule: SQLiteRule) { self.rule = rule }

  /// Whether SQLite may do what it asks about.
  func allows(_ question: SQLiteRule.Question) -> Bool {
    if isSuspended { return true }
    guard rule.allows(question, in: statement) else {
      statement.hasDenied = true
      return false
    }
    switch question.action {
    case SQLITE_CREATE_TABLE: statement.definedTables.append(question.first)
    case SQLITE_CREATE_INDEX: statement.index = question.first
    case SQLITE_ALTER_TABLE:
      statement.changesSchema = true
      statement.definedTables.append(question.second)
    default: break
    }
    return true
  }
}
