internal import Glibc

/// A file that only ever grows at its end. Any number of processes may have it open; a process locks the file while it
/// reads or writes it. The lock ends with the process, however the process ends. A value must be used by one thread at
/// a time.
public struct AppendOnlyFile: ~Copyable, Sendable {
  private let descriptor: Int32
  private let path: String
  /// The size of the file in bytes, while it is locked.
  public private(set) var byteCount = 0
  /// The system's error number of a failure that could not be undone.
  private var failure: Int32?

  /// The maximum time to wait for the lock, in milliseconds. It is only held for a few lines at a time.
  private static let lockTimeout: Int64 = 60_000
  /// The pause between two attempts, in microseconds. It doubles within these bounds.
  private static let lockPauses: ClosedRange<UInt32> = 100...10_000

  /// Opens a file, or creates it with mode 0600.
  ///
  /// - Throws: `.unwritable`.
  public init(_ path: String) throws(SystemError) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, mode_t(0o600))
    guard descriptor >= 0 else { throw SystemError(.unwritable(errno), path: path) }
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  /// Locks the file until `unlock`.
  ///
  /// - Throws: `.inUse` if another process holds the lock for more than a minute; `.replaced` if the path now leads to
  ///   another file or to none, because nobody would look for what is written; `.unwritable`.
  public mutating func lock() throws(SystemError) {
    let deadline = SystemClock.monotonicMilliseconds + AppendOnlyFile.lockTimeout
    var pause = AppendOnlyFile.lockPauses.lowerBound
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw SystemError(.unwritable(errno), path: path) }
      if SystemClock.monotonicMilliseconds > deadline { throw SystemError(.inUse, path: path) }
      usleep(pause)
      pause = min(pause * 2, AppendOnlyFile.lockPauses.upperBound)
    }
    guard SystemFile.isSameFile(descriptor, path) else {
      unlock()
      throw SystemError(.replaced, path: path)
    }
    byteCount = max(0, lseek(descriptor, 0, SEEK_END))
  }

  /// Releases the lock.
  public func unlock() { flock(descriptor, LOCK_UN) }

  /// Appends bytes: all of them, or none. After a write that failed half-way, the partial write is cut off. If that
  /// fails, or if the bytes could not be flushed to disk, the contents of the file after a crash are unknown; all later
  /// writes are then refused.
  ///
  /// - Precondition: the file is locked.
  /// - Parameter isDurable: whether to return only when these bytes, and all bytes before them, are on disk.
  /// - Throws: `.unwritable`; `.abandoned` after a failure that could not be undone.
  public mutating func append(_ bytes: [UInt8], isDurable: Bool) throws(SystemError) {
    if let number = failure { throw SystemError(.abandoned(number), path: path) }
    var number = unsafe bytes.withUnsafeBytes { unsafe SystemFile.writeAll($0, to: descriptor) }
    if number != 0 {
      // Devices and pipes can't be truncated; they hold no half-written line either.
      if ftruncate(descriptor, byteCount) != 0, errno != EINVAL { failure = number }
    } else {
      byteCount += bytes.count
      if isDurable, fdatasync(descriptor) != 0, errno != EINVAL, errno != EROFS {
        number = errno
        failure = number
      }
    }
    if number != 0 { throw SystemError(.unwritable(number), path: path) }
  }

  /// Passes the last lines to `isEnough`, the newest first, until it returns true.
  ///
  /// - Precondition: the file is locked.
  /// - Parameters:
  ///   - limit: the number of bytes after which the search ends.
  ///   - isEnough: gets each line without its line feed.
  /// - Returns: whether the file's last line ends in a line feed.
  /// - Throws: `.unreadable`; `.tooLarge` if no line within the limit is enough.
  public func forEachLineFromEnd(
    limit: Int, until isEnough: ([UInt8]) -> Bool
  ) throws(SystemError) -> Bool {
    let lineEnd = UInt8(ascii: "\n")
    let isComplete = byteCount == 0 ? true : try read(1, at: byteCount - 1) == [lineEnd]
    let end = isComplete ? max(0, byteCount - 1) : byteCount
    // The pieces of the line that is being read, the last one first.
    var pieces: [ArraySlice<UInt8>] = []
    var start = end
    while start > 0 {
      let count = min(start, 1 << 16)
      start -= count
      let chunk = try read(count, at: start)
      var rest = chunk[...]
      while let place = rest.lastIndex(of: lineEnd) {
        let line = Array(rest[(place + 1)...]) + pieces.reversed().joined()
        pieces = []
        if isEnough(line) { return isComplete }
        rest = rest[..<place]
      }
      pieces.append(rest)
      if end - start > limit { throw SystemError(.tooLarge(limit: limit), path: path) }
    }
    // The file's first line has no line feed in front of it.
    if byteCount > 0 { _ = isEnough(Array(pieces.reversed().joined())) }
    return isComplete
  }

  private func read(_ count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(descriptor, buffer.baseAddress, count, offset))
    }
    guard bytes.count == count else { throw SystemError(.unreadable(errno), path: path) }
    return bytes
  }
}
