internal import Engine
internal import Snapshot
internal import System

/// A request as it lies in the journal: with its bytes as they are, under seal, or without them.
struct StoredRequest: Sendable {
  /// What became of its bytes. The names stand in the tables.
  enum Protection: String {
    case plain, sealed, withheld
  }

  /// A call as it lies in the journal.
  struct Call {
    let name: String
    /// SHA-256 of the arguments' CBOR, or the keyed hash.
    let argumentsHash: Hash256
    /// The number of the reply: 0 for a result, then `notGranted`, `invalidArgument`, `continuationMismatch`.
    let reply: Int64
    let result: [UInt8]?
  }

  let identity: RequestIdentity
  let seed: Hash256
  let snapshotHash: Hash256
  let gasLimit: Int64
  let budgets: MachineLayout.Budgets
  let protection: Protection
  /// The identifier of the key that the bytes are sealed under; nil if they are not.
  let hostKey: Hash256?
  let input: [UInt8]?
  let response: [UInt8]?
  let outcome: String
  let gasUsed: Int64
  let heapPeakBytes: Int
  let stackPeakWords: Int
  /// None if the bytes are withheld.
  let calls: [Call]

  /// SHA-256 over all of it, so that a changed row shows. Long parts go in as their hashes, sealed ones as they lie there,
  /// so that nobody needs a key to check it, and nobody learns from it what is sealed.
  var checksum: Hash256 {
    func hash(_ bytes: [UInt8]?) -> CBORValue { bytes.map { .string(Hash256(of: $0).hex) } ?? .null }
    let head: [CBORValue] = [
      .string(identity.requestID), .string(identity.accountID), .string(identity.functionVersion), .string(seed.hex),
      .string(snapshotHash.hex), .integer(gasLimit), .integer(Int64(budgets.stackWords)),
      .integer(Int64(budgets.heapBytes)), .string(protection.rawValue), hostKey.map { .string($0.hex) } ?? .null,
      hash(input), hash(response), .string(outcome), .integer(gasUsed), .integer(Int64(heapPeakBytes)),
      .integer(Int64(stackPeakWords)),
    ]
    let calls = calls.map { call in
      CBORValue.array([
        .string(call.name), .string(call.argumentsHash.hex), .integer(call.reply), hash(call.result),
      ])
    }
    return Hash256(of: CBORValue.array([.array(head), .array(calls)]).encoded)
  }
}

// MARK: - To the journal

extension StoredRequest {
  /// What is stored of a request.
  init(_ entry: JournalEntry) {
    let records = entry.records
    let (protection, hostKey): (Protection, Hash256?) =
      switch records {
      case .plain: (.plain, nil)
      case .sealed(let seal): (.sealed, seal.keyIdentifier)
      case .withheld: (.withheld, nil)
      }
    self.init(
      identity: entry.identity, seed: entry.seed, snapshotHash: entry.snapshotHash, gasLimit: entry.gasLimit,
      budgets: entry.budgets, protection: protection, hostKey: hostKey,
      input: records.stored(entry.input, as: .input), response: records.stored(entry.run.response, as: .response),
      outcome: entry.run.outcome, gasUsed: entry.run.gasUsed, heapPeakBytes: entry.run.heapPeakBytes,
      stackPeakWords: entry.run.stackPeakWords,
      calls: entry.calls.enumerated().compactMap { Call($1, sequence: $0, records) })
  }
}

extension StoredRequest.Call {
  /// What is stored of a call; nil if nothing is.
  fileprivate init?(_ call: RecordedCall, sequence: Int, _ records: RecordProtection) {
    guard let hash = records.hash(call.argumentsHash).value else { return nil }
    let (reply, result): (Int64, [UInt8]?) =
      switch call.reply {
      case .result(let bytes): (0, records.stored(bytes, as: .result(sequence: sequence)))
      case .notGranted: (1, nil)
      case .invalidArgument: (2, nil)
      case .continuationMismatch: (3, nil)
      }
    self.init(name: call.name, argumentsHash: hash, reply: reply, result: result)
  }
}

// MARK: - From the journal

/// Why a stored request can't be read.
enum UnreadableRecord: Error {
  /// It is sealed under the host key of this identifier, and that was not given; the one that was.
  case sealed(hostKey: Hash256, given: Hash256?)
  /// Nothing of its bytes was recorded.
  case withheld
  /// The named part is not what was sealed there, or is none that is ever written.
  case changed(String)
  /// There is no suitable memory for it.
  case noMemory(SystemError)
}

extension StoredRequest {
  /// The request with its bytes.
  ///
  /// - Parameters:
  ///   - key: opens what is sealed.
  ///   - protection: how the memory of the bytes is treated.
  func entry(openedWith key: HostKey?, protection: MemoryProtection) throws(UnreadableRecord) -> JournalEntry {
    let records = try self.records(key)
    let opening = Opening(records: records, protection: protection)
    var calls: [RecordedCall] = []
    for (sequence, call) in self.calls.enumerated() {
      let hash: RecordedHash = records.isClassified ? .keyed(call.argumentsHash) : .plain(call.argumentsHash)
      calls.append(
        RecordedCall(name: call.name, argumentsHash: hash, reply: try opening.reply(of: call, sequence: sequence)))
    }
    let run = RecordedRun(
      response: try opening.bytes(response, as: .response, name: "response"), outcome: outcome, gasUsed: gasUsed,
      heapPeakBytes: heapPeakBytes, stackPeakWords: stackPeakWords)
    return JournalEntry(
      identity: identity, seed: seed, snapshotHash: snapshotHash, gasLimit: gasLimit, budgets: budgets,
      input: try opening.bytes(input, as: .input, name: "input"), run: run, calls: calls, records: records)
  }

  private func records(_ key: HostKey?) throws(UnreadableRecord) -> RecordProtection {
    switch protection {
    case .plain: return .plain
    case .withheld: throw .withheld
    case .sealed:
      guard let hostKey else { throw .changed("the identifier of the host key") }
      guard let key, key.identifier == hostKey else { throw .sealed(hostKey: hostKey, given: key?.identifier) }
      return .sealed(key.seal(forSeed: seed))
    }
  }
}

/// Opens the parts of one stored request.
private struct Opening {
  let records: RecordProtection
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

  func reply(of call: StoredRequest.Call, sequence: Int) throws(UnreadableRecord) -> RecordedCall.Reply {
    switch (call.reply, call.result) {
    case (0, let result):
      .result(try bytes(result, as: .result(sequence: sequence), name: "result of effect \(sequence)"))
    case (1, nil): .notGranted
    case (2, nil): .invalidArgument
    case (3, nil): .continuationMismatch
    default: throw .changed("reply of effect \(sequence)")
    }
  }
}
