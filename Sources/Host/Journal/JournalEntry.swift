internal import Engine
internal import System

/// A request with what it was answered with, and every effect call in between. With the snapshot that is all that it takes
/// to run it again.
struct JournalEntry {
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
  /// The request's bytes.
  let input: SecretBytes
  /// How the run ended.
  let run: RecordedRun
  /// The effect calls in order.
  let calls: [RecordedCall]
  /// How all of that comes into records.
  let records: RecordProtection

  /// The run as the audit log tells of it.
  var audited: AuditedRun {
    AuditedRun(
      outcome: run.outcome, gasUsed: run.gasUsed, heapPeakBytes: run.heapPeakBytes,
      effects: calls.map { $0.performed(records) },
      responseHash: records.hash(Hash256(of: run.response)))
  }
}

/// How a recorded run ended.
struct RecordedRun {
  /// The response body.
  let response: SecretBytes
  /// `value`, or the code of the error that it ended in.
  let outcome: String
  /// Units, the last charge included.
  let gasUsed: Int64
  /// Bytes of the heap budget at the fullest point.
  let heapPeakBytes: Int
  /// Words of the stack budget at the deepest point.
  let stackPeakWords: Int
}

extension RecordedRun {
  /// What a machine has done.
  ///
  /// - Parameter protection: how the copy of the response is treated.
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  init(
    _ outcome: Machine.Outcome, of machine: borrowing Machine, protection: MemoryProtection = .standard
  ) throws(SystemError) {
    let response = try machine.memory.withBytes(at: outcome.body, count: outcome.byteCount) {
      (bytes) throws(SystemError) in try SecretBytes(copying: bytes, protection: protection)
    }
    self.init(
      response: response,
      outcome: outcome.trap.map { String(decoding: $0.code.bytes, as: UTF8.self) } ?? "value",
      gasUsed: machine.gasUsed, heapPeakBytes: machine.heapPeakBytes, stackPeakWords: machine.stackPeakWords)
  }
}

/// A recorded effect call.
struct RecordedCall {
  /// What the host said.
  enum Reply {
    /// The result's canonical CBOR.
    case result(SecretBytes)
    /// The run ended, since the effect was not granted.
    case notGranted
    /// The run ended, since an argument is outside what the effect takes.
    case invalidArgument
    /// The run ended, since the continuation belongs to another call.
    case continuationMismatch
  }

  /// `HttpOut.get`.
  let name: String
  /// The hash of the arguments' canonical CBOR.
  let argumentsHash: RecordedHash
  /// What the host said.
  let reply: Reply

  /// The call as reports and audit lines show it.
  ///
  /// - Parameter records: how the request comes into records.
  func performed(_ records: RecordProtection) -> PerformedEffect {
    func effect(resultHash: RecordedHash?, outcome: String) -> PerformedEffect {
      PerformedEffect(
        name: name, argumentsHash: records.hash(argumentsHash), resultHash: resultHash, outcome: outcome)
    }
    switch reply {
    case .result(let bytes):
      return effect(resultHash: records.hash(Hash256(of: bytes)), outcome: bytes.errorCode ?? "Ok")
    case .notGranted: return effect(resultHash: nil, outcome: "EffectNotGranted")
    case .invalidArgument: return effect(resultHash: nil, outcome: "InvalidArgument")
    case .continuationMismatch: return effect(resultHash: nil, outcome: "ContinuationMismatch")
    }
  }
}
