import TestSupport
import Testing

/// The life of a snapshot on the command line, checked with openssl, and the ways in which it can be damaged.
@Suite struct SnapshotTests {
  static let source = "export default function (request) {\n  return {answer: 42};\n}\n"

  private func run(_ tool: Tool) throws -> Ending {
    try tool("run", "app.msqs", "--key", "key.pub.pem", "--request", "-", input: "{}")
  }

  @Test func snapshotsAreBuiltSignedVerifiedAndRun() throws {
    let tool = try Tool()
    try tool.release(Self.source)
    try tool.folder.openssl("dgst -sha256 -verify key.pub.pem -signature app.msqs.sig app.msqs")
    let verification = try tool("verify", "app.msqs", "--key", "key.pub.pem")
    expect(verification, .done)
    #expect(verification.output.contains(try tool.folder.openssl("dgst -sha256 -r app.msqs").split(separator: " ")[0]))
    expect(try run(tool), .done, output: "{\"answer\":42}\n")
  }

  @Test func signaturesOfOpensslAreAccepted() throws {
    let tool = try Tool()
    try tool.release(Self.source)
    try tool.folder.openssl("ecparam -genkey -name prime256v1 -out key.pem")
    try tool.folder.openssl("ec -in key.pem -pubout -out key.pub.pem")
    expect(try run(tool), .refused, output: "", says: "does not belong to this file under this key")
    try tool.folder.openssl("dgst -sha256 -sign key.pem -out app.msqs.sig app.msqs")
    expect(try run(tool), .done, output: "{\"answer\":42}\n")
    expect(try tool("sign", "app.msqs", "--key", "key.pem"), .done)
    try tool.folder.openssl("dgst -sha256 -verify key.pub.pem -signature app.msqs.sig app.msqs")
  }

  @Test func buildingTwiceGivesTheSameBytes() throws {
    let tool = try Tool()
    try tool.write(Self.source, to: "app.js")
    expect(try tool("build", "app.js", "-o", "a.msqs"), .done)
    expect(try tool("build", "app.js", "-o", "b.msqs"), .done)
    #expect(try tool.folder.read("a.msqs") == tool.folder.read("b.msqs"))
    expect(try tool("build", "app.js", "-o", "c.msqs", "--strip"), .done)
    #expect(try tool.folder.read("c.msqs").count < tool.folder.read("a.msqs").count)
  }

  /// Files are named relative to the entry file's folder, so the working folder does not affect the snapshot.
  @Test func buildingFromElsewhereGivesTheSameBytes() throws {
    let tool = try Tool()
    expect(try tool.folder.run("mkdir", ["-p", "src/lib"]), .done)
    try tool.write("import {f} from './lib/f.js';\nexport default function (r) { return f(r); }\n", to: "src/app.js")
    try tool.write("export const f = (r) => 1 / r.n;\n", to: "src/lib/f.js")
    expect(try tool("build", "src/app.js", "-o", "a.msqs"), .done)
    expect(try tool("build", tool.folder("src/app.js"), "-o", "b.msqs"), .done)
    #expect(try tool.folder.read("a.msqs") == tool.folder.read("b.msqs"))
    expect(
      try tool("run", "src/app.js", "--request", "-", input: "{\"n\": 0}"), .guestError,
      says: "src/lib/f.js:1:25: error[DivisionByZero]")
  }

  @Test func nothingRunsWithoutKeyOrSignature() throws {
    let tool = try Tool()
    try tool.release(Self.source)
    expect(
      try tool("run", "app.msqs", "--request", "-"), .refused, output: "", says: "hint: give the signer's public key")
    expect(
      try tool("run", "app.msqs", "--key", "key.pem", "--request", "-"), .refused, output: "", says: "is a private key")
    expect(try tool("run", "app.msqs", "--key", "none.pem", "--request", "-"), .usage, output: "", says: "none.pem")
    expect(try tool("keygen", "-o", "other.pem"), .done)
    expect(
      try tool("run", "app.msqs", "--key", "other.pub.pem", "--request", "-"), .refused, output: "",
      says: "does not belong to this file under this key")
    try tool.folder.write([], to: "app.msqs.sig")
    expect(try run(tool), .refused, output: "", says: "the signature file is empty")
    expect(try tool.folder.run("rm", ["app.msqs.sig"]), .done)
    expect(try run(tool), .refused, output: "", says: "app.msqs.sig: the signature file is missing")
  }

  /// The library's tests flip every byte. A few here show that the command makes the same checks.
  @Test func damagedFilesAreRefused() throws {
    let tool = try Tool()
    try tool.release(Self.source)
    let content = try tool.folder.read("app.msqs")
    for index in [0, 7, 255, content.count / 2, content.count - 1] {
      var damaged = content
      damaged[index] ^= 1
      try tool.folder.write(damaged, to: "app.msqs")
      expect(try run(tool), .refused, output: "", says: "hint: ")
      expect(try tool("verify", "app.msqs", "--key", "key.pub.pem"), .refused, output: "")
    }
    for count in [0, 1, 255, 4096, content.count - 1] {
      try tool.folder.write(content[..<count], to: "app.msqs")
      expect(try run(tool), .refused, output: "", says: "hint: ")
    }
    try tool.folder.write(content, to: "app.msqs")
    let signature = try tool.folder.read("app.msqs.sig")
    for index in [0, 1, 3, 4, signature.count - 1] {
      var damaged = signature
      damaged[index] ^= 1
      try tool.folder.write(damaged, to: "app.msqs.sig")
      expect(try run(tool), .refused, output: "", says: "hint: ")
    }
    try tool.folder.write(signature, to: "app.msqs.sig")
    expect(try run(tool), .done, output: "{\"answer\":42}\n")
  }

  /// A valid signature is not enough: the file must also be a snapshot.
  @Test func signedNonsenseIsRefused() throws {
    let tool = try Tool()
    try tool.release(Self.source)
    let content = try tool.folder.read("app.msqs")
    var otherVersion = content
    otherVersion[6] = 9
    let cases: [([UInt8], String)] = [
      (Array("hello".utf8), "is not a snapshot"), (otherVersion, "format version 9"),
      (content.dropLast(4096) + [], "instead of"), (content + [0], "instead of"),
      (content[..<4] + [10, 10] + content[6...], "line ends"),
    ]
    for (bytes, complaint) in cases {
      try tool.folder.write(bytes, to: "app.msqs")
      try tool.folder.openssl("dgst -sha256 -sign key.pem -out app.msqs.sig app.msqs")
      expect(try run(tool), .refused, output: "", says: complaint)
      expect(try tool("sign", "app.msqs", "--key", "key.pem"), .refused, output: "", says: complaint)
    }
  }

  @Test func keysAreNeverOverwritten() throws {
    let tool = try Tool()
    expect(try tool("keygen", "-o", "key.pem"), .done)
    #expect(try tool.folder.mode(of: "key.pem") == 0o600)
    let key = try tool.folder.read("key.pem")
    expect(try tool("keygen", "-o", "key.pem"), .usage, output: "", says: "exists already")
    #expect(try tool.folder.read("key.pem") == key)
  }

  @Test func snapshotsAreReplacedInOneStep() throws {
    let tool = try Tool()
    try tool.release(Self.source)
    try tool.write("export default function (request) { return 2; }", to: "app.js")
    expect(try tool("build", "app.js", "-o", "app.msqs"), .done)
    expect(try run(tool), .refused, output: "", says: "was changed after it was signed")
  }
}
