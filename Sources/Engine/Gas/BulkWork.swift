/// The kinds of work that grow with the size of their operands, and how much of each a unit of gas pays for.
///
/// The charge is `GasRow.gasConsume` for each block of `blockSize` beyond the first: max(0, ⌈n/d⌉ - 1). Sizes are
/// abstract (bytes of UTF-8, values, pairs), and follow from the operands alone. `docs/gas.md` derives the block sizes
/// and measures from a few primitive costs ("The model"). Those come from measurements: per unit, no kind of work may
/// take more than ten times as long as the cheapest program (`make bench-gas`, `make gas-hunt`).
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
  /// Building Arrays, Records and Maps: words of 8 bytes that they take, one for each value in them.
  case elements
  /// Comparing elements with a value that takes no memory, and going through arguments: their number.
  case values
  /// Equality: `unitsPerPair` for each pair of values, and for each pair of keys.
  case pairs
  /// Printing JSON and CBOR: `unitsPerNode` for each value and each key.
  case nodes
  /// Reading objects that may be anywhere in memory: `unitsPerVisit` for each.
  case visits
  /// Steps of searching and sorting: ⌈log2(size + 1)⌉ for each key.
  case steps
  /// Sorting the n keys of a Record: n × ⌈log2(n + 1)⌉. In the order of CBOR: twice as much.
  case ordering
  /// Comparing the bytes of keys while searching or sorting: bytes × ⌈log2(n + 1)⌉.
  case keyComparison

  /// The amount of work in a block.
  @inline(__always)
  public var blockSize: Int {
    switch self {
    case .keyComparison: 256
    case .stringBuilding, .stringComparison: 32
    case .stringSearch: 16
    case .canonicalText: 8
    case .byteCoding, .elements: 4
    case .caseMapping, .values, .ordering: 2
    case .jsonParsing, .pairs, .nodes, .visits, .steps: 1
    }
  }

  /// The measure of a pair that is compared: both values may be anywhere in memory.
  public static let unitsPerPair = 2
  /// The measure of a value or key that is printed: it is read once to be measured and once to be written.
  public static let unitsPerNode = 3
  /// The measure of an object that is read.
  public static let unitsPerVisit = 2

  /// Units for work of size `count`.
  @inline(__always)
  public func units(_ count: Int) -> Int {
    count <= blockSize ? 0 : (count &+ blockSize &- 1) / blockSize &- 1
  }
}
