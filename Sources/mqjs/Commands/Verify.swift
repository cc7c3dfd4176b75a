import ArgumentParser
import CommandSupport
import OperatingSystem
import Snapshot

/// `mqjs verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verifies a snapshot's signature and checks that it can be loaded.",
    discussion: """
      Does what every runtime does before it runs a snapshot, and no more. Nothing is run.

      The signature with openssl:
        openssl dgst -sha256 -verify key.pub.pem -signature app.msqs.sig app.msqs

      The key can also be an X.509 certificate of a P-256 key. Intermediate certificates follow it in the same file. \
      The certificate's dates and key usage are checked, and with --root its chain. Revocation is not checked.

      Examples:
        mqjs verify app.msqs --key key.pub.pem
        mqjs verify app.msqs --key signer.pem --root root.pem --at 2026-01-31
      """)

  @Argument(help: ArgumentHelp("The snapshot.", valueName: "app.msqs"), completion: .file(extensions: ["msqs"]))
  var file: String

  @Option(
    help: ArgumentHelp("The public key, or the signer's certificate.", valueName: "pub.pem|cert.pem"),
    completion: .file(extensions: ["pem"]))
  var key: String

  @OptionGroup(title: "Certificates") var certificates: CertificateOptions

  func run() throws {
    let trust = try certificates.trust(readingFrom: key)
    let snapshot = try UnverifiedSnapshot(readingFrom: file).verified(by: trust.key)
    try snapshot.check()
    let rows = [
      ("snapshot", file), ("signature", "verified"), ("load check", "passed"), ("sha256", snapshot.contentHash.hex),
      ("key", trust.key.fingerprint.hex),
    ]
    try Console.put(table: rows + trust.rows)
  }
}
