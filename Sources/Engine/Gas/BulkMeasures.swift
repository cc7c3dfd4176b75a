// Measures that are computed from the sizes of operands, and prices that several places charge.

extension BulkWork {
  /// The steps of a search among `count` keys, or of inserting one in order among `count`: ⌈log2(count + 1)⌉.
  static func steps(among count: Int) -> Int { Int.bitWidth &- count.leadingZeroBitCount }

  /// The measure of `ordering`: count × ⌈log2(count + 1)⌉.
  static func ordering(of count: Int) -> Int { TextSize.product(count, Int64(steps(among: count))) }

  /// The measure of `keyComparison` for keys of `bytes` bytes that are searched or sorted among `count`.
  static func comparison(of bytes: Int, among count: Int) -> Int {
    TextSize.product(bytes, Int64(steps(among: count)))
  }

  /// Units for finding a key of `bytes` bytes among `count`: the steps, and comparing the key at each of them.
  static func searchUnits(forKeyOf bytes: Int, among count: Int) -> Int {
    BulkWork.steps.units(steps(among: count)) &+ keyComparison.units(comparison(of: bytes, among: count))
  }

  /// Units for a Record of `count` given fields whose keys are put in order: its words and those of its shape, sorting
  /// the fields, and comparing keys of `keyBytes` bytes. Hashing computed keys is not among them.
  public static func mergingUnits(fields count: Int, keyBytes: Int) -> Int {
    elements.units(2 &* count) &+ BulkWork.ordering.units(ordering(of: count))
      &+ keyComparison.units(comparison(of: keyBytes, among: count))
  }
}
