import Host
import OperatingSystem
import TestSupport
import Testing

/// The seed, compared with a few lines of Python using `hashlib`.
@Suite struct SeedTests {
  static let script = """
    import hashlib, sys
    request, account, version, content, limit = sys.argv[1:]
    text = request.encode() + account.encode() + version.encode() + b"mtpscript-v5.1"
    print(hashlib.sha256(text + bytes.fromhex(content) + limit.encode("ascii")).hexdigest(), end="")
    """

  @Test(
    arguments: [
      ("", "", ""), ("8f5e9d5c-3b0b-4d6b-9f0a-1c2d3e4f5a6b", "123456789012", "$LATEST"), ("", "123456789012", "7"),
      ("Anfrage-é-\u{1f600}", "Konto-ß", "Fassung-\u{1f4b6}"), ("e\u{301}", "\u{e9}", ""),
    ], ["1", "999", "10000000", "2000000000"])
  func theSeedIsWhatPythonComputes(identity: (String, String, String), limit: String) throws {
    let (request, account, version) = identity
    let folder = try Workspace()
    let content = Hash256(of: Array(request.utf8) + [1, 2, 3])
    let arguments = ["-c", Self.script, request, account, version, content.hex, limit]
    let expected = try folder.run("python3", arguments).successfulOutput
    let identity = RequestIdentity(requestID: request, accountID: account, functionVersion: version)
    #expect(try identity.seed(contentHash: content, gasLimit: GasLimit(limit)).hex == expected)
  }

  /// A fixed example. It reveals a change of the rule even where Python is not available.
  @Test func aKnownRequestKeepsItsSeed() throws {
    let identity = RequestIdentity(requestID: "request", accountID: "account", functionVersion: "1")
    let content = try #require(Hash256(bytes: Array(0..<32)))
    let seed = identity.seed(contentHash: content, gasLimit: .standard)
    #expect(seed.hex == "03c8359a60a8f2212043585a8739aecbcb040abd5db8d5a6be80b3c6da0082d8")
  }

  @Test func everyPartChangesTheSeed() throws {
    let content = Hash256(of: [])
    let one = RequestIdentity(requestID: "a", accountID: "b", functionVersion: "c")
    var seeds: Set<Hash256> = [one.seed(contentHash: content, gasLimit: .standard)]
    for path in [\RequestIdentity.requestID, \.accountID, \.functionVersion] {
      var other = one
      other[keyPath: path] = "x"
      seeds.insert(other.seed(contentHash: content, gasLimit: .standard))
    }
    seeds.insert(one.seed(contentHash: Hash256(of: [0]), gasLimit: .standard))
    seeds.insert(one.seed(contentHash: content, gasLimit: try GasLimit("9999999")))
    #expect(seeds.count == 6)
  }
}
