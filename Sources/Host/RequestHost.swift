public import Engine
public import Snapshot

/// Answers requests with one snapshot. Every adapter (command line, server, Lambda) goes through here, so that the life
/// of a request has one order:
///
/// clone → bind gas limit and seed → parse the request → static initialisers → handler → canonical JSON → SHA-256 →
/// report → wipe.
public struct RequestHost: Sendable {
  /// Where its sandboxes come from.
  public let pool: SandboxPool

  /// A host that takes its sandboxes from this pool. It has no effects to grant, so the program must name none.
  ///
  /// - Throws: what the program names.
  public init(pool: SandboxPool) throws(GrantMissing) {
    let named = pool.manifest?.effects ?? []
    if !named.isEmpty { throw GrantMissing(effects: named.map { String(decoding: $0, as: UTF8.self) }) }
    self.pool = pool
  }

  /// Answers one request.
  ///
  /// - Parameters:
  ///   - request: JSON text. A script takes no request and ignores it.
  ///   - identity: which request it is, for the seed.
  /// - Throws: `.noMemory`. All that can go wrong in the guest is an answer.
  public func answer(
    _ request: [UInt8], identity: RequestIdentity, gasLimit: GasLimit
  ) throws(SnapshotError) -> Answer {
    let seed = identity.seed(contentHash: pool.contentHash, gasLimit: gasLimit)
    let sandbox = try pool.clone()
    // The sandbox ends, and is wiped, when `run` returns: what the answer holds are copies.
    return sandbox.run(gasLimit: gasLimit.units, seed: seed) { machine in
      let outcome = machine.run(request: request.span)
      let body = machine.memory.bytes(at: outcome.body, count: outcome.byteCount)
      let report = RunReport(
        outcome: outcome.trap.map { String(decoding: $0.code.bytes, as: UTF8.self) } ?? "value",
        gasLimit: machine.gasLimit, gasUsed: machine.gasUsed, responseHash: Hash256(of: body),
        snapshotHash: pool.contentHash, seed: seed, heapPeakBytes: machine.heapPeakBytes,
        stackPeakWords: machine.stackPeakWords, isLocked: false, effects: [])
      let instruction = outcome.trap == nil ? nil : machine.trapInstruction
      return Answer(body: body, trap: outcome.trap, instruction: instruction, report: report)
    }
  }

  /// The answer to a request whose gas limit can't be set. No machine is made.
  public func answer(refusing error: GasLimitOutOfRange) -> Answer {
    let body = error.body
    let report = RunReport(
      outcome: "GasLimitOutOfRange", gasLimit: nil, gasUsed: 0, responseHash: Hash256(of: body),
      snapshotHash: pool.contentHash, seed: nil, heapPeakBytes: 0, stackPeakWords: 0, isLocked: false, effects: [])
    return Answer(body: body, trap: .gasLimitOutOfRange, instruction: nil, report: report)
  }
}

/// What a request is answered with.
public struct Answer: Sendable {
  /// Canonical JSON: the handler's value, or the error's body.
  public let body: [UInt8]
  /// Nil if the request ended in a value.
  public let trap: Trap?
  /// The instruction that the request ended at, if it ended in an error and one was running: for
  /// `SandboxPool.position(ofInstruction:)`. It is for messages; the response says nothing of it.
  public let instruction: Int?
  /// What is known of the run.
  public let report: RunReport
}
