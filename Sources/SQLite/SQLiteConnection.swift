internal import CSQLite
internal import CSQLiteGuard

/// A connection to a database. Its owner uses it from one thread at a time.
@safe
public final class SQLiteConnection: @unchecked Sendable {
  /// How the file may be used.
  public enum Mode: Sendable {
    /// For reading; nothing can be written through this connection.
    case reading
    /// For reading and writing; it must exist.
    case writing
    /// For reading and writing; it is created if it does not exist.
    case creating
  }

  let handle: OpaquePointer
  /// The file as it was named.
  public let path: String
  /// The write-ahead log that the transaction began with; nil if there is none.
  var logPlace: FilePlace?
  /// The rule that applies to statements.
  var ruling: SQLiteRuling?
  /// The limits that apply to statements.
  var boundsInForce: BoundsInForce?
  /// The connection that computes functions that pay; nil before the first rule.
  var library: OpaquePointer?

  /// How long a statement waits for a lock that somebody else holds, in milliseconds: as long as four calls of `HttpOut`
  /// take at most. A request may keep the lock while it makes calls.
  public static let lockTimeout: Int32 = 120_000

  /// Opens a file. Extensions, attached databases and functions that a schema could bring in are off. Temporary data
  /// stays in memory.
  ///
  /// - Throws: `.unusableName` for names that SQLite does not take for files, and for folders and devices.
  public init(_ path: String, _ mode: Mode) throws(SQLiteError) {
    if let defect = FilePlace.defect(of: path) { throw SQLiteError(unusableName: path, defect) }
    let installed = sqlite_guard_install()
    guard installed == SQLITE_OK else {
      throw SQLiteError(
        code: installed, message: "the process has used SQLite before, with an allocator of its own", path: path)
    }
    let flags =
      switch mode {
      case .reading: SQLITE_OPEN_READONLY
      case .writing: SQLITE_OPEN_READWRITE
      case .creating: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      let message = unsafe String(cString: sqlite3_errstr(code))
      unsafe sqlite3_close_v2(opened)
      throw SQLiteError(code: code, message: message, path: path)
    }
    unsafe self.handle = unsafe handle
    self.path = path
    for setting in [SQLITE_DBCONFIG_DEFENSIVE] { unsafe csqlite_configure(handle, setting, 1) }
    for setting in [SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL] {
      unsafe csqlite_configure(handle, setting, 0)
    }
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    // This comes before anything is read: opening and reading wait for locks, too.
    unsafe sqlite3_busy_timeout(handle, SQLiteConnection.lockTimeout)
    // Otherwise, sorting would write rows to files that nobody knows of.
    try execute("PRAGMA temp_store=MEMORY")
  }

  deinit {
    unsafe sqlite3_close_v2(handle)
    if let library = unsafe library { unsafe sqlite_guard_release(library) }
  }

  /// The full path of the file, with links resolved. Two connections to one file have the same.
  public var resolvedPath: String {
    unsafe sqlite3_db_filename(handle, "main").map { unsafe String(cString: $0) } ?? path
  }

  /// Runs statements that have no parameters and no results.
  public func execute(_ sql: String) throws(SQLiteError) {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// Runs one statement to its end and discards its rows.
  public func run(_ sql: String, _ parameters: [SQLiteValue] = []) throws(SQLiteError) {
    let statement = try prepare(sql)
    try statement.bind(parameters)
    while try statement.step() {}
  }

  /// All rows of one statement.
  public func rows(_ sql: String, _ parameters: [SQLiteValue] = []) throws(SQLiteError) -> [[SQLiteValue]] {
    let statement = try prepare(sql)
    try statement.bind(parameters)
    var rows: [[SQLiteValue]] = []
    while try statement.step() { rows.append((0..<statement.columnCount).map(statement.value(at:))) }
    return rows
  }

  /// Compiles exactly one statement.
  ///
  /// - Throws: `.other` if the text contains none, or more than one.
  public func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    let text = Array(sql.utf8)
    // SQLite would use only the text before the NUL.
    if text.contains(0) { throw SQLiteError(code: SQLITE_ERROR, message: "the text contains a NUL", path: path) }
    if let ruling, ruling.isSuspended { return try compileOne(text) }
    ruling?.statement = SQLiteRuling.Statement()
    let statement = try compileOne(text)
    if ruling != nil, statement.isExplanation {
      throw SQLiteError(
        code: SQLITE_AUTH, message: "EXPLAIN shows SQLite's internals, and they may differ", path: path)
    }
    try noteSchema()
    return statement
  }

  private func compileOne(_ text: [UInt8]) throws(SQLiteError) -> SQLiteStatement {
    let (first, length) = try compile(text[...])
    guard let first else { throw SQLiteError(code: SQLITE_ERROR, message: "the text is not a statement", path: path) }
    // White space and comments may follow, but no second statement.
    if try compile(text[length...]).statement != nil {
      throw SQLiteError(code: SQLITE_ERROR, message: "the text is more than one statement", path: path)
    }
    return first
  }

  /// Compiles the first statement of a text; nil if only white space and comments are left.
  private func compile(
    _ text: ArraySlice<UInt8>
  ) throws(SQLiteError) -> (statement: SQLiteStatement?, length: Int) {
    // SQLite does not accept a null address.
    if text.isEmpty { return (nil, 0) }
    var compiled: OpaquePointer?
    let (code, length) = unsafe text.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      var tail: UnsafePointer<CChar>?
      sqlite_guard_begin_compiling()
      defer { sqlite_guard_end_compiling() }
      let code = unsafe sqlite3_prepare_v3(handle, start, Int32(clamping: bytes.count), 0, &compiled, &tail)
      let length = unsafe tail.flatMap { tail in unsafe start.map { unsafe tail - $0 } } ?? bytes.count
      return (code, length)
    }
    // Not every refusal is reported as one. If one of SQLite's own statements is refused, the code differs.
    try check(ruling?.isSuspended == false && ruling?.statement.denied != nil ? SQLITE_AUTH : code)
    let statement = unsafe compiled.map { unsafe SQLiteStatement($0, of: self) }
    return (statement, length)
  }

  /// The number of rows that all statements since the connection was opened have inserted, changed or removed.
  public var totalChangedRowCount: Int64 { unsafe sqlite3_total_changes64(handle) }

  /// Whether a transaction is open.
  public var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// Whether a deferred constraint is currently violated, so that a commit would fail.
  public var hasUnresolvedConstraints: Bool {
    var (count, highest): (Int32, Int32) = (0, 0)
    unsafe sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &count, &highest, 0)
    return count != 0
  }

  /// Whether the file is no longer at the path where it was opened.
  var hasMoved: Bool { unsafe csqlite_has_moved(handle) != 0 }

  func check(_ code: Int32) throws(SQLiteError) {
    if code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE { return }
    throw error(code)
  }

  /// The last message of SQLite.
  func error(_ code: Int32) -> SQLiteError {
    // If a budget is spent, SQLite's code says only how SQLite noticed.
    let spent = sqlite_guard_spent()
    let code =
      switch spent {
      case SQLITE_GUARD_WORK: SQLITE_INTERRUPT
      case SQLITE_GUARD_MEMORY: SQLITE_NOMEM
      default: code
      }
    var message = unsafe String(cString: sqlite3_errmsg(handle))
    if code == SQLITE_AUTH, message == "not authorized", let denied = ruling?.statement.denied {
      message = "\(denied) is not allowed"
    }
    if code & 0xff == SQLITE_BUSY {
      message += ": another process has held the lock for \(SQLiteConnection.lockTimeout / 1000) s"
    }
    return SQLiteError(code: code, message: message, path: path)
  }
}
