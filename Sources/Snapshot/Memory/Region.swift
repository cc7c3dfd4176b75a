internal import CSystem
internal import Engine
internal import Glibc

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
/// Making one reserves addresses, not memory: a private page exists from the first write to it. The sealed pages are
/// the same physical memory in every region.
@safe
struct Region: ~Copyable, @unchecked Sendable {
  private let reservation: UnsafeMutableRawPointer
  private let reservedByteCount: Int
  private let base: UnsafeMutableRawPointer
  /// The region as the engine sees it. Whoever uses it must not outlive the region.
  let memory: LinearMemory
  /// Where the private part begins: the end of the image, at a page.
  let privateStart: HeapOffset

  /// Maps a snapshot's bytes and reserves the private part behind them.
  ///
  /// - Parameters:
  ///   - privateStart: where the private part begins; the image lies before it.
  ///   - byteCount: size of image and private part together.
  /// - Throws: `.noMemory`.
  init(
    _ file: borrowing SealedFile, privateStart: HeapOffset, byteCount: Int, path: String
  ) throws(SnapshotError) {
    precondition(file.byteCount <= privateStart.bytes && privateStart.bytes <= byteCount, "the image has no room")
    let page = sysconf(Int32(_SC_PAGESIZE))
    let size = (byteCount + page - 1) / page * page
    let reservedByteCount = size + 2 * page
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    let reservation = unsafe mmap(nil, reservedByteCount, PROT_NONE, flags, -1, 0)
    guard let reservation = unsafe reservation, unsafe reservation != MAP_FAILED else {
      throw SnapshotError(.noMemory(errno), path: path)
    }
    let base = unsafe reservation + page
    // Where the system's pages are larger than the image's, the image may end inside a page of the private part: its
    // last bytes are then copied, since a page is either shared or private.
    let shared = privateStart.bytes / page * page
    var number = unsafe file.map(over: base, byteCount: shared)
    if number == 0 { number = unsafe mprotect(base + shared, size - shared, PROT_READ | PROT_WRITE) == 0 ? 0 : errno }
    if number != 0 {
      unsafe munmap(reservation, reservedByteCount)
      throw SnapshotError(.noMemory(number), path: path)
    }
    unsafe file.copy(from: shared, to: base + shared)
    unsafe self.reservation = unsafe reservation
    self.reservedByteCount = reservedByteCount
    unsafe self.base = unsafe base
    self.privateStart = privateStart
    memory = unsafe LinearMemory(base: base, byteCount: byteCount)
  }

  deinit {
    unsafe munmap(reservation, reservedByteCount)
  }

  /// Sets part of the private memory to zero, whoever may read it again or not.
  ///
  /// - Precondition: the range lies in the private part.
  func wipe(_ range: Range<HeapOffset>) {
    precondition(range.lowerBound >= privateStart && range.upperBound.bytes <= memory.byteCount, "not private memory")
    unsafe csystem_wipe(base + range.lowerBound.bytes, range.upperBound.bytes - range.lowerBound.bytes)
  }

  /// Sets to zero whatever may have been written in a range that nobody keeps books of: every page of it that exists is
  /// wiped, and then given back to the system, so that the next one need not look at it again.
  ///
  /// - Precondition: the range lies in the private part.
  func wipeUnaccounted(_ range: Range<HeapOffset>) {
    let page = sysconf(Int32(_SC_PAGESIZE))
    let start = HeapOffset((range.lowerBound.bytes + page - 1) / page * page)
    let end = HeapOffset(range.upperBound.bytes / page * page)
    guard start < end else { return wipe(range) }
    wipe(range.lowerBound..<start)
    wipe(end..<range.upperBound)
    let pageCount = (end.bytes - start.bytes) / page
    let exists = unsafe [UInt8](unsafeUninitializedCapacity: pageCount) { buffer, count in
      let result = unsafe mincore(base + start.bytes, pageCount * page, buffer.baseAddress)
      count = result == 0 ? pageCount : 0
    }
    // If the system does not say which pages exist, all of them are written, and so exist.
    for index in 0..<pageCount where exists.isEmpty || exists[index] & 1 != 0 {
      wipe(HeapOffset(start.bytes + index * page)..<HeapOffset(start.bytes + (index + 1) * page))
    }
    // A failure leaves zeros in place of pages that are gone, which reads the same.
    unsafe madvise(base + start.bytes, pageCount * page, MADV_DONTNEED)
  }
}
