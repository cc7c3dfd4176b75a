/// Kinds of work that grow with the size of their operands, and how much of each one unit of gas pays for.
///
/// The charge is `GasRow.gasConsume` for each block of `blockSize` beyond the first: max(0, ⌈n/d⌉ - 1). Sizes are
/// abstract (bytes of UTF-8, elements, nodes), never those of this implementation's objects. The block sizes come from
/// measurement: no kind of work may take more than ten times as long for a unit as the cheapest program does
/// (`make bench-gas`).
public enum BulkWork: UInt8, CaseIterable, Sendable {
  /// Building a String: bytes of the result.
  case stringBuilding
  /// Searching a String: bytes of the haystack (and of the result, where one is built); finding a place by walking: code
  /// units before it.
  case stringSearch
  /// Comparing two Strings: bytes of the shorter one. Merging keys that Records have: bytes of the keys.
  case stringComparison
  /// Hashing, base64 and URL coding: bytes in.
  case byteCoding
  /// CBOR, FNV, printing JSON and mapping the case of ASCII: bytes out.
  case canonicalText
  /// Mapping the case of a String that is not all ASCII: bytes.
  case caseMapping
  /// Parsing JSON: bytes in.
  case jsonParsing
  /// Building and copying Arrays, Records and Maps: elements of the result.
  case elements
  /// Comparing elements one by one: how many there are.
  case values
  /// Equality: pairs visited.
  case pairs
  /// Printing JSON and CBOR: values and keys visited.
  case nodes
  /// Searching and ordering steps: ⌈log2(size + 1)⌉ for each key.
  case steps
  /// Putting the n keys of a Record in order: n × ⌈log2(n + 1)⌉.
  case ordering

  /// How many of the measure make a block.
  @inline(__always)
  public var blockSize: Int {
    switch self {
    case .stringBuilding, .stringComparison: 64
    case .stringSearch: 16
    case .canonicalText, .elements: 8
    case .byteCoding, .ordering: 4
    case .caseMapping, .jsonParsing, .values: 2
    case .pairs, .nodes, .steps: 1
    }
  }

  /// Units for work of size `count`.
  @inline(__always)
  public func units(_ count: Int) -> Int {
    count <= blockSize ? 0 : (count &+ blockSize &- 1) / blockSize &- 1
  }
}
