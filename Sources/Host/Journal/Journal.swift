public import SQLite
internal import Snapshot

/// The effect journal: every request that was answered, with all its effect calls, in an SQLite file. docs/journal.md
/// describes the tables.
///
/// Where a program writes to a database, the journal lies in the same file, and both are committed together. Two more files
/// stand beside it: `FILE-intents` notes what can't be taken back, such as a message to another server, before it is done,
/// since that must stay noted when the transaction of the request is lost; `FILE-claims` is what deliveries of one request
/// wait on for each other.
///
/// Any number of threads and processes of one machine may use it at once.
public final class Journal: Sendable {
  /// Tables whose names begin so belong to the journal; programs can't reach them.
  public static let tablePrefix = "mqjs_"

  /// The database.
  public let file: DatabaseFile
  let reader: JournalReader
  let intents: Intents
  let claims: Claims

  /// Opens a journal, or makes one; in a database that is there already its tables are added.
  ///
  /// - Throws: `.unusableJournal`, `.fault`.
  public init(_ file: DatabaseFile) throws(HostError) {
    self.file = file
    reader = JournalReader(file)
    claims = Claims(journal: file.path)
    let defect: JournalDefect?
    do throws(SQLiteError) {
      intents = try Intents(ofJournal: file.path)
      defect = try Journal.bind(file, to: intents)
    } catch {
      throw .fault(HostFault(journal: error))
    }
    if let defect { throw .unusableJournal(defect) }
  }

  private static let tables = """
    CREATE TABLE mqjs_journal (
      one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL, is_bound INTEGER NOT NULL);
    CREATE TABLE mqjs_requests (
      id INTEGER PRIMARY KEY, seed BLOB NOT NULL UNIQUE, request_id TEXT NOT NULL, account_id TEXT NOT NULL,
      function_version TEXT NOT NULL, snapshot_sha256 BLOB NOT NULL, gas_limit INTEGER NOT NULL,
      stack_words INTEGER NOT NULL, heap_bytes INTEGER NOT NULL, protection TEXT NOT NULL, host_key BLOB, input BLOB,
      response BLOB, outcome TEXT NOT NULL, gas_used INTEGER NOT NULL, heap_peak_bytes INTEGER NOT NULL,
      stack_peak_words INTEGER NOT NULL, checksum BLOB NOT NULL, chain BLOB NOT NULL);
    CREATE INDEX mqjs_requests_identity ON mqjs_requests (account_id, request_id);
    CREATE TABLE mqjs_calls (
      request INTEGER NOT NULL REFERENCES mqjs_requests (id), sequence INTEGER NOT NULL, effect TEXT NOT NULL,
      arguments_hash BLOB NOT NULL, reply INTEGER NOT NULL, result BLOB,
      PRIMARY KEY (request, sequence)) WITHOUT ROWID;
    """

  /// Records a request in a transaction of its own.
  ///
  /// - Returns: where it stands.
  /// - Throws: `.constraint` if another request has used the seed.
  func record(_ request: StoredRequest) throws(SQLiteError) -> JournalPlace {
    try file.withTransaction { (connection) throws(SQLiteError) in try JournalRow.insert(request, on: connection) }
  }
}

// MARK: - The journal and its file of intents

extension Journal {
  /// How a journal looks when it is opened.
  private enum State {
    /// There is none in the database.
    case none
    /// It is one of an earlier version, which has no identity.
    case earlier
    /// It has one; whether it knows its file of intents, and that has been there.
    case here(id: [UInt8], isBound: Bool)
  }

  /// Makes sure that journal and intents belong together and that the journal has what it had, and binds new ones.
  ///
  /// - Returns: what is wrong.
  private static func bind(_ file: DatabaseFile, to intents: Intents) throws(SQLiteError) -> JournalDefect? {
    let found = try file.withReader { (connection) throws(SQLiteError) -> State in
      try state(on: connection)
    }
    let binding = try intents.binding()
    // The common case takes no lock: somebody else may be writing for as long as a request runs.
    if case .here(let id, true) = found, let binding {
      if binding.journal != id { return JournalDefect(.foreignIntents, path: file.path) }
      let hasLast = try file.withReader { (connection) throws(SQLiteError) -> Bool in
        try binding.last.isIn(connection)
      }
      return hasLast ? nil : JournalDefect(.lostRecords(last: binding.last.row), path: file.path)
    }
    // With a write-ahead log readers do not wait for writers. Where the file system has none, the journal mode stays what
    // it was; commits are as durable.
    try file.withWriter { (connection) throws(SQLiteError) -> Void in
      _ = try connection.rows("PRAGMA journal_mode=WAL")
    }
    return try file.withTransaction { (connection) throws(SQLiteError) -> JournalDefect? in
      switch try state(on: connection) {
      case .earlier: return JournalDefect(.earlierVersion, path: file.path)
      case .here(_, true) where try intents.binding() == nil: return JournalDefect(.missingIntents, path: file.path)
      case .none:
        try connection.execute(tables)
        var generator = SystemRandomNumberGenerator()
        let id = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try connection.run("INSERT INTO mqjs_journal VALUES (1, ?, 0)", [.blob(id)])
      case .here: break
      }
      guard case .here(let id, _) = try state(on: connection) else { return nil }
      try intents.bind(to: id, last: .last(on: connection))
      if try intents.binding()?.journal != id { return JournalDefect(.foreignIntents, path: file.path) }
      try connection.execute("UPDATE mqjs_journal SET is_bound = 1")
      return nil
    }
  }

  private static func state(on connection: SQLiteConnection) throws(SQLiteError) -> State {
    let names = try connection.rows(
      "SELECT name FROM sqlite_schema WHERE name IN ('mqjs_journal', 'mqjs_requests') ORDER BY name")
    guard names.contains([.text("mqjs_journal")]) else { return names.isEmpty ? .none : .earlier }
    guard let row = try connection.rows("SELECT id, is_bound FROM mqjs_journal").first, let id = row[0].blob else {
      return .earlier
    }
    return .here(id: id, isBound: row[1].number == 1)
  }
}

extension HostFault {
  init(journal error: SQLiteError) {
    self.init("journal \(error.path): \(error.message)")
  }
}
