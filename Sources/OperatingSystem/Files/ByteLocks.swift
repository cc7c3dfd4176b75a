internal import CKernel
internal import Glibc

/// Exclusive locks on some bytes of a file. Nobody else, in this process or another, can hold a lock on one of these
/// bytes at the same time. The kernel releases the locks when the value is destroyed, and when the process ends,
/// however it ends. The locks do not depend on the file's contents, and do not protect them.
public struct ByteLocks: ~Copyable, Sendable {
  private let descriptor: Int32

  /// The offsets that can be locked: those that the kernel accepts as the offset of a byte.
  public static let offsets: Range<Int64> = 0..<Int64.max

  /// The pause between two attempts, in microseconds. It doubles within these bounds.
  private static let pauses: ClosedRange<UInt32> = 500...20_000

  /// Waits for the locks, and takes them. If the file does not exist, it is created with mode 0600.
  ///
  /// - Parameters:
  ///   - bytes: offsets, in any order.
  ///   - milliseconds: the maximum time to wait for all locks together.
  /// - Returns: nil if somebody else still holds one of the locks after that time.
  /// - Throws: `.unwritable`.
  public init?(of path: String, on bytes: Set<Int64>, waitingUpTo milliseconds: Int64) throws(SystemError) {
    let (sum, isBeyond) = SystemClock.monotonicMilliseconds.addingReportingOverflow(milliseconds)
    let deadline = isBeyond ? Int64.max : sum
    repeat {
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode_t(0o600))
      guard descriptor >= 0 else { throw SystemError(.unwritable(errno), path: path) }
      do throws(SystemError) {
        // Everybody locks in ascending order, so no two can wait for each other.
        for byte in bytes.sorted() {
          guard try ByteLocks.lock(byte, of: descriptor, path: path, until: deadline) else {
            close(descriptor)
            return nil
          }
        }
      } catch {
        close(descriptor)
        throw error
      }
      // A lock on a file that was removed or replaced in the meantime excludes nobody.
      if SystemFile.isSameFile(descriptor, path) {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    } while SystemClock.monotonicMilliseconds < deadline
    return nil
  }

  deinit {
    close(descriptor)
  }

  /// Whether the locks still exclude others: false if the file was removed, renamed or replaced.
  public func areHeld(at path: String) -> Bool { SystemFile.isSameFile(descriptor, path) }

  /// The first bytes of the file.
  ///
  /// - Returns: at most `count` bytes; fewer if the file is shorter, none if it can't be read.
  public func read(_ count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(descriptor, buffer.baseAddress, count, 0))
    }
  }

  /// Overwrites the first bytes of the file.
  ///
  /// - Throws: `.unwritable`.
  public func write(_ bytes: [UInt8], path: String) throws(SystemError) {
    let count = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    if count != bytes.count { throw SystemError(.unwritable(count < 0 ? errno : ENOSPC), path: path) }
  }

  private static func lock(
    _ byte: Int64, of descriptor: Int32, path: String, until deadline: Int64
  ) throws(SystemError) -> Bool {
    var pause = pauses.lowerBound
    while kernel_lock_byte(descriptor, byte) != 0 {
      guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
        throw SystemError(.unwritable(errno), path: path)
      }
      if SystemClock.monotonicMilliseconds >= deadline { return false }
      usleep(pause)
      pause = min(pause * 2, pauses.upperBound)
    }
    return true
  }
}
