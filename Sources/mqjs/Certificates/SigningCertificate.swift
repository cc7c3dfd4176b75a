import CommandSupport
import FoundationEssentials
import Snapshot
import SwiftASN1
import X509

/// The first certificate of a key file: the signer's. By itself, it is acceptable: it contains a key that can sign
/// snapshots, it is valid at the date, and it is not limited to other purposes. `CertificateChain` checks whether a
/// root vouches for it.
struct SigningCertificate {
  let certificate: Certificate
  /// Its key.
  let key: VerifyingKey

  /// - Throws: a refusal.
  init(_ file: CertificateFile, at date: CheckDate) throws {
    certificate = file.certificates[0]
    let place = "\(file.path): the certificate of \(certificate.name)"
    key = try SigningCertificate.key(of: certificate, place: place)
    try SigningCertificate.checkValidity(of: certificate, at: date, place: place)
    if let limits = certificate.limitsAgainstSigning {
      throw CommandError(
        "\(place) \(limits)", status: .refused, reason: "its issuer vouches for the key only for certain purposes",
        hint:
          "have one issued with the key usage digitalSignature; an extended key usage, if any, must be codeSigning")
    }
    if let identifier = certificate.unknownCriticalExtension {
      throw CommandError(
        "\(place) has the critical extension \(identifier), which is not supported", status: .refused,
        reason: "an unknown critical extension must not be ignored (RFC 5280, 4.2)", hint: "have one issued without it")
    }
  }

  private static func key(of certificate: Certificate, place: String) throws -> VerifyingKey {
    let pem = try certificate.publicKey.serializeAsPEM().pemString
    do {
      return try VerifyingKey(pem: Array(pem.utf8), path: place)
    } catch {
      var refusal = CommandError(error)
      refusal.hint = "make a key pair with mqjs keygen -o KEY.pem, and have its public key certified"
      throw refusal
    }
  }

  private static func checkValidity(of certificate: Certificate, at check: CheckDate, place: String) throws {
    let (start, end) = (certificate.notValidBefore, certificate.notValidAfter)
    if start <= check.date, check.date <= end { return }
    throw CommandError(
      check.date < start ? "\(place) is not valid yet" : "\(place) has expired", status: .refused,
      reason: "its issuer vouches for the key only for that time",
      details: [
        "valid      \(start.ISO8601Format()) to \(end.ISO8601Format())", "checked at \(check.text)",
      ],
      hint: "use the certificate that is valid now, or give the date to check: --at DATE")
  }
}

extension Certificate {
  /// Critical extensions that are honoured, by the rules here or by the RFC 5280 rules of swift-certificates.
  static let knownCriticalExtensions: [ASN1ObjectIdentifier] = [
    .X509ExtensionID.keyUsage, .X509ExtensionID.extendedKeyUsage, .X509ExtensionID.basicConstraints,
    .X509ExtensionID.nameConstraints,
  ]

  /// A critical extension that is unknown here.
  var unknownCriticalExtension: ASN1ObjectIdentifier? {
    extensions.first { $0.critical && !Certificate.knownCriticalExtensions.contains($0.oid) }?.oid
  }

  /// How the certificate's own extensions forbid its key to sign snapshots; nil if they don't.
  var limitsAgainstSigning: String? {
    do {
      if let usage = try extensions.keyUsage, !usage.digitalSignature {
        return "may not sign: its key usage forbids it"
      }
    } catch {
      return "has a damaged key usage"
    }
    return limitsAgainstCode
  }

  /// How the extended key usage forbids signing code, by the certificate's own key or by keys that it vouches for; nil
  /// if it does not.
  var limitsAgainstCode: String? {
    do {
      guard let purposes = try extensions.extendedKeyUsage else { return nil }
      return purposes.contains(.codeSigning) || purposes.contains(.any)
        ? nil : "may not sign code: its extended key usage forbids it"
    } catch {
      return "has a damaged extended key usage"
    }
  }
}
