internal import OperatingSystem
internal import SQLite
internal import Snapshot

/// The irrevocable calls of one run. Each is noted before it is made, and compared with the calls that an earlier, lost
/// run of the same request had begun.
///
/// The first call of this run is compared with the first one of the lost runs, the second with the second, and so on,
/// whatever other effects are called in between. As long as they agree, no call is made a second time. They may differ
/// because other rows, another time or another program have led the run elsewhere. From then on, nobody can tell which
/// call of this run corresponds to which lost one, so no further call is made.
struct RunIntents {
  /// What happens to a call.
  enum Standing {
    /// It was never begun, so it is made now, once.
    case granted
    /// A lost run has made it: its result, the seed of that run, and the host key if the result is sealed.
    case made(result: [UInt8], seed: Hash256, hostKey: Hash256?)
    /// It must not be made. The payload tells the program why.
    case unknown(String)
  }

  private let intents: Intents
  private let claim: Claim
  private let key: RequestKey
  private let inputHash: RecordedHash
  private let hostKey: HostKey?
  private let isNewAttempt: Bool
  private let lost: [Intents.NotedCall]
  private var hasDiverged = false
  /// The number of calls of this run so far.
  private var count = 0
  /// The position of the last call in the file.
  private var position: Int64 = -1
  /// The number of notes in the file at this run's last call; nil if it has made none.
  private(set) var notes: Int64?

  /// - Parameters:
  ///   - claim: must be held whenever a call is made.
  ///   - lost: the calls that lost runs of the request have begun, in order.
  ///   - isNewAttempt: whether to forget runs with other seeds.
  init(
    _ intents: Intents, claim: Claim, key: RequestKey, inputHash: RecordedHash, hostKey: HostKey?, isNewAttempt: Bool,
    lost: [Intents.NotedCall]
  ) {
    self.intents = intents
    self.claim = claim
    self.key = key
    self.inputHash = inputHash
    self.hostKey = hostKey
    self.isNewAttempt = isNewAttempt
    self.lost = lost
  }

  /// Whether the file has calls of the request.
  var hasCalls: Bool { count > 0 || !lost.isEmpty }

  /// Decides what happens to the next call. If it may be made, its intent is on disk when this returns.
  mutating func noteCall(
    _ name: String, argumentsHash: Hash256, _ records: RecordProtection<RequestSeal>
  ) throws(HostError) -> Standing {
    count += 1
    if hasDiverged { return .unknown(RunIntents.afterDivergence) }
    if count <= lost.count { return try standing(of: name, argumentsHash, comparedWith: lost[count - 1]) }
    position += 1
    try claim.check()
    do throws(SQLiteError) {
      notes = try intents.noteCall(
        name, records.hash(argumentsHash), at: position, of: key, inputHash: inputHash,
        isNewAttempt: isNewAttempt)
    } catch {
      throw .fault(HostFault(journal: error))
    }
    return .granted
  }

  /// Notes the result of the last call.
  func noteResult(_ result: SecretBytes, _ records: RecordProtection<RequestSeal>) throws(HostError) {
    do throws(SQLiteError) {
      try intents.noteResult(result, at: position, of: key, records)
    } catch {
      throw .fault(HostFault(journal: error))
    }
  }

  /// Opens a sealed result of a lost run.
  ///
  /// - Throws: `.sealedRecord` if the host does not have the key; `.fault` if the result was changed.
  func openResult(
    _ sealed: [UInt8], seed: Hash256, hostKey identifier: Hash256, _ treatment: inout DataTreatment
  ) throws(HostError) -> SecretBytes {
    guard let hostKey, hostKey.identifier == identifier else {
      throw .sealedRecord(SealedRecord(requestID: key.identity.requestID, hostKey: identifier))
    }
    let (seal, position) = (hostKey.seal(forSeed: seed), position)
    var isWhole = true
    let result = try treatment.makeProtectedCopy { (protection) throws(SystemError) in
      if let opened = try seal.open(sealed, as: .intent(position: position), protection: protection) { return opened }
      isWhole = false
      return SecretBytes()
    }
    if !isWhole { throw .fault(HostFault("the journal's sealed result of intent \(position) was changed")) }
    return result
  }

  private mutating func standing(
    of name: String, _ argumentsHash: Hash256, comparedWith call: Intents.NotedCall
  ) throws(HostError) -> Standing {
    position = call.position
    if name.utf8.elementsEqual(call.name.utf8) {
      switch call.argumentsHash.compared(with: argumentsHash, seed: call.seed, key: hostKey) {
      case .same:
        guard let result = call.result else { return .unknown(RunIntents.lostCall) }
        return .made(result: result, seed: call.seed, hostKey: call.hostKey)
      case .sealed(let hostKey):
        throw .sealedRecord(SealedRecord(requestID: key.identity.requestID, hostKey: hostKey))
      case .different, .withheld: break
      }
    }
    hasDiverged = true
    return .unknown(RunIntents.otherCall)
  }

  private static let lostCall =
    "an earlier run of this request was interrupted during this call, so the call is not made again"
  private static let otherCall = "an earlier, interrupted run of this request made a different call here"
  private static let afterDivergence =
    "an earlier, interrupted run of this request made other calls, so no further call is made"
}
