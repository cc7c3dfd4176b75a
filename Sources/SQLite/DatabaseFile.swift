internal import Synchronization

/// A database file, and the idle connections to it. Any number of threads may use it at the same time; each takes a
/// connection of its own.
///
/// It is the file that was at the path when it was opened. If that file was deleted, renamed or replaced, every use
/// ends in `.moved`.
public final class DatabaseFile: Sendable {
  /// The full path, with links resolved.
  public let path: String
  /// The file as it was named, as an absolute path.
  private let name: String
  private let place: FilePlace
  private let idle = Mutex<[SQLiteConnection]>([])
  private let idleReaders = Mutex<[SQLiteConnection]>([])

  // The writer closes last. That copies the contents of the write-ahead log into the file, and removes the log.
  deinit { idleReaders.withLock { $0 = [] } }

  /// The maximum number of idle connections of each kind.
  private static let idleLimit = 16

  /// Opens the file, to check that it can be opened.
  ///
  /// - Parameter mode: `creating` creates the file if it does not exist.
  public init(_ path: String, _ mode: SQLiteConnection.Mode) throws(SQLiteError) {
    let connection = try SQLiteConnection(path, mode)
    // Opening alone does not read the file.
    _ = try connection.rows("PRAGMA schema_version")
    name = FilePlace.absolute(path)
    self.path = connection.resolvedPath
    guard let place = FilePlace(path), !connection.hasMoved else { throw SQLiteError(movedFrom: path) }
    self.place = place
  }

  /// Begins a transaction that may write, and takes the lock for that.
  public func beginWriting(on connection: SQLiteConnection) throws(SQLiteError) {
    try connection.execute("BEGIN IMMEDIATE")
    connection.logPlace = FilePlace(path + "-wal")
  }

  /// Checks that a connection reads and writes the file that the path leads to, and uses the write-ahead log that its
  /// transaction began with.
  ///
  /// - Throws: `.moved`.
  public func checkPlace(of connection: SQLiteConnection) throws(SQLiteError) {
    if connection.hasMoved || FilePlace(name) != place { throw SQLiteError(movedFrom: name) }
    if let log = connection.logPlace, FilePlace(path + "-wal") != log { throw SQLiteError(movedFrom: path + "-wal") }
  }

  /// A connection that can only read. It belongs to the caller until it is given back.
  public func takeReader() throws(SQLiteError) -> SQLiteConnection {
    let kept = idleReaders.withLock { $0.popLast() }
    let connection = if let kept { kept } else { try opened(.reading) }
    try checkPlace(of: connection)
    return connection
  }

  /// A connection that can write. It belongs to the caller until it is given back. Its commits are on disk.
  public func takeWriter() throws(SQLiteError) -> SQLiteConnection {
    let kept = idle.withLock { $0.popLast() }
    let connection = if let kept { kept } else { try opened(.writing) }
    try checkPlace(of: connection)
    return connection
  }

  private func opened(_ mode: SQLiteConnection.Mode) throws(SQLiteError) -> SQLiteConnection {
    let connection = try SQLiteConnection(path, mode)
    switch mode {
    case .reading: break
    case .writing, .creating:
      try connection.execute("PRAGMA synchronous=\(Durability.durable.rawValue); PRAGMA foreign_keys=ON")
    }
    return connection
  }

  /// Takes a connection back. If a transaction is still open, the connection is closed instead.
  public func giveBackReader(_ connection: SQLiteConnection) { keep(connection, in: idleReaders) }

  /// Takes a connection back. If a transaction is still open, the connection is closed instead.
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
  ///
  /// - Throws: `.moved`, also if the file was moved in the meantime: then nobody would look for the writes where they
  ///   are.
  public func withWriter<Result>(
    _ body: (SQLiteConnection) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    let connection = try takeWriter()
    defer { giveBackWriter(connection) }
    let result = try body(connection)
    try checkPlace(of: connection)
    return result
  }

  /// How much of a transaction survives a power failure.
  public enum Durability: String, Sendable {
    /// All of it: it is on disk. EXTRA is FULL, and in the modes without a write-ahead log it also synchronises the
    /// directory.
    case durable = "EXTRA"
    /// All or nothing: with a write-ahead log, it may be lost together with later transactions.
    case consistent = "NORMAL"
  }

  /// Runs a body in a transaction of its own that may write. If the body throws, the transaction has no effect.
  ///
  /// - Throws: `.moved`, also if the file was moved in the meantime.
  public func withTransaction<Result>(
    _ durability: Durability = .durable, _ body: (SQLiteConnection) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try withWriter { (connection) throws(SQLiteError) in
      if durability != .durable { try connection.execute("PRAGMA synchronous=\(durability.rawValue)") }
      defer {
        // What was not committed is rolled back when the connection is closed, at the latest.
        if connection.isInTransaction { try? connection.execute("ROLLBACK") }
        if durability != .durable { try? connection.execute("PRAGMA synchronous=\(Durability.durable.rawValue)") }
      }
      try beginWriting(on: connection)
      let result = try body(connection)
      try connection.execute("COMMIT")
      return result
    }
  }

  private func keep(_ connection: SQLiteConnection, in shelf: borrowing Mutex<[SQLiteConnection]>) {
    connection.lift()
    connection.logPlace = nil
    if connection.isInTransaction { return }
    shelf.withLock { if $0.count < DatabaseFile.idleLimit { $0.append(connection) } }
  }
}
