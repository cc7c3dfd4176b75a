internal import SQLite

/// A record of a journal, by its number and by what the chain is behind it: no other journal has the same chain there.
public struct JournalPlace: Equatable, Sendable {
  /// The number of the row, from 1; 0 in front of the first one.
  public let row: Int64
  /// SHA-256 over all that was recorded up to this row; no bytes in front of the first one.
  public let chain: [UInt8]

  /// A place.
  public init(row: Int64, chain: [UInt8]) {
    self.row = row
    self.chain = chain
  }

  /// In front of the first record.
  static let beginning = JournalPlace(row: 0, chain: [])

  /// Whether a journal has this record.
  func isIn(_ connection: SQLiteConnection) throws(SQLiteError) -> Bool {
    if row == 0 { return true }
    return try connection.rows("SELECT chain FROM mqjs_requests WHERE id = ?", [.integer(row)]).first?[0].blob == chain
  }

  /// The last record of a journal.
  static func last(on connection: SQLiteConnection) throws(SQLiteError) -> JournalPlace {
    let row = try connection.rows("SELECT id, chain FROM mqjs_requests ORDER BY id DESC LIMIT 1").first
    return row.map { JournalPlace(row: $0[0].number ?? 0, chain: $0[1].blob ?? []) } ?? .beginning
  }
}
