public import OperatingSystem
internal import SQLite
internal import Snapshot

/// A hash as journal, audit log and reports have it. Usually it is a SHA-256. From the SHA-256 of a card number, the
/// number can be found by trying them all. So for classified data, it is HMAC-SHA-256 over the SHA-256, under a key of
/// the request (`RequestSeal`), or nothing.
public struct RecordedHash: Equatable, Sendable {
  /// The 32 bytes; nil if they are withheld.
  let value: Hash256?
  /// The kind of hash.
  let protection: RecordProtection<Hash256>

  /// SHA-256 of data that is not classified.
  public static func plain(_ hash: Hash256) -> RecordedHash { RecordedHash(value: hash, protection: .plain) }

  /// A keyed hash.
  ///
  /// - Parameter hostKey: the identifier of the host key from which the key is derived.
  public static func keyed(_ hash: Hash256, hostKey: Hash256) -> RecordedHash {
    RecordedHash(value: hash, protection: .sealed(hostKey))
  }

  /// Nothing: the data is classified, and the host has no key.
  public static let withheld = RecordedHash(value: nil, protection: .withheld)

  /// A field of an object, named after the kind of hash: `inputSha256`, `inputHmacSha256`.
  ///
  /// - Parameter subject: what was hashed.
  func field(_ subject: String) -> PlainJSON.Field {
    .init(fieldName(subject), value.map { .string($0.hex) } ?? .null)
  }

  /// The same for data of the request that does not exist.
  func missingField(_ subject: String) -> PlainJSON.Field { .init(fieldName(subject), .null) }

  private func fieldName(_ subject: String) -> String { "\(subject)\(protection.isClassified ? "Hmac" : "")Sha256" }
}

// MARK: - In the file of intents

extension RecordedHash {
  /// The result of comparing a new hash with a recorded one.
  enum Comparison {
    case same
    case different
    /// Unknown: no hash was recorded.
    case withheld
    /// Unknown without the host key that has this identifier.
    case sealed(hostKey: Hash256)
  }

  /// Compares it with a hash.
  ///
  /// - Parameters:
  ///   - seed: the seed of the run that recorded it.
  ///   - key: the host's key.
  func compared(with hash: Hash256, seed: Hash256, key: HostKey?) -> Comparison {
    switch protection {
    case .plain: return value == hash ? .same : .different
    case .withheld: return .withheld
    case .sealed(let hostKey):
      guard let key, key.identifier == hostKey else { return .sealed(hostKey: hostKey) }
      return value == key.seal(forSeed: seed).keyedHash(of: hash) ? .same : .different
    }
  }

  /// Reads two columns of a row; nil if no host writes such columns.
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
