public import SQLite
public import System

/// What belongs to one request while it runs: its seed, its stream of random bytes, its transaction. One thread uses it.
public final class RequestScope {
  /// Which request it is.
  public let identity: RequestIdentity
  /// The request's seed.
  public let seed: Hash256
  /// Chance that follows from the seed alone. Calls take their bytes from it in order.
  public var random: DeterministicRandom
  /// Bytes of CBOR of what the request has logged.
  var loggedBytes = 0
  /// Units of work that databases have done for the request.
  public var databaseWork = 0
  /// The database that the request may write to; nil if none.
  private let writable: DatabaseFile?
  private var transactions: [Transaction] = []

  private struct Transaction {
    let file: DatabaseFile
    let connection: SQLiteConnection
    let isWriter: Bool
  }

  /// A request that is about to run. `RequestHost` makes one for each; tests of an effect make their own.
  ///
  /// - Parameter writable: the database that the request may write to.
  public init(identity: RequestIdentity, seed: Hash256, writable: DatabaseFile? = nil) {
    self.identity = identity
    self.seed = seed
    self.writable = writable
    random = DeterministicRandom(seed: seed)
  }

  /// The request's transaction on a database, begun at its first use. Whatever the request reads belongs to one state of
  /// the database. On the database that it may also write to, the transaction takes the write lock at once, so that
  /// nobody changes what it has read before it writes.
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

  /// Whether a statement has ended the request's transaction, and what was written is lost. The request can only end in
  /// an error now.
  public var isAborted: Bool { transactions.contains { !$0.connection.isInTransaction } }

  /// Whether what was written can't be committed: it is lost already, or violates a constraint that was put off until now.
  var refusesCommit: Bool { isAborted || transactions.contains { $0.connection.hasUnresolvedConstraints } }

  /// Makes sure that all that was read came from where the databases' paths lead to.
  func checkPlaces() throws(SQLiteError) {
    for transaction in transactions { try transaction.file.checkPlace(of: transaction.connection) }
  }

  /// Makes all that was written durable.
  ///
  /// - Parameter body: writes what is to be committed together with it.
  /// - Throws: `.moved` also after the commit: it went to a file that the path does not lead to any more.
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

  /// Takes back all that was written and is not committed, and ends the request's transactions.
  public func rollBack() {
    for transaction in transactions {
      if transaction.connection.isInTransaction {
        // What can't be rolled back is lost with its connection, which is then not used again.
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
