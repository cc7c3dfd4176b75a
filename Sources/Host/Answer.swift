public import Engine
public import System

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
  /// - Parameters:
  ///   - records: how hashes of the effects' data come into the report.
  ///   - isLocked: whether the memory of the run was.
  ///   - journal: what the journal has of the request, if it is classified.
  init(
    _ entry: JournalEntry, records: RecordProtection, instruction: Int?, isLocked: Bool = false,
    journal: RunReport.ClassifiedJournal?
  ) {
    let run = entry.run
    let report = RunReport(
      outcome: run.outcome, gasLimit: entry.gasLimit, gasUsed: run.gasUsed, responseHash: Hash256(of: run.response),
      snapshotHash: entry.snapshotHash, seed: entry.seed, heapPeakBytes: run.heapPeakBytes,
      stackPeakWords: run.stackPeakWords, isLocked: isLocked, effects: entry.calls.map { $0.performed(records) },
      journal: journal)
    let trap = Trap.allCases.first { String(decoding: $0.code.bytes, as: UTF8.self) == run.outcome }
    self.init(body: run.response, trap: trap, instruction: instruction, report: report)
  }
}
