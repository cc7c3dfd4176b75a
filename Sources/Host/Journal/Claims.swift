internal import System

/// Claims on requests, in a file beside the journal (`FILE-claims`): whoever answers a request holds the claim on it, so that
/// a second delivery waits for the first one's answer instead of running beside it. The same file notes the journal's last
/// record.
///
/// A claim is a lock of the kernel, so it ends with its owner, however that ends; no process id or time has to be trusted. It
/// is taken before anything else of a request, and never while a database is locked.
struct Claims: Sendable {
  private let path: String

  /// The claims of the journal in this file.
  init(journal: String) { path = journal + "-claims" }

  /// The bytes that are locked while the last record is noted, and while a journal is made. Claims have even numbers.
  private static let (recordLock, openingLock): (Int64, Int64) = (1, 3)
  /// How long somebody else is waited for who notes the last record, or makes a journal, in milliseconds.
  private static let (recordTimeout, openingTimeout): (Int64, Int64) = (1000, 60_000)

  /// Claims a request, by its seed as well as by its account and id.
  ///
  /// Two requests that only seem to be one, since 62 bits of a hash are the same, wait for each other; no harm comes of that.
  ///
  /// - Parameter milliseconds: how long another delivery is waited for.
  /// - Returns: nil if that still runs then.
  func claim(_ key: RequestKey, waitingUpTo milliseconds: Int64) throws(HostFault) -> Claim? {
    let bytes = [key.seed, key.identityHash].map { hash in
      hash.bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) } & (Int64.max - 1)
    }
    do throws(SystemError) {
      guard let locks = try ByteLocks(of: path, on: Set(bytes), waitingUpTo: milliseconds) else { return nil }
      return Claim(locks, path: path)
    } catch {
      throw HostFault("journal \(error.message)")
    }
  }

  /// Does something while nobody else makes this journal.
  func withOpeningLock<Result>(_ body: () throws(Journal.Refusal) -> Result) throws(Journal.Refusal) -> Result {
    let locks: ByteLocks?
    do throws(SystemError) {
      locks = try ByteLocks(of: path, on: [Claims.openingLock], waitingUpTo: Claims.openingTimeout)
    } catch {
      throw .fault(HostFault("journal \(error.message)"))
    }
    guard let locks else {
      throw .fault(HostFault("journal \(path): another process has been creating it for a minute"))
    }
    let result = try body()
    _ = consume locks
    return result
  }

  /// Notes a record as the journal's last one, unless a later one is noted. Whoever can't have the lock, or can't write, leaves
  /// it at that: then a loss of the last records is not noticed, and nothing else.
  func note(_ record: LastRecord) {
    let timeout = Claims.recordTimeout
    guard let locks = try? ByteLocks(of: path, on: [Claims.recordLock], waitingUpTo: timeout) else { return }
    let noted = LastRecord(locks.read(LastRecord.byteCount))
    if let noted, noted.journal == record.journal, noted.place.row >= record.place.row { return }
    try? locks.write(record.bytes, path: path)
  }

  /// The last record of a journal that was noted; nil if none was.
  func lastRecord(of journal: [UInt8]) -> JournalPlace? {
    guard SystemFile.exists(path), let bytes = try? SystemFile.read(path, limit: LastRecord.byteCount),
      let record = LastRecord(bytes), record.journal == journal
    else { return nil }
    return record.place
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
