internal import CKernel
internal import Glibc

/// How the memory of a request is treated while it is in use. Whatever the treatment, all of it is zeroed after use.
public enum MemoryProtection: Equatable, Sendable {
  /// Ordinary memory of the process.
  case standard
  /// Memory for classified data (PCI): locked, so that it is never written to a swap device; excluded from core dumps;
  /// zeroed in a forked process.
  ///
  /// - Parameter allowsUnlocked: whether memory may be used that the system does not lock. The report then says so.
  case classified(allowsUnlocked: Bool)

  /// Whether the data is classified.
  public var isClassified: Bool { self != .standard }
}

/// Whole pages of anonymous memory that can be protected.
@safe
package enum ProtectedPages {
  /// The system's page size in bytes.
  package static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  /// The number of bytes, rounded up to whole pages.
  package static func rounded(_ byteCount: Int) -> Int { (byteCount + pageSize - 1) / pageSize * pageSize }

  /// Protects pages. Pages that don't exist yet are locked when they are first used.
  ///
  /// - Returns: whether the pages are locked.
  /// - Throws: `.notLocked` if they can't be locked and must be; `.noMemory`.
  package static func classify(
    _ start: UnsafeMutableRawPointer, byteCount: Int, allowsUnlocked: Bool, path: String
  ) throws(SystemError) -> Bool {
    guard unsafe kernel_exclude(start, byteCount) == 0 else { throw SystemError(.noMemory(errno), path: path) }
    if unsafe kernel_lock(start, byteCount) == 0 { return true }
    let number = errno
    if !allowsUnlocked { throw SystemError(.notLocked(number, byteCount: byteCount), path: path) }
    return false
  }
}
