internal import Engine
public import OperatingSystem
internal import SQLite
public import Snapshot

/// Answers requests with one snapshot. Every adapter (command line, server, Lambda) uses this type, so that the life of
/// a request always has the same order:
///
/// claim → look-up in the journal → clone → bind gas limit and seed → audit record `start` → parse the request → static
/// initialisers → inject effects → handler → canonical JSON → SHA-256 → commit → audit record `end` → answer → wipe.
///
/// Any number of threads may use it at the same time.
public struct RequestHost: Sendable {
  /// The pool of its sandboxes.
  public let pool: SandboxPool
  /// The effects that programs may use.
  public let grants: Grants
  let journal: Journal?
  private let audit: AuditLog?
  let hostKey: HostKey?
  /// The maximum time that a delivery waits for another one of the same request, in milliseconds.
  private let claimTimeout: Int64
  private let seeds = SeedMemory()
  /// The database that the program may write to.
  let writable: DatabaseFile?
  /// Whether a request may be run twice: all its effects follow from the seed.
  private let isRepeatable: Bool
  let allowsUnlocked: Bool

  /// The maximum size of a request, in bytes. A request larger than the largest heap can't be parsed anyway.
  public static let requestByteLimit = MachineLayout.Budgets.heapRange.upperBound

  /// The maximum time that a delivery waits for another one of the same request, by default, in milliseconds. A
  /// request also waits that long for the lock of a database.
  public static let standardClaimTimeout = Int64(SQLiteConnection.lockTimeout)

  /// A host for the program of this pool.
  ///
  /// - Parameters:
  ///   - grants: the program's grants. They must include every capability that it names.
  ///   - journal: records every request. Without one, only this host remembers seeds, and a crash may leave effects
  ///     that nobody knows of.
  ///   - audit: records every request in its log.
  ///   - hostKey: seals the classified data in journal and audit log. Without it, they only record the figures of a
  ///     classified request, and a request with classified data that is delivered again is refused.
  ///   - allowsUnlocked: whether an effect's result that makes an ordinary request classified may be in memory that the
  ///     system does not lock. Reports then say so.
  ///   - claimTimeout: the maximum time that a delivery waits for another one of the same request, in milliseconds.
  /// - Throws: `.grantMissing`, which is written to the audit log; `.unsuitableDatabases`, `.fault`.
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

  /// Answers one request. With a journal, a request that is delivered again (with the same account, id and bytes) gets
  /// the recorded answer, whichever snapshot, version or gas limit has produced it, and nothing is run. If another
  /// delivery is being answered, by this process or another one, this one waits for it.
  ///
  /// - Parameters:
  ///   - request: JSON text. A script ignores it.
  ///   - identity: which request it is, for the seed.
  ///   - protection: `.classified` if any part of the request is card data. Then `request` must be protected, too.
  ///   - isNewAttempt: whether to run the request even if it was answered or begun by another snapshot, version or gas
  ///     limit; for development.
  /// - Throws: `.seedReuse`, `.requestInProgress`, `.sealedRecord`, `.unusableJournal`, `.memory`, `.fault`. All errors
  ///   of the program itself are answers.
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
    // Now that no other delivery can be running, look for the record of an earlier one.
    if let recorded = try repeatAnswer(to: delivery, in: journal) { return recorded }
    return try run(delivery, protection, intents: try prepareIntents(for: delivery, in: journal, claim), claim: claim)
  }

  /// Notes the seed in memory, and refuses the request if it can't have this seed.
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

  /// Waits until nobody else is answering this request, and then keeps others waiting.
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
    // The sandbox is wiped between the two closures. The answer holds copies.
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

  /// The answer to a request whose gas limit is not valid. No machine is created.
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
  /// Writes to the audit log that the host has failed.
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
    // The record of a start need not be on disk before the record of its end.
    let isDurable = if case .start = record { false } else { true }
    do throws(HostFault) {
      return try audit?.append(record, isDurable: isDurable)
    } catch {
      throw .fault(error)
    }
  }
}
