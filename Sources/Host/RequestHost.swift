internal import Engine
internal import SQLite
public import Snapshot
public import System

/// Answers requests with one snapshot. Every adapter (command line, server, Lambda) goes through here, so that the life
/// of a request has one order:
///
/// claim → look-up in the journal → clone → bind gas limit and seed → audit record `start` → parse the request → static
/// initialisers → inject effects → handler → canonical JSON → SHA-256 → commit → audit record `end` → answer → wipe.
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
  /// How long a delivery waits for another one of the same request, in milliseconds.
  private let claimTimeout: Int64
  private let seeds = SeedMemory()
  /// The database that the program may write to.
  let writable: DatabaseFile?
  /// Whether running a request twice does no harm: all its effects follow from the seed.
  private let isRepeatable: Bool
  let allowsUnlocked: Bool

  /// Bytes of the largest request that a host reads: what has more than the largest heap can't be parsed anyway.
  public static let requestByteLimit = MachineLayout.Budgets.heapRange.upperBound

  /// How long a delivery waits for another one of the same request unless it is said, in milliseconds: longer than a call of
  /// a server takes, or a database is waited for.
  public static let standardClaimTimeout: Int64 = 60_000

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
  ///   - claimTimeout: how long a delivery waits for another one of the same request, in milliseconds.
  /// - Throws: `.grantMissing`, `.unsuitableDatabases`, `.fault`. The audit log is told of the first.
  public init(
    pool: SandboxPool, grants: Grants = .none, journal: Journal? = nil, audit: AuditLog? = nil,
    hostKey: HostKey? = nil, allowsUnlocked: Bool = false,
    claimTimeout: Int64 = RequestHost.standardClaimTimeout
  ) throws(HostError) {
    let named = (pool.manifest?.effects ?? []).map { String(decoding: $0, as: UTF8.self) }
    self.pool = pool
    self.grants = grants
    self.journal = journal
    self.audit = audit
    self.hostKey = hostKey
    self.allowsUnlocked = allowsUnlocked
    self.claimTimeout = claimTimeout
    let databases = grants.writtenDatabases(by: named)
    writable = databases.first
    isRepeatable = named.allSatisfy { grants.effect(named: $0)?.isRepeatable ?? false }
    let missing = grants.missing(from: named)
    if !missing.isEmpty {
      try writeAuditRecord(
        .refusal(
          .program(snapshotHash: pool.contentHash), code: "GrantMissing", detail: missing.joined(separator: " ")))
      throw .grantMissing(GrantMissing(effects: missing))
    }
    if databases.count > 1 || journal != nil && databases.contains(where: { $0.path != journal?.file.path }) {
      throw .unsuitableDatabases(
        UnsuitableDatabases(databases: databases.map(\.path), journal: journal?.file.path))
    }
  }

  /// Answers one request. With a journal, the same request again (same account and id, same bytes) is given the recorded
  /// answer, and nothing is run, whichever snapshot, version or gas limit has answered it. If another delivery of it is being
  /// answered, by this process or by another one, that is waited for.
  ///
  /// - Parameters:
  ///   - request: JSON text. A script takes no request and ignores it.
  ///   - identity: which request it is, for the seed.
  ///   - protection: `.classified` if any part of the request is card data; `request` must then be protected, too.
  ///   - isNewAttempt: runs the request also if it was answered, or begun, by another snapshot, version or gas limit: for
  ///     development.
  /// - Throws: `.seedReuse`, `.requestInProgress`, `.sealedRecord`, `.unusableJournal`, `.memory`, `.fault`. All that can
  ///   go wrong in the guest is an answer.
  public func answer(
    _ request: SecretBytes, identity: RequestIdentity, gasLimit: GasLimit, protection: MemoryProtection = .standard,
    isNewAttempt: Bool = false
  ) throws(HostError) -> Answer {
    try NativeStack.withoutTraces { () throws(HostError) in
      try answer(
        Delivery(
          request, identity: identity, gasLimit: gasLimit, protection: protection, isNewAttempt: isNewAttempt,
          host: self), protection)
    }
  }

  private func answer(_ delivery: Delivery, _ protection: MemoryProtection) throws(HostError) -> Answer {
    guard let journal else {
      try noteSeed(of: delivery)
      return try run(delivery, protection, intents: nil, claim: nil)
    }
    let claim = try takeClaim(on: delivery, in: journal)
    // What another delivery has recorded is looked for now that none can be on its way any more.
    if let recorded = try repeatAnswer(to: delivery, in: journal) { return recorded }
    return try run(delivery, protection, intents: try prepareIntents(for: delivery, in: journal, claim), claim: claim)
  }

  /// Notes the seed in memory, and refuses the request if it can't have it.
  ///
  /// - Throws: `.seedReuse`, `.fault`.
  private func noteSeed(of delivery: Delivery) throws(HostError) {
    switch seeds.note(delivery.key, inputHash: delivery.inputHash) {
    case .new: return
    case .repeated: if !isRepeatable { throw try auditSeedReuse(delivery, .unrecorded) }
    case .otherInput: throw try auditSeedReuse(delivery, .otherInput)
    case .otherRequest: throw try auditSeedReuse(delivery, .otherRequest)
    }
  }

  /// Waits until nobody else answers this request, and keeps others from it.
  private func takeClaim(on delivery: Delivery, in journal: Journal) throws(HostError) -> Claim {
    let claim: Claim?
    do throws(HostFault) {
      claim = try journal.claims.claim(delivery.key, waitingUpTo: claimTimeout)
    } catch {
      throw try auditFault(delivery.audited, error)
    }
    if let claim { return claim }
    try writeAuditRecord(
      .refusal(
        .request(delivery.audited), code: "RequestInProgress", detail: "another delivery runs after \(claimTimeout) ms")
    )
    throw .requestInProgress(
      RequestInProgress(requestID: delivery.key.identity.requestID, waited: claimTimeout))
  }

  private func run(
    _ delivery: Delivery, _ protection: MemoryProtection, intents: RunIntents?, claim: Claim?
  ) throws(HostError) -> Answer {
    // The sandbox is wiped between the two closures: what the answer holds are copies.
    try clone(protection).run(gasLimit: delivery.audited.gasLimit, seed: delivery.key.seed) {
      (machine, memory) throws(HostError) -> Answer in
      try run(&machine, &memory, delivery, intents, claim)
    } afterWipe: { answer, pages in
      var answer = answer
      answer.report.pages = pages
      return answer
    }
  }

  private func clone(_ protection: MemoryProtection) throws(HostError) -> Sandbox {
    do throws(SystemError) {
      return try pool.clone(protection)
    } catch {
      throw .memory(error)
    }
  }

  /// The answer to a request whose gas limit can't be set. No machine is made.
  ///
  /// - Throws: `.fault`.
  public func answer(refusing error: GasLimitOutOfRange, requestID: String) throws(HostError) -> Answer {
    let body = SecretBytes(copying: error.body)
    let run = RunSummary(
      trap: .gasLimitOutOfRange, figures: Machine.Figures(gasUsed: 0, heapPeakBytes: 0, stackPeakWords: 0))
    try writeAuditRecord(
      .refusal(
        .unlimited(requestID: requestID, snapshotHash: pool.contentHash), code: run.outcome, detail: error.text))
    let report = RunReport(
      run: run, gasLimit: nil, responseHash: Hash256(of: body), snapshotHash: pool.contentHash, seed: nil,
      isLocked: false, effects: [], journal: nil)
    return Answer(body: body, instruction: nil, report: report)
  }

  static let gasSchedule = Hash256(digest: GasSchedule.identifier)
}

// MARK: - The audit log

extension RequestHost {
  /// Tells the audit log that the host has failed.
  ///
  /// - Parameter start: the number of the record of the run's start, if it has begun.
  func auditFault(_ request: AuditedRequest, _ fault: HostFault, start: Int64? = nil) throws(HostError) -> HostError {
    try writeAuditRecord(.fault(request, message: fault.message, start: start))
    return .fault(fault)
  }

  /// Writes a record to the audit log, if there is one.
  ///
  /// - Returns: its number.
  @discardableResult
  func writeAuditRecord(_ record: AuditRecord) throws(HostError) -> Int64? {
    // What was only begun need not be on the disk before what came of it is.
    let isDurable = if case .start = record { false } else { true }
    do throws(HostFault) {
      return try audit?.append(record, isDurable: isDurable)
    } catch {
      throw .fault(error)
    }
  }
}
