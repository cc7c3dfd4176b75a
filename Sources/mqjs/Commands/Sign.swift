import ArgumentParser
import CommandSupport
import OperatingSystem
import Snapshot

/// `mqjs sign`
struct Sign: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Signs a snapshot.",
    discussion: """
      Writes APP.msqs.sig: an ECDSA P-256 signature of the file's SHA-256, as DER. Refuses a file that is not a \
      snapshot which this mqjs can run. Signing the same file again gives a different signature; all of them are \
      valid.

      The same with openssl:
        openssl dgst -sha256 -sign key.pem -out app.msqs.sig app.msqs

      Example:
        mqjs sign app.msqs --key key.pem
      """)

  @Argument(help: ArgumentHelp("The snapshot.", valueName: "app.msqs"), completion: .file(extensions: ["msqs"]))
  var file: String

  @Option(help: ArgumentHelp("The private key.", valueName: "key.pem"), completion: .file(extensions: ["pem"]))
  var key: String

  func run() throws {
    var files = NamedFiles()
    files.add("the snapshot", file, .reading)
    files.add("--key", key, .reading)
    files.add("the signature", UnverifiedSnapshot.signaturePath(for: file), .writing)
    try files.check()
    let key = try SigningKey(readingFrom: key)
    let snapshot = try UnverifiedSnapshot(readingFrom: file)
    try snapshot.check()
    let path = UnverifiedSnapshot.signaturePath(for: file)
    try SystemFile.write(try snapshot.signature(by: key), to: path)
    try Console.put(table: [
      ("signature", path), ("sha256", snapshot.contentHash.hex), ("key", key.verifyingKey.fingerprint.hex),
    ])
  }
}
