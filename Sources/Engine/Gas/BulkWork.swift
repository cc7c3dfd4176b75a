/// Kinds of work that grow with the size of their operands, and how much of each one unit of gas pays for.
///
/// The charge is `GasRow.gasConsume` for each block of `blockSize` beyond the first: max(0, ⌈n/d⌉ - 1). Sizes are
/// abstract (bytes of UTF-8, elements, nodes), never those of this implementation's objects.
public enum BulkWork: UInt8, CaseIterable, Sendable {
  /// Building a String: bytes of the result.
  case stringBuilding
  /// Searching a String: bytes of the haystack (and of the result, where one is built).
  case stringSearch
  /// Comparing two Strings: bytes of the shorter one.
  case stringComparison
  /// Hashing, base64 and URL coding: bytes in.
  case byteCoding
  /// Case mapping, CBOR, FNV and printing JSON: bytes out.
  case canonicalText
  /// Parsing JSON: bytes in.
  case jsonParsing
  /// Building and copying Arrays, Records and Maps: elements of the result.
  case elements
  /// Equality: pairs visited.
  case pairs
  /// Searching and ordering steps: ⌈log2(size + 1)⌉ for each key.
  case steps

  /// How many of the measure make a block.
  @inline(__always)
  public var blockSize: Int {
    switch self {
    case .stringBuilding, .stringSearch, .stringComparison: 64
    case .byteCoding: 32
    case .canonicalText, .jsonParsing, .elements: 8
    case .pairs, .steps: 1
    }
  }

  /// Units for work of size `count`.
  @inline(__always)
  public func units(_ count: Int) -> Int {
    count <= blockSize ? 0 : (count &+ blockSize &- 1) / blockSize &- 1
  }
}
