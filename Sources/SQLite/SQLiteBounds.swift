internal import CSQLite
internal import CSQLiteGuard

/// Limits for statements that somebody else wrote. All of them are counted, and none is timed.
public struct SQLiteBounds: Equatable, Sendable {
  /// Units of work. A step of SQLite's virtual machine on values of up to 1 KiB is one unit. So is a page of the file
  /// that is read, and the work of functions on 16 bytes. A page that is written is 256 units.
  public var work: Int
  /// Bytes that SQLite may hold for them.
  public var memory: Int
  /// The longest text, blob or row, in bytes.
  public var valueBytes: Int

  /// The limits of a statement.
  public init(work: Int, memory: Int, valueBytes: Int) {
    self.work = work
    self.memory = memory
    self.valueBytes = valueBytes
  }

  /// The units of a step on values of this size.
  var stepCost: Int { max(1, valueBytes >> 10) }

  /// The maximum length of a statement, in bytes.
  public static let statementBytes = 256 << 10

  /// SQLite's own limits that apply in addition. They bound the work of compiling, and how deep SQLite recurses.
  static let fixed: [(limit: Int32, value: Int32)] = [
    (SQLITE_LIMIT_SQL_LENGTH, Int32(statementBytes)),
    (SQLITE_LIMIT_EXPR_DEPTH, 200),
    (SQLITE_LIMIT_COMPOUND_SELECT, 100),
    (SQLITE_LIMIT_VDBE_OP, 100_000),
    (SQLITE_LIMIT_VARIABLE_NUMBER, 32_766),
    (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
    (SQLITE_LIMIT_TRIGGER_DEPTH, 100),
    (SQLITE_LIMIT_WORKER_THREADS, 0),
  ]
}

/// The limits that currently apply to a connection.
struct BoundsInForce {
  let bounds: SQLiteBounds
  /// SQLite's limits before that.
  let earlier: [(limit: Int32, value: Int32)]
}

extension SQLiteConnection {
  /// Limits statements until `endBounds`. This thread must run them, and it must not run statements of another
  /// connection.
  ///
  /// - Precondition: the connection is restricted.
  public func begin(_ bounds: SQLiteBounds) throws(SQLiteError) {
    precondition(boundsInForce == nil && ruling != nil, "bounds hold for restricted connections, one after the other")
    // SQLite reads the schema when it first needs it. The texts in the schema may be longer than a statement's values.
    try withoutRule { () throws(SQLiteError) in _ = try rows("SELECT 1 FROM sqlite_schema LIMIT 0") }
    let value = Int32(clamping: bounds.valueBytes)
    var earlier: [(limit: Int32, value: Int32)] = []
    for (limit, value) in [(SQLITE_LIMIT_LENGTH, value)] + SQLiteBounds.fixed {
      earlier.append((limit, unsafe sqlite3_limit(handle, limit, value)))
    }
    boundsInForce = BoundsInForce(bounds: bounds, earlier: earlier)
    if let library = unsafe library { unsafe sqlite_guard_limit_values(library, value) }
    unsafe sqlite_guard_begin(handle, Int64(bounds.memory), Int64(bounds.work))
    sqlite_guard_step_cost(Int32(clamping: bounds.stepCost))
  }

  /// Removes the limits.
  ///
  /// - Returns: the units of work that are left.
  @discardableResult
  public func endBounds() -> Int {
    let work = sqlite_guard_end()
    for (limit, value) in boundsInForce?.earlier ?? [] { unsafe sqlite3_limit(handle, limit, value) }
    boundsInForce = nil
    return Int(work)
  }
}
