public import Engine
public import Snapshot

/// What a request is answered with.
public struct Answer: Sendable {
  /// Canonical JSON: the handler's value, or the error's body.
  public let body: SecretBytes
  /// Nil if the request ended in a value.
  public let trap: Trap?
  /// The instruction that the request ended at, if it ended in an error and one was running: for
  /// `SandboxPool.position(ofInstruction:)`. It is for messages; the response says nothing of it, and an answer from the
  /// journal does not know it.
  public let instruction: Int?
  /// What is known of the run.
  public internal(set) var report: RunReport
}

extension Answer {
  /// The answer of a run that is recorded.
  ///
  /// - Parameter isLocked: whether the memory of the run was.
  init(_ entry: JournalEntry, instruction: Int?, isLocked: Bool = false) {
    let run = entry.run
    let report = RunReport(
      outcome: run.outcome, gasLimit: entry.gasLimit, gasUsed: run.gasUsed, responseHash: Hash256(of: run.response),
      snapshotHash: entry.snapshotHash, seed: entry.seed, heapPeakBytes: run.heapPeakBytes,
      stackPeakWords: run.stackPeakWords, isLocked: isLocked, effects: entry.calls.map(\.performed))
    let trap = Trap.allCases.first { String(decoding: $0.code.bytes, as: UTF8.self) == run.outcome }
    self.init(body: run.response, trap: trap, instruction: instruction, report: report)
  }
}

extension JournalEntry {
  /// The run as the audit log tells of it.
  var audited: AuditedRun {
    AuditedRun(
      outcome: run.outcome, gasUsed: run.gasUsed, heapPeakBytes: run.heapPeakBytes, effects: calls.map(\.performed),
      responseHash: Hash256(of: run.response))
  }
}
