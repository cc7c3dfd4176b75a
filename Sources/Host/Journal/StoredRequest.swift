internal import Engine
internal import OperatingSystem
internal import Snapshot

/// A request as the journal stores it: with its bytes in plain, sealed, or without them.
struct StoredRequest: Sendable {
  /// The conditions of the run.
  let conditions: RunConditions
  /// How its bytes are stored.
  let protection: RecordProtection<Hash256>
  let input: [UInt8]?
  let response: [UInt8]?
  /// How the run ended, in the form of `RunSummary.outcome`.
  let outcome: String
  let figures: Machine.Figures
  /// Empty if the bytes are withheld.
  let calls: [RecordedCall<StoredReply>]

  /// SHA-256 over all of it, so that a changed row is detected. Long parts enter as their hashes, and sealed parts as
  /// they are stored. So nobody needs a key to check it, and it reveals nothing about what is sealed.
  var checksum: Hash256 {
    func hash(_ bytes: [UInt8]?) -> CBORValue { bytes.map { .string(Hash256(of: $0).hex) } ?? .null }
    func hex(_ hash: Hash256?) -> CBORValue { hash.map { .string($0.hex) } ?? .null }
    let identity = conditions.identity
    let head: [CBORValue] = [
      .string(identity.requestID), .string(identity.accountID), .string(identity.functionVersion),
      hex(conditions.seed), hex(conditions.snapshotHash), .integer(conditions.gasLimit),
      .integer(Int64(conditions.budgets.stackWords)), .integer(Int64(conditions.budgets.heapBytes)),
      .string(protection.name), hex(protection.hostKey), hash(input), hash(response), .string(outcome),
      .integer(figures.gasUsed), .integer(Int64(figures.heapPeakBytes)), .integer(Int64(figures.stackPeakWords)),
    ]
    let calls = calls.map { call in
      CBORValue.array([
        .string(call.name), hex(call.argumentsHash.value), .integer(call.reply.number), hash(call.reply.result),
      ])
    }
    return Hash256(of: CBORValue.array([.array(head), .array(calls)]).encoded)
  }
}

// MARK: - To the journal

extension StoredRequest {
  /// A request in the form in which it is stored.
  init(_ entry: JournalEntry) {
    let records = entry.records
    self.init(
      conditions: entry.conditions, protection: records.named, input: records.stored(entry.input, as: .input),
      response: records.stored(entry.run.response, as: .response), outcome: entry.run.summary.outcome,
      figures: entry.run.summary.figures,
      calls: entry.calls.enumerated().compactMap { sequence, call in call.stored(sequence, records) })
  }
}

// MARK: - From the journal

/// Why a stored request can't be read.
enum UnreadableRecord: Error {
  /// It is sealed under the host key with this identifier, which is not the given key.
  case sealed(hostKey: Hash256, given: Hash256?)
  /// None of its bytes were recorded.
  case withheld
  /// The named part is not what was sealed there, or has a form that is never written.
  case changed(String)
  /// The run ended in an error that this version does not know.
  case unknownOutcome(RunSummary.UnknownOutcome)
  /// There is no suitable memory for it.
  case noMemory(SystemError)
}

extension StoredRequest {
  /// The request with its bytes.
  ///
  /// - Parameters:
  ///   - key: opens sealed parts.
  ///   - protection: how the memory of the bytes is treated.
  func entry(openedWith key: HostKey?, protection: MemoryProtection) throws(UnreadableRecord) -> JournalEntry {
    let records = try self.records(key)
    let opening = Opening(records: records, protection: protection)
    var calls: [PerformedCall] = []
    for (sequence, call) in self.calls.enumerated() {
      guard let stored = call.reply.decoded else { throw .changed("reply of effect \(sequence)") }
      let reply = try stored.map { (result) throws(UnreadableRecord) in
        try opening.bytes(result, as: .result(sequence: sequence), name: "result of effect \(sequence)")
      }
      calls.append(RecordedCall(name: call.name, argumentsHash: call.argumentsHash, reply: reply))
    }
    let run = RecordedRun(
      summary: try summary(), response: try opening.bytes(response, as: .response, name: "response"))
    return JournalEntry(
      conditions: conditions, input: try opening.bytes(input, as: .input, name: "input"), run: run, calls: calls,
      records: records)
  }

  private func summary() throws(UnreadableRecord) -> RunSummary {
    do throws(RunSummary.UnknownOutcome) {
      return RunSummary(trap: try RunSummary.trap(ofOutcome: outcome), figures: figures)
    } catch {
      throw .unknownOutcome(error)
    }
  }

  private func records(_ key: HostKey?) throws(UnreadableRecord) -> RecordProtection<RequestSeal> {
    switch protection {
    case .plain: return .plain
    case .withheld: throw .withheld
    case .sealed(let hostKey):
      guard let key, key.identifier == hostKey else { throw .sealed(hostKey: hostKey, given: key?.identifier) }
      return .sealed(key.seal(forSeed: conditions.seed))
    }
  }
}

/// Opens the parts of one stored request.
private struct Opening {
  let records: RecordProtection<RequestSeal>
  let protection: MemoryProtection

  func bytes(_ stored: [UInt8]?, as part: RequestSeal.Part, name: String) throws(UnreadableRecord) -> SecretBytes {
    guard let stored else { throw .changed(name) }
    let bytes: SecretBytes?
    do throws(SystemError) {
      bytes =
        if case .sealed(let seal) = records {
          try seal.open(stored, as: part, protection: protection)
        } else {
          try SecretBytes(copying: stored.span, protection: protection)
        }
    } catch {
      throw .noMemory(error)
    }
    guard let bytes else { throw .changed(name) }
    return bytes
  }
}
