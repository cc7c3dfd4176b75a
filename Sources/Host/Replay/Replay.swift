public import Engine
internal import OperatingSystem
public import Snapshot

/// Runs recorded requests again, with the journal in place of the outside world: no network, no database, no clock.
public struct Replay: ~Copyable {
  /// The result of replaying one recorded request.
  public struct Result: Equatable, Sendable {
    /// The number of its row.
    public let id: Int64
    /// The request's id; nil if the row can't be read.
    public let requestID: String?
    /// How the repetition differs. If this is empty, response, gas and peaks equal the recorded ones, unless they are
    /// withheld.
    public let divergences: [Divergence]
    /// Whether nothing was run, because the request held classified data that was not recorded for lack of a host key.
    public let isWithheld: Bool

    init(_ row: JournalRow, _ divergences: [Divergence], isWithheld: Bool = false) {
      id = row.id
      requestID = row.requestID
      self.divergences = divergences
      self.isWithheld = isWithheld
    }
  }

  private let makePool: (MachineLayout.Budgets) throws(SnapshotError) -> SandboxPool
  private let hostKey: HostKey?
  private let allowsUnlocked: Bool
  private var pool: SandboxPool?
  /// The chain value after the last row.
  private var chain: [UInt8] = []

  /// A replay with one snapshot.
  ///
  /// - Parameters:
  ///   - hostKey: opens the records of requests with classified data.
  ///   - allowsUnlocked: whether these may use memory that the system does not lock.
  ///   - makePool: creates a pool of the snapshot with these budgets. It is called when the budgets change, which is
  ///     rare within a journal.
  public init(
    hostKey: HostKey? = nil, allowsUnlocked: Bool = false,
    makePool: @escaping (MachineLayout.Budgets) throws(SnapshotError) -> SandboxPool
  ) {
    self.hostKey = hostKey
    self.allowsUnlocked = allowsUnlocked
    self.makePool = makePool
  }

  /// Runs one recorded request. Rows must be passed in the order of the journal.
  ///
  /// - Throws: an error of creating a pool or a sandbox, or of allocating memory.
  public mutating func run(_ row: JournalRow) throws(SnapshotError) -> Result {
    let follows = row.followsOn(chain)
    chain = row.chain
    guard let request = row.request else { return Result(row, [.changedRecord]) }
    if !row.isUnchanged { return Result(row, [.changedRecord] + (request.seedDivergence.map { [$0] } ?? [])) }
    let chainDefect: [Divergence] = follows ? [] : [.brokenChain]
    if let divergence = request.seedDivergence { return Result(row, chainDefect + [divergence]) }
    let protection: MemoryProtection =
      request.protection.isClassified ? .classified(allowsUnlocked: allowsUnlocked) : .standard
    let entry: JournalEntry
    do throws(UnreadableRecord) {
      entry = try request.entry(openedWith: hostKey, protection: protection)
    } catch {
      switch error {
      case .withheld: return Result(row, chainDefect, isWithheld: true)
      case .sealed(let hostKey, let given): return Result(row, chainDefect + [.sealed(hostKey: hostKey, given: given)])
      case .changed(let part): return Result(row, chainDefect + [.changedPart(part)])
      case .unknownOutcome(let unknown): return Result(row, chainDefect + [.unknownOutcome(unknown.code)])
      case .noMemory(let error): throw SnapshotError(error)
      }
    }
    return Result(row, try chainDefect + divergences(of: entry, protection))
  }

  private mutating func divergences(
    of entry: JournalEntry, _ protection: MemoryProtection
  ) throws(SnapshotError) -> [Divergence] {
    let pool = try pool(for: entry.conditions.budgets)
    guard pool.contentHash == entry.conditions.snapshotHash else {
      return [.otherSnapshot(recorded: entry.conditions.snapshotHash)]
    }
    do throws(SystemError) {
      return try divergences(of: entry, in: pool, protection)
    } catch {
      throw SnapshotError(error)
    }
  }

  private func divergences(
    of entry: JournalEntry, in pool: SandboxPool, _ protection: MemoryProtection
  ) throws(SystemError) -> [Divergence] {
    try pool.clone(protection).run(gasLimit: entry.conditions.gasLimit, seed: entry.conditions.seed) {
      (machine, _) throws(SystemError) -> [Divergence] in
      let effects = RecordedEffects(entry)
      let outcome = entry.input.withBytes { request in
        machine.run(request: request) { (call, machine) in
          let arguments = machine.withArguments(of: call) { Hash256(of: $0) }
          return effects.takeReply(
            to: String(decoding: machine.name(of: call), as: UTF8.self), argumentsHash: arguments)
        }
      }
      // After the first different call, everything may differ. Further differences say nothing new.
      if let divergence = effects.divergence { return [divergence] }
      let run = try RecordedRun(outcome, of: machine, protection: protection)
      // Whether the database accepted the writes depends on the database, which is not there.
      return effects.missing
        + entry.run.divergences(
          of: entry.run.summary.trap == .transactionAborted ? try run.aborted(protection) : run)
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

/// Replies to the calls of a run with the recorded results, one after the other.
private final class RecordedEffects {
  private let calls: [PerformedCall]
  private let records: RecordProtection<RequestSeal>
  private var next = 0
  private(set) var divergence: Divergence?

  init(_ entry: JournalEntry) {
    calls = entry.calls
    records = entry.records
  }

  func takeReply(to name: String, argumentsHash: Hash256) -> EffectReply {
    guard next < calls.count else {
      if let last = calls.last, last.endsRecords { return last.reply.forEngine }
      return stop(.extraEffect(sequence: next, name: name))
    }
    let call = calls[next]
    guard call.name == name else { return stop(.otherEffect(sequence: next, recorded: call.name, name: name)) }
    guard call.argumentsHash == records.hash(argumentsHash) else {
      return stop(.otherArguments(sequence: next, name: name))
    }
    next += 1
    return call.reply.forEngine
  }

  /// The recorded calls that were not made. Only the first of them, since the others follow from it.
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
    if summary.trap != other.summary.trap {
      divergences.append(.otherOutcome(recorded: summary.outcome, outcome: other.summary.outcome))
    }
    if let offset = response.firstDifference(from: other.response) {
      divergences.append(.otherResponse(offset: offset))
    }
    let figures = [
      ("gasUsed", summary.figures.gasUsed, other.summary.figures.gasUsed),
      ("heapPeakBytes", Int64(summary.figures.heapPeakBytes), Int64(other.summary.figures.heapPeakBytes)),
      ("stackPeakWords", Int64(summary.figures.stackPeakWords), Int64(other.summary.figures.stackPeakWords)),
    ]
    for (name, recorded, value) in figures where recorded != value {
      divergences.append(.otherFigure(name: name, recorded: recorded, value: value))
    }
    return divergences
  }
}

extension StoredRequest {
  /// What is wrong if the seed does not follow from identity, snapshot and gas limit.
  fileprivate var seedDivergence: Divergence? {
    guard let limit = try? GasLimit(String(conditions.gasLimit)) else {
      return .invalidGasLimit(conditions.gasLimit)
    }
    let seed = conditions.identity.seed(contentHash: conditions.snapshotHash, gasLimit: limit)
    return seed == conditions.seed ? nil : .otherSeed
  }
}

extension SecretBytes {
  /// The offset of the first byte that differs; nil if none does.
  fileprivate func firstDifference(from other: SecretBytes) -> Int? {
    withBytes { bytes in
      other.withBytes { others in
        let shared = min(bytes.count, others.count)
        return (0..<shared).first { bytes[$0] != others[$0] } ?? (bytes.count == others.count ? nil : shared)
      }
    }
  }
}
