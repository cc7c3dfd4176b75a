/// The kinds of work that grow with the size of their operands, and how much of each a unit of gas pays for.
///
/// The charge is `GasRow.gasConsume` for each block of `blockSize` beyond the first: max(0, ⌈n/d⌉ - 1). Sizes are
/// abstract (bytes of UTF-8, elements, nodes), never those of this implementation's objects. The block sizes come from
/// measurements: per unit, no kind of work may take more than ten times as long as the cheapest program
/// (`make bench-gas`).
public enum BulkWork: UInt8, CaseIterable, Sendable {
  /// Building a String: bytes of the result.
  case stringBuilding
  /// Searching a String: bytes of the haystack (and of the result, if one is built). Finding a position by walking:
  /// code units before it.
  case stringSearch
  /// Comparing two Strings: bytes of the shorter one. Merging the keys of Records: bytes of the keys.
  case stringComparison
  /// Hashing, base64 and URL coding: bytes of the input.
  case byteCoding
  /// CBOR, FNV, printing JSON and mapping the case of ASCII: bytes of the output.
  case canonicalText
  /// Mapping the case of a String that is not all ASCII: bytes.
  case caseMapping
  /// Parsing JSON, and reading the CBOR of an effect's result: bytes of the input.
  case jsonParsing
  /// Building and copying Arrays, Records and Maps: elements of the result.
  case elements
  /// Comparing elements one by one: the number of elements.
  case values
  /// Equality: pairs visited.
  case pairs
  /// Printing JSON and CBOR: values and keys visited.
  case nodes
  /// Steps of searching and sorting: ⌈log2(size + 1)⌉ for each key.
  case steps
  /// Sorting the n keys of a Record or Map: n × ⌈log2(n + 1)⌉.
  case ordering

  /// The amount of work in a block.
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
