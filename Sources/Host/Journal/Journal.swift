internal import OperatingSystem
public import SQLite

/// The effect journal: every request that was answered, with all its effect calls, in an SQLite file. docs/journal.md
/// describes the tables.
///
/// If a program writes to a database, the journal is in the same file, and both are committed together. There are two
/// more files beside it. `FILE-intents` holds the intents of irrevocable calls, such as messages to other servers. An
/// intent is noted before the call, and stays even if the transaction of the request is lost. `FILE-claims` holds the
/// locks by which deliveries of one request wait for each other, and notes the journal's last record.
///
/// Any number of threads and processes of one machine may use it at the same time.
public final class Journal: Sendable {
  /// The prefix of the names of the journal's tables. Programs can't reach such tables.
  public static let tablePrefix = "mqjs_"

  /// The database.
  public let file: DatabaseFile
  let reader: JournalReader
  let intents: Intents
  let claims: Claims
  /// The journal's random identifier.
  private let id: [UInt8]

  /// Opens a journal, or creates one. In an existing database, its tables are added.
  ///
  /// - Throws: `.unusableJournal`, `.fault`. Then nothing was created or changed.
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

  /// Adds a request to the journal, in the current transaction of a connection.
  ///
  /// - Parameter notes: the number of notes in the file of intents at the request's last irrevocable call; nil if it
  ///   made none.
  /// - Returns: the place of its record.
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

  /// Notes in the other two files that a request is recorded, so that a loss of the record is noticed.
  func noteAnswer(to key: RequestKey, recordedAt place: JournalPlace, hadCalls: Bool) {
    // If this fails, the intents lag behind the journal, which is always consulted first.
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

  /// The state of a journal when it is opened.
  private enum State {
    /// The database has none.
    case none
    /// An earlier version has made it, or its tables have been changed.
    case foreign
    /// It exists: its identifier; whether it is bound to a file of intents, which must then exist; and the number of
    /// notes that this file must have at least.
    case here(id: [UInt8], isBound: Bool, notes: Int64)
  }

  /// Opens the file of intents, if it and the journal are as they were left; creates both if neither exists.
  private static func open(_ file: DatabaseFile, _ claims: Claims) throws(Refusal) -> (Intents, id: [UInt8]) {
    for path in [file.path, Intents.path(ofJournal: file.path)] where SystemFile.mayHaveOtherPaths(path) {
      throw .defect(.otherPaths(of: path))
    }
    // The common case takes no lock: somebody else may be writing for as long as a request runs.
    if case .here(let id, true, _) = try state(of: file), try defect(of: file, claims) == nil {
      return (try withFaults { () throws(SQLiteError) in try Intents(Intents.path(ofJournal: file.path)) }, id)
    }
    // A journal that looks wrong may be half-created, by somebody who holds this lock.
    return try claims.withOpeningLock { () throws(Refusal) in
      if let defect = try defect(of: file, claims) { throw .defect(defect) }
      return try withFaults { () throws(SQLiteError) in try make(file) }
    }
  }

  /// What is wrong with a journal and its file of intents; nil if nothing is, or if neither exists.
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

  /// Creates the journal's tables and the file of intents, as far as they don't exist.
  private static func make(_ file: DatabaseFile) throws(SQLiteError) -> (Intents, id: [UInt8]) {
    // With a write-ahead log, readers do not wait for writers. If the file system does not support it, the journal mode
    // stays as it was; commits are just as durable.
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
