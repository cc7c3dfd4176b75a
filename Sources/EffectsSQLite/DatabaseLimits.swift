/// The limits of calls. All of them are counted; none is timed.
public struct DatabaseLimits: Sendable {
  /// Rows of a result.
  public var rows: Int
  /// Bytes of a result, names and values together. Also the maximum size of a text, blob or row that a statement
  /// processes.
  public var bytes: Int
  /// Units of work of a call. A step of SQLite's virtual machine on values of up to 1 KiB is one unit. On longer
  /// values, a step is as many units as the longest may have KiB. docs/effects.md says what else is counted.
  public var steps: Int
  /// Units of work of all calls of one request.
  public var requestSteps: Int
  /// Bytes that SQLite may hold for the call, including memory for sorting.
  public var memory: Int

  /// 10,000 rows, 4 MiB, 10,000,000 units of work and ten times as many in a request, 64 MiB of memory.
  public static let standard = DatabaseLimits(rows: 10_000, bytes: 4 << 20, steps: 10_000_000)

  /// The limits of a call.
  public init(rows: Int, bytes: Int, steps: Int, requestSteps: Int = 100_000_000, memory: Int = 64 << 20) {
    self.rows = rows
    self.bytes = bytes
    self.steps = steps
    self.requestSteps = requestSteps
    self.memory = memory
  }

  /// The sizes of values that a statement is tried with, one after the other. Steps are cheapest with the smallest.
  var valueSizes: [Int] {
    var sizes = [1 << 10]
    while let last = sizes.last, last < bytes { sizes.append(last * 4) }
    return sizes
  }
}
