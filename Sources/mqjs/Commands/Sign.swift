import ArgumentParser
import CommandSupport
import Snapshot
import System

/// `mqjs sign`
struct Sign: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Signs a snapshot.",
    discussion: """
      Writes APP.msqs.sig: ECDSA P-256 over the file's SHA-256, as DER. What is no snapshot that this mqjs can run is \
      not signed. Each signature of the same file is another one; all of them hold.

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
