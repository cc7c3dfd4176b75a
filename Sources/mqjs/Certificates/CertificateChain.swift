import CommandSupport
import FoundationEssentials
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// Looks for a chain from the first certificate of a key file, through the certificates after it, to a trusted root.
struct CertificateChain {
  /// The signer's certificate and, in any order, the certificates between it and a root.
  let file: CertificateFile
  /// The roots.
  let roots: CertificateFile
  /// The date at which every certificate of the chain must be valid.
  let date: CheckDate

  /// The root that the chain ends in.
  ///
  /// - Throws: a refusal that says where the chain ends, or what is wrong with it.
  func verifiedRoot() throws -> Certificate {
    let validation = CallingThread.result { [self] in
      var verifier = Verifier(rootCertificates: CertificateStore(roots.certificates)) {
        IssuerPolicy()
        RFC5280Policy(fixedExpiryValidationTime: date.date)
      }
      let intermediates = CertificateStore(file.certificates.dropFirst())
      return await verifier.validate(leaf: file.certificates[0], intermediates: intermediates)
    }
    switch validation {
    case .validCertificate(let chain):
      return chain.root
    case .couldNotValidate(let failures):
      throw CommandError(
        "\(file.path): no valid chain of certificates leads to a root in \(roots.path)", status: .refused,
        reason: failures.first.map(CertificateChain.text) ?? gap,
        hint: "put the issuers' certificates after the signer's in one file, and give --root the root they lead to")
    }
  }

  /// A policy's reason for rejecting a chain. The library describes certificates with all their contents; here, names
  /// replace the descriptions.
  private static func text(of failure: CertificateValidationResult.PolicyFailure) -> String {
    failure.chain.reduce(String(describing: failure.policyFailureReason)) { text, certificate in
      text.replacing(String(describing: certificate), with: certificate.name)
    }.replacing("RFC5280Policy: ", with: "")
  }

  /// Where the path from the first certificate to a root ends. It explains why there is no complete chain for a policy
  /// to check.
  private var gap: String {
    var tip = file.certificates[0]
    var others = roots.certificates + file.certificates.dropFirst()
    while true {
      let issuers = others.filter { $0.subject == tip.issuer }
      guard let issuer = issuers.first(where: { $0.publicKey.isValidSignature(tip.signature, for: tip) }) else {
        if tip.issuer == tip.subject { return "\(tip.name) is self-signed, and is not in \(roots.path)" }
        let name = String(describing: tip.issuer)
        return issuers.isEmpty
          ? "\(tip.name) is signed by \(name), whose certificate is neither in \(file.path) nor in \(roots.path)"
          : "\(tip.name) claims to be signed by \(name), but its signature is not by the key in that certificate"
      }
      if let identifier = issuer.unknownCriticalExtension {
        return "\(issuer.name) has the critical extension \(identifier), which is not supported"
      }
      others.removeAll { $0 == issuer }
      tip = issuer
    }
  }
}

/// Rules for the certificates of a chain, in addition to the RFC 5280 rules that swift-certificates checks: dates, CA,
/// length of the chain and name constraints. The library does not check key usage, and accepts version 1 and SHA-1.
struct IssuerPolicy: VerifierPolicy {
  let verifyingCriticalExtensions = Certificate.knownCriticalExtensions

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    for (index, certificate) in chain.enumerated() {
      let isRoot = index == chain.count - 1
      if let defect = defect(of: certificate, isIssuer: index > 0, isRoot: isRoot) {
        let text = "\(certificate.name) \(defect)"
        return .failsToMeetPolicy(reason: text)
      }
    }
    return .meetsPolicy
  }

  /// A root is trusted because the user gave it. Its own signature is not relied on.
  private func defect(of certificate: Certificate, isIssuer: Bool, isRoot: Bool) -> String? {
    if !isRoot, certificate.signatureAlgorithm == .sha1WithRSAEncryption { return "is signed with SHA-1" }
    if isIssuer, !isRoot, certificate.version != .v3 {
      return "is not a version 3 certificate, so nothing says that it is a CA"
    }
    if !isRoot, let limits = certificate.limitsAgainstCode { return limits }
    guard isIssuer else { return nil }
    do {
      guard let usage = try certificate.extensions.keyUsage else { return nil }
      return usage.keyCertSign ? nil : "may not sign certificates: its key usage forbids it"
    } catch {
      return "has a damaged key usage"
    }
  }
}
