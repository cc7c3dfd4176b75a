import CommandSupport
import OperatingSystem
import Snapshot
import SwiftASN1
import X509

/// The certificates of a PEM file, in file order. None of them has been checked.
struct CertificateFile {
  /// The file's name in error messages.
  let path: String
  /// 1 to `countLimit` certificates.
  let certificates: [Certificate]

  /// Real chains have two or three certificates. Certificates with the same name could be tried in any order, so a
  /// longer list could take forever.
  static let countLimit = 8

  /// Reads a file that contains only certificates. Text around them is ignored.
  ///
  /// - Throws: a usage error if the file can't be read, or a refusal if it contains something else.
  init(readingFrom path: String) throws {
    try self.init(pem: SystemFile.read(path, limit: VerifyingKey.fileSizeLimit), path: path)
  }

  /// Reads the bytes of such a file.
  ///
  /// - Throws: a refusal.
  init(pem: [UInt8], path: String) throws {
    self.path = path
    guard let blocks = PEMBlock.blocks(in: pem), !blocks.isEmpty else {
      throw CommandError(
        "\(path): contains no PEM block", status: .refused,
        reason:
          "a certificate file is text, with base64 between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----",
        hint: "if it is DER: openssl x509 -inform DER -in \(path) -out CERT.pem")
    }
    guard blocks.count <= CertificateFile.countLimit else {
      throw CommandError(
        "\(path): holds \(blocks.count) certificates, more than \(CertificateFile.countLimit)", status: .refused,
        hint: "keep only the certificates of the chain")
    }
    certificates = try blocks.enumerated().map { index, block in
      guard ["CERTIFICATE", "X509 CERTIFICATE"].contains(block.label) else {
        throw CommandError(
          "\(path): holds \"\(block.label)\", which is not a certificate", status: .refused,
          hint: "keep only certificates: openssl x509 -in \(path) -out CERT.pem")
      }
      return try CertificateFile.certificate(der: block.der, place: "\(path): certificate \(index + 1)")
    }
  }

  private static func certificate(der: [UInt8], place: String) throws -> Certificate {
    do {
      return try Certificate(derEncoded: der)
    } catch let error as CertificateError where error.code == .unsupportedPublicKeyAlgorithm {
      throw CommandError(
        "\(place) holds a key whose algorithm is not supported", status: .refused,
        reason: "snapshots are signed only with ECDSA on the curve P-256 (prime256v1)",
        hint: "make a key pair with mqjs keygen -o KEY.pem, and have its public key certified")
    } catch let error as CertificateError where error.code == .unsupportedSignatureAlgorithm {
      throw CommandError(
        "\(place) is signed with \(SignatureAlgorithmName(certificate: der).text), which is not supported",
        status: .refused,
        reason: "supported are ECDSA and RSA (PKCS #1 v1.5), each over SHA-256, SHA-384 or SHA-512, and Ed25519",
        hint: "have a certificate issued with one of these")
    } catch {
      throw CommandError(
        "\(place) is damaged", status: .refused,
        reason: "its DER is not an X.509 certificate (RFC 5280), or its key is malformed",
        hint: "get it again from its issuer; openssl x509 -in CERT.pem -text shows what is in it")
    }
  }
}

extension Certificate {
  /// The owner of a certificate, for people.
  var name: String { subject.isEmpty ? "(no name)" : String(describing: subject) }
}
