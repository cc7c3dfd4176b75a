public import Engine
internal import Synchronization
public import System

/// Makes sandboxes of one snapshot and keeps the memory of used ones, wiped and with the image mapped, for the next
/// requests. Any number of threads may use it at once.
public final class SandboxPool: Sendable {
  /// The content hash of the snapshot.
  public let contentHash: Hash256
  /// How every sandbox's memory is divided.
  public let layout: MachineLayout
  /// The budgets of every sandbox.
  public let budgets: MachineLayout.Budgets
  /// Whether the snapshot has a handler, and so takes a request; a script takes none.
  public let hasHandler: Bool
  private let file: SealedFile
  /// What errors call the snapshot.
  public let path: String
  private let idle: Mutex<IdleRegions>

  /// Checks the image and prepares to make sandboxes of it.
  ///
  /// - Parameters:
  ///   - budgets: stack and heap of each sandbox.
  ///   - idleLimit: sandboxes whose memory is kept for reuse, at most; what is beyond that goes back to the system.
  /// - Throws: `.notASnapshot`, `.otherFormatVersion`, `.otherGasSchedule`, `.wrongLength`, `.defective`.
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

  /// A fresh machine's memory: the image, and zeros. For classified data it is mapped anew, so that the pages which
  /// exist are those that the request has touched.
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

  /// Sandboxes whose memory is kept for reuse at the moment.
  public var idleCount: Int { idle.withLock { regions in regions.count } }

  /// Where in the source an instruction comes from; nil if the snapshot was stripped of that.
  ///
  /// - Parameter index: as `Machine.trapInstruction` gives it.
  public func position(ofInstruction index: Int) -> NameTable.Position? {
    NameTable(Image(file.linearMemory)).position(ofInstruction: index)
  }

  /// What the snapshot says about itself; nil if that is damaged.
  public var manifest: Manifest? { Manifest(of: Image(file.linearMemory)) }

  /// Keeps wiped memory for the next request. What has held classified data is given back to the system.
  func recycle(_ memory: consuming SandboxMemory) {
    if memory.isClassified { return }
    var region: Region? = memory.takeRegion()
    idle.withLock { regions in
      if let region = region.take() { regions.push(region) }
    }
  }
}
