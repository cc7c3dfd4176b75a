internal import Snapshot

// Requests that come again.

extension RequestHost {
  /// The recorded answer, if the journal has this request; nil if its seed is new.
  ///
  /// - Parameter treatment: how the request's data is treated by now; what was recorded under seal is classified besides.
  func recordedAnswer(
    to about: AuditedRequest, seed: Hash256, input: SecretBytes, _ treatment: DataTreatment
  ) throws(HostError) -> Answer? {
    guard let journal else { return nil }
    let request: StoredRequest?
    let lost: Intents.LostRequest?
    do throws(HostFault) {
      request = try journal.reader.request(withSeed: seed)
      lost = try journal.lostRequest(withSeed: seed)
    } catch {
      throw try failed(about, error)
    }
    guard let request else {
      // A run that was lost has sent something with this seed, so it can't belong to another request any more.
      if let lost, lost.inputHash == nil || lost.inputHash != about.inputHash.value?.bytes {
        throw try reused(seed, about, isSameInput: lost.inputHash.map { _ in false })
      }
      return nil
    }
    let entry = try opened(request, about, treatment)
    guard entry.input == input else { throw try reused(seed, about, isSameInput: false) }
    // What is classified now, or was when it was recorded, is.
    let records = treatment.records.isClassified ? treatment.records : entry.records
    var about = about
    about.inputHash = records.hash(about.inputHash)
    about.classification = records.classification
    try tell(.repeated(about, responseHash: records.hash(Hash256(of: entry.run.response))))
    return Answer(
      entry, records: records, instruction: nil, journal: RunReport.ClassifiedJournal(entry.records))
  }

  /// What the journal has of a request.
  private func opened(
    _ request: StoredRequest, _ about: AuditedRequest, _ treatment: DataTreatment
  ) throws(HostError) -> JournalEntry {
    var protection = treatment.protection
    if request.protection != .plain, !protection.isClassified {
      protection = .classified(allowsUnlocked: allowsUnlocked)
    }
    do throws(UnreadableRecord) {
      return try request.entry(openedWith: hostKey, protection: protection)
    } catch {
      switch error {
      case .withheld: throw try reused(request.seed, about, isSameInput: nil)
      case .sealed(let hostKey, _): throw try sealed(under: hostKey, about)
      case .changed(let part): throw try failed(about, HostFault("the journal's \(part) was changed"))
      case .noMemory(let error): throw .snapshot(error)
      }
    }
  }

  func reused(_ seed: Hash256, _ about: AuditedRequest, isSameInput: Bool?) throws(HostError) -> HostError {
    let requestID = about.identity.requestID
    try tell(.refusal(requestID: requestID, code: "SeedReuse", detail: seed.hex))
    return .seedReuse(SeedReuse(requestID: requestID, seed: seed, isSameInput: isSameInput))
  }

  /// Tells the audit log that a record can't be opened.
  private func sealed(under hostKey: Hash256, _ about: AuditedRequest) throws(HostError) -> HostError {
    let record = SealedRecord(requestID: about.identity.requestID, hostKey: hostKey)
    try tell(.refusal(requestID: record.requestID, code: "SealedRecord", detail: hostKey.hex))
    return .sealedRecord(record)
  }
}
