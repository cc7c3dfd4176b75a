internal import SQLite
internal import System

/// The last record of a journal, noted in the file of the claims, so that a journal that has lost its end is noticed.
///
/// It is written in place, without waiting for the disk: after a power failure it may name an earlier record, or be torn and
/// say nothing.
///
/// ```
///  0               16              24                    56              64
/// ┌───────────────┬───────────────┬─────────────────────┬───────────────┐
/// │ the journal's │ the number of │ the chain behind it │ check: of the │
/// │ identifier    │ the row       │                     │ bytes before  │
/// └───────────────┴───────────────┴─────────────────────┴───────────────┘
/// ```
struct LastRecord: Equatable {
  /// The identifier of the journal.
  let journal: [UInt8]
  /// The record.
  let place: JournalPlace

  static let byteCount = 64

  init(journal: [UInt8], place: JournalPlace) {
    self.journal = journal
    self.place = place
  }

  /// Reads what was noted; nil if nothing was, or if it is torn.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == LastRecord.byteCount, LastRecord.check(bytes[..<56]) == bytes[56...] else { return nil }
    journal = Array(bytes[..<16])
    place = JournalPlace(
      row: Int64(bitPattern: bytes[16..<24].reduce(0) { $0 << 8 | UInt64($1) }), chain: Array(bytes[24..<56]))
  }

  /// The bytes, for a journal's identifier of 16 and a chain of 32 bytes.
  var bytes: [UInt8] {
    let row = (0..<8).reversed().map { UInt8(truncatingIfNeeded: place.row >> (8 * Int64($0))) }
    let bytes = journal + row + place.chain
    return bytes + LastRecord.check(bytes[...])
  }

  private static func check(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    Hash256(of: Array(bytes)).bytes[..<8]
  }
}
