internal import Engine
internal import OperatingSystem
internal import Snapshot

/// The conditions of a run. Together with the snapshot, the input and the results of the calls, they suffice to run the
/// request again.
struct RunConditions {
  /// Which request it is.
  let identity: RequestIdentity
  /// The request's seed.
  let seed: Hash256
  /// The content hash of the snapshot that answered it.
  let snapshotHash: Hash256
  /// The gas limit in units.
  let gasLimit: Int64
  /// The stack and the heap of the machine.
  let budgets: MachineLayout.Budgets
}

/// A request with its response and all its effect calls.
struct JournalEntry {
  /// The conditions of the run.
  let conditions: RunConditions
  /// The request's bytes.
  let input: SecretBytes
  /// How the run ended.
  let run: RecordedRun
  /// The effect calls, in order.
  let calls: [PerformedCall]
  /// How this data is recorded.
  let records: RecordProtection<RequestSeal>

  /// The calls as reports and audit lines show them.
  func effects(_ records: RecordProtection<RequestSeal>) -> [CallDigest] {
    NativeStack.wipingOnce { calls.map { $0.digest(records) } }
  }

  /// The run as the audit log shows it.
  var audited: AuditedRun {
    AuditedRun(
      summary: run.summary, effects: effects(records),
      responseHash: records.hash(Hash256(of: run.response)))
  }
}
