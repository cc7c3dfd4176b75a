public import SQLite
internal import Snapshot

/// The effect journal: every request that was answered, with all its effect calls, in an SQLite file. docs/journal.md
/// describes the tables.
///
/// Where a program writes to a database, the journal lies in the same file, and both are committed together. What can't
/// be taken back, such as a message to another server, is noted beforehand in a second file beside it
/// (`FILE-intents`), since it must stay noted when the transaction of the request is lost.
///
/// Any number of threads and processes may use it at once.
public final class Journal: Sendable {
  /// Tables whose names begin so belong to the journal; programs can't reach them.
  public static let tablePrefix = "mqjs_"

  /// The database.
  public let file: DatabaseFile
  let reader: JournalReader
  let intents: Intents

  /// Opens a journal, or makes one; in a database that is there already its tables are added.
  public init(_ file: DatabaseFile) throws(HostFault) {
    self.file = file
    reader = JournalReader(file)
    do throws(SQLiteError) {
      let connection = try file.takeWriter()
      defer { file.giveBackWriter(connection) }
      // With a write-ahead log readers do not wait for writers. Where the file system has none, the journal mode stays
      // what it was; commits are as durable.
      _ = try connection.rows("PRAGMA journal_mode=WAL")
      try connection.execute(Journal.tables)
      intents = try Intents(path: file.path + "-intents")
    } catch {
      throw HostFault(journal: error)
    }
  }

  private static let tables = """
    CREATE TABLE IF NOT EXISTS mqjs_requests (
      id INTEGER PRIMARY KEY, seed BLOB NOT NULL UNIQUE, request_id TEXT NOT NULL, account_id TEXT NOT NULL,
      function_version TEXT NOT NULL, snapshot_sha256 BLOB NOT NULL, gas_limit INTEGER NOT NULL,
      stack_words INTEGER NOT NULL, heap_bytes INTEGER NOT NULL, protection TEXT NOT NULL, host_key BLOB, input BLOB,
      response BLOB, outcome TEXT NOT NULL, gas_used INTEGER NOT NULL, heap_peak_bytes INTEGER NOT NULL,
      stack_peak_words INTEGER NOT NULL, checksum BLOB NOT NULL, chain BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS mqjs_calls (
      request INTEGER NOT NULL REFERENCES mqjs_requests (id), sequence INTEGER NOT NULL, effect TEXT NOT NULL,
      arguments_hash BLOB NOT NULL, reply INTEGER NOT NULL, result BLOB,
      PRIMARY KEY (request, sequence)) WITHOUT ROWID;
    """

  /// A request that was lost before its end and has left an intent under this seed; nil if none has.
  func lostRequest(withSeed seed: Hash256) throws(HostFault) -> Intents.LostRequest? {
    do throws(SQLiteError) {
      return try intents.lostRequest(withSeed: seed)
    } catch {
      throw HostFault(journal: error)
    }
  }

  /// Records a request in a transaction of its own.
  ///
  /// - Throws: `.constraint` if another request has used the seed.
  func record(_ request: StoredRequest) throws(SQLiteError) {
    try file.withWriter { (connection) throws(SQLiteError) in
      try connection.execute("BEGIN IMMEDIATE")
      try JournalRow.insert(request, on: connection)
      try connection.execute("COMMIT")
    }
  }
}

extension HostFault {
  init(journal error: SQLiteError) {
    self.init("journal \(error.path): \(error.message)")
  }
}
