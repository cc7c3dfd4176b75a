public import SQLite
internal import Snapshot

/// Reads a journal, and changes nothing in it.
public struct JournalReader: Sendable {
  private let file: DatabaseFile

  /// A reader of a database that has a journal.
  public init(_ file: DatabaseFile) {
    self.file = file
  }

  /// The request that has used the key's seed; if none has, the last one with its account and id; nil if there is neither.
  ///
  /// - Throws: also if its row was changed.
  func request(_ key: RequestKey) throws(HostFault) -> StoredRequest? {
    var found = try rows("WHERE seed = ?", [.blob(key.seed.bytes)])
    if found.isEmpty {
      found = try rows("WHERE account_id = ? AND request_id = ? ORDER BY id DESC LIMIT 1", key.identity.columns)
    }
    guard let row = found.first else { return nil }
    guard let request = row.request, row.isUnchanged else {
      throw HostFault("journal \(file.path): the record of request \(row.id) was changed")
    }
    return request
  }

  /// All requests in the order in which they were recorded, a few at a time.
  ///
  /// - Parameter body: takes each.
  public func forEachRequest(_ body: (JournalRow) throws(HostFault) -> Void) throws(HostFault) {
    var last = Int64.min
    while true {
      let rows = try rows("WHERE id > ? ORDER BY id LIMIT 16", [.integer(last)])
      for row in rows { try body(row) }
      guard let id = rows.last?.id else { return }
      last = id
    }
  }

  /// Whether the journal has lost its end, as far as the file of intents beside it can tell.
  ///
  /// - Returns: what is wrong; nil if nothing is, or if there is no such file.
  public func lostRecords() throws(HostFault) -> JournalDefect.Kind? {
    do throws(SQLiteError) {
      let intents = Intents.path(ofJournal: file.path)
      guard SystemFile.exists(intents) else { return nil }
      let binding = try Intents.binding(on: try SQLiteConnection(intents, .reading))
      guard let last = binding?.last else { return nil }
      return try contains(last) ? nil : .lostRecords(last: last.row)
    } catch {
      throw HostFault(journal: error)
    }
  }

  /// Whether the journal has this record, behind the same ones.
  public func contains(_ place: JournalPlace) throws(SQLiteError) -> Bool {
    try file.withReader { (connection) throws(SQLiteError) -> Bool in try place.isIn(connection) }
  }

  private func rows(_ condition: String, _ parameters: [SQLiteValue]) throws(HostFault) -> [JournalRow] {
    do throws(SQLiteError) {
      return try file.withReader { (connection) throws(SQLiteError) in
        try JournalRow.read(condition, parameters, from: connection)
      }
    } catch {
      throw HostFault(journal: error)
    }
  }
}
