internal import SQLite
internal import Snapshot
internal import System

/// A hash as it stands in the file of intents: SHA-256, or the keyed hash under a host key; nothing if it was withheld.
struct NotedHash {
  /// What a hash of now has to do with the one that was noted.
  enum Comparison {
    case same
    case different
    /// Nobody knows: nothing was noted.
    case withheld
    /// It takes the host key of this identifier to say.
    case sealed(hostKey: Hash256)
  }

  private let bytes: [UInt8]?
  /// The identifier of the host key; nil for SHA-256.
  private let hostKey: Hash256?

  /// What is noted of a hash.
  init(_ hash: Hash256, _ records: RecordProtection) {
    bytes = records.hash(hash).value?.bytes
    hostKey = records.hostKey
  }

  /// What two columns of a row say.
  init(_ bytes: SQLiteValue, hostKey: SQLiteValue) {
    self.bytes = bytes.blob
    self.hostKey = hostKey.blob.flatMap(Hash256.init(bytes:))
  }

  /// The two columns of a row.
  var columns: [SQLiteValue] { [SQLiteValue(bytes), SQLiteValue(hostKey?.bytes)] }

  /// Compares it with a hash.
  ///
  /// - Parameters:
  ///   - seed: that of the run which noted it.
  ///   - key: the host's.
  func compared(with hash: Hash256, seed: Hash256, key: HostKey?) -> Comparison {
    guard let bytes else { return .withheld }
    guard let hostKey else { return bytes == hash.bytes ? .same : .different }
    guard let key, key.identifier == hostKey else { return .sealed(hostKey: hostKey) }
    return bytes == key.seal(forSeed: seed).keyedHash(of: hash).bytes ? .same : .different
  }
}
