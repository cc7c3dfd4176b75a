internal import CSQLite

/// A compiled statement. Bind its parameters, then step through its rows.
@safe
public final class SQLiteStatement {
  private let handle: OpaquePointer
  private let connection: SQLiteConnection

  init(_ handle: OpaquePointer, of connection: SQLiteConnection) {
    unsafe self.handle = unsafe handle
    self.connection = connection
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  /// Whether it can't change the database.
  public var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(handle) != 0 }

  /// Whether it only asks how another statement would run.
  var isExplanation: Bool { unsafe sqlite3_stmt_isexplain(handle) != 0 }

  /// The number of its parameters.
  public var parameterCount: Int { Int(unsafe sqlite3_bind_parameter_count(handle)) }

  /// Binds values to the parameters, in order.
  ///
  /// - Precondition: there are as many values as parameters.
  public func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
    precondition(values.count == parameterCount, "as many values as parameters")
    for (index, value) in zip(Int32(1)..., values) {
      let code =
        switch value {
        case .null: unsafe sqlite3_bind_null(handle, index)
        case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
        case .real(let number): unsafe sqlite3_bind_double(handle, index, number)
        case .text(let text):
          unsafe text.withUnsafeBytes { bytes in
            // Without an address, SQLite would bind NULL.
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe bytes.isEmpty
              ? csqlite_bind_text(handle, index, "", 0)
              : csqlite_bind_text(handle, index, start, UInt64(bytes.count))
          }
        case .blob(let blob):
          unsafe blob.withUnsafeBytes { bytes in
            unsafe csqlite_bind_blob(handle, index, bytes.baseAddress, UInt64(bytes.count))
          }
        }
      try connection.check(code)
    }
  }

  /// Moves to the next row.
  ///
  /// - Returns: false if there is no next row.
  public func step() throws(SQLiteError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    try connection.check(code)
    return code == SQLITE_ROW
  }

  /// Runs it to its end, discards its rows, and makes it ready for other parameters.
  public func run(_ parameters: [SQLiteValue]) throws(SQLiteError) {
    try bind(parameters)
    while try step() {}
    try connection.check(unsafe sqlite3_reset(handle))
  }

  /// The number of columns in a row.
  public var columnCount: Int { Int(unsafe sqlite3_column_count(handle)) }

  /// The name of a column; the first column is 0.
  public func columnName(at index: Int) -> String {
    unsafe sqlite3_column_name(handle, Int32(index)).map { unsafe String(cString: $0) } ?? ""
  }

  /// The value of a column in the current row.
  public func value(at index: Int) -> SQLiteValue {
    let column = Int32(index)
    switch unsafe sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(handle, column))
    case SQLITE_TEXT:
      let start = unsafe sqlite3_column_text(handle, column)
      let count = Int(unsafe sqlite3_column_bytes(handle, column))
      return .text(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    case SQLITE_BLOB:
      let start = unsafe sqlite3_column_blob(handle, column)
      let count = Int(unsafe sqlite3_column_bytes(handle, column))
      return .blob(unsafe Array(UnsafeRawBufferPointer(start: start, count: count)))
    default: return .null
    }
  }
}
