import ArgumentParser
import Snapshot

/// `mqjs verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verifies a snapshot's signature and checks that it can be loaded.",
    discussion: """
      Does what every runtime does before it runs a snapshot, and no more: nothing of it is run.

      The signature with openssl:
        openssl dgst -sha256 -verify key.pub.pem -signature app.msqs.sig app.msqs

      Example:
        mqjs verify app.msqs --key key.pub.pem
      """)

  @Argument(help: ArgumentHelp("The snapshot.", valueName: "app.msqs"), completion: .file(extensions: ["msqs"]))
  var file: String

  @Option(help: ArgumentHelp("The public key.", valueName: "pub.pem"), completion: .file(extensions: ["pem"]))
  var key: String

  func run() throws {
    let key = try VerifyingKey(readingFrom: key)
    let snapshot = try UnverifiedSnapshot(readingFrom: file).verified(by: key)
    try snapshot.check()
    try Console.put(table: [
      ("snapshot", file), ("signature", "verified"), ("load check", "passed"), ("sha256", snapshot.contentHash.hex),
      ("key", key.fingerprint.hex),
    ])
  }
}
