internal import SQLite
internal import Snapshot
internal import System

/// The calls of one run that can't be taken back: each is noted before it is made, and held against what an earlier run of
/// the same request, which was lost, had begun.
///
/// The first call of this run is compared with the first one of the lost runs, the second with the second, and so on, whatever
/// other effects are called in between. As long as they agree, nothing is made a second time. Once they don't (other rows,
/// another time or another program have led the run elsewhere), nobody can say which call of this run stands for which of
/// the lost one; from there on nothing is made at all.
struct RunIntents {
  /// What is to become of a call.
  enum Standing {
    /// It was never begun: it is to be made now, once.
    case granted
    /// A lost run has made it, and this was its result; the seed of that run, and the host key if it is sealed.
    case made(result: [UInt8], seed: Hash256, hostKey: Hash256?)
    /// It must not be made. Why, for the program.
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
  /// Calls of this run so far.
  private var count = 0
  /// The number of the last call in the file.
  private var position: Int64 = -1
  /// How many notes the file has had when this run made its last call; nil if it has made none.
  private(set) var notes: Int64?

  /// - Parameters:
  ///   - claim: must hold whenever a call is made.
  ///   - lost: what lost runs of the request have begun, in order.
  ///   - isNewAttempt: whether runs with other seeds are to be forgotten.
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

  /// Says what is to become of the next call, and notes it on the disk if it is to be made.
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

  /// Notes what came of the call that was begun last.
  func noteResult(_ result: SecretBytes, _ records: RecordProtection<RequestSeal>) throws(HostError) {
    do throws(SQLiteError) {
      try intents.noteResult(result, at: position, of: key, records)
    } catch {
      throw .fault(HostFault(journal: error))
    }
  }

  /// Opens a result that a lost run has left under seal.
  ///
  /// - Throws: `.sealedRecord` if the host has not the key; `.fault` if it was changed.
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
