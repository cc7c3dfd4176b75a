internal import CSQLite
internal import CSQLiteGuard

/// What statements of others may take. All of it is counted, and nothing is timed.
public struct SQLiteBounds: Equatable, Sendable {
  /// Units of work. A step of SQLite's machine on values of up to 1 KiB is one; so is a page of the file that is looked
  /// at, and what functions do to 16 bytes. A page that is written is 256.
  public var work: Int
  /// Bytes that SQLite holds for them.
  public var memory: Int
  /// The longest text, blob or row, in bytes.
  public var valueBytes: Int

  /// Bounds of a statement.
  public init(work: Int, memory: Int, valueBytes: Int) {
    self.work = work
    self.memory = memory
    self.valueBytes = valueBytes
  }

  /// Units of a step on values of this size.
  var stepCost: Int { max(1, valueBytes >> 10) }

  /// Bytes of the longest statement.
  public static let statementBytes = 256 << 10

  /// SQLite's own limits that hold besides: they bound what compiling takes, and how deep SQLite recurses.
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

/// Bounds that hold on a connection at the moment.
struct BoundsInForce {
  let bounds: SQLiteBounds
  /// SQLite's limits as they were before.
  let earlier: [(limit: Int32, value: Int32)]
}

extension SQLiteConnection {
  /// Holds statements to bounds until `endBounds`. They must be run by this thread, and those of no other connection.
  ///
  /// - Precondition: the connection is restricted.
  public func begin(_ bounds: SQLiteBounds) throws(SQLiteError) {
    precondition(boundsInForce == nil && ruling != nil, "bounds hold for restricted connections, one after the other")
    // SQLite reads the schema when it first needs it; its texts may be longer than a statement's values.
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

  /// Ends the bounds.
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
