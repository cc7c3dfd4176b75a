internal import Engine
internal import Snapshot
internal import System

/// What a request was run with. With the snapshot, its input and the results of its calls, that is all that it takes to run
/// it again.
struct RunConditions {
  /// Which request it is.
  let identity: RequestIdentity
  /// The request's seed.
  let seed: Hash256
  /// The content hash of the snapshot that answered it.
  let snapshotHash: Hash256
  /// Units.
  let gasLimit: Int64
  /// Stack and heap of the machine.
  let budgets: MachineLayout.Budgets
}

/// A request with what it was answered with, and every effect call in between.
struct JournalEntry {
  /// What it was run with.
  let conditions: RunConditions
  /// The request's bytes.
  let input: SecretBytes
  /// How the run ended.
  let run: RecordedRun
  /// The effect calls in order.
  let calls: [PerformedCall]
  /// How all of that comes into records.
  let records: RecordProtection<RequestSeal>

  /// The run as the audit log shows it.
  var audited: AuditedRun {
    AuditedRun(
      summary: run.summary, effects: calls.map { $0.digest(records) },
      responseHash: records.hash(Hash256(of: run.response)))
  }
}
