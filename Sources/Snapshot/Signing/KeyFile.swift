/// The contents of a key file, read in enough detail to say why a key can't be used.
enum KeyFile {
  enum Content {
    case publicKey(der: [UInt8])
    /// PKCS #8, or SEC 1 as written by `openssl ecparam -genkey`.
    case privateKey(der: [UInt8])
  }

  /// Finds the key in a PEM file. Blocks that only name the curve (`EC PARAMETERS`) are skipped.
  static func read(_ text: [UInt8]) throws(SnapshotError.KeyDefect) -> Content {
    guard let blocks = PEMBlock.blocks(in: text),
      let block = blocks.first(where: { $0.label != "EC PARAMETERS" })
    else { throw .notPEM }
    if block.hasHeaders { throw .encrypted }
    switch block.label {
    case "PUBLIC KEY":
      if let name = foreignAlgorithm(publicKey: block.der) { throw .otherAlgorithm(name) }
      return .publicKey(der: block.der)
    case "PRIVATE KEY":
      if let name = foreignAlgorithm(pkcs8: block.der) { throw .otherAlgorithm(name) }
      return .privateKey(der: block.der)
    case "EC PRIVATE KEY":
      if let name = foreignCurve(sec1: block.der) { throw .otherAlgorithm(name) }
      return .privateKey(der: block.der)
    case "ENCRYPTED PRIVATE KEY": throw .encrypted
    case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE": throw .certificate
    case "RSA PUBLIC KEY", "RSA PRIVATE KEY": throw .otherAlgorithm("RSA")
    case "DSA PRIVATE KEY": throw .otherAlgorithm("DSA")
    default: throw .otherContent(label: block.label)
    }
  }

  /// The name of the algorithm or curve of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7); nil if it is P-256, or
  /// if the DER can't be read.
  private static func foreignAlgorithm(publicKey der: [UInt8]) -> String? {
    var file = DERReader(der)
    guard let info = file.read(.sequence) else { return nil }
    var fields = DERReader(info)
    return fields.read(.sequence).flatMap(foreignName(algorithm:))
  }

  /// The same for a PKCS #8 `PrivateKeyInfo` (RFC 5208, section 5).
  private static func foreignAlgorithm(pkcs8 der: [UInt8]) -> String? {
    var file = DERReader(der)
    guard let info = file.read(.sequence) else { return nil }
    var fields = DERReader(info)
    guard fields.read(.integer) != nil else { return nil }
    return fields.read(.sequence).flatMap(foreignName(algorithm:))
  }

  /// The same for a SEC 1 `ECPrivateKey` (RFC 5915, section 3).
  private static func foreignCurve(sec1 der: [UInt8]) -> String? {
    var file = DERReader(der)
    guard let info = file.read(.sequence) else { return nil }
    var fields = DERReader(info)
    guard fields.read(.integer) != nil, fields.read(.octetString) != nil, let parameters = fields.read(.context0)
    else { return nil }
    var curve = DERReader(parameters)
    return curve.read(.objectIdentifier).flatMap(foreignName(curve:))
  }

  private static func foreignName(algorithm: ArraySlice<UInt8>) -> String? {
    var fields = DERReader(algorithm)
    guard let identifier = fields.read(.objectIdentifier) else { return nil }
    if identifier.elementsEqual([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]) {
      // id-ecPublicKey: the curve follows, either its name or all its parameters.
      guard let curve = fields.read(.objectIdentifier) else { return "a curve that is not given by its name" }
      return foreignName(curve: curve)
    }
    for (name, known) in algorithms where identifier.elementsEqual(known) { return name }
    return "an algorithm that is not known here"
  }

  private static func foreignName(curve: ArraySlice<UInt8>) -> String? {
    if curve.elementsEqual([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]) { return nil }
    for (name, known) in curves where curve.elementsEqual(known) { return "the curve \(name)" }
    return "a curve that is not known here"
  }

  private static let algorithms: [(String, [UInt8])] = [
    ("RSA", [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]),
    ("RSA-PSS", [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a]),
    ("DSA", [0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01]),
    ("Ed25519", [0x2b, 0x65, 0x70]),
    ("Ed448", [0x2b, 0x65, 0x71]),
    ("X25519", [0x2b, 0x65, 0x6e]),
    ("X448", [0x2b, 0x65, 0x6f]),
  ]

  private static let curves: [(String, [UInt8])] = [
    ("P-224", [0x2b, 0x81, 0x04, 0x00, 0x21]),
    ("P-384", [0x2b, 0x81, 0x04, 0x00, 0x22]),
    ("P-521", [0x2b, 0x81, 0x04, 0x00, 0x23]),
    ("secp256k1", [0x2b, 0x81, 0x04, 0x00, 0x0a]),
    ("P-192", [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01]),
    ("brainpoolP256r1", [0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07]),
  ]
}
