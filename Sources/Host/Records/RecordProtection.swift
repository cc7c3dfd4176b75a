internal import OperatingSystem
internal import Snapshot

/// How the data of a request is recorded in journal, audit log and report.
///
/// `Key` is `RequestSeal` where data is sealed or opened. It is the identifier of the host key where a record only says
/// which key it needs.
///
/// `Key` has no constraint: the Swift runtime would look up the conformance during the first request of a process.
public enum RecordProtection<Key> {
  /// In plain: nothing in the request is classified.
  case plain
  /// The bytes sealed, and the hashes keyed.
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
  /// The protection of classified data in the request with this seed.
  init(classifiedUnder key: HostKey?, seed: Hash256) {
    self = key.map { .sealed($0.seal(forSeed: seed)) } ?? .withheld
  }

  /// The same, with the identifier of the key in place of the key.
  var named: RecordProtection<Hash256> {
    switch self {
    case .plain: .plain
    case .sealed(let seal): .sealed(seal.keyIdentifier)
    case .withheld: .withheld
    }
  }

  /// The form in which a hash is recorded.
  func hash(_ hash: Hash256) -> RecordedHash {
    switch self {
    case .plain: .plain(hash)
    case .sealed(let seal): .keyed(seal.keyedHash(of: hash), hostKey: seal.keyIdentifier)
    case .withheld: .withheld
    }
  }

  /// The form in which a hash is recorded now, if it was computed when less was known about the request.
  func hash(_ hash: RecordedHash) -> RecordedHash {
    if case .plain = hash.protection, let value = hash.value { self.hash(value) } else { hash }
  }

  /// The form in which bytes are stored; nil if they are not stored.
  func stored(_ bytes: SecretBytes, as part: RequestSeal.Part) -> [UInt8]? { encoding(of: part)?(bytes) }

  /// How bytes are stored; nil if they are not stored.
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
  /// Reads the columns of a row of the journal; nil if no host writes such columns.
  ///
  /// - Parameter hostKey: the identifier of the key, if there is one.
  init?(name: String, hostKey: Hash256?) {
    switch (name, hostKey) {
    case ("plain", nil): self = .plain
    case ("sealed", let hostKey?): self = .sealed(hostKey)
    case ("withheld", nil): self = .withheld
    default: return nil
    }
  }

  /// The name in a row of the journal.
  var name: String {
    switch self {
    case .plain: "plain"
    case .sealed: "sealed"
    case .withheld: "withheld"
    }
  }

  /// The identifier of the key that data is sealed under; nil if data is not sealed.
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

  /// The field of a report that says how the journal has the request; nil if it has all of it in plain.
  var reportField: PlainJSON.Field? {
    switch self {
    case .plain: nil
    case .sealed: .init("journal", .string("sealed"))
    case .withheld: .init("journal", .string("none: classified data and no host key"))
    }
  }
}
