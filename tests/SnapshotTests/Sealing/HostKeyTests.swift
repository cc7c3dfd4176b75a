import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// Host keys, and the seals and hashes under them, compared with Python's `cryptography` and `hmac`.
@Suite struct HostKeyTests {
  private static let digits = String(repeating: "0123456789abcdef", count: 4)
  private let seed = Hash256(of: [1, 2, 3])

  private func key(_ folder: Workspace, _ text: String = digits, mode: String = "600") throws -> HostKey {
    try folder.write(text.utf8, to: "host.key")
    _ = try folder.run("chmod", [mode, "host.key"]).successfulOutput
    return try HostKey(readingFrom: folder("host.key"))
  }

  private func refusal(_ text: String = digits, mode: String = "600") throws -> SnapshotError.Kind? {
    let folder = try Workspace()
    return #expect(throws: SnapshotError.self) { try key(folder, text, mode: mode) }?.kind
  }

  @Test func keyFilesOfOursAndOfOpensslAreRead() throws {
    let folder = try Workspace()
    let bare = try key(folder)
    #expect(try key(folder, Self.digits + "\n", mode: "400").identifier == bare.identifier)
    let made = HostKey()
    try made.write(to: folder("made.key"))
    #expect(try folder.mode(of: "made.key") == 0o600)
    #expect(try HostKey(readingFrom: folder("made.key")).identifier == made.identifier)
    #expect(HostKey().identifier != made.identifier)
    let error = #expect(throws: SystemError.self) { try made.write(to: folder("made.key")) }
    #expect(error?.kind == .alreadyExists)
    _ = try folder.run("sh", ["-c", "umask 077; openssl rand -hex 32 > openssl.key"]).successfulOutput
    #expect(throws: Never.self) { _ = try HostKey(readingFrom: folder("openssl.key")) }
  }

  @Test(arguments: [
    "", "\n", String(digits.dropLast()), String(digits.dropLast(2)), digits.uppercased(), digits.dropLast() + "g",
    digits.dropLast() + "\n", "-----BEGIN PRIVATE KEY-----",
  ])
  func malformedKeyFilesAreRefused(text: String) throws {
    #expect(try refusal(text) == .unusableKey(.notHexadecimal))
  }

  @Test func keyFilesThatAreTooLongAreRefused() throws {
    #expect(try refusal(Self.digits + "\n\n") == .system(.tooLarge(limit: 65)))
  }

  @Test(arguments: [("640", 0o640 as UInt32), ("604", 0o604), ("620", 0o620), ("601", 0o601)])
  func keyFilesThatOthersCanAccessAreRefused(mode: String, bits: UInt32) throws {
    #expect(try refusal(mode: mode) == .system(.exposed(mode: bits)))
  }

  /// Derivation, cipher, authenticated data and keyed hashes, in a few lines of Python.
  private static let python = """
    import hmac, sys
    from hashlib import sha256
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    host, seed, what, data = bytes.fromhex(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], bytes.fromhex(sys.argv[4])
    derived = lambda salt, info: HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(host)
    cipher, about = AESGCM(derived(seed, b"mqjs seal 1")), what.replace("SEED", seed.hex()).encode()
    if what == "identifier": result = derived(None, b"mqjs host key 1")
    elif what == "hash": result = hmac.new(derived(seed, b"mqjs hash 1"), sha256(data).digest(), sha256).digest()
    elif len(sys.argv) > 5: result = bytes(range(12)) + cipher.encrypt(bytes(range(12)), data, about)
    else: result = cipher.decrypt(data[:12], data[12:], about)
    print(result.hex(), end="")
    """

  private func python(_ what: String, _ data: [UInt8] = [], seals: Bool = false) throws -> [UInt8] {
    let arguments = ["-c", Self.python, Self.digits, seed.hex, what, Hexadecimal.text(of: data)]
    let output = try Workspace().run(PythonOracle.path, arguments + (seals ? ["seal"] : [])).successfulOutput
    return try #require(Hexadecimal.bytes(of: output))
  }

  @Test(
    arguments: [
      (RequestSeal.Part.input, "mqjs input SEED"), (.response, "mqjs response SEED"),
      (.result(sequence: 0), "mqjs result SEED 0"), (.intent(position: 12), "mqjs intent SEED 12"),
    ], [0, 1, 16, 5000])
  func pythonOpensAndSealsTheSameBytes(part: (RequestSeal.Part, String), count: Int) throws {
    let seal = try key(try Workspace()).seal(forSeed: seed)
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let secret = SecretBytes(copying: bytes)
    let sealed = seal.seal(secret, as: part.0)
    #expect(sealed.count == count + 28)
    #expect(try python(part.1, sealed) == bytes)
    for protection in [MemoryProtection.standard, .classified(allowsUnlocked: true)] {
      let opened = try seal.open(try python(part.1, bytes, seals: true), as: part.0, protection: protection)
      #expect(opened == secret)
    }
  }

  @Test func pythonGivesTheSameKeyedHashes() throws {
    let key = try key(try Workspace())
    #expect(try python("identifier") == key.identifier.bytes)
    let text = Array("4000123412341234".utf8)
    #expect(try python("hash", text) == key.seal(forSeed: seed).keyedHash(of: Hash256(of: text)).bytes)
  }

  /// Sealed data opens only as the same part, in its own request, under its key, and unchanged.
  @Test func nothingElseOpensWhatWasSealed() throws {
    let key = HostKey()
    let seal = key.seal(forSeed: seed)
    let sealed = seal.seal(SecretBytes(copying: [1, 2, 3]), as: .result(sequence: 1))
    func opens(_ sealed: [UInt8], _ seal: RequestSeal, _ part: RequestSeal.Part) throws -> Bool {
      try seal.open(sealed, as: part, protection: .standard) != nil
    }
    #expect(try opens(sealed, key.seal(forSeed: seed), .result(sequence: 1)))
    #expect(try !opens(sealed, seal, .result(sequence: 2)))
    #expect(try !opens(sealed, seal, .intent(position: 1)))
    #expect(try !opens(sealed, seal, .input))
    #expect(try !opens(sealed, key.seal(forSeed: Hash256(of: [])), .result(sequence: 1)))
    #expect(try !opens(sealed, HostKey().seal(forSeed: seed), .result(sequence: 1)))
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(try !opens(changed, seal, .result(sequence: 1)), "byte \(index)")
      #expect(try !opens(Array(sealed[..<index]), seal, .result(sequence: 1)), "cut at \(index)")
    }
    let again = seal.seal(SecretBytes(copying: [1, 2, 3]), as: .result(sequence: 1))
    #expect(again != sealed, "every nonce is another one")
  }
}
