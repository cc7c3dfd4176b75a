internal import CSQLite

/// What statements that somebody else wrote may do: a list of allowed actions, and nothing else.
public struct SQLiteRule: Sendable {
  /// The purpose of a statement.
  public enum Purpose: Sendable {
    /// Reading rows.
    case reading
    /// Reading and changing rows; creating, changing and removing tables and indices.
    case writing
  }

  private let purpose: Purpose
  let hiddenPrefix: String

  /// - Parameter hiddenPrefix: tables whose names begin with this, in upper or lower case, can be neither read nor
  ///   written.
  public init(_ purpose: Purpose, hidingTables hiddenPrefix: String) {
    self.purpose = purpose
    self.hiddenPrefix = hiddenPrefix
  }

  /// A question of SQLite: one of its actions, and the names that belong to it (`sqlite3_set_authorizer`).
  struct Question {
    let action: Int32
    /// Usually the table; for ALTER TABLE, the database.
    let first: String
    let second: String
    /// The database; nil if the action has none.
    let database: String?
  }

  /// Whether SQLite may perform an action.
  ///
  /// - Parameter statement: the questions about the statement so far.
  func allows(_ question: Question, in statement: SQLiteRuling.Statement) -> Bool {
    let (first, second) = (question.first, question.second)
    // A table of another database would hide the table with the same name.
    guard question.database.map({ $0 == "main" }) ?? true else {
      return statement.changesSchema && first == "sqlite_temp_master"
        && [SQLITE_READ, SQLITE_UPDATE].contains(question.action)
    }
    return switch question.action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: true
    case SQLITE_READ: isVisible(first) && (statement.changesSchema || !first.lowercased().hasPrefix("pragma_"))
    case SQLITE_FUNCTION:
      statement.changesSchema ? SQLiteFunctions.allowInSchemaChange(second) : SQLiteFunctions.allow(second)
    // A number written there would decide the number of the next row, or leave none for it.
    case SQLITE_INSERT where first == "sqlite_sequence", SQLITE_UPDATE where first == "sqlite_sequence":
      purpose == .writing && statement.changesSchema && second == "name"
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, SQLITE_CREATE_TABLE, SQLITE_DROP_TABLE:
      purpose == .writing && isVisible(first)
    case SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX: purpose == .writing && isVisible(first) && isVisible(second)
    case SQLITE_ALTER_TABLE: purpose == .writing && isVisible(second)
    // Creating an index fills it. The index alone does not say which table it belongs to.
    case SQLITE_REINDEX: purpose == .writing && statement.index == first
    // Adding a column with a CHECK reads the existing rows.
    case SQLITE_PRAGMA: statement.changesSchema && first == "quick_check"
    default: false
    }
  }

  private func isVisible(_ table: String) -> Bool {
    !table.lowercased().hasPrefix(hiddenPrefix)
  }
}
