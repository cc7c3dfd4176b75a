/// A record of a journal, by its number and by what the chain is behind it: no other journal has the same chain there.
public struct JournalPlace: Equatable, Sendable {
  /// The number of the row, from 1.
  public let row: Int64
  /// SHA-256 over all that was recorded up to this row.
  public let chain: [UInt8]

  /// A place.
  public init(row: Int64, chain: [UInt8]) {
    self.row = row
    self.chain = chain
  }
}
