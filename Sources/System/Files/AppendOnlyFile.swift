internal import Glibc

/// A file that grows at its end and is never changed otherwise. Any number of processes may have it open; who looks at it or
/// writes to it locks it meanwhile. The lock ends with the process, however that ends. Whoever holds one uses it from one
/// thread at a time.
public struct AppendOnlyFile: ~Copyable, Sendable {
  private let descriptor: Int32
  private let path: String
  /// Bytes up to the end of the file, while it is locked.
  public private(set) var byteCount = 0
  /// The system's error number of a failure that could not be undone.
  private var failure: Int32?

  /// How long the lock is waited for at most, in milliseconds: it is held for a few lines at a time.
  private static let lockTimeout: Int64 = 60_000
  /// How long it is waited between two attempts, in microseconds: ever longer, within these bounds.
  private static let lockPauses: ClosedRange<UInt32> = 100...10_000

  /// Opens a file, or makes it with mode 0600.
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

  /// Keeps everybody else from the file until `unlock`.
  ///
  /// - Throws: `.inUse` if somebody else keeps it for more than a minute; `.replaced` if the path leads elsewhere by now, so
  ///   that nobody would look for what is written.
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

  /// Lets others have the file.
  public func unlock() { flock(descriptor, LOCK_UN) }

  /// Writes bytes at the end, all of them or none: after a write that failed half-way, what it left is cut off again. If
  /// that can't be done, or if the system could not bring bytes to the disk, nobody knows any more what the file holds
  /// after a crash; nothing is written to it from then on.
  ///
  /// - Precondition: the file is locked.
  /// - Parameter isDurable: whether to return only when they, and all bytes before them, are on the disk.
  /// - Throws: `.unwritable`; `.abandoned` after a failure that could not be undone.
  public mutating func append(_ bytes: [UInt8], isDurable: Bool) throws(SystemError) {
    if let number = failure { throw SystemError(.abandoned(number), path: path) }
    var number = unsafe bytes.withUnsafeBytes { unsafe SystemFile.writeAll($0, to: descriptor) }
    if number != 0 {
      // Devices and pipes have no length that could be set back; they hold no half-written line either.
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

  /// Hands out the last lines, the newest first, until one is enough.
  ///
  /// - Precondition: the file is locked.
  /// - Parameters:
  ///   - limit: bytes that are looked at, at most.
  ///   - isEnough: is given each line without its end.
  /// - Returns: whether the file's last line has its end.
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
    // The file's first line has no line end before it.
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
