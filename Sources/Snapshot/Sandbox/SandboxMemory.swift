internal import Engine
public import OperatingSystem

/// The memory of one sandbox, with the operations that a host may use while a request runs.
public struct SandboxMemory: ~Copyable {
  /// The image and the machine's private part.
  private(set) var region: Region
  /// Whether the request's data is classified (PCI). Then all of the private part counts as classified: a slice or a
  /// sum of a card number is classified too.
  public private(set) var isClassified = false

  init(_ region: consuming Region) { self.region = region }

  /// Whether the private part is locked, so that it is never written to a swap device.
  public var isLocked: Bool { region.isLocked }

  /// Treats all of the private part as classified from now on. Call this before classified data is written to it.
  ///
  /// - Parameters:
  ///   - allowsUnlocked: whether memory may be used that the system does not lock.
  ///   - path: the snapshot's name in errors.
  /// - Throws: `.notLocked`, `.noMemory`. Then nothing classified may be written.
  public mutating func classify(allowsUnlocked: Bool, path: String) throws(SystemError) {
    if isClassified { return }
    try region.classify(allowsUnlocked: allowsUnlocked, path: path)
    isClassified = true
  }

  /// Wipes what a machine has written. If the data is classified, the machine's marks are not trusted: every page is
  /// wiped and checked.
  ///
  /// - Returns: the result of the wipe, if the data is classified.
  func wipe(_ written: WrittenMemory) -> WipedPages? {
    if isClassified { return region.wipeAndVerify() }
    region.wipe(written)
    return nil
  }

  consuming func takeRegion() -> Region { region }
}

extension Region {
  /// The number of bytes of each area, such as the stack or a semispace, whose pages an idle region keeps. Most
  /// requests need no more. Pages beyond that go back to the system, which bounds the idle memory of a pool.
  private static let keptByteCount = 256 << 10

  /// Wipes all that a machine wrote, according to its own marks. So the cost depends on what it used, not on its
  /// budgets. Debug builds check all of the private part afterwards.
  func wipe(_ written: WrittenMemory) {
    wipe(written.globals)
    wipe(written.frames, keeping: Region.keptByteCount)
    wipe(written.workLists, keeping: Region.keptByteCount)
    wipe(written.stackEnd, keeping: 0)
    wipe(written.liveness, keeping: Region.keptByteCount)
    wipe(written.heaps.0, keeping: Region.keptByteCount)
    wipe(written.heaps.1, keeping: Region.keptByteCount)
    assert(firstWrittenWord == nil, "a machine has written what its marks do not cover")
  }

  /// Wipes a range, and gives the pages beyond its first bytes back to the system.
  private func wipe(_ written: Range<HeapOffset>, keeping byteCount: Int) {
    wipe(written)
    if written.upperBound.bytes - written.lowerBound.bytes > byteCount {
      releasePages(in: HeapOffset(written.lowerBound.bytes + byteCount)..<written.upperBound)
    }
  }
}
