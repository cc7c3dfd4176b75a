import SwiftASN1

/// The usual name of the algorithm that a certificate is signed with. It is for certificates that can't be read because
/// that algorithm is not supported.
struct SignatureAlgorithmName {
  let text: String

  /// - Parameter certificate: DER that begins like a certificate.
  init(certificate der: [UInt8]) {
    guard let identifier = SignatureAlgorithmName.identifier(in: der) else {
      text = "an algorithm that can't be read"
      return
    }
    text = SignatureAlgorithmName.names.first { $0.identifier == identifier }?.name ?? "the algorithm \(identifier)"
  }

  private static let names: [(identifier: ASN1ObjectIdentifier, name: String)] = [
    ([1, 2, 840, 113_549, 1, 1, 2], "RSA over MD2"), ([1, 2, 840, 113_549, 1, 1, 4], "RSA over MD5"),
    ([1, 2, 840, 113_549, 1, 1, 5], "RSA over SHA-1"), ([1, 2, 840, 113_549, 1, 1, 10], "RSA-PSS"),
    ([1, 2, 840, 113_549, 1, 1, 14], "RSA over SHA-224"), ([1, 2, 840, 10_045, 4, 1], "ECDSA over SHA-1"),
    ([1, 2, 840, 10_045, 4, 3, 1], "ECDSA over SHA-224"), ([1, 2, 840, 10_040, 4, 3], "DSA over SHA-1"),
    ([2, 16, 840, 1, 101, 3, 4, 3, 2], "DSA over SHA-256"), ([1, 3, 101, 113], "Ed448"),
  ]

  /// RFC 5280, 4.1.1: the second part of the outer sequence begins with the algorithm's identifier.
  private static func identifier(in der: [UInt8]) -> ASN1ObjectIdentifier? {
    try? DER.sequence(try DER.parse(der), identifier: .sequence) { parts in
      guard parts.next() != nil, let algorithm = parts.next() else { throw ASN1Error.invalidASN1Object(reason: "") }
      while parts.next() != nil {}
      return try DER.sequence(algorithm, identifier: .sequence) { parts in
        let identifier = try ASN1ObjectIdentifier(derEncoded: &parts)
        while parts.next() != nil {}
        return identifier
      }
    }
  }
}
