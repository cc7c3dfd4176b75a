import ArgumentParser
import CommandSupport
import OperatingSystem
import Snapshot

/// `mqjs keygen`
struct Keygen: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a key pair: one key signs snapshots, the other verifies them.",
    discussion: """
      Makes ECDSA keys on the curve P-256, in PEM: the private key as PKCS #8 with mode 0600, and the public key \
      beside it, with .pub in its name. Deployments need only the public key. Existing files are never overwritten.

      The same with openssl:
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem
        openssl pkey -in key.pem -pubout -out key.pub.pem

      With --host-key, makes the symmetric key under which a host seals classified data in its journal and audit log: \
      256 random bits as 64 hexadecimal digits. The same with openssl:
        (umask 077; openssl rand -hex 32 > host.key)

      Examples:
        mqjs keygen -o key.pem                  writes key.pem and key.pub.pem
        mqjs keygen --host-key -o host.key      writes host.key
      """)

  @Option(
    name: .short, help: ArgumentHelp("The file to write the private key to.", valueName: "key.pem"),
    completion: .file(extensions: ["pem"]))
  var output: String

  @Flag(help: "Makes a host key, which seals classified data, instead of a key pair.")
  var hostKey = false

  func run() throws {
    if hostKey { return try makeHostKey() }
    let key = SigningKey()
    try key.write(to: output)
    try Console.put(table: [
      ("private key", "\(output) (mode 0600: keep it secret)"), ("public key", SigningKey.publicPath(for: output)),
      ("fingerprint", key.verifyingKey.fingerprint.hex),
    ])
  }

  private func makeHostKey() throws {
    let key = HostKey()
    try key.write(to: output)
    try Console.put(table: [
      ("host key", "\(output) (mode 0600: keep it secret)"), ("identifier", key.identifier.hex),
    ])
  }
}
