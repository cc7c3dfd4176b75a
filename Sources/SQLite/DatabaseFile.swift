internal import Synchronization

/// A database file, and the connections to it that nobody uses at the moment. Any number of threads may use it at once;
/// each takes a connection of its own.
///
/// It is the file that lay at the path when it was opened. When that was deleted, renamed or replaced, every use ends in
/// `.moved`.
public final class DatabaseFile: Sendable {
  /// The whole path, with links resolved.
  public let path: String
  /// The file as it was named, from the root.
  private let name: String
  private let place: FilePlace
  private let idle = Mutex<[SQLiteConnection]>([])
  private let idleReaders = Mutex<[SQLiteConnection]>([])

  // Who writes is the last to close: that puts what the write-ahead log holds into the file, and removes the log.
  deinit { idleReaders.withLock { $0 = [] } }

  /// Connections that are kept for later, at most, of each kind.
  private static let idleLimit = 16

  /// Opens the file, to see that it can be opened.
  ///
  /// - Parameter mode: `creating` makes the file if it is not there.
  public init(_ path: String, _ mode: SQLiteConnection.Mode) throws(SQLiteError) {
    let connection = try SQLiteConnection(path, mode)
    // Opening alone does not look into the file.
    _ = try connection.rows("PRAGMA schema_version")
    name = FilePlace.absolute(path)
    self.path = connection.resolvedPath
    guard let place = FilePlace(path), !connection.hasMoved else { throw SQLiteError(movedFrom: path) }
    self.place = place
  }

  /// Begins a transaction that may write, with the lock that takes.
  public func beginWriting(on connection: SQLiteConnection) throws(SQLiteError) {
    try connection.execute("BEGIN IMMEDIATE")
    connection.logPlace = FilePlace(path + "-wal")
  }

  /// Makes sure that what a connection reads and writes is the file that the path leads to, with the write-ahead log
  /// that its transaction began with.
  ///
  /// - Throws: `.moved`.
  public func checkPlace(of connection: SQLiteConnection) throws(SQLiteError) {
    if connection.hasMoved || FilePlace(name) != place { throw SQLiteError(movedFrom: name) }
    if let log = connection.logPlace, FilePlace(path + "-wal") != log { throw SQLiteError(movedFrom: path + "-wal") }
  }

  /// A connection that can only read, for the caller alone until it is given back.
  public func takeReader() throws(SQLiteError) -> SQLiteConnection {
    let kept = idleReaders.withLock { $0.popLast() }
    let connection = if let kept { kept } else { try opened(.reading) }
    try checkPlace(of: connection)
    return connection
  }

  /// A connection that can write, for the caller alone until it is given back. What it commits is on the disk.
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
  ///
  /// - Throws: `.moved` also if the file was moved meanwhile: what was written then is where nobody looks for it.
  public func withWriter<Result>(
    _ body: (SQLiteConnection) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    let connection = try takeWriter()
    defer { giveBackWriter(connection) }
    let result = try body(connection)
    try checkPlace(of: connection)
    return result
  }

  /// What is left of a transaction after a power failure.
  public enum Durability: String, Sendable {
    /// All of it: it is on the disk. EXTRA is FULL, and in the modes without a write-ahead log the directory is
    /// synchronised, too.
    case durable = "EXTRA"
    /// All of it or nothing: with a write-ahead log it may be lost together with those behind it.
    case consistent = "NORMAL"
  }

  /// Runs a body in a transaction of its own that may write; if it throws, nothing is left of it.
  ///
  /// - Throws: `.moved` also if the file was moved meanwhile.
  public func withTransaction<Result>(
    _ durability: Durability = .durable, _ body: (SQLiteConnection) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try withWriter { (connection) throws(SQLiteError) in
      if durability != .durable { try connection.execute("PRAGMA synchronous=\(durability.rawValue)") }
      defer {
        // What was not committed is taken back when the connection is closed, at the latest.
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
