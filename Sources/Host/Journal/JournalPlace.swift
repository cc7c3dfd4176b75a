/// The place of a record in a journal: its number, and the chain value after it. No other journal has the same chain
/// value there.
public struct JournalPlace: Equatable, Sendable {
  /// The number of the row, from 1.
  public let row: Int64
  /// SHA-256 over everything recorded up to this row.
  public let chain: [UInt8]

  /// A place.
  public init(row: Int64, chain: [UInt8]) {
    self.row = row
    self.chain = chain
  }
}
