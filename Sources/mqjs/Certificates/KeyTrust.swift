import ArgumentParser
import CommandSupport
import FoundationEssentials
import OperatingSystem
import Snapshot
import X509

/// The requirements for a certificate.
struct CertificateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Trusted certificates; the chain must lead to one of them.",
      discussion: "Without it, the certificate in the key file is trusted as it is.", valueName: "root.pem"),
    completion: .file(extensions: ["pem"]))
  var root: String?

  @Option(
    help: ArgumentHelp(
      "The date on which certificates must be valid: 2026-01-31 or 2026-01-31T12:00:00Z.",
      discussion: "Defaults to the system's date.", valueName: "date"))
  var at: String?

  /// Whether there are no requirements.
  var isEmpty: Bool { root == nil && at == nil }

  /// Reads the key from a file that contains either a public key, or the signer's certificate and the certificates
  /// between it and a root.
  ///
  /// - Throws: a usage error if a file can't be read or the date is invalid; a refusal.
  func trust(readingFrom path: String) throws -> KeyTrust {
    let pem = try SystemFile.read(path, limit: VerifyingKey.fileSizeLimit)
    let date = try at.map { try CheckDate($0) } ?? .now
    do {
      let key = try VerifyingKey(pem: pem, path: path)
      try refuseRequirementsOfCertificates(path: path)
      return KeyTrust(key: key, certificate: nil)
    } catch let error as SnapshotError where error.kind == .unusableKey(.certificate) {
      return try trust(CertificateFile(pem: pem, path: path), at: date)
    }
  }

  private func trust(_ file: CertificateFile, at date: CheckDate) throws -> KeyTrust {
    let signer = try SigningCertificate(file, at: date)
    let chain = try root.map { CertificateChain(file: file, roots: try CertificateFile(readingFrom: $0), date: date) }
    let root = try chain?.verifiedRoot()
    return KeyTrust(
      key: signer.key, certificate: KeyTrust.Evidence(certificate: signer.certificate, root: root, date: date))
  }

  /// Refuses the options for a root and a date, because a bare public key has neither an issuer nor dates.
  private func refuseRequirementsOfCertificates(path: String) throws {
    guard let option = root != nil ? "--root" : at != nil ? "--at" : nil else { return }
    throw CommandError(
      "\(path): this is a public key, but \(option) needs a certificate", status: .refused,
      reason: "a bare key has no dates and no issuer", hint: "give the signer's certificate, or leave \(option) out")
  }
}

/// The key that a snapshot is verified with, and the reason why it is accepted as the signer's key.
struct KeyTrust {
  /// The facts about an accepted certificate.
  struct Evidence {
    let certificate: Certificate
    /// The root that its chain leads to; nil if no root was required.
    let root: Certificate?
    let date: CheckDate
  }

  let key: VerifyingKey
  /// Nil if the key was given as a public key.
  let certificate: Evidence?

  /// Rows of a table.
  var rows: [(name: String, value: String)] {
    guard let certificate else { return [] }
    let (start, end) = (certificate.certificate.notValidBefore, certificate.certificate.notValidAfter)
    return [
      ("certificate", certificate.certificate.name), ("valid", "\(start.ISO8601Format()) to \(end.ISO8601Format())"),
      ("checked at", certificate.date.text),
      ("root", certificate.root?.name ?? "not checked: no --root was given"),
    ]
  }

  /// Reports on standard error that a certificate was checked at the system's date, because no date was given.
  func reportAssumptions() {
    guard let certificate, certificate.date.isSystems else { return }
    Console.say(
      line:
        "\(Console.styled("note:", .note)) the certificate was checked at \(certificate.date.text); --at sets another date"
    )
  }
}
