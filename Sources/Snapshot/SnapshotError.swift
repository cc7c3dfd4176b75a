public import OperatingSystem

/// Why a snapshot, a signature or a key was not accepted: what happened, to which file, why, and what to do instead.
public struct SnapshotError: Error, Equatable, Sendable {
  /// What happened.
  public enum Kind: Equatable, Sendable {
    /// The file could not be read or written, or memory could not be allocated.
    case system(SystemError.Kind)
    /// The snapshot has no signature file.
    case noSignature
    /// The signature file does not hold a DER signature of ECDSA P-256.
    case malformedSignature(SignatureDefect)
    /// The signature is not a signature of these bytes by this key; the payload is the SHA-256 of each.
    case signatureMismatch(content: Hash256, key: Hash256)
    /// The key file does not hold a key that can be used here.
    case unusableKey(KeyDefect)
    /// The bytes do not begin like a snapshot.
    case notASnapshot
    /// The bytes begin like a snapshot that was transferred in text mode.
    case damagedLineEnds
    /// The snapshot has another format version.
    case otherFormatVersion(found: Int, supported: Int)
    /// The snapshot was built for another gas schedule.
    case otherGasSchedule(found: Hash256, supported: Hash256)
    /// The file's length differs from the one in its header, or it is too short for a header; both are in bytes.
    case wrongLength(found: Int, stated: UInt64)
    /// The load check found something that no compiler writes; the payload describes it.
    case defective(String)
  }

  /// What is wrong with a key file.
  public enum KeyDefect: Error, Equatable, Sendable {
    /// It has no PEM block, or one that is not base64.
    case notPEM
    /// It has a PEM block of another kind; the payload is its label.
    case otherContent(label: String)
    /// It has a private key, but a public key is needed.
    case privateKey
    /// It has a public key, but a private key is needed.
    case publicKey
    /// It has a private key that is encrypted with a passphrase.
    case encrypted
    /// It has a certificate, but a key is needed.
    case certificate
    /// It has a key of another algorithm or curve; the payload is its name.
    case otherAlgorithm(String)
    /// It is not a host key: 64 lowercase hexadecimal digits.
    case notHexadecimal
    /// Its DER is damaged, or its point is not on the curve.
    case damaged
  }

  /// What is wrong with a signature file.
  public enum SignatureDefect: Error, Equatable, Sendable {
    /// It is empty.
    case empty
    /// It is longer than any signature; the limit is in bytes.
    case tooLong(limit: Int)
    /// It holds text (PEM, base64, hexadecimal) instead of DER.
    case text
    /// It is not `SEQUENCE { INTEGER r, INTEGER s }` in DER, or bytes follow it.
    case notDER
    /// A number is outside 1 … 2^256-1.
    case outOfRange
  }

  /// What happened.
  public let kind: Kind
  /// The file, as it was named; a made-up name for memory.
  public let path: String

  /// An error about a file.
  public init(_ kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }

  /// A system error about a snapshot, its signature or its key.
  public init(_ error: SystemError) {
    self.init(.system(error.kind), path: error.path)
  }

  /// Calls a body that can only fail with a system error.
  static func wrapping<Result: ~Copyable>(
    _ body: () throws(SystemError) -> Result
  ) throws(SnapshotError) -> Result {
    do throws(SystemError) {
      return try body()
    } catch {
      throw SnapshotError(error)
    }
  }

  /// The kind of failure.
  public var category: SystemError.Category {
    switch kind {
    case .system(let kind): SystemError(kind, path: path).category
    case .noSignature, .malformedSignature, .signatureMismatch, .unusableKey, .notASnapshot, .damagedLineEnds,
      .otherFormatVersion, .otherGasSchedule, .wrongLength, .defective:
      .refused
    }
  }
}

// MARK: - Texts

extension SnapshotError {
  /// One line: the file, and what is wrong with it.
  public var message: String { "\(path): \(what)" }

  /// What is wrong with the file, to follow its name.
  public var what: String {
    switch kind {
    case .system(let kind): SystemError(kind, path: path).what
    case .noSignature: "the signature file is missing"
    case .malformedSignature(.empty): "the signature file is empty"
    case .malformedSignature: "is not a DER signature of ECDSA P-256"
    case .signatureMismatch: "the signature does not belong to this file under this key"
    case .unusableKey(let defect): defect.what
    case .notASnapshot: "is not a snapshot"
    case .damagedLineEnds: "is a snapshot whose line ends were converted on the way"
    case .otherFormatVersion(let found, let supported):
      "is a snapshot of format version \(found); this runtime reads version \(supported)"
    case .otherGasSchedule: "was built for another gas schedule"
    case .wrongLength(let found, let stated): "has \(found) bytes instead of \(stated)"
    case .defective(let defect): "fails the load check: \(defect)"
    }
  }

  /// Why that is an error; nil if the message says it all.
  public var reason: String? {
    switch kind {
    case .system(let kind): SystemError(kind, path: path).reason
    case .noSignature:
      "a snapshot runs only if it is signed: the signature is looked for beside it, under its name and \".sig\""
    case .malformedSignature(.tooLong(let limit)): "it has more than \(limit) bytes; a signature has 72 at most"
    case .malformedSignature(.text): "it holds text; the signature is the bare DER bytes, as openssl writes them"
    case .malformedSignature(.notDER): "DER has exactly one form: a sequence of the integers r and s, and no byte more"
    case .malformedSignature(.outOfRange): "r and s are positive and have at most 256 bits"
    case .signatureMismatch:
      "the file was changed after it was signed, or the signature is another file's, or it was made with another key"
    case .unusableKey(let defect): defect.reason
    case .notASnapshot: "its first bytes are not those of a .msqs file"
    case .otherGasSchedule: "the same run would use another amount of gas here"
    case .wrongLength(let found, let stated):
      UInt64(found) < stated ? "it was truncated" : "something was appended to it"
    case .defective: "no compiler writes this, so nothing in the file can be trusted"
    case .malformedSignature(.empty), .damagedLineEnds, .otherFormatVersion: nil
    }
  }

  /// Values that belong to the reason, one on each line.
  public var details: [String] {
    switch kind {
    case .signatureMismatch(let content, let key):
      ["SHA-256 of the file       \(content)", "SHA-256 of the public key \(key)"]
    case .otherGasSchedule(let found, let supported):
      ["its schedule          \(found)", "this runtime's        \(supported)"]
    case .system, .noSignature, .malformedSignature, .unusableKey, .notASnapshot, .damagedLineEnds,
      .otherFormatVersion, .wrongLength, .defective:
      []
    }
  }

  /// What to do instead; nil if there is no advice.
  public var hint: String? {
    switch kind {
    case .system(let kind): SystemError(kind, path: path).hint
    case .noSignature: "sign it where the private key is: mqjs sign APP.msqs --key KEY.pem"
    case .malformedSignature:
      "sign again: mqjs sign APP.msqs --key KEY.pem, or openssl dgst -sha256 -sign KEY.pem -out APP.msqs.sig APP.msqs"
    case .signatureMismatch: "take the file, the signature and the public key from the same release, or sign again"
    case .unusableKey(let defect): defect.hint
    case .notASnapshot: "make one from source: mqjs build APP.js -o APP.msqs"
    case .damagedLineEnds, .wrongLength: "copy it again, as binary"
    case .otherFormatVersion, .otherGasSchedule, .defective:
      "build it again from source with the mqjs that belongs to this runtime, and sign it"
    }
  }
}

extension SnapshotError.KeyDefect {
  fileprivate var what: String {
    switch self {
    case .notPEM: "contains no PEM block"
    case .otherContent(let label): "holds \"\(label)\", which is not a key"
    case .privateKey: "is a private key; a public one is needed here"
    case .publicKey: "is a public key; signing needs the private one"
    case .encrypted: "is a private key protected by a passphrase"
    case .certificate: "is a certificate; a public key is needed here"
    case .otherAlgorithm(let name): "is a key for \(name)"
    case .notHexadecimal: "is not a host key"
    case .damaged: "is a damaged key"
    }
  }

  fileprivate var reason: String? {
    switch self {
    case .notPEM: "a key file is text, with base64 between -----BEGIN …----- and -----END …-----"
    case .privateKey: "verification needs only the public key; the private key should not be here"
    case .otherAlgorithm: "snapshots are signed with ECDSA on the curve P-256 (prime256v1), and nothing else"
    case .notHexadecimal: "a host key is 64 lowercase hexadecimal digits, 256 bits"
    case .damaged: "its DER is not a P-256 key's, or its point is not on the curve"
    case .otherContent, .publicKey, .encrypted, .certificate: nil
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .privateKey: "give the .pub.pem beside it, or make one: openssl pkey -in KEY.pem -pubout -out KEY.pub.pem"
    case .publicKey: "give the private key: the file without .pub in its name"
    case .encrypted: "decrypt it first, in a protected place: openssl pkcs8 -in KEY.pem -out PLAIN.pem"
    case .certificate: "take its key out: openssl x509 -in CERT.pem -pubkey -noout -out KEY.pub.pem"
    case .notHexadecimal: "make one: mqjs keygen --host-key -o HOST.key"
    case .notPEM, .otherContent, .otherAlgorithm, .damaged: "make a key pair: mqjs keygen -o KEY.pem"
    }
  }
}
