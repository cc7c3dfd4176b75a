public import Engine
public import Snapshot

/// Runs recorded requests again, with what the journal says in place of the outside: no network, no database, no clock.
public struct Replay: ~Copyable {
  /// What came of one recorded request.
  public struct Result: Equatable, Sendable {
    /// The number of its row.
    public let id: Int64
    /// The request's id; nil if the row can't be read.
    public let requestID: String?
    /// How the repetition differs. Empty: response, gas and peaks are the recorded ones.
    public let divergences: [Divergence]
  }

  private let makePool: (MachineLayout.Budgets) throws(SnapshotError) -> SandboxPool
  private var pool: SandboxPool?
  /// The chain behind the last row.
  private var chain: [UInt8] = []

  /// A repetition with one snapshot.
  ///
  /// - Parameter makePool: makes a pool of the snapshot with these budgets. It is asked when they change, which they
  ///   seldom do within a journal.
  public init(makePool: @escaping (MachineLayout.Budgets) throws(SnapshotError) -> SandboxPool) {
    self.makePool = makePool
  }

  /// Runs one recorded request. Rows come in the order of the journal.
  ///
  /// - Throws: what making a pool or a sandbox throws.
  public mutating func run(_ row: JournalRow) throws(SnapshotError) -> Result {
    let follows = row.followsOn(chain)
    chain = row.chain
    guard let entry = row.entry, row.isUnchanged else {
      return Result(id: row.id, requestID: row.entry?.identity.requestID, divergences: [.changedRecord])
    }
    let divergences = try (follows ? [] : [.brokenChain]) + divergences(of: entry)
    return Result(id: row.id, requestID: entry.identity.requestID, divergences: divergences)
  }

  private mutating func divergences(of entry: JournalEntry) throws(SnapshotError) -> [Divergence] {
    let pool = try pool(for: entry.budgets)
    guard pool.contentHash == entry.snapshotHash else { return [.otherSnapshot(recorded: entry.snapshotHash)] }
    guard let gasLimit = try? GasLimit(String(entry.gasLimit)) else { return [.invalidGasLimit(entry.gasLimit)] }
    guard entry.identity.seed(contentHash: entry.snapshotHash, gasLimit: gasLimit) == entry.seed else {
      return [.otherSeed]
    }
    return try pool.clone().run(gasLimit: entry.gasLimit, seed: entry.seed) {
      (machine, _) throws(SnapshotError) -> [Divergence] in
      let effects = RecordedEffects(entry.calls)
      let outcome = entry.input.withBytes { request in
        machine.run(request: request) { (call, machine) in
          let arguments = machine.withArguments(of: call) { Hash256(of: $0) }
          return effects.reply(to: String(decoding: machine.name(of: call), as: UTF8.self), argumentsHash: arguments)
        }
      }
      // From the first other call on everything may differ: that it did says no more.
      if let divergence = effects.divergence { return [divergence] }
      return effects.missing + entry.run.divergences(of: try RecordedRun(outcome, of: machine))
    } afterWipe: { divergences, _ in
      divergences
    }
  }

  private mutating func pool(for budgets: MachineLayout.Budgets) throws(SnapshotError) -> SandboxPool {
    if let pool, pool.budgets == budgets { return pool }
    let made = try makePool(budgets)
    pool = made
    return made
  }
}

/// Gives the calls of a run the results that were recorded, one after the other.
private final class RecordedEffects {
  private let calls: [RecordedCall]
  private var next = 0
  private(set) var divergence: Divergence?

  init(_ calls: [RecordedCall]) { self.calls = calls }

  func reply(to name: String, argumentsHash: Hash256) -> EffectReply {
    guard next < calls.count else { return stop(.extraEffect(sequence: next, name: name)) }
    let call = calls[next]
    guard call.name == name else { return stop(.otherEffect(sequence: next, recorded: call.name, name: name)) }
    guard call.argumentsHash == argumentsHash else { return stop(.otherArguments(sequence: next, name: name)) }
    next += 1
    return call.reply.forEngine
  }

  /// The recorded calls that were not made: the first of them, since the others follow from it.
  var missing: [Divergence] {
    next < calls.count ? [.missingEffect(sequence: next, name: calls[next].name)] : []
  }

  private func stop(_ divergence: Divergence) -> EffectReply {
    self.divergence = divergence
    return .notGranted
  }
}

extension RecordedRun {
  /// How another run of the same request differs.
  fileprivate func divergences(of other: RecordedRun) -> [Divergence] {
    var divergences: [Divergence] = []
    if outcome != other.outcome { divergences.append(.otherOutcome(recorded: outcome, outcome: other.outcome)) }
    if response != other.response {
      let bytes = (response.unprotectedCopy, other.response.unprotectedCopy)
      let offset = zip(bytes.0, bytes.1).prefix { $0 == $1 }.map { _ in () }.count
      divergences.append(.otherResponse(offset: offset))
    }
    let figures = [
      ("gasUsed", gasUsed, other.gasUsed), ("heapPeakBytes", Int64(heapPeakBytes), Int64(other.heapPeakBytes)),
      ("stackPeakWords", Int64(stackPeakWords), Int64(other.stackPeakWords)),
    ]
    for (name, recorded, value) in figures where recorded != value {
      divergences.append(.otherFigure(name: name, recorded: recorded, value: value))
    }
    return divergences
  }
}
