public import Engine
public import OperatingSystem
internal import Snapshot

/// The answer to a request.
public struct Answer: Sendable {
  /// Canonical JSON: the handler's value, or the error's body.
  public let body: SecretBytes
  /// The instruction at which the request ended, if it ended in an error while an instruction was running; for
  /// `SandboxPool.position(ofInstruction:)`. It is meant for messages. The response does not contain it, and an answer
  /// from the journal does not have it.
  public let instruction: Int?
  /// The report on the run.
  public internal(set) var report: RunReport

  /// The error that the request ended in; nil if it ended in a value.
  public var trap: Trap? { report.run.trap }
}

extension Answer {
  /// The answer of a recorded run.
  ///
  /// - Parameters:
  ///   - effects: its calls as the report shows them.
  ///   - isLocked: whether the memory of the run was locked.
  ///   - journal: how the journal has the request's data; nil without a journal.
  init(
    _ entry: JournalEntry, effects: [CallDigest], instruction: Int?, isLocked: Bool = false,
    journal: RecordProtection<Hash256>?
  ) {
    let report = RunReport(
      run: entry.run.summary, gasLimit: entry.conditions.gasLimit, responseHash: Hash256(of: entry.run.response),
      snapshotHash: entry.conditions.snapshotHash, seed: entry.conditions.seed, isLocked: isLocked,
      effects: effects, journal: journal)
    self.init(body: entry.run.response, instruction: instruction, report: report)
  }
}
