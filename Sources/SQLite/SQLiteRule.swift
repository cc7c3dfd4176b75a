internal import CSQLite

/// What statements that somebody else wrote may do: a list of what is allowed, and nothing besides.
public struct SQLiteRule: Sendable {
  /// What a statement is for.
  public enum Purpose: Sendable {
    /// Reading rows.
    case reading
    /// Reading and changing rows; making, changing and removing tables and indices.
    case writing
  }

  private let purpose: Purpose
  private let hiddenPrefix: String

  /// - Parameter hiddenPrefix: tables whose names begin so, in whatever letters, can neither be read nor written.
  public init(_ purpose: Purpose, hidingTables hiddenPrefix: String) {
    self.purpose = purpose
    self.hiddenPrefix = hiddenPrefix
  }

  /// Functions whose results follow from their arguments and the rows they see. Not among them: everything about time
  /// and chance, about the connection (`last_insert_rowid`) and about the library itself.
  private static let functions: Set<String> = [
    "abs", "avg", "char", "coalesce", "count", "cume_dist", "dense_rank", "first_value", "format", "glob",
    "group_concat", "hex", "ifnull", "iif", "instr", "json", "json_array", "json_array_length", "json_extract",
    "json_group_array", "json_group_object", "json_insert", "json_object", "json_patch", "json_quote", "json_remove",
    "json_replace", "json_set", "json_type", "json_valid", "lag", "last_value", "lead", "length", "like", "lower",
    "ltrim", "max", "min", "nth_value", "ntile", "nullif", "percent_rank", "printf", "quote", "rank", "replace",
    "round", "row_number", "rtrim", "sign", "substr", "substring", "sum", "total", "trim", "typeof", "unicode",
    "upper", "->", "->>",
  ]

  /// Whether SQLite may do one of its actions; see `sqlite3_set_authorizer`.
  func allows(_ action: Int32, _ first: String, _ second: String) -> Bool {
    switch action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: true
    case SQLITE_READ: isVisible(first)
    case SQLITE_FUNCTION: SQLiteRule.functions.contains(second.lowercased())
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, SQLITE_CREATE_TABLE, SQLITE_DROP_TABLE:
      purpose == .writing && isVisible(first)
    case SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX, SQLITE_ALTER_TABLE:
      purpose == .writing && isVisible(first) && isVisible(second)
    case SQLITE_REINDEX: purpose == .writing
    default: false
    }
  }

  private func isVisible(_ table: String) -> Bool {
    !table.lowercased().hasPrefix(hiddenPrefix)
  }
}
