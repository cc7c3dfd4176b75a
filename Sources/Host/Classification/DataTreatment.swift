internal import Snapshot

/// How the data of one request is treated. That may change while it runs: what was ordinary data is classified from the
/// first result on that an effect marks as such.
struct DataTreatment {
  /// How copies of the data are treated.
  private(set) var protection: MemoryProtection
  /// Whether all copies that were made under `protection` are locked.
  private(set) var isLocked = true
  private let allowsUnlocked: Bool
  private let isRecorded: Bool

  /// - Parameters:
  ///   - protection: that of the request.
  ///   - allowsUnlocked: whether memory that the system doesn't lock will do for what turns out to be classified.
  ///   - isRecorded: whether a journal or an audit log is told of the request, which can't seal classified data.
  init(_ protection: MemoryProtection, allowsUnlocked: Bool, isRecorded: Bool) {
    self.protection = protection
    self.allowsUnlocked = allowsUnlocked
    self.isRecorded = isRecorded
  }

  /// Treats all of the request as classified from here on: before classified data comes into its memory.
  ///
  /// - Throws: `.classifiedData`, `.snapshot`. Then nothing classified may go anywhere.
  mutating func classify(_ memory: inout SandboxMemory, path: String) throws(HostError) {
    if memory.isClassified { return }
    if isRecorded { throw .classifiedData }
    do throws(SnapshotError) {
      try memory.classify(allowsUnlocked: allowsUnlocked, path: path)
    } catch {
      throw .snapshot(error)
    }
    protection = .classified(allowsUnlocked: allowsUnlocked)
  }

  /// Makes a copy under the protection.
  ///
  /// - Throws: `.snapshot`.
  mutating func protected(
    _ copy: (MemoryProtection) throws(SnapshotError) -> SecretBytes
  ) throws(HostError) -> SecretBytes {
    do throws(SnapshotError) {
      let bytes = try copy(protection)
      if protection.isClassified, !bytes.isLocked { isLocked = false }
      return bytes
    } catch {
      throw .snapshot(error)
    }
  }
}
