internal import Engine
public import OperatingSystem
public import Snapshot

/// The facts about a request after it has been answered.
public struct RunReport: Equatable, Sendable {
  /// How the run ended.
  public let run: RunSummary
  /// The gas limit in units; nil if the limit itself was the error.
  public let gasLimit: Int64?
  /// SHA-256 of the response body.
  public let responseHash: Hash256
  /// The snapshot's content hash.
  public let snapshotHash: Hash256
  /// The request's seed; nil without a valid gas limit, from which it would follow.
  public let seed: Hash256?
  /// Whether the machine's private memory and the response were locked, so that they could not be swapped out. Only
  /// classified data is locked.
  public let isLocked: Bool
  /// The result of wiping the machine's private memory; nil unless the request held classified data.
  public internal(set) var pages: WipedPages?
  /// The effect calls, in order.
  public let effects: [CallDigest]
  /// How the journal has the request's data; nil without a journal.
  public let journal: RecordProtection<Hash256>?

  /// One JSON object (RFC 8785), with hashes and seed in lowercase hexadecimal. It has `pages` if memory with
  /// classified data was wiped, and `journal` if the request held classified data and there is a journal.
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
        .init("outcome", .string(run.outcome)),
        .init("gasLimit", gasLimit.map(PlainJSON.integer) ?? .null),
        .init("gasUsed", .integer(run.figures.gasUsed)),
        .init("responseSha256", .string(responseHash.hex)),
        .init("snapshotSha256", .string(snapshotHash.hex)),
        .init("seed", seed.map { .string($0.hex) } ?? .null),
        .init("heapPeakBytes", .integer(Int64(run.figures.heapPeakBytes))),
        .init("stackPeakWords", .integer(Int64(run.figures.stackPeakWords))),
        .init("locked", .bool(isLocked)),
        .init("effects", .array(effects.map(\.json))),
      ] + [pages, journal?.reportField].compactMap { $0 })
  }
}
