public import Snapshot
public import System

/// What is known of a request after it has been answered.
public struct RunReport: Equatable, Sendable {
  /// `value`, or the code of the error that the request ended in.
  public let outcome: String
  /// Units; nil if the limit itself was the error.
  public let gasLimit: Int64?
  /// Units, the last charge included.
  public let gasUsed: Int64
  /// SHA-256 of the response body.
  public let responseHash: Hash256
  /// The snapshot's content hash.
  public let snapshotHash: Hash256
  /// Nil if there was no valid gas limit to make it of.
  public let seed: Hash256?
  /// Bytes of the heap budget that were in use at the fullest point.
  public let heapPeakBytes: Int
  /// Words of the abstract stack budget that were in use at the deepest point.
  public let stackPeakWords: Int
  /// Whether the machine's private memory and the response were locked, so that they could not be swapped out. Only
  /// classified data is.
  public let isLocked: Bool
  /// What became of the pages of the machine's private memory; nil unless the request held classified data.
  public internal(set) var pages: WipedPages?
  /// The effects that were performed, in order.
  public let effects: [PerformedEffect]
  /// What the journal has of the request; nil unless there is one and the request held classified data.
  public let journal: ClassifiedJournal?

  /// What a journal has of a request that held classified data.
  public enum ClassifiedJournal: String, Sendable {
    /// All of it, under seal.
    case sealed
    /// The seed and the figures, so that the seed is not used again.
    case none = "none: classified data and no host key"

    init?(_ records: RecordProtection) {
      switch records {
      case .plain: return nil
      case .sealed: self = .sealed
      case .withheld: self = .none
      }
    }
  }

  /// One JSON object (RFC 8785), hashes and seed in lowercase hexadecimal. `pages` is there if the request held
  /// classified data, `journal` if there is one besides.
  public var json: PlainJSON {
    let pages = pages.map { pages in
      PlainJSON.Field(
        "pages",
        .object([
          .init("touched", .integer(Int64(pages.touched))), .init("verifiedZero", .integer(Int64(pages.verifiedZero))),
        ]))
    }
    return .object(
      [
        .init("outcome", .string(outcome)),
        .init("gasLimit", gasLimit.map(PlainJSON.integer) ?? .null),
        .init("gasUsed", .integer(gasUsed)),
        .init("responseSha256", .string(responseHash.hex)),
        .init("snapshotSha256", .string(snapshotHash.hex)),
        .init("seed", seed.map { .string($0.hex) } ?? .null),
        .init("heapPeakBytes", .integer(Int64(heapPeakBytes))),
        .init("stackPeakWords", .integer(Int64(stackPeakWords))),
        .init("locked", .bool(isLocked)),
        .init("effects", .array(effects.map(\.json))),
      ] + [pages, journal.map { .init("journal", .string($0.rawValue)) }].compactMap { $0 })
  }
}
