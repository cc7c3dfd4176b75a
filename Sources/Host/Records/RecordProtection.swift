internal import Snapshot
public import System

/// How the bytes of one request, and hashes of them, come into journal and audit log.
enum RecordProtection: Equatable, Sendable {
  /// As they are: nothing of the request is classified.
  case plain
  /// Bytes under seal, and keyed hashes.
  case sealed(RequestSeal)
  /// Not at all: the request is classified, and the host has no key.
  case withheld

  /// What classified data of the request with this seed needs.
  init(classifiedUnder key: HostKey?, seed: Hash256) {
    self = key.map { .sealed($0.seal(forSeed: seed)) } ?? .withheld
  }

  /// Whether the request is classified.
  var isClassified: Bool { self != .plain }

  /// The identifier of the host key that bytes are sealed under; nil if they are not.
  var hostKey: Hash256? {
    if case .sealed(let seal) = self { seal.keyIdentifier } else { nil }
  }

  /// What stands for a hash.
  func hash(_ hash: Hash256) -> RecordedHash {
    switch self {
    case .plain: .plain(hash)
    case .sealed(let seal): .keyed(seal.keyedHash(of: hash))
    case .withheld: .withheld
    }
  }

  /// What stands for a hash that was made before more was known of the request.
  func hash(_ hash: RecordedHash) -> RecordedHash {
    if case .plain(let hash) = hash { self.hash(hash) } else { hash }
  }

  /// What stands for bytes; nil if nothing does.
  func stored(_ bytes: SecretBytes, as part: RequestSeal.Part) -> [UInt8]? {
    switch self {
    case .plain: bytes.unprotectedCopy
    case .sealed(let seal): seal.seal(bytes, as: part)
    case .withheld: nil
    }
  }

  /// What reports and audit lines say of it; nil for `.plain`.
  var classification: RecordedClassification? {
    switch self {
    case .plain: nil
    case .sealed(let seal): .sealed(hostKey: seal.keyIdentifier)
    case .withheld: .withheld
    }
  }
}

/// What became of the record of a request that holds classified data.
public enum RecordedClassification: Equatable, Sendable {
  /// Its bytes are under seal and its hashes are keyed, by the host key of this identifier.
  case sealed(hostKey: Hash256)
  /// The host has no key: neither bytes nor hashes are recorded.
  case withheld

  /// The fields of a report or an audit line.
  var fields: [PlainJSON.Field] {
    let hostKey: PlainJSON = if case .sealed(let identifier) = self { .string(identifier.hex) } else { .null }
    return [.init("classified", .bool(true)), .init("hostKey", hostKey)]
  }
}
