internal import OperatingSystem
internal import Snapshot

/// A request that has arrived, with everything that determines its seed and its treatment.
struct Delivery {
  /// The key to look it up by.
  let key: RequestKey
  /// Its bytes.
  let input: SecretBytes
  /// SHA-256 of its bytes.
  let inputHash: Hash256
  /// Whether to run it although it was answered or begun under another seed.
  let isNewAttempt: Bool
  /// How its data is treated.
  let treatment: DataTreatment
  /// The facts about it for the audit log.
  let audited: AuditedRequest

  init(
    _ input: SecretBytes, identity: RequestIdentity, gasLimit: GasLimit, protection: MemoryProtection,
    isNewAttempt: Bool, host: RequestHost
  ) {
    let seed = identity.seed(contentHash: host.pool.contentHash, gasLimit: gasLimit)
    key = RequestKey(seed: seed, identity: identity)
    self.input = input
    self.isNewAttempt = isNewAttempt
    inputHash = Hash256(of: input)
    treatment = DataTreatment(protection, allowsUnlocked: host.allowsUnlocked, hostKey: host.hostKey, seed: seed)
    audited = AuditedRequest(
      identity: identity, snapshotHash: host.pool.contentHash, gasSchedule: RequestHost.gasSchedule,
      gasLimit: gasLimit.units, inputHash: treatment.records.hash(inputHash),
      protection: treatment.records.named, isNewAttempt: isNewAttempt)
  }
}
