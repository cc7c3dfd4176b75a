internal import CSQLite

/// A connection to a database. Whoever has one uses it from one thread at a time.
@safe
public final class SQLiteConnection: @unchecked Sendable {
  /// What may be done with the file.
  public enum Mode: Sendable {
    /// It is read; nothing can be written through this connection.
    case reading
    /// It is read and written, and must exist.
    case writing
    /// It is read and written, and made if it is not there.
    case creating
  }

  private let handle: OpaquePointer
  /// The file as it was named.
  public let path: String
  private var rule: RuleBox?
  private var budget: StepBudget?

  /// Opens a file. Extensions, attached databases and functions that a schema could smuggle in are off.
  public init(_ path: String, _ mode: Mode) throws(SQLiteError) {
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
  }

  deinit {
    unsafe sqlite3_close_v2(handle)
  }

  /// The whole path of the file, with links resolved: two connections to one file have the same.
  public var resolvedPath: String {
    unsafe sqlite3_db_filename(handle, "main").map { unsafe String(cString: $0) } ?? path
  }

  /// How long statements wait for another connection's lock, in milliseconds.
  public func waitForLocks(upTo milliseconds: Int32) {
    unsafe sqlite3_busy_timeout(handle, milliseconds)
  }

  /// The largest text, blob or row, in bytes.
  public func limitValues(to byteCount: Int32) {
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, byteCount)
  }

  /// Runs statements without parameters and results.
  public func execute(_ sql: String) throws(SQLiteError) {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// Runs one statement to its end and drops what it gives.
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
  /// - Throws: `.other` if the text holds none, or more than one.
  public func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    let text = Array(sql.utf8)
    let (first, length) = try compile(text[...])
    guard let first else { throw SQLiteError(code: SQLITE_ERROR, message: "the text is no statement", path: path) }
    // What is behind it may be white space and comments, but no second statement.
    if try compile(text[length...]).statement != nil {
      throw SQLiteError(code: SQLITE_ERROR, message: "the text is more than one statement", path: path)
    }
    return first
  }

  /// Compiles the first statement of a text; nil if only white space and comments are left.
  private func compile(
    _ text: ArraySlice<UInt8>
  ) throws(SQLiteError) -> (statement: SQLiteStatement?, length: Int) {
    // SQLite takes no address of nothing.
    if text.isEmpty { return (nil, 0) }
    rule?.hasDenied = false
    var compiled: OpaquePointer?
    let (code, length) = unsafe text.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      var tail: UnsafePointer<CChar>?
      let code = unsafe sqlite3_prepare_v3(handle, start, Int32(clamping: bytes.count), 0, &compiled, &tail)
      let length = unsafe tail.flatMap { tail in unsafe start.map { unsafe tail - $0 } } ?? bytes.count
      return (code, length)
    }
    // Not every refusal comes back as one: where SQLite's own statements are refused, other codes do.
    try check(rule?.hasDenied == true ? SQLITE_AUTH : code)
    let statement = unsafe compiled.map { unsafe SQLiteStatement($0, of: self) }
    return (statement, length)
  }

  /// Rows that the last statement inserted, changed or removed.
  public var changedRowCount: Int64 { unsafe sqlite3_changes64(handle) }

  /// Rows that all statements since the connection was opened have inserted, changed or removed.
  public var totalChangedRowCount: Int64 { unsafe sqlite3_total_changes64(handle) }

  /// Whether a transaction is open.
  public var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  // MARK: - Bounds for statements of others

  /// Asks `rule` about everything that a statement wants to do, when it is compiled; nil asks nobody.
  public func restrict(to rule: SQLiteRule?) {
    let box = rule.map(RuleBox.init)
    self.rule = box
    guard let box else {
      unsafe sqlite3_set_authorizer(handle, nil, nil)
      return
    }
    let context = unsafe Unmanaged.passUnretained(box).toOpaque()
    unsafe sqlite3_set_authorizer(
      handle,
      { (context, action, first, second, _, _) in
        guard let context = unsafe context else { return SQLITE_DENY }
        let box = unsafe Unmanaged<RuleBox>.fromOpaque(context).takeUnretainedValue()
        let names = unsafe [first, second].map { unsafe $0.map { unsafe String(cString: $0) } ?? "" }
        if box.rule.allows(action, names[0], names[1]) { return SQLITE_OK }
        box.hasDenied = true
        return SQLITE_DENY
      }, context)
  }

  /// Ends a statement with `.interrupted` after this many steps of SQLite's machine, all statements until the next call
  /// counted together; nil removes the bound.
  public func limitSteps(to count: Int?) {
    let budget = count.map { StepBudget(left: $0) }
    self.budget = budget
    guard let budget else {
      unsafe sqlite3_progress_handler(handle, 0, nil, nil)
      return
    }
    let context = unsafe Unmanaged.passUnretained(budget).toOpaque()
    unsafe sqlite3_progress_handler(
      handle, StepBudget.interval,
      { context in
        guard let context = unsafe context else { return 1 }
        let budget = unsafe Unmanaged<StepBudget>.fromOpaque(context).takeUnretainedValue()
        budget.left -= Int(StepBudget.interval)
        return budget.left > 0 ? 0 : 1
      }, context)
  }

  func check(_ code: Int32) throws(SQLiteError) {
    if code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE { return }
    throw SQLiteError(code: code, message: unsafe String(cString: sqlite3_errmsg(handle)), path: path)
  }
}

/// Keeps a rule where SQLite can point to it.
private final class RuleBox {
  let rule: SQLiteRule
  /// Whether it has refused something since a statement was last compiled.
  var hasDenied = false

  init(_ rule: SQLiteRule) { self.rule = rule }
}

/// What a statement may still do.
private final class StepBudget {
  static let interval: Int32 = 1000
  var left: Int

  init(left: Int) { self.left = left }
}
