internal import Snapshot
internal import System

/// How the data of a request comes into journal, audit log and report.
///
/// The key that data is sealed under is a `RequestSeal` where there is something to seal or to open, and the identifier of
/// the host key where a record only says which one it takes.
///
/// The key's type has no constraint of its own: the run-time would look for the conformance in the first request of a process.
public enum RecordProtection<Key> {
  /// As it is: nothing of the request is classified.
  case plain
  /// Bytes under seal, and keyed hashes.
  case sealed(Key)
  /// Not at all: the request is classified, and the host has no key.
  case withheld

  /// Whether the request is classified.
  public var isClassified: Bool {
    switch self {
    case .plain: false
    case .sealed, .withheld: true
    }
  }
}

extension RecordProtection: Equatable where Key: Equatable {}
extension RecordProtection: Sendable where Key: Sendable {}

// MARK: - With the key

extension RecordProtection where Key == RequestSeal {
  /// What classified data of the request with this seed needs.
  init(classifiedUnder key: HostKey?, seed: Hash256) {
    self = key.map { .sealed($0.seal(forSeed: seed)) } ?? .withheld
  }

  /// The same, with the key only named.
  var named: RecordProtection<Hash256> {
    switch self {
    case .plain: .plain
    case .sealed(let seal): .sealed(seal.keyIdentifier)
    case .withheld: .withheld
    }
  }

  /// What stands for a hash.
  func hash(_ hash: Hash256) -> RecordedHash {
    switch self {
    case .plain: .plain(hash)
    case .sealed(let seal): .keyed(seal.keyedHash(of: hash), hostKey: seal.keyIdentifier)
    case .withheld: .withheld
    }
  }

  /// What stands for a hash that was made before more was known of the request.
  func hash(_ hash: RecordedHash) -> RecordedHash {
    if case .plain = hash.protection, let value = hash.value { self.hash(value) } else { hash }
  }

  /// What stands for bytes; nil if nothing does.
  func stored(_ bytes: SecretBytes, as part: RequestSeal.Part) -> [UInt8]? { encoding(of: part)?(bytes) }

  /// How bytes are stored; nil if they are not.
  func encoding(of part: RequestSeal.Part) -> ((SecretBytes) -> [UInt8])? {
    switch self {
    case .plain: { bytes in bytes.unprotectedCopy }
    case .sealed(let seal): { bytes in seal.seal(bytes, as: part) }
    case .withheld: nil
    }
  }
}

// MARK: - As records say it

extension RecordProtection where Key == Hash256 {
  /// Reads what a row of the journal says; nil if no host writes that.
  ///
  /// - Parameter hostKey: the identifier of the key, if one is named.
  init?(name: String, hostKey: Hash256?) {
    switch (name, hostKey) {
    case ("plain", nil): self = .plain
    case ("sealed", let hostKey?): self = .sealed(hostKey)
    case ("withheld", nil): self = .withheld
    default: return nil
    }
  }

  /// What a row of the journal says.
  var name: String {
    switch self {
    case .plain: "plain"
    case .sealed: "sealed"
    case .withheld: "withheld"
    }
  }

  /// The identifier of the key that data is sealed under; nil if it is not.
  var hostKey: Hash256? {
    switch self {
    case .sealed(let hostKey): hostKey
    case .plain, .withheld: nil
    }
  }

  /// The fields of an audit line.
  var auditFields: [PlainJSON.Field] {
    guard isClassified else { return [] }
    return [.init("classified", .bool(true)), .init("hostKey", hostKey.map { .string($0.hex) } ?? .null)]
  }

  /// The field of a report that says what the journal has of the request; nil if it has all of it as it is.
  var reportField: PlainJSON.Field? {
    switch self {
    case .plain: nil
    case .sealed: .init("journal", .string("sealed"))
    case .withheld: .init("journal", .string("none: classified data and no host key"))
    }
  }
}
