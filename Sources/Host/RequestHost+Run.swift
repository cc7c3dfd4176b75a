internal import Engine
internal import OperatingSystem
internal import SQLite
internal import Snapshot

// A request from its clone to its answer.

extension RequestHost {
  /// Runs a request on a machine, and makes its effects durable.
  ///
  /// - Parameters:
  ///   - intents: notes irrevocable calls; nil without a journal.
  ///   - claim: keeps other deliveries of the request waiting; nil without a journal.
  func run(
    _ machine: inout Machine, _ memory: inout SandboxMemory, _ delivery: Delivery, _ intents: RunIntents?,
    _ claim: Claim?
  ) throws(HostError) -> Answer {
    let start = try writeAuditRecord(.start(delivery.audited))
    let scope = RequestScope(identity: delivery.key.identity, seed: delivery.key.seed, writable: writable)
    let session = EffectSession(grants: grants, scope: scope, intents: intents, treatment: delivery.treatment)
    let outcome = delivery.input.withBytes { request in
      machine.run(request: request) { (call, machine) in session.perform(call, of: machine, in: &memory) }
    }
    if let failure = session.failure {
      scope.rollBack()
      throw try auditAbandonment(of: failure, delivery.audited, start)
    }
    let entry = JournalEntry(
      conditions: RunConditions(
        identity: delivery.key.identity, seed: delivery.key.seed, snapshotHash: delivery.audited.snapshotHash,
        gasLimit: delivery.audited.gasLimit, budgets: pool.budgets),
      input: delivery.input, run: try recordRun(outcome, of: machine, session.treatment.protection, scope),
      calls: session.calls, records: session.treatment.records)
    let place = try commit(entry, scope, session, delivery, claim, start)
    var audited = delivery.audited
    audited.protection = entry.records.named
    let run = entry.audited
    try writeAuditRecord(.end(audited, run, place, start: start))
    let instruction = outcome.trap == nil ? nil : machine.trapInstruction
    let isLocked = memory.isLocked && session.treatment.isLocked && entry.run.response.isLocked
    return Answer(
      entry, effects: run.effects, instruction: instruction, isLocked: isLocked,
      journal: journal == nil ? nil : entry.records.named)
  }

  /// The result of the machine's run, with a copy of the response. If there is no memory for the copy, the request's
  /// transaction is rolled back.
  private func recordRun(
    _ outcome: Machine.Outcome, of machine: borrowing Machine, _ protection: MemoryProtection, _ scope: RequestScope
  ) throws(HostError) -> RecordedRun {
    do throws(SystemError) {
      let run = try RecordedRun(outcome, of: machine, protection: protection)
      return try scope.refusesCommit ? run.aborted(protection) : run
    } catch {
      scope.rollBack()
      throw .memory(error)
    }
  }

  /// Makes the request's writes and its record durable. If the run ended in a value, the writes are committed; if it
  /// ended in an error, they are rolled back.
  ///
  /// - Returns: the place of the record in the journal; nil without a journal.
  private func commit(
    _ entry: JournalEntry, _ scope: RequestScope, _ session: EffectSession, _ delivery: Delivery, _ claim: Claim?,
    _ start: Int64?
  ) throws(HostError) -> JournalPlace? {
    do throws(HostError) {
      try claim?.check()
    } catch {
      scope.rollBack()
      throw try auditAbandonment(of: error, delivery.audited, start)
    }
    let notes = session.intents?.notes
    let place: JournalPlace?
    do throws(SQLiteError) {
      if entry.run.summary.trap != nil { scope.rollBack() }
      if scope.hasWriter {
        var written: JournalPlace?
        try scope.commit { (connection) throws(SQLiteError) in
          written = try journal?.insert(StoredRequest(entry), notes: notes, on: connection)
        }
        place = written
      } else {
        try scope.checkPlaces()
        scope.rollBack()
        place = try journal?.record(StoredRequest(entry), notes: notes)
      }
    } catch {
      scope.rollBack()
      // SQLite may fail after it has written everything.
      let outcome = error.kind == .busy || error.kind == .constraint ? "could not be" : "may not have been"
      throw try auditFault(
        delivery.audited, HostFault("the request \(outcome) committed: \(error.message) (\(error.path))"),
        start: start)
    }
    if let journal, let place {
      journal.noteAnswer(to: delivery.key, recordedAt: place, hadCalls: session.intents?.hasCalls ?? false)
    }
    return place
  }

  /// Writes to the audit log why a run was abandoned.
  private func auditAbandonment(of failure: HostError, _ request: AuditedRequest, _ start: Int64?) throws(HostError)
    -> HostError
  {
    let fault: HostFault
    switch failure {
    case .fault(let failed): fault = failed
    case .sealedRecord(let record):
      fault = HostFault("SealedRecord: a result that was noted opens with host key \(record.hostKey)")
    case .memory: fault = HostFault("no suitable memory for the data of a call")
    // These errors only occur before a run begins.
    case .grantMissing, .unsuitableDatabases, .seedReuse, .requestInProgress, .unusableJournal, .unusableAuditLog:
      return failure
    }
    _ = try auditFault(request, fault, start: start)
    return failure
  }
}
