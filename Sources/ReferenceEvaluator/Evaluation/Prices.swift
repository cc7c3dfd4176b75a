internal import Engine

// The arithmetic of prices. The numbers themselves, rows and block sizes, come from the engine's tables.

extension GasRow {
  /// Units for one operation.
  var units: Int64 { Int64(cost) }
}

extension BulkWork {
  /// Units for work of a certain size: one for each block beyond the first, max(0, ⌈n / d⌉ - 1).
  func units(of size: Int) -> Int64 {
    let blocks = (size + blockSize - 1) / blockSize
    return Int64(max(0, blocks - 1))
  }
}

/// ⌈log2(count + 1)⌉: the steps of a search among `count` keys.
func searchSteps(among count: Int) -> Int {
  var steps = 0
  while 1 << steps < count + 1 { steps += 1 }
  return steps
}

/// The measure of comparing keys of `bytes` bytes while they are searched or sorted among `count`.
func keyComparisonSize(of bytes: Int, among count: Int) -> Int { Size.product(bytes, Int64(searchSteps(among: count))) }

/// The price of finding a key of `bytes` bytes among `count`.
func searchUnits(forKeyOf bytes: Int, among count: Int) -> Int64 {
  BulkWork.steps.units(of: searchSteps(among: count))
    + BulkWork.keyComparison.units(of: keyComparisonSize(of: bytes, among: count))
}

/// The words that a String takes for each byte when its characters become Strings.
let characterWords: Int64 = 2

/// The words of an Array `[key, value]`, and of the reference to it.
let entryWords = 4

/// The measure of sorting `count` keys: count × ⌈log2(count + 1)⌉.
func orderingSize(of count: Int) -> Int { Size.product(count, Int64(searchSteps(among: count))) }

/// Sizes of values that are still to be built. A size above 2^30 counts as 2^30, since nothing that large can exist.
enum Size {
  static let largest = 1 << 30

  /// Several copies of something.
  static func product(_ size: Int, _ times: Int64) -> Int {
    let (product, overflow) = Int64(size).multipliedReportingOverflow(by: times)
    return overflow ? largest : Int(min(product, Int64(largest)))
  }

  /// The sum of parts.
  static func sum(_ parts: Int...) -> Int { min(parts.reduce(0, +), largest) }
}
