internal import CSQLite

/// A rule, stored where SQLite can point to it, with the questions about the statement that is being compiled.
final class SQLiteRuling {
  /// The questions about a statement so far.
  struct Statement {
    /// The refused action.
    var denied: String?
    /// Whether it is an ALTER TABLE, which changes the schema by statements of its own.
    var changesSchema = false
    /// The index that it creates.
    var index: String?
    /// The tables that it creates or changes, with the number of columns that they had before.
    var definedTables: [(name: String, columnCount: Int)] = []
    /// The tables that it inserts rows into.
    var growingTables: [String] = []
    /// The hidden part of the schema before it.
    var hidden: [[SQLiteValue]] = []
  }

  let rule: SQLiteRule
  var statement = Statement()
  /// Whether our own statements are being compiled, which need no permission.
  var isSuspended = false

  init(_ rule: SQLiteRule) { self.rule = rule }

  /// Whether SQLite may perform an action.
  func allows(_ question: SQLiteRule.Question) -> Bool {
    if isSuspended { return true }
    guard rule.allows(question, in: statement) else {
      statement.denied = question.subject
      return false
    }
    switch question.action {
    case SQLITE_CREATE_TABLE: statement.definedTables.append((question.first, 0))
    case SQLITE_INSERT: statement.growingTables.append(question.first)
    case SQLITE_CREATE_INDEX: statement.index = question.first
    case SQLITE_ALTER_TABLE:
      statement.changesSchema = true
      statement.definedTables.append((question.second, 0))
    default: break
    }
    return true
  }
}

extension SQLiteRule.Question {
  /// The action, for people.
  fileprivate var subject: String {
    if let database, database != "main" { return "the database \(database)" }
    return switch action {
    case SQLITE_ANALYZE: "ANALYZE"
    case SQLITE_ATTACH: "ATTACH"
    case SQLITE_DETACH: "DETACH"
    case SQLITE_PRAGMA: "PRAGMA \(first)"
    case SQLITE_REINDEX: "REINDEX"
    case SQLITE_SAVEPOINT: "SAVEPOINT"
    case SQLITE_TRANSACTION: first
    case SQLITE_CREATE_TEMP_INDEX, SQLITE_CREATE_TEMP_TABLE, SQLITE_CREATE_TEMP_TRIGGER, SQLITE_CREATE_TEMP_VIEW:
      "what is temporary"
    case SQLITE_CREATE_TRIGGER, SQLITE_DROP_TRIGGER: "making or removing a trigger"
    case SQLITE_CREATE_VIEW, SQLITE_DROP_VIEW: "making or removing a view"
    case SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE: "a virtual table"
    case SQLITE_FUNCTION: "the function \(second)"
    case SQLITE_ALTER_TABLE: "changing the table \(second)"
    case SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX: "the index \(first) of the table \(second)"
    case SQLITE_CREATE_TABLE, SQLITE_DROP_TABLE: "making or removing the table \(first)"
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE: "writing to \(first)"
    default: "reading \(first)"
    }
  }
}
