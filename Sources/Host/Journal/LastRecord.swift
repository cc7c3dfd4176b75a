internal import OperatingSystem
internal import SQLite

/// The last record of a journal, as noted in the file of claims, so that a journal that has lost its end is noticed.
///
/// It is written in place, without waiting for the disk. After a power failure it may name an earlier record, or be
/// torn and then count as missing.
///
/// ```
///  0               16              24                    56              64
/// ┌───────────────┬───────────────┬─────────────────────┬───────────────┐
/// │ the journal's │ the number of │ the chain value     │ check: of the │
/// │ identifier    │ the row       │ after it            │ bytes before  │
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

  /// Reads a noted record; nil if there is none, or if it is torn.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == LastRecord.byteCount, LastRecord.check(bytes[..<56]) == bytes[56...] else { return nil }
    journal = Array(bytes[..<16])
    place = JournalPlace(
      row: Int64(bitPattern: bytes[16..<24].reduce(0) { $0 << 8 | UInt64($1) }), chain: Array(bytes[24..<56]))
  }

  /// The bytes. The journal's identifier has 16 bytes, the chain value has 32.
  var bytes: [UInt8] {
    let row = (0..<8).reversed().map { UInt8(truncatingIfNeeded: place.row >> (8 * Int64($0))) }
    let bytes = journal + row + place.chain
    return bytes + LastRecord.check(bytes[...])
  }

  private static func check(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    Hash256(of: Array(bytes)).bytes[..<8]
  }
}
