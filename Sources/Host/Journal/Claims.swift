internal import OperatingSystem

/// Claims on requests, in a file beside the journal (`FILE-claims`). Whoever answers a request holds the claim on it.
/// So a second delivery waits for the answer of the first one, instead of running at the same time. The same file notes
/// the journal's last record.
///
/// A claim is a lock of the kernel. It ends with its owner, however the owner ends, so no process id or time has to be
/// trusted. It is taken before anything else is done for a request, and never while a database is locked.
struct Claims: Sendable {
  private let path: String

  /// The claims of the journal in this file.
  init(journal: String) { path = journal + "-claims" }

  /// The bytes that are locked while the last record is noted, and while a journal is created. Claims have even
  /// numbers.
  private static let (recordLock, openingLock): (Int64, Int64) = (1, 3)
  /// The maximum time to wait for whoever notes the last record, or creates a journal, in milliseconds.
  private static let (recordTimeout, openingTimeout): (Int64, Int64) = (1000, 60_000)

  /// Claims a request, by its seed and by its account and id.
  ///
  /// Two different requests whose hashes share 62 bits wait for each other; that does no harm.
  ///
  /// - Parameter milliseconds: the maximum time to wait for another delivery.
  /// - Returns: nil if the other delivery is still running after that time.
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

  /// Calls `body` while nobody else creates this journal.
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

  /// Notes a record as the journal's last one, unless a later one is noted. If the lock can't be taken or the file
  /// can't be written, nothing is noted. The only consequence is that a loss of the last records may go unnoticed.
  func note(_ record: LastRecord) {
    let timeout = Claims.recordTimeout
    guard let locks = try? ByteLocks(of: path, on: [Claims.recordLock], waitingUpTo: timeout) else { return }
    let noted = LastRecord(locks.read(LastRecord.byteCount))
    if let noted, noted.journal == record.journal, noted.place.row >= record.place.row { return }
    try? locks.write(record.bytes, path: path)
  }

  /// The noted last record of a journal; nil if none was noted.
  func lastRecord(of journal: [UInt8]) -> JournalPlace? {
    guard SystemFile.exists(path), let bytes = try? SystemFile.read(path, limit: LastRecord.byteCount),
      let record = LastRecord(bytes), record.journal == journal
    else { return nil }
    return record.place
  }
}

/// A claim on a request. It ends with the last reference to it.
final class Claim: Sendable {
  private let locks: ByteLocks
  private let path: String

  fileprivate init(_ locks: consuming ByteLocks, path: String) {
    self.locks = locks
    self.path = path
  }

  /// Checks that the claim still excludes others. Call this before anything that must be done only once.
  ///
  /// - Throws: `.fault` if the file of claims was removed or replaced.
  func check() throws(HostError) {
    if locks.areHeld(at: path) { return }
    throw .fault(HostFault("journal \(path): was removed or replaced while a request was answered"))
  }
}
