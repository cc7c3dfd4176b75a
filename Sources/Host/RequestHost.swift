internal import Engine
internal import SQLite
public import Snapshot

/// Answers requests with one snapshot. Every adapter (command line, server, Lambda) goes through here, so that the life
/// of a request has one order:
///
/// clone → bind gas limit and seed → audit record `start` → parse the request → static initialisers → inject effects →
/// handler → canonical JSON → SHA-256 → commit → audit record `end` → answer → wipe.
///
/// Any number of threads may use it at once.
public struct RequestHost: Sendable {
  /// Where its sandboxes come from.
  public let pool: SandboxPool
  /// What programs may do to the world.
  public let grants: Grants
  private let journal: Journal?
  private let audit: AuditLog?
  private let seeds = SeedMemory()
  /// The database that the program may write to.
  private let writable: DatabaseFile?
  /// Whether running a request twice does no harm: all its effects follow from the seed.
  private let isRepeatable: Bool
  private let allowsUnlocked: Bool

  /// Bytes of the largest request that a host reads: what has more than the largest heap can't be parsed anyway.
  public static let requestByteLimit = MachineLayout.Budgets.heapRange.upperBound

  /// A host for the program of this pool.
  ///
  /// - Parameters:
  ///   - grants: what the program gets; all that it names must be there.
  ///   - journal: records every request. Without one, seeds are remembered by this host alone, and a crash may leave
  ///     effects of which nobody knows.
  ///   - audit: is told of every request.
  ///   - allowsUnlocked: whether memory that the system doesn't lock will do, if a result of an effect is classified in
  ///     a request that was not. Reports say so.
  /// - Throws: `.grantMissing`, `.unsuitableDatabases`, `.fault`. The audit log is told of the first.
  public init(
    pool: SandboxPool, grants: Grants = .none, journal: Journal? = nil, audit: AuditLog? = nil,
    allowsUnlocked: Bool = false
  ) throws(HostError) {
    let named = (pool.manifest?.effects ?? []).map { String(decoding: $0, as: UTF8.self) }
    self.pool = pool
    self.grants = grants
    self.journal = journal
    self.audit = audit
    self.allowsUnlocked = allowsUnlocked
    let databases = grants.writtenDatabases(by: named)
    writable = databases.first
    isRepeatable = named.allSatisfy { grants.effect(named: $0)?.isRepeatable ?? false }
    let missing = grants.missing(from: named)
    if !missing.isEmpty {
      try tell(.refusal(requestID: nil, code: "GrantMissing", detail: missing.joined(separator: " ")))
      throw .grantMissing(GrantMissing(effects: missing))
    }
    if databases.count > 1 || journal != nil && databases.contains(where: { $0.path != journal?.file.path }) {
      throw .unsuitableDatabases(
        UnsuitableDatabases(databases: databases.map(\.path), journal: journal?.file.path))
    }
  }

  /// Answers one request. With a journal, the same request again (same seed, same bytes) is given the recorded answer,
  /// and nothing is run.
  ///
  /// - Parameters:
  ///   - request: JSON text. A script takes no request and ignores it.
  ///   - identity: which request it is, for the seed.
  ///   - protection: `.classified` if any part of the request is card data; `request` must then be protected, too.
  /// - Throws: `.classifiedData`, `.seedReuse`, `.snapshot`, `.fault`; the first and third also when a result of an effect
  ///   turns out to be classified. All that can go wrong in the guest is an answer.
  public func answer(
    _ request: SecretBytes, identity: RequestIdentity, gasLimit: GasLimit, protection: MemoryProtection = .standard
  ) throws(HostError) -> Answer {
    // A journal would hold the bytes, and an audit log a hash by which a card number is guessed in seconds.
    if protection.isClassified, isRecorded { throw .classifiedData }
    let seed = identity.seed(contentHash: pool.contentHash, gasLimit: gasLimit)
    let about = AuditedRequest(
      identity: identity, snapshotHash: pool.contentHash, gasSchedule: RequestHost.gasSchedule,
      gasLimit: gasLimit.units, inputHash: Hash256(of: request))
    if let recorded = try recordedAnswer(to: about, seed: seed, input: request) { return recorded }
    // The sandbox is wiped between the two closures: what the answer holds are copies.
    return try clone(protection).run(gasLimit: gasLimit.units, seed: seed) {
      (machine, memory) throws(HostError) -> Answer in
      try run(&machine, &memory, about, seed: seed, input: request, protection)
    } afterWipe: { answer, pages in
      var answer = answer
      answer.report.pages = pages
      return answer
    }
  }

  private var isRecorded: Bool { journal != nil || audit != nil }

  private func clone(_ protection: MemoryProtection) throws(HostError) -> Sandbox {
    do throws(SnapshotError) {
      return try pool.clone(protection)
    } catch {
      throw .snapshot(error)
    }
  }

  /// The answer to a request whose gas limit can't be set. No machine is made.
  ///
  /// - Throws: `.fault`.
  public func answer(refusing error: GasLimitOutOfRange, requestID: String) throws(HostError) -> Answer {
    let body = SecretBytes(copying: error.body)
    try tell(.refusal(requestID: requestID, code: "GasLimitOutOfRange", detail: error.text))
    let report = RunReport(
      outcome: "GasLimitOutOfRange", gasLimit: nil, gasUsed: 0, responseHash: Hash256(of: body),
      snapshotHash: pool.contentHash, seed: nil, heapPeakBytes: 0, stackPeakWords: 0, isLocked: false, effects: [])
    return Answer(body: body, trap: .gasLimitOutOfRange, instruction: nil, report: report)
  }

  private static let gasSchedule = Hash256(bytes: GasSchedule.identifier) ?? Hash256(of: [])
}

// MARK: - The run

extension RequestHost {
  private func run(
    _ machine: inout Machine, _ memory: inout SandboxMemory, _ about: AuditedRequest, seed: Hash256,
    input: SecretBytes, _ protection: MemoryProtection
  ) throws(HostError) -> Answer {
    try tell(.start(about))
    let scope = RequestScope(identity: about.identity, seed: seed, writable: writable)
    let session = EffectSession(
      grants: grants, scope: scope, intents: journal?.intents, inputHash: about.inputHash,
      treatment: DataTreatment(protection, allowsUnlocked: allowsUnlocked, isRecorded: isRecorded))
    let outcome = input.withBytes { request in
      machine.run(request: request) { (call, machine) in session.reply(to: call, of: machine, in: &memory) }
    }
    if let failure = session.failure {
      scope.close()
      throw try told(of: failure, about)
    }
    let entry = JournalEntry(
      identity: about.identity, seed: seed, snapshotHash: about.snapshotHash, gasLimit: about.gasLimit,
      budgets: pool.budgets, input: input, run: try recorded(outcome, of: machine, session.treatment.protection, scope),
      calls: session.calls)
    if let earlier = try commit(entry, scope, session, about) { return earlier }
    try tell(.end(about, entry.audited))
    let instruction = outcome.trap == nil ? nil : machine.trapInstruction
    let isLocked = memory.isLocked && session.treatment.isLocked && entry.run.response.isLocked
    return Answer(entry, instruction: instruction, isLocked: isLocked)
  }

  /// What the machine has done, with a copy of the response.
  private func recorded(
    _ outcome: Machine.Outcome, of machine: borrowing Machine, _ protection: MemoryProtection, _ scope: RequestScope
  ) throws(HostError) -> RecordedRun {
    do throws(SnapshotError) {
      return try RecordedRun(outcome, of: machine, protection: protection)
    } catch {
      scope.close()
      throw .snapshot(error)
    }
  }

  /// Makes durable what the request has done, and the record of it: a value commits, an error takes back.
  ///
  /// - Returns: the answer of another run of the same request, if one was faster; then nothing of this one stays.
  private func commit(
    _ entry: JournalEntry, _ scope: RequestScope, _ session: EffectSession, _ about: AuditedRequest
  ) throws(HostError) -> Answer? {
    do throws(SQLiteError) {
      if entry.run.outcome != "value" { scope.close() }
      if scope.hasWriter {
        try scope.commit { (connection) throws(SQLiteError) in
          if journal != nil { try JournalRow.insert(entry, on: connection) }
        }
      } else {
        scope.close()
        try journal?.record(entry)
      }
      if session.hasIntents { try journal?.intents.forget(seed: entry.seed) }
      return nil
    } catch {
      scope.close()
      let problem = HostFault("the request could not be committed: \(error.message) (\(error.path))")
      guard error.kind == .constraint, journal != nil else { throw try failed(about, problem) }
      guard let earlier = try recordedAnswer(to: about, seed: entry.seed, input: entry.input) else {
        throw try failed(about, problem)
      }
      return earlier
    }
  }

  /// Tells the audit log that the host has failed.
  private func failed(_ about: AuditedRequest, _ fault: HostFault) throws(HostError) -> HostError {
    try tell(.fault(requestID: about.identity.requestID, message: fault.message))
    return .fault(fault)
  }

  /// Tells the audit log why a run was abandoned.
  private func told(of failure: HostError, _ about: AuditedRequest) throws(HostError) -> HostError {
    switch failure {
    case .fault(let fault): return try failed(about, fault)
    case .classifiedData: _ = try failed(about, HostFault("ClassifiedData: a result of an effect can't be recorded"))
    case .snapshot: _ = try failed(about, HostFault("no suitable memory for the data of a call"))
    case .grantMissing, .unsuitableDatabases, .seedReuse: break
    }
    return failure
  }

  private func tell(_ record: AuditRecord) throws(HostError) {
    // What was only begun need not be on the disk before what came of it is.
    let isDurable = if case .start = record { false } else { true }
    do throws(HostFault) {
      try audit?.append(record, isDurable: isDurable)
    } catch {
      throw .fault(error)
    }
  }
}

// MARK: - Requests that come again

extension RequestHost {
  /// The recorded answer, if this request has been answered; nil if its seed is new.
  private func recordedAnswer(
    to about: AuditedRequest, seed: Hash256, input: SecretBytes
  ) throws(HostError) -> Answer? {
    guard let journal else {
      let earlier = seeds.use(seed, inputHash: about.inputHash)
      if let earlier, earlier != about.inputHash || !isRepeatable {
        throw try reused(seed, about, isSameInput: earlier == about.inputHash)
      }
      return nil
    }
    let entry: JournalEntry?
    let lostInput: [UInt8]?
    do throws(HostFault) {
      entry = try journal.reader.entry(withSeed: seed)
      lostInput = try journal.inputHash(ofLostRequestWithSeed: seed)
    } catch {
      throw try failed(about, error)
    }
    guard let entry else {
      // A run that was lost has sent something with this seed, so it can't belong to another request any more.
      if let lostInput, lostInput != about.inputHash.bytes { throw try reused(seed, about, isSameInput: false) }
      return nil
    }
    guard entry.input == input else { throw try reused(seed, about, isSameInput: false) }
    try tell(.repeated(about, responseHash: Hash256(of: entry.run.response)))
    return Answer(entry, instruction: nil)
  }

  private func reused(_ seed: Hash256, _ about: AuditedRequest, isSameInput: Bool) throws(HostError) -> HostError {
    let requestID = about.identity.requestID
    try tell(.refusal(requestID: requestID, code: "SeedReuse", detail: seed.hex))
    return .seedReuse(SeedReuse(requestID: requestID, seed: seed, isSameInput: isSameInput))
  }
}
