internal import CKernel
internal import Engine
internal import Glibc
internal import OperatingSystem

/// The owner of one machine's linear memory:
///
/// ```
///            0                    privateStart                       byteCount
/// ┌─────────┬────────────────────┬──────────────────────────────────┬─────────┐
/// │ guard   │ image              │ private                          │ guard   │
/// │ no      │ the sealed file's  │ this machine's own zeroed pages, │ no      │
/// │ access  │ pages, read-only   │ readable and writable            │ access  │
/// └─────────┴────────────────────┴──────────────────────────────────┴─────────┘
/// ```
///
/// Creating a region reserves addresses, not memory: a private page is allocated when it is first written. The sealed
/// pages are the same physical memory in every region.
@safe
struct Region: ~Copyable, @unchecked Sendable {
  private let reservation: UnsafeMutableRawPointer
  private let reservedByteCount: Int
  private let base: UnsafeMutableRawPointer
  /// The region as the engine sees it. It must not be used after the region is destroyed.
  let memory: LinearMemory
  /// Where the private part begins: the end of the image, rounded up to a page.
  let privateStart: HeapOffset
  /// Whether the private part is locked, so that it is never written to a swap device.
  private(set) var isLocked = false

  /// The size of a private part from which on the system is asked for huge pages. A large heap is then faster: touching a
  /// page for the first time, and finding an address, cost less. A small one stays on ordinary pages, since a request
  /// that touches little would have to zero much.
  private static let hugePageThreshold = 64 << 20

  /// Maps a snapshot's bytes, and reserves the private part after them.
  ///
  /// - Parameters:
  ///   - privateStart: where the private part begins. The image is in front of it.
  ///   - byteCount: the size of image and private part together.
  /// - Throws: `.noMemory`.
  init(
    _ file: borrowing SealedFile, privateStart: HeapOffset, byteCount: Int, path: String
  ) throws(SystemError) {
    precondition(file.byteCount <= privateStart.bytes && privateStart.bytes <= byteCount, "the image has no room")
    let page = ProtectedPages.pageSize
    let size = ProtectedPages.rounded(byteCount)
    let reservedByteCount = size + 2 * page
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    let reservation = unsafe mmap(nil, reservedByteCount, PROT_NONE, flags, -1, 0)
    guard let reservation = unsafe reservation, unsafe reservation != MAP_FAILED else {
      throw SystemError(.noMemory(errno), path: path)
    }
    let base = unsafe reservation + page
    // A page is either shared or private. If the system's pages are larger than the image's, the image may end inside a
    // private page; its last bytes are then copied.
    let shared = privateStart.bytes / page * page
    var number = unsafe file.map(over: base, byteCount: shared)
    if number == 0 { number = unsafe mprotect(base + shared, size - shared, PROT_READ | PROT_WRITE) == 0 ? 0 : errno }
    if number != 0 {
      unsafe munmap(reservation, reservedByteCount)
      throw SystemError(.noMemory(number), path: path)
    }
    unsafe file.copy(from: shared, to: base + shared)
    // Whether the system follows this advice makes no difference but time.
    if size - shared >= Region.hugePageThreshold { unsafe madvise(base + shared, size - shared, MADV_HUGEPAGE) }
    unsafe self.reservation = unsafe reservation
    self.reservedByteCount = reservedByteCount
    unsafe self.base = unsafe base
    self.privateStart = privateStart
    memory = unsafe LinearMemory(base: base, byteCount: byteCount)
  }

  deinit {
    unsafe munmap(reservation, reservedByteCount)
  }

  /// Protects the private part for classified data, until the region is destroyed.
  ///
  /// - Throws: `.notLocked` if the memory can't be locked and must be; `.noMemory`.
  mutating func classify(allowsUnlocked: Bool, path: String) throws(SystemError) {
    let start = ProtectedPages.rounded(privateStart.bytes)
    isLocked = unsafe try ProtectedPages.classify(
      base + start, byteCount: ProtectedPages.rounded(memory.byteCount) - start, allowsUnlocked: allowsUnlocked,
      path: path)
  }

  /// Zeroes part of the private memory, even if nobody reads it again.
  ///
  /// - Precondition: the range is within the private part.
  func wipe(_ range: Range<HeapOffset>) {
    precondition(range.lowerBound >= privateStart && range.upperBound.bytes <= memory.byteCount, "not private memory")
    // On some processors, a memset of no bytes is a masked store, which is slow where no page exists.
    if range.isEmpty { return }
    unsafe kernel_wipe(base + range.lowerBound.bytes, range.upperBound.bytes - range.lowerBound.bytes)
  }

  /// Gives the pages that are entirely within a range back to the system. They read as zeros, and use no memory until
  /// they are written again.
  ///
  /// - Precondition: the range is within the private part, and has been wiped.
  func releasePages(in range: Range<HeapOffset>) {
    let start = ProtectedPages.rounded(range.lowerBound.bytes)
    let end = range.upperBound.bytes / ProtectedPages.pageSize * ProtectedPages.pageSize
    // If the system refuses, the pages stay; they are zeros all the same.
    if start < end { unsafe madvise(base + start, end - start, MADV_DONTNEED) }
  }

  /// The first word of the private part that is not zero, among the pages that are in memory.
  var firstWrittenWord: HeapOffset? {
    for page in residentPages {
      if let word = firstWrittenWord(inPage: page) { return word }
    }
    return nil
  }

  private func firstWrittenWord(inPage page: HeapOffset) -> HeapOffset? {
    for word in 0..<(ProtectedPages.pageSize / 8) where memory[page.advanced(words: word)] != 0 {
      return page.advanced(words: word)
    }
    return nil
  }

  /// Wipes every page of the private part that is in memory, and checks that it is zero.
  func wipeAndVerify() -> WipedPages {
    var pages = WipedPages(touched: 0, verifiedZero: 0)
    for page in residentPages {
      wipe(page..<page.advanced(words: ProtectedPages.pageSize / 8))
      pages.touched += 1
      if firstWrittenWord(inPage: page) == nil { pages.verifiedZero += 1 }
    }
    return pages
  }

  /// The offsets of the pages of the private part that are in memory; of all its pages, if the system does not tell.
  private var residentPages: [HeapOffset] {
    let start = ProtectedPages.rounded(privateStart.bytes)
    let pageCount = max(0, memory.byteCount - start) / ProtectedPages.pageSize
    let residence = unsafe [UInt8](unsafeUninitializedCapacity: pageCount) { buffer, count in
      let result = unsafe mincore(base + start, pageCount * ProtectedPages.pageSize, buffer.baseAddress)
      count = result == 0 ? pageCount : 0
    }
    return (0..<pageCount).lazy.filter { residence.isEmpty || residence[$0] & 1 != 0 }
      .map { HeapOffset(start + $0 * ProtectedPages.pageSize) }
  }
}

/// The result of wiping the private memory of a classified request.
public struct WipedPages: Equatable, Sendable {
  /// The number of pages that were in memory when the request ended.
  public internal(set) var touched: Int
  /// The number of these pages that were all zeros after the wipe.
  public internal(set) var verifiedZero: Int
}
