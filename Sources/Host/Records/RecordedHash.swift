internal import SQLite
internal import Snapshot
public import System

/// A hash as journal, audit log and reports have it: SHA-256; or, for classified data, whose SHA-256 would tell a card number
/// to whoever tries them all, HMAC-SHA-256 over the SHA-256, under a key of the request (`RequestSeal`); or nothing.
public struct RecordedHash: Equatable, Sendable {
  /// The 32 bytes; nil if they are withheld.
  let value: Hash256?
  /// Which of these it is.
  let protection: RecordProtection<Hash256>

  /// SHA-256 of data that is not classified.
  public static func plain(_ hash: Hash256) -> RecordedHash { RecordedHash(value: hash, protection: .plain) }

  /// A keyed hash.
  ///
  /// - Parameter hostKey: the identifier of the host key that the key follows from.
  public static func keyed(_ hash: Hash256, hostKey: Hash256) -> RecordedHash {
    RecordedHash(value: hash, protection: .sealed(hostKey))
  }

  /// Nothing: the data is classified, and the host has no key.
  public static let withheld = RecordedHash(value: nil, protection: .withheld)

  /// The field of an object that says what kind of hash it holds: `inputSha256`, `inputHmacSha256`.
  ///
  /// - Parameter subject: what was hashed.
  func field(_ subject: String) -> PlainJSON.Field {
    .init(fieldName(subject), value.map { .string($0.hex) } ?? .null)
  }

  /// The same for something of the same request that is not there.
  func missingField(_ subject: String) -> PlainJSON.Field { .init(fieldName(subject), .null) }

  private func fieldName(_ subject: String) -> String { "\(subject)\(protection.isClassified ? "Hmac" : "")Sha256" }
}

// MARK: - In the file of intents

extension RecordedHash {
  /// What a hash of now has to do with one that was noted.
  enum Comparison {
    case same
    case different
    /// Nobody knows: nothing was noted.
    case withheld
    /// It takes the host key of this identifier to say.
    case sealed(hostKey: Hash256)
  }

  /// Compares it with a hash.
  ///
  /// - Parameters:
  ///   - seed: that of the run which noted it.
  ///   - key: the host's.
  func compared(with hash: Hash256, seed: Hash256, key: HostKey?) -> Comparison {
    switch protection {
    case .plain: return value == hash ? .same : .different
    case .withheld: return .withheld
    case .sealed(let hostKey):
      guard let key, key.identifier == hostKey else { return .sealed(hostKey: hostKey) }
      return value == key.seal(forSeed: seed).keyedHash(of: hash) ? .same : .different
    }
  }

  /// What two columns of a row say; nil if no host writes that.
  init?(_ hash: SQLiteValue, hostKey: SQLiteValue) {
    if hash == .null, hostKey == .null {
      self = .withheld
      return
    }
    guard let hash = hash.blob.flatMap(Hash256.init(bytes:)) else { return nil }
    if hostKey == .null {
      self = .plain(hash)
      return
    }
    guard let hostKey = hostKey.blob.flatMap(Hash256.init(bytes:)) else { return nil }
    self = .keyed(hash, hostKey: hostKey)
  }

  /// The two columns of a row.
  var columns: [SQLiteValue] { [SQLiteValue(value?.bytes), SQLiteValue(protection.hostKey?.bytes)] }
}
