internal import Engine
public import System

/// The memory of one sandbox, as a host may deal with it while a request runs.
public struct SandboxMemory: ~Copyable {
  /// The image and the machine's private part.
  private(set) var region: Region
  /// Whether the request's data is classified (PCI), so that all of the private part counts as such: a slice or a sum of
  /// a card number is one too.
  public private(set) var isClassified = false

  init(_ region: consuming Region) { self.region = region }

  /// Whether the private part is locked, so that it is never written to a swap device.
  public var isLocked: Bool { region.isLocked }

  /// Treats all of the private part as classified from here on: before classified data is written to it.
  ///
  /// - Parameters:
  ///   - allowsUnlocked: whether memory that the system doesn't lock will do.
  ///   - path: what errors call the snapshot.
  /// - Throws: `.notLocked`, `.noMemory`. Then nothing classified may be written.
  public mutating func classify(allowsUnlocked: Bool, path: String) throws(SystemError) {
    if isClassified { return }
    try region.classify(allowsUnlocked: allowsUnlocked, path: path)
    isClassified = true
  }

  /// Sets to zero what a machine has written. If the data is classified, marks are not relied on: every page is wiped,
  /// and read again.
  ///
  /// - Returns: what became of the pages, if the data is classified.
  func wipe(_ written: WrittenMemory) -> WipedPages? {
    if isClassified { return region.wipeAndVerify() }
    region.wipe(written)
    return nil
  }

  consuming func takeRegion() -> Region { region }
}

extension Region {
  /// Bytes of stack, and of heap, whose pages an idle region keeps. Most requests need no more; what a large one needed
  /// goes back to the system, so that a pool's idle memory is bounded.
  private static let keptByteCount = 256 << 10

  /// Sets to zero all that a machine wrote. Its own marks say what that is, so the cost depends on what it used, not on
  /// its budgets; debug builds look at all of the private part afterwards.
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
