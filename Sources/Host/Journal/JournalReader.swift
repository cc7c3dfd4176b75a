public import SQLite
internal import Snapshot

/// Reads a journal, and changes nothing in it.
public struct JournalReader: Sendable {
  private let file: DatabaseFile

  /// A reader of a database that has a journal.
  public init(_ file: DatabaseFile) {
    self.file = file
  }

  /// The request that has used a seed; nil if none has.
  ///
  /// - Throws: also if its row was changed.
  func request(withSeed seed: Hash256) throws(HostFault) -> StoredRequest? {
    guard let row = try rows("WHERE seed = ?", [.blob(seed.bytes)]).first else { return nil }
    guard let request = row.request, row.isUnchanged else {
      throw HostFault("journal \(file.path): the record of request \(row.id) was changed")
    }
    return request
  }

  /// All requests in the order in which they were recorded, a few at a time.
  ///
  /// - Parameter body: takes each.
  public func forEachRequest(_ body: (JournalRow) throws(HostFault) -> Void) throws(HostFault) {
    var last: Int64 = 0
    while true {
      let rows = try rows("WHERE id > ? ORDER BY id LIMIT 16", [.integer(last)])
      for row in rows { try body(row) }
      guard let id = rows.last?.id else { return }
      last = id
    }
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
