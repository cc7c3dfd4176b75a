public import System

/// A hash as journal, audit log and reports have it.
public enum RecordedHash: Equatable, Sendable {
  /// SHA-256.
  case plain(Hash256)
  /// HMAC-SHA-256 over the SHA-256, under a key of the request (`RequestSeal`): for classified data, whose SHA-256 would
  /// tell a card number to whoever tries them all.
  case keyed(Hash256)
  /// Nothing: the data is classified, and the host has no key.
  case withheld

  /// The 32 bytes of either kind; nil if there are none.
  var value: Hash256? {
    switch self {
    case .plain(let hash), .keyed(let hash): hash
    case .withheld: nil
    }
  }

  /// The field of an object that says what kind of hash it holds: `inputSha256`, `inputHmacSha256`.
  ///
  /// - Parameter subject: what was hashed.
  func field(_ subject: String) -> PlainJSON.Field {
    switch self {
    case .plain(let hash): .init("\(subject)Sha256", .string(hash.hex))
    case .keyed(let hash): .init("\(subject)HmacSha256", .string(hash.hex))
    case .withheld: .init("\(subject)HmacSha256", .null)
    }
  }

  /// The same for something of the same request that is not there.
  func missingField(_ subject: String) -> PlainJSON.Field {
    if case .plain = self { .init("\(subject)Sha256", .null) } else { .init("\(subject)HmacSha256", .null) }
  }
}
