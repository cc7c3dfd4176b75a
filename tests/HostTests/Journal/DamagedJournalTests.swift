import EffectsSQLite
import Engine
import Foundation
import OperatingSystem
import SQLite
import Snapshot
import TestSupport
import Testing

@testable import Host

/// Journals with rows that no host has written. Whoever can write the file can also recompute checksums and chain, so
/// those do not prevent such rows. Whatever a row contains, its replay ends with a finding or an error, and the next
/// row is still replayed.
@Suite struct DamagedJournalTests {
  private static let source = """
    export default function (request) { return [Log.info("a"), Uuid.v4(), request, Array.from({length: 3}, (v, i) => i)] }
    """

  /// A journal with two requests of one program.
  private struct Archive {
    let folder: Workspace
    let file: DatabaseFile
    let image: [UInt8]

    init() throws {
      folder = try Workspace()
      file = try DatabaseFile(folder("journal.db"), .creating)
      image = try Guest.image(DamagedJournalTests.source)
      for id in ["a", "b"] { try answer(id) }
    }

    @discardableResult
    func answer(_ id: String) throws -> Answer {
      let pool = try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"))
      let grants = Grants([LogEffect { _ in }, UuidEffect()])
      return try RequestHost(pool: pool, grants: grants, journal: try Journal(file)).answer(
        SecretBytes(copying: Array("[1]".utf8)),
        identity: RequestIdentity(requestID: id, accountID: "c", functionVersion: "1"), gasLimit: .standard)
    }

    func set(_ column: String, _ value: SQLiteValue, table: String = "mqjs_requests", key: String = "id") throws {
      try file.withWriter { (connection) throws(SQLiteError) in
        try connection.execute("PRAGMA foreign_keys=OFF")
        try connection.run("UPDATE OR IGNORE \(table) SET \(column) = ? WHERE \(key) = 1", [value])
      }
    }

    func value(of column: String, table: String, key: String) throws -> SQLiteValue {
      let rows = try file.withReader { (connection) throws(SQLiteError) in
        try connection.rows("SELECT \(column) FROM \(table) WHERE \(key) = 1 LIMIT 1")
      }
      return try #require(rows.first?.first)
    }

    /// Recomputes checksums and chain for the rows as they are now.
    func forge() throws {
      try file.withWriter { (connection) throws(SQLiteError) in
        var chain: [UInt8] = []
        for row in try JournalRow.read("ORDER BY id", [], from: connection) {
          let checksum = row.request?.checksum.bytes ?? row.checksum
          chain = Hash256(of: chain + checksum).bytes
          try connection.run(
            "UPDATE mqjs_requests SET checksum = ?, chain = ? WHERE id = ?",
            [.blob(checksum), .blob(chain), .integer(row.id)])
        }
      }
    }

    /// The result of replaying each row, or nil for a row that can't be run at all.
    func replay() throws -> [Replay.Result?] {
      let image = image
      var replay = Replay { (budgets) throws(SnapshotError) in
        try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"), budgets: budgets)
      }
      var results: [Replay.Result?] = []
      try JournalReader(file).forEachRequest { (row) throws(HostFault) in
        do throws(SnapshotError) { results.append(try replay.run(row)) } catch { results.append(nil) }
      }
      return results
    }
  }

  /// The columns of a table of the journal, except for the row id.
  private static func columns(of table: String) throws -> [String] {
    let archive = try Archive()
    return try withExtendedLifetime(archive.folder) {
      try archive.file.withReader { (connection) throws(SQLiteError) in
        try connection.rows("SELECT name FROM pragma_table_info('\(table)') WHERE name != 'id'")
      }.compactMap { $0.first?.string }
    }
  }

  private static let values: [SQLiteValue] = [
    .integer(0), .integer(1), .integer(-1), .integer(.min), .integer(.max), .integer(1 << 32), .integer(1 << 40),
    .integer(3), .integer(255), .integer(256), .integer(4096), .integer(4097), .real(.infinity), .real(0.5), .text(""),
    .text("\0\u{1b}"), .text([0xff]),
    .text("sealed"), .text("withheld"), .blob([]), .blob([0xff]), .blob([UInt8](repeating: 7, count: 32)),
    .blob([UInt8](repeating: 0x9f, count: 5000)),
  ]

  @Test(arguments: try columns(of: "mqjs_requests"))
  func damagedRowsOfRequestsDoNotStopTheReplay(column: String) throws {
    let archive = try Archive()
    let written = try archive.value(of: column, table: "mqjs_requests", key: "id")
    for value in Self.values {
      defer { #expect(throws: Never.self) { try archive.set(column, written) } }
      try archive.set(column, value)
      _ = try archive.replay()
      try archive.forge()
      let results = try archive.replay()
      #expect(results.count == 2 && results.last??.divergences == [], "\(column) \(value)")
    }
  }

  @Test(arguments: try columns(of: "mqjs_calls"))
  func damagedRowsOfCallsDoNotStopTheReplay(column: String) throws {
    for value in Self.values {
      let archive = try Archive()
      try archive.set(column, value, table: "mqjs_calls", key: "request")
      _ = try archive.replay()
      try archive.forge()
      #expect(try archive.replay().count == 2, "\(column) \(value)")
    }
  }

  /// An unknown outcome, for example an error of a later version. It is not taken for a value, and the record is not
  /// reported as changed.
  @Test func anOutcomeThatIsNotKnownIsNamed() throws {
    let archive = try Archive()
    try archive.set("outcome", .text("ErrorOfTomorrow"))
    try archive.forge()
    let results = try archive.replay()
    #expect(results.first??.divergences == [.unknownOutcome("ErrorOfTomorrow")])
    #expect(results.last??.divergences == [])
    // The note next to the journal about its last record has the old chain.
    try FileManager.default.removeItem(atPath: archive.file.path + "-claims")
    let error = #expect(throws: HostError.self) { try archive.answer("a") }
    let defect = JournalDefect(.unknownOutcome(1, code: "ErrorOfTomorrow"), path: archive.file.path)
    #expect(error == .unusableJournal(defect))
  }

  /// Rows with numbers that no host assigns are replayed like others.
  @Test func rowsWithNegativeNumbersAreReplayed() throws {
    let archive = try Archive()
    try archive.file.withWriter { (connection) throws(SQLiteError) in
      try connection.execute("PRAGMA foreign_keys=OFF; UPDATE mqjs_requests SET id = -5 WHERE id = 1")
    }
    #expect(try archive.replay().count == 2)
  }
}
