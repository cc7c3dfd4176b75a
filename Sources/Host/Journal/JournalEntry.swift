public import Engine
public import Snapshot

/// A request as the journal keeps it: what it was, what it was answered with, and every effect call in between. With the
/// snapshot that is all that it takes to run it again.
public struct JournalEntry: Equatable, Sendable {
  /// Which request it is.
  public let identity: RequestIdentity
  /// The request's seed.
  public let seed: Hash256
  /// The content hash of the snapshot that answered it.
  public let snapshotHash: Hash256
  /// Units.
  public let gasLimit: Int64
  /// Stack and heap of the machine.
  public let budgets: MachineLayout.Budgets
  /// The request's bytes.
  public let input: SecretBytes
  /// How the run ended.
  public let run: RecordedRun
  /// The effect calls in order.
  public let calls: [RecordedCall]
}

/// How a recorded run ended.
public struct RecordedRun: Equatable, Sendable {
  /// The response body.
  public let response: SecretBytes
  /// `value`, or the code of the error that it ended in.
  public let outcome: String
  /// Units, the last charge included.
  public let gasUsed: Int64
  /// Bytes of the heap budget at the fullest point.
  public let heapPeakBytes: Int
  /// Words of the stack budget at the deepest point.
  public let stackPeakWords: Int
}

extension RecordedRun {
  /// What a machine has done.
  ///
  /// - Parameter protection: how the copy of the response is treated.
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  init(
    _ outcome: Machine.Outcome, of machine: borrowing Machine, protection: MemoryProtection = .standard
  ) throws(SnapshotError) {
    let response = try machine.memory.withBytes(at: outcome.body, count: outcome.byteCount) {
      (bytes) throws(SnapshotError) in try SecretBytes(copying: bytes, protection: protection)
    }
    self.init(
      response: response,
      outcome: outcome.trap.map { String(decoding: $0.code.bytes, as: UTF8.self) } ?? "value",
      gasUsed: machine.gasUsed, heapPeakBytes: machine.heapPeakBytes, stackPeakWords: machine.stackPeakWords)
  }
}

/// A recorded effect call.
public struct RecordedCall: Equatable, Sendable {
  /// What the host said.
  public enum Reply: Equatable, Sendable {
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
  public let name: String
  /// SHA-256 of the arguments' canonical CBOR.
  public let argumentsHash: Hash256
  /// What the host said.
  public let reply: Reply

  /// The call as reports show it.
  public var performed: PerformedEffect {
    switch reply {
    case .result(let bytes):
      // A value is not looked into: that would leave copies of it.
      let isValue = bytes.withBytes { bytes in
        EffectResult.okHead.indices.allSatisfy { $0 < bytes.count && bytes[$0] == EffectResult.okHead[$0] }
      }
      let code = isValue ? nil : (try? CBORValue(canonical: bytes))?["Err"]?["code"]?.text
      return PerformedEffect(
        name: name, argumentsHash: argumentsHash, resultHash: Hash256(of: bytes), outcome: code ?? "Ok")
    case .notGranted: return refused("EffectNotGranted")
    case .invalidArgument: return refused("InvalidArgument")
    case .continuationMismatch: return refused("ContinuationMismatch")
    }
  }

  private func refused(_ code: String) -> PerformedEffect {
    PerformedEffect(name: name, argumentsHash: argumentsHash, resultHash: nil, outcome: code)
  }
}

extension JournalEntry {
  /// SHA-256 over all of it, so that a changed row shows. Long parts go in as their hashes.
  var checksum: Hash256 {
    let head: [CBORValue] = [
      .string(identity.requestID), .string(identity.accountID), .string(identity.functionVersion), .string(seed.hex),
      .string(snapshotHash.hex), .integer(gasLimit), .integer(Int64(budgets.stackWords)),
      .integer(Int64(budgets.heapBytes)), .string(Hash256(of: input).hex), .string(Hash256(of: run.response).hex),
      .string(run.outcome), .integer(run.gasUsed), .integer(Int64(run.heapPeakBytes)),
      .integer(Int64(run.stackPeakWords)),
    ]
    let calls = calls.map { call in
      let performed = call.performed
      return CBORValue.array([
        .string(call.name), .string(call.argumentsHash.hex), .string(performed.outcome),
        performed.resultHash.map { .string($0.hex) } ?? .null,
      ])
    }
    return Hash256(of: CBORValue.array([.array(head), .array(calls)]).encoded)
  }
}
