public import Engine
public import Host

/// Gas and memory of a run, as a command line says it.
public struct LimitSettings {
  /// The gas limit; nil if the environment or the standard says it.
  public var gas: String?
  /// The heap's limit; nil if it is the standard one.
  public var heap: String?

  /// The standard limits.
  public init() {}

  /// The gas limit of the command line, of the environment, or the standard one.
  public func gasLimit() throws(GasLimitOutOfRange) -> GasLimit {
    guard let gas else { return try GasLimit.fromEnvironment() }
    return try GasLimit(gas)
  }

  /// The budgets of the machine.
  ///
  /// - Throws: an error of usage if the heap's limit is not a number in its range.
  public func budgets() throws(CommandError) -> MachineLayout.Budgets {
    var budgets = MachineLayout.Budgets.standard
    guard let heap else { return budgets }
    let range = MachineLayout.Budgets.heapRange
    let isDecimal = heap.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isDecimal, heap.utf8.first != UInt8(ascii: "0"), let bytes = Int(heap), range.contains(bytes) else {
      throw CommandError(
        "--heap-limit \(heap): is not a valid heap limit",
        hint: "give bytes as plain digits, \(range.lowerBound) to \(range.upperBound)")
    }
    budgets.heapBytes = bytes
    return budgets
  }
}
