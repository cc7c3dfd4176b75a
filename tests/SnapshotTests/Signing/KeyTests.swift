import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// An unusable key file is refused. The error says what the file is and what to use instead.
@Suite struct KeyTests {
  private func defect(ofPublicKey pem: some StringProtocol) -> SnapshotError.KeyDefect? {
    defect { () throws(SnapshotError) in _ = try VerifyingKey(pem: Array(pem.utf8), path: "key") }
  }

  private func defect(ofPrivateKey pem: some StringProtocol) -> SnapshotError.KeyDefect? {
    defect { () throws(SnapshotError) in _ = try SigningKey(pem: Array(pem.utf8), path: "key") }
  }

  private func defect(of work: () throws(SnapshotError) -> Void) -> SnapshotError.KeyDefect? {
    do {
      try work()
      return nil
    } catch {
      guard case .unusableKey(let defect) = error.kind else { return nil }
      return defect
    }
  }

  @Test(arguments: [
    ("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384", "the curve P-384"),
    ("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521", "the curve P-521"),
    ("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1", "the curve secp256k1"),
    ("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024", "RSA"),
    ("genpkey -algorithm ED25519", "Ed25519"),
    ("ecparam -genkey -name secp384r1", "the curve P-384"),
  ])
  func keysOfOtherAlgorithmsAreNamed(generation: String, name: String) throws {
    let folder = try Workspace()
    try folder.openssl("\(generation) -out key.pem")
    try folder.openssl("pkey -in key.pem -pubout -out key.pub.pem")
    let (secret, open) = try (folder.read("key.pem"), folder.read("key.pub.pem"))
    #expect(defect(ofPrivateKey: String(decoding: secret, as: UTF8.self)) == .otherAlgorithm(name))
    #expect(defect(ofPublicKey: String(decoding: open, as: UTF8.self)) == .otherAlgorithm(name))
  }

  @Test func filesWithoutAKeyAreRefused() throws {
    #expect(defect(ofPublicKey: "") == .notPEM)
    #expect(defect(ofPublicKey: "hello") == .notPEM)
    #expect(defect(ofPublicKey: "-----BEGIN PUBLIC KEY-----\nMFkw") == .notPEM)
    #expect(defect(ofPublicKey: "-----BEGIN PUBLIC KEY-----\nM!kw\n-----END PUBLIC KEY-----") == .notPEM)
    #expect(defect(ofPublicKey: "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----") == .damaged)
    #expect(defect(ofPublicKey: "-----BEGIN X-----\nMFkw\n-----END X-----") == .otherContent(label: "X"))
    let certificate = "-----BEGIN CERTIFICATE-----\nMFkw\n-----END CERTIFICATE-----"
    #expect(defect(ofPublicKey: certificate) == .certificate)
  }

  @Test func theOtherHalfOfThePairIsRecognised() throws {
    let key = SigningKey()
    #expect(defect(ofPublicKey: key.pem) == .privateKey)
    #expect(defect(ofPrivateKey: key.verifyingKey.pem) == .publicKey)
  }

  @Test func encryptedKeysAreRecognised() throws {
    let folder = try Workspace()
    try SigningKey().write(to: folder("key.pem"))
    try folder.openssl("pkcs8 -topk8 -in key.pem -passout pass:secret -out locked.pem")
    #expect(defect(ofPrivateKey: String(decoding: try folder.read("locked.pem"), as: UTF8.self)) == .encrypted)
    try folder.openssl("ec -in key.pem -aes128 -passout pass:secret -out locked.pem")
    #expect(defect(ofPrivateKey: String(decoding: try folder.read("locked.pem"), as: UTF8.self)) == .encrypted)
  }

  @Test func everyDamagedByteOfAPublicKeyIsRefusedOrAnotherKey() throws {
    let key = SigningKey().verifyingKey
    let lines = key.pem.split(separator: "\n")
    let characters = Array(lines[1..<(lines.count - 1)].joined().utf8)
    for index in characters.indices {
      var damaged = characters
      damaged[index] = damaged[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      let text = "\(lines[0])\n\(String(decoding: damaged, as: UTF8.self))\n\(lines[lines.count - 1])\n"
      let other = try? VerifyingKey(pem: Array(text.utf8), path: "key")
      #expect(other?.fingerprint != key.fingerprint)
    }
  }

  @Test func keysAreNeverOverwritten() throws {
    let folder = try Workspace()
    try SigningKey().write(to: folder("key.pem"))
    let before = try folder.read("key.pem")
    let second = #expect(throws: SystemError.self) { try SigningKey().write(to: folder("key.pem")) }
    #expect(second?.kind == .alreadyExists)
    #expect(try folder.read("key.pem") == before)
    // If a private key has lost its public key, the pair is not completed with a key that does not belong to it.
    SystemFile.remove(folder("key.pub.pem"))
    let third = #expect(throws: SystemError.self) { try SigningKey().write(to: folder("key.pem")) }
    #expect(third?.kind == .alreadyExists)
    #expect(!SystemFile.exists(folder("key.pub.pem")))
  }

  @Test func publicKeysAreNamedAfterThePrivateOnes() {
    #expect(SigningKey.publicPath(for: "KEY.pem") == "KEY.pub.pem")
    #expect(SigningKey.publicPath(for: "a/key") == "a/key.pub.pem")
  }
}
