public import Engine
public import Host

/// The gas and memory limits of a run, as given on a command line.
public struct LimitSettings {
  /// The gas limit; nil for the limit of the environment, or the standard limit.
  public var gas: String?
  /// The heap limit in bytes; nil for the standard limit.
  public var heap: String?

  /// Creates settings with the standard limits.
  public init() {}

  /// The gas limit of the command line, else of the environment, else the standard limit.
  public func gasLimit() throws(GasLimitOutOfRange) -> GasLimit {
    guard let gas else { return try GasLimit.fromEnvironment() }
    return try GasLimit(gas)
  }

  /// The budgets of the machine.
  ///
  /// - Throws: a usage error if the heap limit is not a number in its range.
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
