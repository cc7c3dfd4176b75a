internal import Synchronization

/// A database file, and the connections to it that nobody uses at the moment. Any number of threads may use it at once;
/// each takes a connection of its own.
public final class DatabaseFile: Sendable {
  /// The whole path, with links resolved.
  public let path: String
  private let idle = Mutex<[SQLiteConnection]>([])
  private let idleReaders = Mutex<[SQLiteConnection]>([])

  /// How long a statement waits for somebody else's lock, in milliseconds.
  private static let lockTimeout: Int32 = 10_000
  /// Connections that are kept for later, at most, of each kind.
  private static let idleLimit = 16

  /// Opens the file, to see that it can be opened.
  ///
  /// - Parameter mode: `creating` makes the file if it is not there.
  public init(_ path: String, _ mode: SQLiteConnection.Mode) throws(SQLiteError) {
    let connection = try SQLiteConnection(path, mode)
    // Opening alone does not look into the file.
    _ = try connection.rows("PRAGMA schema_version")
    self.path = connection.resolvedPath
  }

  /// A connection that can only read, for the caller alone until it is given back.
  public func takeReader() throws(SQLiteError) -> SQLiteConnection {
    if let connection = idleReaders.withLock({ $0.popLast() }) { return connection }
    let connection = try SQLiteConnection(path, .reading)
    connection.waitForLocks(upTo: DatabaseFile.lockTimeout)
    return connection
  }

  /// A connection that can write, for the caller alone until it is given back. What it commits is on the disk.
  public func takeWriter() throws(SQLiteError) -> SQLiteConnection {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    let connection = try SQLiteConnection(path, .writing)
    connection.waitForLocks(upTo: DatabaseFile.lockTimeout)
    // EXTRA is FULL, and in the modes without a write-ahead log the directory is synchronised, too.
    try connection.execute("PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON")
    return connection
  }

  /// Takes a connection back; one with a transaction that is still open is closed instead.
  public func giveBackReader(_ connection: SQLiteConnection) { keep(connection, in: idleReaders) }

  /// Takes a connection back; one with a transaction that is still open is closed instead.
  public func giveBackWriter(_ connection: SQLiteConnection) { keep(connection, in: idle) }

  /// Lends a connection that can only read.
  public func withReader<Result>(
    _ body: (SQLiteConnection) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    let connection = try takeReader()
    defer { giveBackReader(connection) }
    return try body(connection)
  }

  /// Lends a connection that can write.
  public func withWriter<Result>(
    _ body: (SQLiteConnection) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    let connection = try takeWriter()
    defer { giveBackWriter(connection) }
    return try body(connection)
  }

  private func keep(_ connection: SQLiteConnection, in shelf: borrowing Mutex<[SQLiteConnection]>) {
    connection.restrict(to: nil)
    connection.limitSteps(to: nil)
    if connection.isInTransaction { return }
    shelf.withLock { if $0.count < DatabaseFile.idleLimit { $0.append(connection) } }
  }
}
