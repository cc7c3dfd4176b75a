internal import CSQLite
internal import CSQLiteGuard

/// The functions that statements of others may call. Their results depend only on their arguments and on the rows that
/// they see. So these are not included: functions of time and randomness, functions about the connection
/// (`last_insert_rowid`) or the library itself, and floating-point functions beyond the four operations.
enum SQLiteFunctions {
  /// How the work of a function is limited.
  private enum Bound {
    /// One call takes about as long as a step of SQLite's virtual machine on the same values.
    case step
    /// It pays first, depending on the bytes of its arguments.
    case pays(sqlite_guard_cost)
  }

  private static let table: [String: Bound] = {
    var table: [String: Bound] = [:]
    let groups: [(bound: Bound, names: String)] = [
      (
        .step,
        """
        abs avg char coalesce count cume_dist dense_rank first_value group_concat ifnull iif json_group_array \
        json_group_object lag last_value lead max min nth_value ntile nullif percent_rank rank round row_number sign \
        sum total typeof unicode
        """
      ),
      (
        .pays(SQLITE_GUARD_BYTES),
        """
        hex json json_array json_array_length json_object json_quote json_type json_valid length lower quote substr \
        substring upper
        """
      ),
      (.pays(SQLITE_GUARD_BYTES_OFTEN), "json_extract json_insert json_remove json_replace json_set -> ->>"),
      (.pays(SQLITE_GUARD_PAIRS), "glob json_patch like ltrim rtrim trim"),
      (.pays(SQLITE_GUARD_SEARCH), "instr replace"),
      (.pays(SQLITE_GUARD_FORMAT), "format printf"),
    ]
    for group in groups {
      for name in group.names.split(separator: " ") { table[String(name)] = group.bound }
    }
    return table
  }()

  /// The functions that SQLite itself calls to change the text of a schema. Statements can't name them.
  private static let ofSchemaChanges: Set<String> = [
    "sqlite_drop_column", "sqlite_rename_column", "sqlite_rename_quotefix", "sqlite_rename_table", "sqlite_rename_test",
  ]

  /// Whether a statement may call a function.
  static func allow(_ name: String) -> Bool { table[name.lowercased()] != nil }

  /// Whether SQLite may call a function while it changes a schema.
  static func allowInSchemaChange(_ name: String) -> Bool { ofSchemaChanges.contains(name) || allow(name) }

  /// Replaces all functions of a connection that need it with functions that pay or refuse. That includes functions
  /// called by a schema, about which SQLite does not ask the authorizer.
  ///
  /// - Returns: the connection that computes the functions that pay; its owner releases it.
  static func replace(on connection: SQLiteConnection) throws(SQLiteError) -> OpaquePointer {
    guard let library = unsafe sqlite_guard_open() else { throw connection.error(SQLITE_NOMEM) }
    do throws(SQLiteError) {
      var seen: Set<String> = []
      for row in try connection.rows("SELECT name, narg, flags FROM pragma_function_list") {
        guard case .text(let bytes) = row[0], case .integer(let count) = row[1], case .integer(let flags) = row[2]
        else { continue }
        let name = String(decoding: bytes, as: UTF8.self)
        guard let cost = cost(of: name) else { continue }
        // A function that takes any number of arguments replaces the built-in functions of that name, but not a
        // function of an extension that takes exactly as many.
        let counts = seen.insert(name).inserted ? [-1, Int32(count)] : [Int32(count)]
        for count in counts {
          let isDeterministic = Int32(flags) & SQLITE_DETERMINISTIC
          try connection.check(
            unsafe sqlite_guard_replace(connection.handle, library, name, count, isDeterministic, cost))
        }
      }
      if seen.isEmpty { throw connection.error(SQLITE_INTERNAL) }
    } catch {
      unsafe sqlite_guard_release(library)
      throw error
    }
    return unsafe library
  }

  /// The price of the function that replaces it; nil if it stays as it is.
  private static func cost(of name: String) -> sqlite_guard_cost? {
    switch table[name.lowercased()] {
    case .step: nil
    case .pays(let cost): cost
    case nil: ofSchemaChanges.contains(name) ? nil : SQLITE_GUARD_REFUSED
    }
  }
}
