public import Engine
internal import Snapshot
public import System

/// What a request is answered with.
public struct Answer: Sendable {
  /// Canonical JSON: the handler's value, or the error's body.
  public let body: SecretBytes
  /// The instruction that the request ended at, if it ended in an error and one was running: for
  /// `SandboxPool.position(ofInstruction:)`. It is for messages; the response says nothing of it, and an answer from the
  /// journal does not know it.
  public let instruction: Int?
  /// What is known of the run.
  public internal(set) var report: RunReport

  /// The error that the request ended in; nil if it ended in a value.
  public var trap: Trap? { report.run.trap }
}

extension Answer {
  /// The answer of a run that is recorded.
  ///
  /// - Parameters:
  ///   - records: how hashes of the effects' data come into the report.
  ///   - isLocked: whether the memory of the run was.
  ///   - journal: how the request's data is in the journal; nil if there is none.
  init(
    _ entry: JournalEntry, records: RecordProtection<RequestSeal>, instruction: Int?, isLocked: Bool = false,
    journal: RecordProtection<Hash256>?
  ) {
    let report = RunReport(
      run: entry.run.summary, gasLimit: entry.conditions.gasLimit, responseHash: Hash256(of: entry.run.response),
      snapshotHash: entry.conditions.snapshotHash, seed: entry.conditions.seed, isLocked: isLocked,
      effects: entry.calls.map { $0.digest(records) }, journal: journal)
    self.init(body: entry.run.response, instruction: instruction, report: report)
  }
}
