public import OperatingSystem
public import SQLite

/// The state of one request while it runs: its seed, its random stream, its transactions. One thread uses it.
public final class RequestScope {
  /// Which request it is.
  public let identity: RequestIdentity
  /// The request's seed.
  public let seed: Hash256
  /// The random stream, which follows from the seed alone. Calls take their bytes from it in order.
  public var random: DeterministicRandom
  /// The bytes of CBOR that the request has logged.
  var loggedBytes = 0
  /// Units of work that databases have done for the request.
  public var databaseWork = 0
  /// The database that the request may write to; nil if there is none.
  private let writable: DatabaseFile?
  private var transactions: [Transaction] = []

  private struct Transaction {
    let file: DatabaseFile
    let connection: SQLiteConnection
    let isWriter: Bool
  }

  /// The scope of a request that is about to run. `RequestHost` creates one for each request; tests of an effect create
  /// their own.
  ///
  /// - Parameter writable: the database that the request may write to.
  public init(identity: RequestIdentity, seed: Hash256, writable: DatabaseFile? = nil) {
    self.identity = identity
    self.seed = seed
    self.writable = writable
    random = DeterministicRandom(seed: seed)
  }

  /// The request's transaction on a database. It begins at its first use, so all reads of the request see one state of
  /// the database. If the request may also write to the database, the transaction takes the write lock at once, so
  /// nobody can change what was read before the request writes.
  public func transaction(on file: DatabaseFile) throws(SQLiteError) -> SQLiteConnection {
    if let open = transactions.first(where: { $0.file.path == file.path }) { return open.connection }
    let isWriter = file.path == writable?.path
    let connection = try isWriter ? file.takeWriter() : file.takeReader()
    transactions.append(Transaction(file: file, connection: connection, isWriter: isWriter))
    if isWriter { try file.beginWriting(on: connection) } else { try connection.execute("BEGIN") }
    return connection
  }

  /// Whether the request has begun to use the database that it may write to.
  var hasWriter: Bool { transactions.contains(where: \.isWriter) }

  /// Whether a statement has ended a transaction of the request, so that its writes are lost. The request can then only
  /// end in an error.
  public var isAborted: Bool { transactions.contains { !$0.connection.isInTransaction } }

  /// Whether the writes can't be committed: they are lost already, or violate a deferred constraint.
  var refusesCommit: Bool { isAborted || transactions.contains { $0.connection.hasUnresolvedConstraints } }

  /// Checks that everything was read from the files that the databases' paths lead to.
  func checkPlaces() throws(SQLiteError) {
    for transaction in transactions { try transaction.file.checkPlace(of: transaction.connection) }
  }

  /// Commits all writes durably.
  ///
  /// - Parameter body: makes further writes in the same transaction.
  /// - Throws: `.moved`, even after the commit, if the writes went to a file that the path no longer leads to.
  func commit(_ body: (SQLiteConnection) throws(SQLiteError) -> Void) throws(SQLiteError) {
    try checkPlaces()
    for transaction in transactions where transaction.isWriter {
      transaction.connection.lift()
      try body(transaction.connection)
      try checkPlaces()
      try transaction.connection.execute("COMMIT")
    }
    try checkPlaces()
    rollBack()
  }

  /// Undoes all writes that are not committed, and ends the request's transactions.
  public func rollBack() {
    for transaction in transactions {
      if transaction.connection.isInTransaction {
        // If this fails, the writes are lost when the connection is closed. It is not used again.
        try? transaction.connection.execute("ROLLBACK")
      }
      if transaction.isWriter {
        transaction.file.giveBackWriter(transaction.connection)
      } else {
        transaction.file.giveBackReader(transaction.connection)
      }
    }
    transactions = []
  }

  deinit { rollBack() }
}
