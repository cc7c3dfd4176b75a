internal import OperatingSystem
public import SQLite

/// Reads a journal without changing it.
public struct JournalReader: Sendable {
  private let file: DatabaseFile

  /// A reader of a database that has a journal.
  public init(_ file: DatabaseFile) {
    self.file = file
  }

  /// The row of the request that has used the key's seed. If there is none, the last row with its account and id; nil
  /// if there is none either.
  func row(_ key: RequestKey) throws(HostFault) -> JournalRow? {
    if let row = try rows("WHERE seed = ? LIMIT 1", [.blob(key.seed.bytes)]).first { return row }
    return try rows(
      "WHERE account_id = ? AND request_id = ? ORDER BY id DESC LIMIT 1", key.identity.columns
    ).first
  }

  /// Checks that there is a journal of the form that this version makes.
  ///
  /// - Throws: `.unusableJournal`, `.fault`.
  public func check() throws(HostError) {
    do throws(HostFault) {
      if try identifier() != nil { return }
    } catch {
      throw .fault(error)
    }
    throw .unusableJournal(JournalDefect(.foreignTables, path: file.path))
  }

  /// Passes all requests to `body`, in the order in which they were recorded, a few at a time.
  ///
  /// - Throws: what `body` throws; also if the database has no journal of the form that this version makes.
  public func forEachRequest(_ body: (JournalRow) throws(HostFault) -> Void) throws(HostFault) {
    guard try identifier() != nil else {
      throw HostFault("journal \(file.path): has no journal in it, or not one as this version makes it")
    }
    var last = Int64.min
    while true {
      let rows = try rows("WHERE id > ? ORDER BY id LIMIT 16", [.integer(last)])
      for row in rows { try body(row) }
      guard let id = rows.last?.id else { return }
      last = id
    }
  }

  /// Whether the journal has lost its end, as far as the file of claims beside it can tell.
  ///
  /// - Returns: what is wrong; nil if nothing is, or if there is no such file.
  public func lostRecords() throws(HostFault) -> JournalDefect.Kind? {
    guard let id = try identifier(), let last = Claims(journal: file.path).lastRecord(of: id) else { return nil }
    return try contains(last) ? nil : .lostRecords(last: last.row)
  }

  /// Whether the journal has this record as it was written, after the same previous record.
  public func contains(_ place: JournalPlace) throws(HostFault) -> Bool {
    guard let row = try rows("WHERE id = ?", [.integer(place.row)]).first else { return false }
    let isWhole = try isWhole(row)
    return isWhole && row.chain == place.chain
  }

  /// Whether a row is as it was written, and its chain value follows from it and the previous row.
  func isWhole(_ row: JournalRow) throws(HostFault) -> Bool {
    let previous = try withReader { (connection) throws(SQLiteError) in
      try connection.rows("SELECT chain FROM mqjs_requests WHERE id < ? ORDER BY id DESC LIMIT 1", [.integer(row.id)])
    }
    return row.isUnchanged && row.followsOn(previous.first?[0].blob ?? [])
  }

  /// The journal's identifier; nil if there is no journal of the form that this version makes.
  private func identifier() throws(HostFault) -> [UInt8]? {
    try withReader { (connection) throws(SQLiteError) in
      try JournalSchema.journal.isWhole(on: connection)
        ? connection.rows("SELECT id FROM mqjs_journal WHERE one = 1").first?[0].blob : nil
    }
  }

  private func withReader<Result>(
    _ body: (SQLiteConnection) throws(SQLiteError) -> Result
  ) throws(HostFault) -> Result {
    do throws(SQLiteError) {
      return try file.withReader(body)
    } catch {
      throw HostFault(journal: error)
    }
  }

  private func rows(_ condition: String, _ parameters: [SQLiteValue]) throws(HostFault) -> [JournalRow] {
    try withReader { (connection) throws(SQLiteError) in try JournalRow.read(condition, parameters, from: connection) }
  }
}
