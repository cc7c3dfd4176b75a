public import Engine
public import OperatingSystem
internal import Synchronization

/// Creates sandboxes of one snapshot. It keeps the memory of used sandboxes for the next requests, wiped and with the
/// image mapped. Any number of threads may use it at the same time.
public final class SandboxPool: Sendable {
  /// The content hash of the snapshot.
  public let contentHash: Hash256
  /// How every sandbox's memory is divided.
  public let layout: MachineLayout
  /// The budgets of every sandbox.
  public let budgets: MachineLayout.Budgets
  /// Whether the snapshot has a handler, and so accepts a request. A script does not.
  public let hasHandler: Bool
  private let file: SealedFile
  /// The snapshot's name in errors.
  public let path: String
  private let idle: Mutex<IdleRegions>

  /// Checks the image, and prepares to create sandboxes of it.
  ///
  /// - Parameters:
  ///   - budgets: the stack and the heap of each sandbox.
  ///   - idleLimit: the maximum number of sandboxes whose memory is kept. The memory of others goes back to the system.
  /// - Throws: `.notASnapshot`, `.damagedLineEnds`, `.otherFormatVersion`, `.otherGasSchedule`, `.wrongLength`,
  ///   `.defective`.
  public init(
    _ snapshot: consuming VerifiedSnapshot, budgets: MachineLayout.Budgets = .standard, idleLimit: Int = 16
  ) throws(SnapshotError) {
    try snapshot.check()
    let image = Image(snapshot.file.linearMemory)
    layout = MachineLayout(image: image, budgets: budgets)
    self.budgets = budgets
    hasHandler = image.handler != nil
    contentHash = snapshot.contentHash
    path = snapshot.path
    file = snapshot.takeFile()
    idle = Mutex(IdleRegions(capacity: idleLimit))
  }

  /// A sandbox with the memory of a new machine: the image, and zeros. For classified data the memory is always a new
  /// mapping, so that only pages that the request touches exist.
  ///
  /// - Throws: `.noMemory`, `.notLocked`.
  public func clone(_ protection: MemoryProtection = .standard) throws(SystemError) -> Sandbox {
    if !protection.isClassified, let region = idle.withLock({ regions in regions.pop() }) {
      return Sandbox(SandboxMemory(region), pool: self)
    }
    var memory = SandboxMemory(
      try Region(file, privateStart: layout.start, byteCount: layout.end.bytes, path: path))
    if case .classified(let allowsUnlocked) = protection {
      try memory.classify(allowsUnlocked: allowsUnlocked, path: path)
    }
    return Sandbox(memory, pool: self)
  }

  /// The number of sandboxes whose memory is currently kept for reuse.
  public var idleCount: Int { idle.withLock { regions in regions.count } }

  /// The source position of an instruction; nil if the snapshot was stripped of positions.
  ///
  /// - Parameter index: the number of the instruction, from `Machine.trapInstruction`.
  public func position(ofInstruction index: Int) -> NameTable.Position? {
    NameTable(Image(file.linearMemory)).position(ofInstruction: index)
  }

  /// The manifest of the snapshot; nil if it is damaged.
  public var manifest: Manifest? { Manifest(of: Image(file.linearMemory)) }

  /// Keeps wiped memory for the next request. Memory that has held classified data goes back to the system.
  func recycle(_ memory: consuming SandboxMemory) {
    if memory.isClassified { return }
    var region: Region? = memory.takeRegion()
    idle.withLock { regions in
      if let region = region.take() { regions.push(region) }
    }
  }
}
