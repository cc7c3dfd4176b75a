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
  let journal: Journal?
  private let audit: AuditLog?
  let hostKey: HostKey?
  private let seeds = SeedMemory()
  /// The database that the program may write to.
  private let writable: DatabaseFile?
  /// Whether running a request twice does no harm: all its effects follow from the seed.
  private let isRepeatable: Bool
  let allowsUnlocked: Bool

  /// Bytes of the largest request that a host reads: what has more than the largest heap can't be parsed anyway.
  public static let requestByteLimit = MachineLayout.Budgets.heapRange.upperBound

  /// A host for the program of this pool.
  ///
  /// - Parameters:
  ///   - grants: what the program gets; all that it names must be there.
  ///   - journal: records every request. Without one, seeds are remembered by this host alone, and a crash may leave
  ///     effects of which nobody knows.
  ///   - audit: is told of every request.
  ///   - hostKey: seals what journal and audit log keep of classified data. Without one they keep nothing of it but the
  ///     figures, and a request with classified data that comes again is refused.
  ///   - allowsUnlocked: whether memory that the system doesn't lock will do, if a result of an effect is classified in
  ///     a request that was not. Reports say so.
  /// - Throws: `.grantMissing`, `.unsuitableDatabases`, `.fault`. The audit log is told of the first.
  public init(
    pool: SandboxPool, grants: Grants = .none, journal: Journal? = nil, audit: AuditLog? = nil,
    hostKey: HostKey? = nil, allowsUnlocked: Bool = false
  ) throws(HostError) {
    let named = (pool.manifest?.effects ?? []).map { String(decoding: $0, as: UTF8.self) }
    self.pool = pool
    self.grants = grants
    self.journal = journal
    self.audit = audit
    self.hostKey = hostKey
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
  /// - Throws: `.seedReuse`, `.sealedRecord`, `.snapshot`, `.fault`. All that can go wrong in the guest is an answer.
  public func answer(
    _ request: SecretBytes, identity: RequestIdentity, gasLimit: GasLimit, protection: MemoryProtection = .standard
  ) throws(HostError) -> Answer {
    let seed = identity.seed(contentHash: pool.contentHash, gasLimit: gasLimit)
    let treatment = DataTreatment(protection, allowsUnlocked: allowsUnlocked, hostKey: hostKey, seed: seed)
    let inputHash = Hash256(of: request)
    let about = AuditedRequest(
      identity: identity, snapshotHash: pool.contentHash, gasSchedule: RequestHost.gasSchedule,
      gasLimit: gasLimit.units, inputHash: treatment.records.hash(inputHash),
      classification: treatment.records.classification)
    if journal == nil, let isSameInput = seeds.use(seed, inputHash: inputHash), !isSameInput || !isRepeatable {
      throw try reused(seed, about, isSameInput: isSameInput)
    }
    if let recorded = try recordedAnswer(to: about, seed: seed, input: request, treatment) { return recorded }
    // The sandbox is wiped between the two closures: what the answer holds are copies.
    return try clone(protection).run(gasLimit: gasLimit.units, seed: seed) {
      (machine, memory) throws(HostError) -> Answer in
      try run(&machine, &memory, about, seed: seed, input: request, treatment)
    } afterWipe: { answer, pages in
      var answer = answer
      answer.report.pages = pages
      return answer
    }
  }

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
      snapshotHash: pool.contentHash, seed: nil, heapPeakBytes: 0, stackPeakWords: 0, isLocked: false, effects: [],
      journal: nil)
    return Answer(body: body, trap: .gasLimitOutOfRange, instruction: nil, report: report)
  }

  private static let gasSchedule = Hash256(bytes: GasSchedule.identifier) ?? Hash256(of: [])
}

// MARK: - The run

extension RequestHost {
  private func run(
    _ machine: inout Machine, _ memory: inout SandboxMemory, _ about: AuditedRequest, seed: Hash256,
    input: SecretBytes, _ treatment: DataTreatment
  ) throws(HostError) -> Answer {
    try tell(.start(about))
    let scope = RequestScope(identity: about.identity, seed: seed, writable: writable)
    let session = EffectSession(
      grants: grants, scope: scope, intents: journal?.intents, inputHash: about.inputHash,
      treatment: treatment)
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
      calls: session.calls, records: session.treatment.records)
    if let earlier = try commit(entry, scope, session, about) { return earlier }
    var about = about
    about.classification = entry.records.classification
    try tell(.end(about, entry.audited))
    let instruction = outcome.trap == nil ? nil : machine.trapInstruction
    let isLocked = memory.isLocked && session.treatment.isLocked && entry.run.response.isLocked
    return Answer(
      entry, records: entry.records, instruction: instruction, isLocked: isLocked,
      journal: journal == nil ? nil : RunReport.ClassifiedJournal(entry.records))
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
          if journal != nil { try JournalRow.insert(StoredRequest(entry), on: connection) }
        }
      } else {
        scope.close()
        try journal?.record(StoredRequest(entry))
      }
      if session.hasIntents { try journal?.intents.forget(seed: entry.seed) }
      return nil
    } catch {
      scope.close()
      let problem = HostFault("the request could not be committed: \(error.message) (\(error.path))")
      guard error.kind == .constraint, journal != nil else { throw try failed(about, problem) }
      if let earlier = try recordedAnswer(to: about, seed: entry.seed, input: entry.input, session.treatment) {
        return earlier
      }
      throw try failed(about, problem)
    }
  }

  /// Tells the audit log that the host has failed.
  func failed(_ about: AuditedRequest, _ fault: HostFault) throws(HostError) -> HostError {
    try tell(.fault(requestID: about.identity.requestID, message: fault.message))
    return .fault(fault)
  }

  /// Tells the audit log why a run was abandoned.
  private func told(of failure: HostError, _ about: AuditedRequest) throws(HostError) -> HostError {
    switch failure {
    case .fault(let fault): return try failed(about, fault)
    case .sealedRecord(let record):
      _ = try failed(about, HostFault("SealedRecord: a result that was noted opens with host key \(record.hostKey)"))
    case .snapshot: _ = try failed(about, HostFault("no suitable memory for the data of a call"))
    case .grantMissing, .unsuitableDatabases, .seedReuse: break
    }
    return failure
  }

  func tell(_ record: AuditRecord) throws(HostError) {
    // What was only begun need not be on the disk before what came of it is.
    let isDurable = if case .start = record { false } else { true }
    do throws(HostFault) {
      try audit?.append(record, isDurable: isDurable)
    } catch {
      throw .fault(error)
    }
  }
}
