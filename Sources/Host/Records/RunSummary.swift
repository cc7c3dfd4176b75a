public import Engine
internal import OperatingSystem

/// How a run ended, without its response and its calls. Journal, audit log, report and replay all have this.
public struct RunSummary: Equatable, Sendable {
  /// The error that the run ended in; nil if it ended in a value.
  public let trap: Trap?
  /// The gas and memory that it used.
  public let figures: Machine.Figures

  /// How a run ended.
  public init(trap: Trap?, figures: Machine.Figures) {
    self.trap = trap
    self.figures = figures
  }

  /// How the run ended, in the form of records.
  public var outcome: String { RunSummary.outcome(of: trap) }
}

// MARK: - As records have it

extension RunSummary {
  /// A record says that a run ended in an error that this version does not know.
  struct UnknownOutcome: Error, Equatable {
    /// The error code in the record.
    let code: String
  }

  /// `value`, or the code of the error that a run ended in.
  static func outcome(of trap: Trap?) -> String { trap.map { "\($0.code)" } ?? "value" }

  /// The error that `outcome(of:)` has encoded; nil for a value.
  static func trap(ofOutcome outcome: String) throws(UnknownOutcome) -> Trap? {
    if outcome == self.outcome(of: nil) { return nil }
    guard let trap = Trap.allCases.first(where: { self.outcome(of: $0).utf8.elementsEqual(outcome.utf8) }) else {
      throw UnknownOutcome(code: outcome)
    }
    return trap
  }
}

/// A run that has ended, with its response.
struct RecordedRun {
  /// How the run ended.
  let summary: RunSummary
  /// The response body.
  let response: SecretBytes
}

extension RecordedRun {
  /// The result of a machine's run.
  ///
  /// - Parameter protection: how the copy of the response is treated.
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  init(
    _ outcome: Machine.Outcome, of machine: borrowing Machine, protection: MemoryProtection
  ) throws(SystemError) {
    response = try machine.memory.withBytes(at: outcome.body, count: outcome.byteCount) {
      (bytes) throws(SystemError) in try SecretBytes(copying: bytes, protection: protection)
    }
    summary = RunSummary(trap: outcome.trap, figures: machine.figures)
  }

  /// The same run after its writes could not be committed: its value is replaced by the error. A run that has already
  /// ended in an error stays as it is.
  ///
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  func aborted(_ protection: MemoryProtection) throws(SystemError) -> RecordedRun {
    guard summary.trap == nil else { return self }
    let summary = RunSummary(trap: .transactionAborted, figures: summary.figures)
    let body = PlainJSON.object([.init("error", .string(summary.outcome))]).bytes(order: .response)
    return RecordedRun(summary: summary, response: try SecretBytes(copying: body.span, protection: protection))
  }
}
