internal import SQLite
internal import Snapshot
internal import System

/// Calls that can't be taken back, noted before they are made, in a file of their own beside the journal (`FILE-intents`): a
/// note is on the disk before `noteCall` returns, whatever becomes of the request's own transaction.
///
/// A request that was answered leaves a tombstone: its seed and identity. Besides, the file knows which journal it belongs to,
/// and counts its notes, so a journal that was moved alone, or an older file in the place of this one, is noticed.
///
/// All that is noted is in the one file at any time: it is kept with a rollback journal, not with a write-ahead log, of which
/// the newest part could be lost.
final class Intents: Sendable {
  /// A request of which a run has begun to make calls that can't be taken back.
  struct BegunRequest {
    /// What became of it. The names stand in the table.
    enum State: String {
      /// It was not answered: the run was lost, or is going on.
      case begun
      /// Its answer is in the journal.
      case answered
      /// A new attempt has taken its place.
      case superseded
    }

    let seed: Hash256
    let identity: RequestIdentity
    let inputHash: RecordedHash
    let state: State
  }

  /// A call that was begun by a run which has no answer.
  struct NotedCall {
    /// Its number in the file.
    let position: Int64
    /// The seed of the run that made it.
    let seed: Hash256
    /// `HttpOut.post`.
    let name: String
    let argumentsHash: RecordedHash
    /// What came of it, if that is known; under seal if a host key is named.
    let result: [UInt8]?
    let hostKey: Hash256?
  }

  /// The file of the intents of the journal in this file.
  static func path(ofJournal path: String) -> String { path + "-intents" }

  let file: DatabaseFile

  /// Opens the file that is there.
  init(_ path: String) throws(SQLiteError) { file = try DatabaseFile(path, .writing) }

  /// Makes the file, if need be, and its tables; a file that belongs to a journal already is left to that.
  ///
  /// - Parameter journal: the identifier of the journal that it is to belong to.
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

  /// Everything that was begun under this key: by its seed, or by its account and id.
  ///
  /// - Throws: also if a row can't be read, since what is not understood can't be ruled out.
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

  /// The calls that were begun for a request which has no answer, in order.
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

  /// More rows than one request can have, or has ever been attempted.
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

  /// Notes that a call is about to be made, and with the first one that the request was begun.
  ///
  /// - Parameters:
  ///   - position: its number among the request's calls that can't be taken back, from 0.
  ///   - isNewAttempt: forgets what runs with other seeds have begun.
  /// - Returns: how many notes the file has had.
  /// - Throws: `.constraint` if there is a call at this position already.
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
      // A seed that a new attempt had taken the place of may be the newest attempt again.
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

  /// Notes what came of a call; nothing if the result is withheld.
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

  /// Leaves a tombstone in place of a request's calls, now that its answer is in the journal.
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

  /// What the file says of itself.
  struct Binding {
    /// The identifier of the journal that it belongs to.
    let journal: [UInt8]
    /// How many notes of calls it has had.
    let notes: Int64
  }

  /// Which journal the file belongs to; nil if it is none of ours.
  func binding() throws(SQLiteError) -> Binding? {
    try file.withReader { (connection) throws(SQLiteError) in try Intents.binding(on: connection) }
  }

  /// The same of a file that may not be there, and is not opened for longer. If a crash has left half a transaction in it, that
  /// is rolled back, which takes a connection that can write.
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
