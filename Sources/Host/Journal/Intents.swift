internal import OperatingSystem
internal import SQLite
internal import Snapshot

/// The intents of irrevocable calls, in a separate file beside the journal (`FILE-intents`). An intent is on disk
/// before `noteCall` returns, whatever happens to the request's own transaction.
///
/// An answered request leaves a tombstone: its seed and identity. The file also records which journal it belongs to,
/// and counts its notes. So it is noticed if the journal was moved without it, or if an older file has replaced it.
///
/// The file uses a rollback journal, not a write-ahead log, whose newest part could be lost. So everything noted is
/// always in the one file.
final class Intents: Sendable {
  /// A request of which a run has begun to make irrevocable calls.
  struct BegunRequest {
    /// The state of the request. The names occur in the table.
    enum State: String {
      /// It has no answer: the run was lost, or is still running.
      case begun
      /// Its answer is in the journal.
      case answered
      /// A new attempt has replaced it.
      case superseded
    }

    let seed: Hash256
    let identity: RequestIdentity
    let inputHash: RecordedHash
    let state: State
  }

  /// A call that was begun by a run without an answer.
  struct NotedCall {
    /// Its number in the file.
    let position: Int64
    /// The seed of the run that made it.
    let seed: Hash256
    /// `HttpOut.post`.
    let name: String
    let argumentsHash: RecordedHash
    /// Its result, if that is known; sealed if there is a host key.
    let result: [UInt8]?
    let hostKey: Hash256?
  }

  /// The path of the file of intents for the journal in this file.
  static func path(ofJournal path: String) -> String { path + "-intents" }

  let file: DatabaseFile

  /// Opens the existing file.
  init(_ path: String) throws(SQLiteError) { file = try DatabaseFile(path, .writing) }

  /// Creates the file and its tables if they don't exist. An existing file stays bound to its journal.
  ///
  /// - Parameter journal: the identifier of the journal that a new file belongs to.
  init(_ path: String, makingFor journal: [UInt8]) throws(SQLiteError) {
    file = try DatabaseFile(path, .creating)
    try file.withTransaction { (connection) throws(SQLiteError) in
      try connection.execute(Intents.tables)
      try connection.run("INSERT OR IGNORE INTO mqjs_binding VALUES (1, ?, 0)", [.blob(journal)])
    }
  }

  private static let tables = """
    CREATE TABLE IF NOT EXISTS mqjs_begun (
      seed BLOB NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, request_id TEXT NOT NULL, input_hash BLOB,
      input_key BLOB, state TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS mqjs_begun_identity ON mqjs_begun (account_id, request_id);
    CREATE TABLE IF NOT EXISTS mqjs_intents (
      account_id TEXT NOT NULL, request_id TEXT NOT NULL, position INTEGER NOT NULL, seed BLOB NOT NULL,
      effect TEXT NOT NULL, arguments_hash BLOB, arguments_key BLOB, result BLOB, result_key BLOB,
      PRIMARY KEY (account_id, request_id, position)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS mqjs_binding (
      one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), journal BLOB NOT NULL, notes INTEGER NOT NULL);
    """

  // MARK: - Requests

  /// All requests that were begun under this key: by its seed, or by its account and id.
  ///
  /// - Throws: also if a row can't be read, since it might be one of these.
  func begunRequests(_ key: RequestKey) throws(HostFault) -> [BegunRequest] {
    try rows(
      """
      SELECT seed, account_id, request_id, input_hash, input_key, state FROM mqjs_begun
        WHERE seed = ? OR account_id = ? AND request_id = ? ORDER BY seed LIMIT \(Intents.rowLimit)
      """, [.blob(key.seed.bytes)] + key.identity.columns
    ) { row in
      guard let seed = row[0].blob.flatMap(Hash256.init(bytes:)), let account = row[1].string,
        let request = row[2].string, let inputHash = RecordedHash(row[3], hostKey: row[4]),
        let state = row[5].string.flatMap(BegunRequest.State.init)
      else { return nil }
      return BegunRequest(
        seed: seed, identity: RequestIdentity(requestID: request, accountID: account, functionVersion: ""),
        inputHash: inputHash, state: state)
    }
  }

  /// The calls that were begun for a request without an answer, in order.
  ///
  /// - Throws: also if a row can't be read.
  func calls(of identity: RequestIdentity) throws(HostFault) -> [NotedCall] {
    try rows(
      """
      SELECT seed, effect, arguments_hash, arguments_key, result, result_key, position FROM mqjs_intents
        WHERE account_id = ? AND request_id = ? ORDER BY position LIMIT \(Intents.rowLimit)
      """, identity.columns
    ) { row in
      guard let seed = row[0].blob.flatMap(Hash256.init(bytes:)), let name = row[1].string,
        let argumentsHash = RecordedHash(row[2], hostKey: row[3]), let position = row[6].number,
        (0..<Int64(Int32.max)).contains(position)
      else { return nil }
      return NotedCall(
        position: position, seed: seed, name: name, argumentsHash: argumentsHash,
        result: row[4].blob, hostKey: row[5].blob.flatMap(Hash256.init(bytes:)))
    }
  }

  /// More rows than one request, or the attempts at it, can have.
  private static let rowLimit = 2 * EffectLimits.calls

  private func rows<Row>(
    _ sql: String, _ parameters: [SQLiteValue], reading read: ([SQLiteValue]) -> Row?
  ) throws(HostFault) -> [Row] {
    let found: [[SQLiteValue]]
    do throws(SQLiteError) {
      found = try file.withReader { (connection) throws(SQLiteError) in try connection.rows(sql, parameters) }
    } catch {
      throw HostFault(journal: error)
    }
    let rows = found.compactMap(read)
    if rows.count == found.count, found.count < Intents.rowLimit { return rows }
    throw HostFault("journal \(file.path): a row can't be read: it was changed")
  }

  /// Notes that a call is about to be made. The first note of a run also notes that the request was begun.
  ///
  /// - Parameters:
  ///   - position: the call's number among the irrevocable calls of the request, from 0.
  ///   - isNewAttempt: whether to forget what runs with other seeds have begun.
  /// - Returns: the number of notes that the file has had.
  /// - Throws: `.constraint` if there already is a call at this position.
  func noteCall(
    _ name: String, _ argumentsHash: RecordedHash, at position: Int64, of key: RequestKey, inputHash: RecordedHash,
    isNewAttempt: Bool
  ) throws(SQLiteError) -> Int64 {
    let (seed, identity) = (SQLiteValue.blob(key.seed.bytes), key.identity.columns)
    return try file.withTransaction { (connection) throws(SQLiteError) in
      if isNewAttempt {
        try connection.run(
          "DELETE FROM mqjs_intents WHERE account_id = ? AND request_id = ? AND seed <> ?", identity + [seed])
        try connection.run(
          "UPDATE mqjs_begun SET state = ? WHERE account_id = ? AND request_id = ? AND seed <> ?",
          [BegunRequest.State.superseded.column] + identity + [seed])
      }
      // A seed that a new attempt had superseded may be the newest attempt again.
      try connection.run(
        "INSERT INTO mqjs_begun VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (seed) DO UPDATE SET state = excluded.state",
        [seed] + identity + inputHash.columns + [BegunRequest.State.begun.column])
      try connection.run(
        "INSERT INTO mqjs_intents VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        identity + [.integer(position), seed, .text(name)] + argumentsHash.columns)
      try connection.execute("UPDATE mqjs_binding SET notes = notes + 1")
      return try Intents.binding(on: connection)?.notes ?? 0
    }
  }

  /// Notes the result of a call; does nothing if results are withheld.
  func noteResult(
    _ result: SecretBytes, at position: Int64, of key: RequestKey, _ records: RecordProtection<RequestSeal>
  ) throws(SQLiteError) {
    guard let stored = records.stored(result, as: .intent(position: position)) else { return }
    try file.withTransaction { (connection) throws(SQLiteError) in
      try connection.run(
        """
        UPDATE mqjs_intents SET result = ?, result_key = ? WHERE account_id = ? AND request_id = ? AND position = ?
        """,
        [.blob(stored), SQLiteValue(records.named.hostKey?.bytes)] + key.identity.columns + [.integer(position)])
    }
  }

  /// Replaces a request's calls with a tombstone, now that its answer is in the journal.
  func noteAnswer(to key: RequestKey) throws(SQLiteError) {
    try file.withTransaction { (connection) throws(SQLiteError) in
      try connection.run(
        "DELETE FROM mqjs_intents WHERE account_id = ? AND request_id = ?", key.identity.columns)
      try connection.run(
        "UPDATE mqjs_begun SET state = ? WHERE account_id = ? AND request_id = ? AND (state = ? OR seed = ?)",
        [BegunRequest.State.answered.column] + key.identity.columns
          + [BegunRequest.State.begun.column, .blob(key.seed.bytes)])
    }
  }

  // MARK: - The journal

  /// What the file records about itself.
  struct Binding {
    /// The identifier of the journal that it belongs to.
    let journal: [UInt8]
    /// The number of notes of calls that it has had.
    let notes: Int64
  }

  /// The journal that the file belongs to; nil if it is not a file of intents.
  func binding() throws(SQLiteError) -> Binding? {
    try file.withReader { (connection) throws(SQLiteError) in try Intents.binding(on: connection) }
  }

  /// The same for a file that may not exist, and is closed again. If a crash has left half a transaction in it, that is
  /// rolled back, which needs a connection that can write.
  static func binding(at path: String) throws(SQLiteError) -> Binding? {
    SystemFile.exists(path) ? try binding(on: try SQLiteConnection(path, .writing)) : nil
  }

  private static func binding(on connection: SQLiteConnection) throws(SQLiteError) -> Binding? {
    guard try JournalSchema.intents.isWhole(on: connection),
      let row = try connection.rows("SELECT journal, notes FROM mqjs_binding WHERE one = 1").first
    else { return nil }
    return Binding(journal: row[0].blob ?? [], notes: row[1].number ?? 0)
  }
}

extension Intents.BegunRequest.State {
  fileprivate var column: SQLiteValue { .text(rawValue) }
}

extension RequestIdentity {
  /// Account and id as parameters of a statement.
  var columns: [SQLiteValue] { [.text(accountID), .text(requestID)] }
}
