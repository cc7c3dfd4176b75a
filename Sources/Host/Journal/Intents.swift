internal import SQLite
internal import Snapshot

/// Calls that can't be taken back, noted before they are made. Each note is on the disk before `claim` returns,
/// whatever becomes of the request's own transaction.
final class Intents: Sendable {
  /// Whether a call may be made.
  enum Claim: Equatable {
    /// It was never tried: it may be made now, once.
    case granted
    /// It was made before the request was lost, and this was its result, which is sealed if a host key is named.
    case made(result: [UInt8], hostKey: Hash256?)
    /// It was tried, and nobody knows what came of it.
    case unknown
  }

  /// A request that did not get to its end.
  struct LostRequest {
    /// The hash of its input, of either kind; nil if none was noted.
    let inputHash: [UInt8]?
  }

  private let file: DatabaseFile

  init(path: String) throws(SQLiteError) {
    file = try DatabaseFile(path, .creating)
    let connection = try file.takeWriter()
    defer { file.giveBackWriter(connection) }
    _ = try connection.rows("PRAGMA journal_mode=WAL")
    try connection.execute(
      """
      CREATE TABLE IF NOT EXISTS mqjs_intents (
        seed BLOB NOT NULL, sequence INTEGER NOT NULL, input_hash BLOB, effect TEXT NOT NULL, arguments_hash BLOB,
        result BLOB, host_key BLOB, PRIMARY KEY (seed, sequence)) WITHOUT ROWID
      """)
  }

  /// An earlier run with this seed that did not get to its end, if it left an intent.
  func lostRequest(withSeed seed: Hash256) throws(SQLiteError) -> LostRequest? {
    try file.withReader { (connection) throws(SQLiteError) in
      try connection.rows("SELECT input_hash FROM mqjs_intents WHERE seed = ? LIMIT 1", [.blob(seed.bytes)]).first
        .map { LostRequest(inputHash: $0[0].blob) }
    }
  }

  /// Notes that a call is about to be made.
  func claim(
    seed: Hash256, sequence: Int, inputHash: RecordedHash, name: String, argumentsHash: RecordedHash
  ) throws(SQLiteError) -> Claim {
    let connection = try file.takeWriter()
    defer { file.giveBackWriter(connection) }
    let key: [SQLiteValue] = [.blob(seed.bytes), .integer(Int64(sequence))]
    try connection.run(
      "INSERT OR IGNORE INTO mqjs_intents VALUES (?, ?, ?, ?, ?, NULL, NULL)",
      key + [SQLiteValue(inputHash.value?.bytes), .text(name), SQLiteValue(argumentsHash.value?.bytes)])
    if connection.changedRowCount == 1 { return .granted }
    let row = try connection.rows(
      "SELECT effect, arguments_hash, result, host_key FROM mqjs_intents WHERE seed = ? AND sequence = ?", key
    ).first
    // A run that has come to another call here read other rows or another time than the first: which one was made can
    // be said, but not what this one would have given. Of classified data without a key, not even that is known.
    guard let row, row[0].string == name, let hash = row[1].blob, hash == argumentsHash.value?.bytes,
      let result = row[2].blob
    else { return .unknown }
    return .made(result: result, hostKey: row[3].blob.flatMap(Hash256.init(bytes:)))
  }

  /// Notes what came of a call; nothing if the result is withheld.
  func settle(seed: Hash256, sequence: Int, result: SecretBytes, _ records: RecordProtection) throws(SQLiteError) {
    guard let stored = records.stored(result, as: .intent(sequence: sequence)) else { return }
    let hostKey: Hash256? = if case .sealed(let seal) = records { seal.keyIdentifier } else { nil }
    try file.withWriter { (connection) throws(SQLiteError) in
      try connection.run(
        "UPDATE mqjs_intents SET result = ?, host_key = ? WHERE seed = ? AND sequence = ?",
        [.blob(stored), SQLiteValue(hostKey?.bytes), .blob(seed.bytes), .integer(Int64(sequence))])
    }
  }

  /// Forgets the intents of a request that is in the journal now.
  func forget(seed: Hash256) throws(SQLiteError) {
    try file.withWriter { (connection) throws(SQLiteError) in
      try connection.run("DELETE FROM mqjs_intents WHERE seed = ?", [.blob(seed.bytes)])
    }
  }
}
