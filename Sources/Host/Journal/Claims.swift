internal import Snapshot

/// Claims on requests, in a file beside the journal (`FILE-claims`): whoever answers a request holds the claim on it, so that
/// a second delivery waits for the first one's answer instead of running beside it.
///
/// A claim is a lock of the kernel, so it ends with its owner, however that ends; no process id or time has to be trusted. It
/// is taken before anything else of a request, and never while a database is locked.
struct Claims: Sendable {
  private let path: String

  /// The claims of the journal in this file.
  init(journal: String) { path = journal + "-claims" }

  /// Claims a request, by its seed as well as by its account and id.
  ///
  /// Two requests that only seem to be one, since the first 63 bits of a hash are the same, wait for each other; no harm comes
  /// of that.
  ///
  /// - Parameter milliseconds: how long another delivery is waited for.
  /// - Returns: nil if that still runs then.
  func claim(_ key: RequestKey, waitingUpTo milliseconds: Int64) throws(HostFault) -> Claim? {
    let bytes = Set(
      [key.seed, key.identityHash].map { hash in
        hash.bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) } & (ByteLocks.offsets.upperBound - 1)
      })
    do throws(SnapshotError) {
      guard let locks = try ByteLocks(of: path, on: bytes, waitingUpTo: milliseconds) else { return nil }
      return Claim(locks, path: path)
    } catch {
      throw HostFault("journal \(error.message)")
    }
  }
}

/// A claim on a request. It ends when nobody refers to it any more.
final class Claim: Sendable {
  private let locks: ByteLocks
  private let path: String

  fileprivate init(_ locks: consuming ByteLocks, path: String) {
    self.locks = locks
    self.path = path
  }

  /// Makes sure that the claim still holds others off, before something is done that must be done once.
  ///
  /// - Throws: `.fault` if the file of the claims is not there any more.
  func check() throws(HostError) {
    if locks.areHeld(at: path) { return }
    throw .fault(HostFault("journal \(path): was removed or replaced while a request was answered"))
  }
}
