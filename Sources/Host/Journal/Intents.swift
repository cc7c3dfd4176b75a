internal import SQLite
internal import Snapshot

/// Calls that can't be taken back, noted before they are made. Each note is on the disk before `claim` returns,
/// whatever becomes of the request's own transaction.
final class Intents: Sendable {
  /// Whether a call may be made.
  enum Claim: Equatable {
    /// It was never tried: it may be made now, once.
    case granted
    /// It was made before the request was lost, and this was its result.
    case made(result: [UInt8])
    /// It was tried, and nobody knows what came of it.
    case unknown
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
        seed BLOB NOT NULL, sequence INTEGER NOT NULL, input_sha256 BLOB NOT NULL, effect TEXT NOT NULL,
        arguments_sha256 BLOB NOT NULL, result BLOB, PRIMARY KEY (seed, sequence)) WITHOUT ROWID
      """)
  }

  /// The hash of the input of an earlier run with this seed that did not get to its end, if it left an intent.
  func inputHash(ofSeed seed: Hash256) throws(SQLiteError) -> [UInt8]? {
    try file.withReader { (connection) throws(SQLiteError) in
      try connection.rows("SELECT input_sha256 FROM mqjs_intents WHERE seed = ? LIMIT 1", [.blob(seed.bytes)]).first?
        .first?.blob
    }
  }

  /// Notes that a call is about to be made.
  func claim(
    seed: Hash256, sequence: Int, inputHash: Hash256, name: String, argumentsHash: Hash256
  ) throws(SQLiteError) -> Claim {
    let connection = try file.takeWriter()
    defer { file.giveBackWriter(connection) }
    let key: [SQLiteValue] = [.blob(seed.bytes), .integer(Int64(sequence))]
    try connection.run(
      "INSERT OR IGNORE INTO mqjs_intents VALUES (?, ?, ?, ?, ?, NULL)",
      key + [.blob(inputHash.bytes), .text(name), .blob(argumentsHash.bytes)])
    if connection.changedRowCount == 1 { return .granted }
    let row = try connection.rows(
      "SELECT effect, arguments_sha256, result FROM mqjs_intents WHERE seed = ? AND sequence = ?", key
    ).first
    // A run that has come to another call here read other rows or another time than the first: which one was made can
    // be said, but not what this one would have given.
    guard let row, row[0].string == name, row[1].blob == argumentsHash.bytes, let result = row[2].blob else {
      return .unknown
    }
    return .made(result: result)
  }

  /// Notes what came of a call.
  func settle(seed: Hash256, sequence: Int, result: [UInt8]) throws(SQLiteError) {
    try file.withWriter { (connection) throws(SQLiteError) in
      try connection.run(
        "UPDATE mqjs_intents SET result = ? WHERE seed = ? AND sequence = ?",
        [.blob(result), .blob(seed.bytes), .integer(Int64(sequence))])
    }
  }

  /// Forgets the intents of a request that is in the journal now.
  func forget(seed: Hash256) throws(SQLiteError) {
    try file.withWriter { (connection) throws(SQLiteError) in
      try connection.run("DELETE FROM mqjs_intents WHERE seed = ?", [.blob(seed.bytes)])
    }
  }
}
