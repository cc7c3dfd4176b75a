import TestSupport
import Testing

/// X.509 certificates in place of public keys. Each test makes its own certificates with openssl.
@Suite struct CertificateTests {
  /// A snapshot signed with `key.pem`, and openssl to issue certificates.
  private struct Bank {
    let tool: Tool

    init() throws {
      tool = try Tool()
      try tool.release(SnapshotTests.source)
    }

    /// Makes `NAME.key` with an elliptic curve or RSA.
    ///
    /// - Parameter algorithm: the curve's name, or `RSA`.
    func makeKey(_ name: String, _ algorithm: String = "P-256") throws {
      let options = algorithm == "RSA" ? "RSA" : "EC -pkeyopt ec_paramgen_curve:\(algorithm)"
      try tool.folder.openssl("genpkey -algorithm \(options) -out \(name).key")
    }

    /// Makes `NAME.pem`, signed by its own key.
    func selfSign(_ name: String, key: String = "key.pem", extensions: [String] = []) throws {
      let options = extensions.map { " -addext \($0)" }.joined()
      try tool.folder.openssl("req -x509 -new -key \(key) -subj /CN=\(name) -days 30\(options) -out \(name).pem")
    }

    /// Makes `NAME.pem`, signed by `ISSUER.pem`'s key.
    func issue(
      _ name: String, key: String = "key.pem", by issuer: String, issuerKey: String? = nil, extensions: [String] = [],
      options: String = "-days 30"
    ) throws {
      try tool.write(extensions.joined(separator: "\n"), to: "extensions")
      try tool.folder.openssl("req -new -key \(key) -subj /O=Bank/CN=\(name) -out request")
      try tool.folder.openssl(
        "x509 -req -in request -CA \(issuer).pem -CAkey \(issuerKey ?? "\(issuer).key") -extfile extensions \(options)"
          + " -out \(name).pem")
    }

    /// Makes `root.pem`, `middle.pem` signed by it, and `signer.pem` signed by `middle.pem`.
    func issueChain(
      middle: [String] = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"],
      options: String = "-days 30"
    ) throws {
      try makeKey("root", "P-384")
      try makeKey("middle", "RSA")
      try selfSign("root", key: "root.key")
      try issue("middle", key: "middle.key", by: "root", extensions: middle, options: options)
      try issue(
        "signer", by: "middle",
        extensions: ["keyUsage=critical,digitalSignature", "extendedKeyUsage=critical,codeSigning"])
    }

    /// Concatenates files.
    func join(_ names: [String], to name: String) throws {
      try tool.folder.write(names.flatMap { try tool.folder.read($0) }, to: name)
    }

    func verify(_ key: String, _ options: String...) throws -> Ending {
      try tool.folder.run(Tool.path, ["verify", "app.msqs", "--key", key] + options)
    }

    func run(_ key: String, _ options: String...) throws -> Ending {
      try tool.folder.run(Tool.path, ["run", "app.msqs", "--request", "-", "--key", key] + options, input: "{}")
    }
  }

  /// A date before the validity of all certificates made today, and a date after it.
  static let (past, future) = ("2001-01-01", "2999-12-31T23:59:59+01:00")

  @Test func aCertificateIsTrustedAsItStands() throws {
    let bank = try Bank()
    try bank.selfSign("pinned")
    let verification = try bank.verify("pinned.pem")
    expect(verification, .done)
    for text in ["CN=pinned", "(the system's date)", "not checked: no --root was given"] {
      #expect(verification.output.contains(text))
    }
    let fingerprint = try bank.verify("key.pub.pem").output.split(separator: "\n").last { $0.hasPrefix("key ") }
    #expect(verification.output.contains(try #require(fingerprint).split(separator: " ")[1]))
    let run = try bank.run("pinned.pem")
    #expect(run.status == 0 && run.output == "{\"answer\":42}\n")
    #expect(run.errorOutput.hasPrefix("note: the certificate was checked at 20"))
  }

  /// Requests are often replayed after the certificate has expired. `--at` then sets the date of the check.
  @Test func replayChecksTheCertificateAtTheGivenDate() throws {
    let bank = try Bank()
    try bank.selfSign("pinned")
    #expect(try bank.run("pinned.pem", "--journal", "journal.db").status == 0)
    func replay(_ options: String...) throws -> Ending {
      let line = ["replay", "journal.db", "--snapshot", "app.msqs", "--key", "pinned.pem"]
      return try bank.tool.folder.run(Tool.path, line + options)
    }
    let ending = try replay()
    #expect(ending.status == 0 && ending.errorOutput.hasPrefix("note: "))
    expect(try replay("--at", Self.future), .refused, output: "", says: "has expired")
  }

  @Test func anotherKeysCertificateIsRefused() throws {
    let bank = try Bank()
    try bank.makeKey("other")
    try bank.selfSign("other", key: "other.key")
    expect(try bank.run("other.pem"), .refused, output: "", says: "does not belong to this file under this key")
  }

  @Test func aChainMustLeadToARoot() throws {
    let bank = try Bank()
    try bank.issueChain()
    try bank.join(["signer.pem", "middle.pem"], to: "chain.pem")
    let verification = try bank.verify("chain.pem", "--root", "root.pem")
    expect(verification, .done)
    #expect(verification.output.contains("CN=signer,O=Bank"))
    #expect(verification.output.contains("root         CN=root\n"))
    try bank.tool.folder.openssl("verify -CAfile root.pem -untrusted middle.pem signer.pem")
    expect(
      try bank.verify("signer.pem", "--root", "root.pem"), .refused, output: "",
      says: "CN=signer,O=Bank is signed by CN=middle,O=Bank, whose certificate is neither in signer.pem nor in root.pem"
    )
    try bank.selfSign("stranger")
    expect(
      try bank.verify("chain.pem", "--root", "stranger.pem"), .refused, output: "",
      says: "CN=middle,O=Bank is signed by CN=root, whose certificate is neither in chain.pem nor in stranger.pem")
    try bank.selfSign("root", key: "key.pem")
    expect(
      try bank.run("chain.pem", "--root", "root.pem"), .refused, output: "",
      says: "CN=middle,O=Bank claims to be signed by CN=root, but its signature is not by the key in that certificate")
  }

  /// A self-signed certificate vouches only for itself, so only those who trust that very certificate accept it.
  @Test func aSelfSignedCertificateIsNotVouchedForByARoot() throws {
    let bank = try Bank()
    try bank.selfSign("pinned")
    try bank.makeKey("root")
    try bank.selfSign("root", key: "root.key")
    expect(
      try bank.verify("pinned.pem", "--root", "root.pem"), .refused, output: "",
      says: "CN=pinned is self-signed, and is not in root.pem")
    try bank.join(["root.pem", "pinned.pem"], to: "roots.pem")
    expect(try bank.verify("pinned.pem", "--root", "roots.pem"), .done)
  }

  @Test func certificatesAreCheckedAtTheGivenDate() throws {
    let bank = try Bank()
    try bank.issueChain()
    try bank.join(["signer.pem", "middle.pem"], to: "chain.pem")
    for options in [[], ["--root", "root.pem"]] {
      func verify(at date: String) throws -> Ending {
        try bank.tool.folder.run(
          Tool.path, ["verify", "app.msqs", "--key", "chain.pem", "--at", date] + options)
      }
      expect(try verify(at: Self.past), .refused, output: "", says: "CN=signer,O=Bank is not valid yet\n")
      expect(try verify(at: Self.future), .refused, output: "", says: "checked at 2999-12-31T22:59:59Z\n")
    }
    expect(try bank.run("chain.pem", "--at", Self.future), .refused, output: "", says: "has expired\n")
    // Without `--at`, the system's date counts.
    try bank.selfSign("pinned")
    try bank.issue("old", by: "pinned", issuerKey: "key.pem", options: "-days -1")
    expect(try bank.verify("old.pem"), .refused, output: "", says: "has expired\n")
  }

  /// A certificate is valid at both limits of its validity.
  @Test func theLimitsOfAValidityBelongToIt() throws {
    let bank = try Bank()
    try bank.selfSign("pinned")
    let script = """
      import datetime, subprocess
      for name in ['-startdate', '-enddate']:
          text = subprocess.check_output(['openssl', 'x509', '-in', 'pinned.pem', '-noout', name], text=True)
          date = datetime.datetime.strptime(text.split('=')[1].strip(), '%b %d %H:%M:%S %Y GMT')
          for second in [-1, 0, 1]:
              print((date + datetime.timedelta(seconds=second)).isoformat() + 'Z')
      """
    let dates = try bank.tool.folder.run("python3", ["-c", script]).successfulOutput.split(separator: "\n").map(
      String.init)
    let statuses = try dates.map { try bank.verify("pinned.pem", "--at", $0).status }
    #expect(statuses == [3, 0, 0, 0, 0, 3])
  }

  @Test(arguments: [
    "yesterday", "2026", "2026-1-1", "2026-02-30", "2026-13-01", "2025-02-29", "2026-01-01T12:00",
    "2026-01-01T12:00:00",
    "2026-01-01T25:00:00Z", "2026-01-01T12:60:00Z", "2026-01-01T12:00:00+2:00", "2026-01-01T12:00:00+24:00", "20260101",
    "2026-01-01 12:00:00Z", "٢٠٢٦-٠١-٠١", "2026-01-01Z",
  ])
  func malformedDatesAreRefused(text: String) throws {
    let bank = try Bank()
    try bank.selfSign("pinned")
    expect(
      try bank.verify("pinned.pem", "--at=\(text)"), .usage, output: "", says: "error: --at \(text): is not a date\n")
  }

  @Test(arguments: [
    ("P-384", "is a key for the curve P-384"), ("P-521", "is a key for the curve P-521"), ("RSA", "is a key for RSA"),
    ("secp256k1", "certificate 1 holds a key whose algorithm is not supported"),
  ])
  func keysOfOtherAlgorithmsAreRefused(algorithm: String, complaint: String) throws {
    let bank = try Bank()
    try bank.makeKey("other", algorithm)
    try bank.selfSign("other", key: "other.key")
    let ending = try bank.verify("other.pem")
    expect(ending, .refused, output: "", says: complaint)
    #expect(ending.errorOutput.contains("hint: make a key pair with mqjs keygen"))
  }

  @Test(arguments: [
    ("keyUsage=keyEncipherment", "may not sign: its key usage forbids it"),
    ("keyUsage=critical,keyCertSign,cRLSign", "may not sign: its key usage forbids it"),
    ("extendedKeyUsage=serverAuth", "may not sign code: its extended key usage forbids it"),
    ("1.2.3.4=critical,ASN1:NULL", "has the critical extension 1.2.3.4, which is not supported"),
  ])
  func certificatesForOtherPurposesAreRefused(limitation: String, complaint: String) throws {
    let bank = try Bank()
    try bank.selfSign("pinned", extensions: [limitation])
    expect(try bank.verify("pinned.pem"), .refused, output: "", says: complaint)
    expect(try bank.verify("pinned.pem", "--root", "pinned.pem"), .refused, output: "", says: complaint)
  }

  @Test(arguments: [
    "keyUsage=digitalSignature,keyEncipherment", "extendedKeyUsage=serverAuth,codeSigning", "1.2.3.4=ASN1:NULL",
  ])
  func purposesThatAllowSigningAreAccepted(extension: String) throws {
    let bank = try Bank()
    try bank.selfSign("pinned", extensions: [`extension`])
    expect(try bank.verify("pinned.pem"), .done)
  }

  /// Reasons why an issuer is refused. openssl would need a different command to detect each of them.
  @Test(arguments: [
    (["basicConstraints=critical,CA:FALSE"], "-days 30", "CN=middle,O=Bank is not marked as a CA"),
    ([], "-days 30", "CN=middle,O=Bank is not a version 3 certificate"),
    (["basicConstraints=CA:TRUE", "keyUsage=digitalSignature"], "-days 30", "may not sign certificates"),
    (["basicConstraints=CA:TRUE", "extendedKeyUsage=serverAuth"], "-days 30", "may not sign code"),
    (
      ["basicConstraints=CA:TRUE", "1.2.3.4=critical,ASN1:NULL"], "-days 30",
      "CN=middle,O=Bank has the critical extension"
    ),
    (["basicConstraints=CA:TRUE"], "-days -1", "CN=middle,O=Bank has"),
  ])
  func issuersThatMayNotSignAreRefused(extensions: [String], options: String, complaint: String) throws {
    let bank = try Bank()
    try bank.issueChain(middle: extensions, options: options)
    try bank.join(["signer.pem", "middle.pem"], to: "chain.pem")
    let ending = try bank.verify("chain.pem", "--root", "root.pem")
    expect(ending, .refused, output: "", says: complaint)
    #expect(!ending.errorOutput.contains("Certificate("), "names, not dumps")
  }

  @Test func signaturesOverSHA1AreRefused() throws {
    let bank = try Bank()
    try bank.makeKey("root", "RSA")
    try bank.selfSign("root", key: "root.key")
    try bank.issue("signer", by: "root", extensions: ["basicConstraints=CA:FALSE"], options: "-days 30 -sha1")
    expect(try bank.verify("signer.pem", "--root", "root.pem"), .refused, output: "", says: "is signed with SHA-1")
  }

  /// If the signature algorithm of a certificate is not supported, the message names it and does not call the
  /// certificate damaged.
  @Test(arguments: [
    ("RSA", "-sigopt rsa_padding_mode:pss -sha256", "RSA-PSS"), ("RSA", "-md5", "RSA over MD5"),
    ("RSA", "-sha224", "RSA over SHA-224"), ("P-256", "-sha1", "ECDSA over SHA-1"),
    ("P-256", "-sha3-256", "the algorithm 2.16.840.1.101.3.4.3.10"),
  ])
  func otherSignatureAlgorithmsAreNamed(algorithm: String, options: String, name: String) throws {
    let bank = try Bank()
    try bank.makeKey("root", algorithm)
    try bank.selfSign("root", key: "root.key")
    try bank.issue(
      "signer", by: "root", extensions: ["basicConstraints=CA:FALSE"], options: "-days 30 \(options)")
    for root in [[], ["--root", "root.pem"]] {
      let ending = try bank.tool.folder.run(Tool.path, ["verify", "app.msqs", "--key", "signer.pem"] + root)
      expect(
        ending, .refused, output: "", says: "signer.pem: certificate 1 is signed with \(name), which is not supported")
    }
  }

  @Test func filesThatHoldSomethingElseAreRefused() throws {
    let bank = try Bank()
    try bank.selfSign("pinned")
    func refuses(_ parts: [UInt8]..., complaint: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
      try bank.tool.folder.write(parts.flatMap { $0 }, to: "file.pem")
      expect(try bank.verify("file.pem"), .refused, output: "", says: complaint, sourceLocation: sourceLocation)
    }
    let (certificate, secret) = try (bank.tool.folder.read("pinned.pem"), bank.tool.folder.read("key.pem"))
    try refuses(Array("hello".utf8), complaint: "file.pem: contains no PEM block")
    try refuses(certificate.dropLast(30) + [], complaint: "file.pem: contains no PEM block")
    try refuses(certificate, secret, complaint: "file.pem: holds \"PRIVATE KEY\", which is not a certificate")
    let nonsense = "-----BEGIN CERTIFICATE-----\nMFkw\n-----END CERTIFICATE-----\n"
    try refuses(Array(nonsense.utf8), complaint: "file.pem: certificate 1 is damaged")
    try refuses(certificate, Array(nonsense.utf8), complaint: "file.pem: certificate 2 is damaged")
    let many = Array(repeating: certificate, count: 9).flatMap { $0 }
    try refuses(many, complaint: "file.pem: holds 9 certificates, more than 8")
    expect(try bank.verify("pinned.pem", "--root", "key.pub.pem"), .refused, says: "holds \"PUBLIC KEY\"")
    expect(try bank.verify("pinned.pem", "--root", "none.pem"), .usage, says: "none.pem: can't be read")
    // The text that openssl writes before a certificate for people to read is accepted.
    try bank.tool.folder.write(Array(bank.tool.folder.openssl("x509 -in pinned.pem -text").utf8), to: "text.pem")
    expect(try bank.verify("text.pem"), .done)
  }

  /// Whichever byte of a certificate is damaged, the tool exits normally and never verifies with a different key.
  @Test func damagedCertificatesAreRefused() throws {
    let bank = try Bank()
    try bank.makeKey("root")
    try bank.selfSign("root", key: "root.key")
    try bank.issue("signer", by: "root", extensions: ["keyUsage=digitalSignature"])
    try bank.tool.folder.openssl("x509 -in signer.pem -outform DER -out signer.der")
    let der = try bank.tool.folder.read("signer.der")
    for index in stride(from: 0, to: der.count, by: 7) {
      var damaged = der
      damaged[index] ^= 0x11
      try bank.tool.folder.write(damaged, to: "damaged.der")
      let base64 = try bank.tool.folder.openssl("base64 -in damaged.der")
      try bank.tool.write("-----BEGIN CERTIFICATE-----\n\(base64)-----END CERTIFICATE-----\n", to: "damaged.pem")
      expect(try bank.verify("damaged.pem", "--root", "root.pem"), .refused, output: "", says: "refused: damaged.pem: ")
    }
  }

  @Test func publicKeysHaveNoDatesAndNoIssuer() throws {
    let bank = try Bank()
    try bank.selfSign("pinned")
    expect(try bank.verify("key.pub.pem"), .done)
    expect(try bank.run("key.pub.pem"), .done, output: "{\"answer\":42}\n")
    expect(
      try bank.verify("key.pub.pem", "--root", "pinned.pem"), .refused, output: "", says: "hint: give the signer's")
    expect(try bank.verify("key.pub.pem", "--at", "2026-01-31"), .refused, output: "", says: "hint: give the signer's")
    let ending = try bank.tool("run", "app.js", "--request", "-", "--root", "pinned.pem", input: "{}")
    expect(ending, .usage, output: "", says: "a .js file has no signature to verify")
  }

  /// Names in certificates come from untrusted files.
  @Test func namesDoNotReachTheTerminalRaw() throws {
    let bank = try Bank()
    try bank.selfSign("a\u{1b}[2Jb")
    let ending = try bank.verify("a\u{1b}[2Jb.pem")
    #expect(ending.status == 0)
    #expect(ending.output.contains("certificate  CN=a\\u{1b}[2Jb"))
  }
}
