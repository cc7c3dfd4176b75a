internal import Glibc

/// A file that grows at its end and is never changed otherwise. One process at a time has it; the lock ends with the
/// process, however that ends. Whoever holds one uses it from one thread at a time.
public struct AppendOnlyFile: ~Copyable, Sendable {
  private let descriptor: Int32
  private let path: String
  /// Bytes up to the end of the last write that succeeded.
  private var byteCount: Int
  /// The system's error number of a failure that could not be undone.
  private var failure: Int32?

  /// How often the lock is asked for before somebody else's hold on it counts as an error, and how long it is waited
  /// in between, in microseconds: ten seconds together.
  private static let lockAttempts = (count: 1000, pause: UInt32(10_000))

  /// Opens a file, or makes it with mode 0600.
  ///
  /// - Throws: `.unwritable`; with the number of `EWOULDBLOCK` if another process keeps the file for more than ten
  ///   seconds.
  public init(_ path: String) throws(SnapshotError) {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, mode_t(0o600))
    guard descriptor >= 0 else { throw SnapshotError(.unwritable(errno), path: path) }
    var attempts = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      attempts += 1
      if errno != EWOULDBLOCK && errno != EINTR || attempts == AppendOnlyFile.lockAttempts.count {
        let number = errno
        close(descriptor)
        throw SnapshotError(.unwritable(number), path: path)
      }
      usleep(AppendOnlyFile.lockAttempts.pause)
    }
    self.descriptor = descriptor
    self.path = path
    byteCount = max(0, lseek(descriptor, 0, SEEK_END))
  }

  deinit {
    close(descriptor)
  }

  /// Writes bytes at the end, all of them or none: after a write that failed half-way, what it left is cut off again. If
  /// that can't be done, or if the system could not bring bytes to the disk, nobody knows any more what the file holds
  /// after a crash; nothing is written to it from then on.
  ///
  /// - Parameter isDurable: whether to return only when they, and all bytes before them, are on the disk.
  /// - Throws: `.unwritable`; `.abandoned` after a failure that could not be undone.
  public mutating func append(_ bytes: [UInt8], isDurable: Bool) throws(SnapshotError) {
    if let number = failure { throw SnapshotError(.abandoned(number), path: path) }
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
    if number != 0 { throw SnapshotError(.unwritable(number), path: path) }
  }

  /// The last lines, the newest first, up to one that is enough, and whether the last one has its line end.
  ///
  /// - Parameter limit: bytes that are looked at, at most.
  /// - Throws: `.unreadable`, `.tooLarge` if no line within the limit is enough.
  public func lastLines(
    limit: Int, until isEnough: ([UInt8]) -> Bool
  ) throws(SnapshotError) -> (lines: [[UInt8]], isComplete: Bool) {
    let lineEnd = UInt8(ascii: "\n")
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= 0 else { throw SnapshotError(.unreadable(errno), path: path) }
    let isComplete = size == 0 ? true : try read(1, at: size - 1) == [lineEnd]
    var lines: [[UInt8]] = []
    var start = isComplete ? max(0, size - 1) : size
    var line: [UInt8] = []
    while start > 0 {
      let count = min(start, 1 << 16)
      start -= count
      let pieces = try (read(count, at: start) + line).split(separator: lineEnd, omittingEmptySubsequences: false)
      for piece in pieces.dropFirst().reversed() {
        lines.append(Array(piece))
        if isEnough(Array(piece)) { return (lines, isComplete) }
      }
      line = Array(pieces[0])
      if size - start > limit { throw SnapshotError(.tooLarge(limit: limit), path: path) }
    }
    // The file's first line has no line end before it.
    if size > 0 {
      lines.append(line)
      _ = isEnough(line)
    }
    return (lines, isComplete)
  }

  private func read(_ count: Int, at offset: Int) throws(SnapshotError) -> [UInt8] {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(descriptor, buffer.baseAddress, count, offset))
    }
    guard bytes.count == count else { throw SnapshotError(.unreadable(errno), path: path) }
    return bytes
  }
}
