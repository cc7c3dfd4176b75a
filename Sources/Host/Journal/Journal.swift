public import SQLite
internal import System

/// The effect journal: every request that was answered, with all its effect calls, in an SQLite file. docs/journal.md
/// describes the tables.
///
/// Where a program writes to a database, the journal lies in the same file, and both are committed together. Two more files
/// stand beside it: `FILE-intents` notes what can't be taken back, such as a message to another server, before it is done,
/// since that must stay noted when the transaction of the request is lost; `FILE-claims` is what deliveries of one request
/// wait on for each other, and names the journal's last record.
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
  /// A random identifier.
  private let id: [UInt8]

  /// Opens a journal, or makes one; in a database that is there already its tables are added.
  ///
  /// - Throws: `.unusableJournal`, `.fault`. Then nothing was made or changed.
  public init(_ file: DatabaseFile) throws(HostError) {
    self.file = file
    reader = JournalReader(file)
    claims = Claims(journal: file.path)
    do throws(Refusal) {
      (intents, id) = try Journal.open(file, claims)
    } catch {
      switch error {
      case .defect(let kind): throw .unusableJournal(JournalDefect(kind, path: file.path))
      case .fault(let fault): throw .fault(fault)
      }
    }
  }

  private static let tables = """
    CREATE TABLE mqjs_journal (
      one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL, is_bound INTEGER NOT NULL,
      notes INTEGER NOT NULL);
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

  /// Adds a request to the journal, in the transaction of a connection.
  ///
  /// - Parameter notes: how many notes the file of intents has had when the request made its last call that can't be taken
  ///   back; nil if it made none.
  /// - Returns: where it stands.
  /// - Throws: `.constraint` if another request has used the seed.
  func insert(
    _ request: StoredRequest, notes: Int64?, on connection: SQLiteConnection
  ) throws(SQLiteError) -> JournalPlace {
    if let notes { try connection.run("UPDATE mqjs_journal SET notes = max(notes, ?)", [.integer(notes)]) }
    return try JournalRow.insert(request, on: connection)
  }

  /// Records a request in a transaction of its own.
  func record(_ request: StoredRequest, notes: Int64?) throws(SQLiteError) -> JournalPlace {
    try file.withTransaction { (connection) throws(SQLiteError) in
      try insert(request, notes: notes, on: connection)
    }
  }

  /// Notes that a request is recorded, where that is looked for when something is lost.
  func noteAnswer(to key: RequestKey, recordedAt place: JournalPlace, hadCalls: Bool) {
    // If this fails, the intents say less than the journal, which is what is asked first.
    if hadCalls { try? intents.noteAnswer(to: key) }
    claims.note(LastRecord(journal: id, place: place))
  }
}

// MARK: - Opening

extension Journal {
  /// Why a journal is not opened.
  enum Refusal: Error {
    case defect(JournalDefect.Kind)
    case fault(HostFault)
  }

  /// How a journal looks when it is opened.
  private enum State {
    /// There is none in the database.
    case none
    /// It is one of an earlier version, or not as we have made it.
    case foreign
    /// It is there: its identifier; whether it knows its file of intents, which then must be there; and how many notes that
    /// must have had at least.
    case here(id: [UInt8], isBound: Bool, notes: Int64)
  }

  /// Opens the file of intents, if it and the journal are as they were left; makes both if there is neither.
  private static func open(_ file: DatabaseFile, _ claims: Claims) throws(Refusal) -> (Intents, id: [UInt8]) {
    for path in [file.path, Intents.path(ofJournal: file.path)] where SystemFile.mayHaveOtherPaths(path) {
      throw .defect(.otherPaths(of: path))
    }
    // The common case takes no lock: somebody else may be writing for as long as a request runs.
    if case .here(let id, true, _) = try state(of: file), try defect(of: file, claims) == nil {
      return (try withFaults { () throws(SQLiteError) in try Intents(Intents.path(ofJournal: file.path)) }, id)
    }
    // What looks wrong may be half made, by somebody who has this lock.
    return try claims.withOpeningLock { () throws(Refusal) in
      if let defect = try defect(of: file, claims) { throw .defect(defect) }
      return try withFaults { () throws(SQLiteError) in try make(file) }
    }
  }

  /// What is wrong with a journal and its file of intents; nil if nothing is, or if there is neither.
  private static func defect(of file: DatabaseFile, _ claims: Claims) throws(Refusal) -> JournalDefect.Kind? {
    let state = try state(of: file)
    let binding = try withFaults { () throws(SQLiteError) in
      try Intents.binding(at: Intents.path(ofJournal: file.path))
    }
    switch (state, binding) {
    case (.foreign, _): return .foreignTables
    case (.none, nil): return nil
    case (.none, _?): return .missingJournal
    case (.here(_, let isBound, _), nil): return isBound ? .missingIntents : nil
    case (.here(let id, let isBound, let notes), let binding?):
      if binding.journal != id { return .foreignIntents }
      if isBound, binding.notes < notes { return .olderIntents }
      guard let last = claims.lastRecord(of: id) else { return nil }
      return try isRecorded(last, in: file) ? nil : .lostRecords(last: last.row)
    }
  }

  /// Makes the journal's tables and the file of intents, as far as they are not there.
  private static func make(_ file: DatabaseFile) throws(SQLiteError) -> (Intents, id: [UInt8]) {
    // With a write-ahead log readers do not wait for writers. Where the file system has none, the journal mode stays what
    // it was; commits are as durable.
    try file.withWriter { (connection) throws(SQLiteError) -> Void in
      _ = try connection.rows("PRAGMA journal_mode=WAL")
    }
    return try file.withTransaction { (connection) throws(SQLiteError) in
      if try JournalSchema.isAbsent(on: connection) {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try connection.execute(tables)
        try connection.run("INSERT INTO mqjs_journal VALUES (1, ?, 0, 0)", [.blob(id)])
      }
      let id = try connection.rows("SELECT id FROM mqjs_journal").first?[0].blob ?? []
      let intents = try Intents(Intents.path(ofJournal: file.path), makingFor: id)
      try connection.execute("UPDATE mqjs_journal SET is_bound = 1")
      return (intents, id)
    }
  }

  private static func state(of file: DatabaseFile) throws(Refusal) -> State {
    try withFaults { () throws(SQLiteError) in
      try file.withReader { (connection) throws(SQLiteError) in
        if try JournalSchema.isAbsent(on: connection) { return .none }
        guard try JournalSchema.journal.isWhole(on: connection),
          let row = try connection.rows("SELECT id, is_bound, notes FROM mqjs_journal WHERE one = 1").first,
          let id = row[0].blob, id.count == 16
        else { return .foreign }
        return .here(id: id, isBound: row[1].number == 1, notes: row[2].number ?? 0)
      }
    }
  }

  private static func isRecorded(_ place: JournalPlace, in file: DatabaseFile) throws(Refusal) -> Bool {
    do throws(HostFault) {
      return try JournalReader(file).contains(place)
    } catch {
      throw .fault(error)
    }
  }

  private static func withFaults<Result>(_ body: () throws(SQLiteError) -> Result) throws(Refusal) -> Result {
    do throws(SQLiteError) {
      return try body()
    } catch {
      throw .fault(HostFault(journal: error))
    }
  }
}

extension HostFault {
  init(journal error: SQLiteError) {
    self.init("journal \(error.path): \(error.message)")
  }
}
