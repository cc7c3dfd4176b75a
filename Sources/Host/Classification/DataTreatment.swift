internal import OperatingSystem
internal import Snapshot

/// How the data of one request is treated, in memory and in records. This may change while the request runs: ordinary
/// data becomes classified with the first result that an effect marks as classified.
struct DataTreatment {
  /// How copies of the data are treated.
  private(set) var protection: MemoryProtection
  /// How the data is recorded in journal and audit log.
  private(set) var records: RecordProtection<RequestSeal>
  /// Whether all copies made under `protection` are locked.
  private(set) var isLocked = true
  private let allowsUnlocked: Bool
  private let hostKey: HostKey?
  private let seed: Hash256

  /// - Parameters:
  ///   - protection: the request's protection.
  ///   - allowsUnlocked: whether data that turns out to be classified may be in memory that the system does not lock.
  ///   - hostKey: the key that classified data is sealed under; without one it is not recorded.
  ///   - seed: the request's seed.
  init(_ protection: MemoryProtection, allowsUnlocked: Bool, hostKey: HostKey?, seed: Hash256) {
    self.protection = protection
    self.allowsUnlocked = allowsUnlocked
    self.hostKey = hostKey
    self.seed = seed
    records = protection.isClassified ? RecordProtection(classifiedUnder: hostKey, seed: seed) : .plain
  }

  /// Treats all of the request as classified from now on. Call this before classified data is written to its memory.
  ///
  /// - Throws: `.memory`. Then classified data must not be written anywhere.
  mutating func classify(_ memory: inout SandboxMemory, path: String) throws(HostError) {
    if memory.isClassified { return }
    do throws(SystemError) {
      try memory.classify(allowsUnlocked: allowsUnlocked, path: path)
    } catch {
      throw .memory(error)
    }
    protection = .classified(allowsUnlocked: allowsUnlocked)
    records = RecordProtection(classifiedUnder: hostKey, seed: seed)
  }

  /// Makes a copy under the protection.
  ///
  /// - Throws: `.memory`.
  mutating func makeProtectedCopy(
    _ copy: (MemoryProtection) throws(SystemError) -> SecretBytes
  ) throws(HostError) -> SecretBytes {
    do throws(SystemError) {
      let bytes = try copy(protection)
      if protection.isClassified, !bytes.isLocked { isLocked = false }
      return bytes
    } catch {
      throw .memory(error)
    }
  }
}
