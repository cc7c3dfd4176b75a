import ArgumentParser
import Snapshot

/// `mqjs keygen`
struct Keygen: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a pair of keys: one that signs snapshots, one that verifies them.",
    discussion: """
      Keys are of ECDSA on the curve P-256, in PEM: the private one as PKCS #8 with mode 0600, the public one beside it \
      with .pub in its name. Who deploys needs the public key alone. Existing files are never overwritten.

      The same with openssl:
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem
        openssl pkey -in key.pem -pubout -out key.pub.pem

      Example:
        mqjs keygen -o key.pem                  writes key.pem and key.pub.pem
      """)

  @Option(
    name: .short, help: ArgumentHelp("Where the private key goes.", valueName: "key.pem"),
    completion: .file(extensions: ["pem"]))
  var output: String

  func run() throws {
    let key = SigningKey()
    try key.write(to: output)
    try Console.put(table: [
      ("private key", "\(output) (mode 0600: keep it secret)"), ("public key", SigningKey.publicPath(for: output)),
      ("fingerprint", key.verifyingKey.fingerprint.hex),
    ])
  }
}
