internal import OperatingSystem
internal import SQLite

// Requests that are delivered again.

extension RequestHost {
  /// Returns the recorded answer, if the journal has this request, and writes that to the audit log; nil if the request
  /// is new. The claim on the request must be held.
  func repeatAnswer(to delivery: Delivery, in journal: Journal) throws(HostError) -> Answer? {
    let row: JournalRow?
    let isWhole: Bool
    do throws(HostFault) {
      row = try journal.reader.row(delivery.key)
      isWhole = try row.map { (row) throws(HostFault) in try journal.reader.isWhole(row) } ?? true
    } catch {
      throw try auditFault(delivery.audited, error)
    }
    guard let row else { return nil }
    guard isWhole, let recorded = row.request else {
      throw try auditUnusableJournal(.changedRecord(row.id), "the record \(row.id) was changed", delivery, in: journal)
    }
    guard recorded.conditions.identity.isSameRequest(as: delivery.key.identity) else {
      throw try auditSeedReuse(delivery, .otherRequest)
    }
    if delivery.isNewAttempt, recorded.conditions.seed != delivery.key.seed { return nil }
    let entry = try openRecord(recorded, from: row, of: journal, for: delivery)
    guard entry.input == delivery.input else { throw try auditSeedReuse(delivery, .otherInput) }
    // Data is classified if it is classified now, or was when it was recorded.
    let records = delivery.treatment.records.isClassified ? delivery.treatment.records : entry.records
    var audited = delivery.audited
    audited.inputHash = records.hash(audited.inputHash)
    audited.protection = records.named
    try writeAuditRecord(
      .repeated(
        audited, answeredBy: entry.conditions.snapshotHash, responseHash: records.hash(Hash256(of: entry.run.response)))
    )
    return Answer(
      entry, effects: entry.effects(records), instruction: nil, journal: entry.records.named)
  }

  /// The intents of a run that is about to begin, with those that lost runs of the same request have left. The claim on
  /// the request must be held, and the journal must have no answer to it.
  func prepareIntents(for delivery: Delivery, in journal: Journal, _ claim: Claim) throws(HostError) -> RunIntents {
    let begun: [Intents.BegunRequest]
    let lost: [Intents.NotedCall]
    do throws(HostFault) {
      begun = try journal.intents.begunRequests(delivery.key)
      lost = begun.isEmpty ? [] : try journal.intents.calls(of: delivery.key.identity)
    } catch {
      throw try auditFault(delivery.audited, error)
    }
    for request in begun { try checkBegunRequest(request, for: delivery, in: journal) }
    // Calls that a run with this very seed has begun are never forgotten, nor the calls before them.
    let forgets = delivery.isNewAttempt && !lost.contains { $0.seed == delivery.key.seed }
    return RunIntents(
      journal.intents, claim: claim, key: delivery.key,
      inputHash: delivery.treatment.records.hash(delivery.inputHash), hostKey: hostKey, isNewAttempt: forgets,
      lost: forgets ? [] : lost)
  }

  /// Checks that a request may continue where a lost run has stopped. If not, the audit log says why.
  ///
  /// - Throws: `.seedReuse`, `.sealedRecord`, `.unusableJournal`.
  private func checkBegunRequest(
    _ begun: Intents.BegunRequest, for delivery: Delivery, in journal: Journal
  ) throws(HostError) {
    guard begun.identity.isSameRequest(as: delivery.key.identity) else {
      throw try auditSeedReuse(delivery, .otherRequest)
    }
    let isOtherAttempt = begun.seed != delivery.key.seed
    if isOtherAttempt, delivery.isNewAttempt { return }
    switch begun.state {
    case .superseded where isOtherAttempt: return
    case .answered:
      throw try auditUnusableJournal(
        .lostRequest(requestID: delivery.key.identity.requestID), "the record of this request is lost", delivery,
        in: journal)
    case .begun, .superseded: break
    }
    switch begun.inputHash.compared(with: delivery.inputHash, seed: begun.seed, key: hostKey) {
    case .same: return
    case .different: throw try auditSeedReuse(delivery, .otherInput)
    case .withheld: throw try auditSeedReuse(delivery, .unknownInput)
    case .sealed(let hostKey): throw try auditSealedRecord(under: hostKey, delivery.audited)
    }
  }

  /// Opens the journal's record of a request. If it can't be opened, the audit log says so.
  private func openRecord(
    _ request: StoredRequest, from row: JournalRow, of journal: Journal, for delivery: Delivery
  ) throws(HostError) -> JournalEntry {
    var protection = delivery.treatment.protection
    if request.protection.isClassified, !protection.isClassified {
      protection = .classified(allowsUnlocked: allowsUnlocked)
    }
    do throws(UnreadableRecord) {
      return try request.entry(openedWith: hostKey, protection: protection)
    } catch {
      switch error {
      case .withheld: throw try auditSeedReuse(delivery, .unknownInput)
      case .sealed(let hostKey, _): throw try auditSealedRecord(under: hostKey, delivery.audited)
      case .changed(let part): throw try auditFault(delivery.audited, HostFault("the journal's \(part) was changed"))
      case .unknownOutcome(let unknown):
        let detail = "the record \(row.id) ends in \(unknown.code), which is not supported"
        throw try auditUnusableJournal(.unknownOutcome(row.id, code: unknown.code), detail, delivery, in: journal)
      case .noMemory(let error): throw .memory(error)
      }
    }
  }

  /// Writes to the audit log that a request is refused.
  func auditSeedReuse(_ delivery: Delivery, _ cause: SeedReuse.Cause) throws(HostError) -> HostError {
    let seed = delivery.key.seed
    try writeAuditRecord(
      .refusal(.request(delivery.audited), code: "SeedReuse", detail: "\(cause.rawValue) \(seed.hex)"))
    return .seedReuse(SeedReuse(requestID: delivery.key.identity.requestID, seed: seed, cause: cause))
  }

  /// Writes to the audit log that a request is refused because the journal can't be relied on.
  private func auditUnusableJournal(
    _ kind: JournalDefect.Kind, _ detail: String, _ delivery: Delivery, in journal: Journal
  ) throws(HostError) -> HostError {
    try writeAuditRecord(.refusal(.request(delivery.audited), code: "UnusableJournal", detail: detail))
    return .unusableJournal(JournalDefect(kind, path: journal.file.path))
  }

  /// Writes to the audit log that a record can't be opened.
  private func auditSealedRecord(under hostKey: Hash256, _ request: AuditedRequest) throws(HostError) -> HostError {
    let record = SealedRecord(requestID: request.identity.requestID, hostKey: hostKey)
    try writeAuditRecord(.refusal(.request(request), code: "SealedRecord", detail: hostKey.hex))
    return .sealedRecord(record)
  }
}
