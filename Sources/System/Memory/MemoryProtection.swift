internal import CKernel
internal import Glibc

/// How the memory of a request is treated while it is in use. When its use ends all of it is set to zero, whatever the
/// treatment.
public enum MemoryProtection: Equatable, Sendable {
  /// Ordinary memory of the process.
  case standard
  /// Memory for classified data (PCI): locked, so that it is never written to a swap device; left out of core dumps;
  /// zeros in a forked process.
  ///
  /// - Parameter allowsUnlocked: whether memory that the system doesn't lock will do. The report then says so.
  case classified(allowsUnlocked: Bool)

  /// Whether the data is classified.
  public var isClassified: Bool { self != .standard }
}

/// Whole pages of anonymous memory that are put under a protection.
@safe
package enum ProtectedPages {
  /// The system's page size in bytes.
  package static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  /// The number of bytes, rounded up to whole pages.
  package static func rounded(_ byteCount: Int) -> Int { (byteCount + pageSize - 1) / pageSize * pageSize }

  /// Protects pages; those that don't exist yet are locked when they come to exist.
  ///
  /// - Returns: whether they are locked.
  /// - Throws: `.notLocked` if they can't be and must be.
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
