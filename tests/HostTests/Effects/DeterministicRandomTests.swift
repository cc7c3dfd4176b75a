import Host
import OperatingSystem
import TestSupport
import Testing

/// The generator of `Random` and `Uuid`.
@Suite struct DeterministicRandomTests {
  /// NIST's published answers (CAVP, HMAC_DRBG.rsp, SHA-256, no reseed): the second of two requests for 128 bytes.
  @Test(arguments: [
    (
      "ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488", "659ba96c601dc69fc902940805ec0ca8", "",
      "e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89d54fbb978a15b5c443c9ec21036d2460"
        + "b6f73ebad0dc2aba6e624abf07745bc107694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668"
        + "961df86803482cb37ed6d5c0bb8d50cf1f50d476aa0458bdaba806f48be9dcb8"
    ),
    (
      "565b2b77937ba46536b0f693b3d5e4a8a24563f9ef1f676e8b5b2ef17823832f", "4ef3064ec29f5b7f9686d75a23d170e3",
      "3b722433226c9dba745087270ab3af2c909425ba6d39f5ce46f07256068319d9",
      "d144ee7f8363d128872f82c15663fe658413cd42651098e0a7c51a970de75287ec943f9061e902280a5a9e183a7817a4"
        + "4222d198fbfab184881431b4adf35d3d1019da5a90b3696b2349c8fba15a56d0f9d010a88e3f9eeedb67a69bcaa71281"
        + "b41afa11af576b765e66858f0eb2e4ec4081609ec81da81df0a0eb06787340ea"
    ),
    (
      "ad300b799005f290fee7f930eebce158b98fb6cb449987fe433f955456b35300", "06aa2514e4bd114edf7ac105cfef2772",
      "87ada711465e4169da2a74c931afb9b5a5b190d07b7af342aa99570401c3ee8a",
      "80d7c606ff49415a3a92ba1f2943235c01339c8f9cd0b0511fbfdf3ef23c42ffff008524193faaa4b7f2f2eb0cfa221d"
        + "9df89bd373fe4e158ec06fad3ecf1eb48b8239b0bb826ee69d773883a3e8edac66254610ff70b6609836860e39ea1f3b"
        + "fa04596fee1f2baca6cebb244774c6c3eb4af1f02899eba8f4188f91776de16f"
    ),
  ])
  func answersAreThePublishedOnes(entropy: String, nonce: String, personalization: String, expected: String) throws {
    var random = DeterministicRandom(
      entropy: try #require(Hexadecimal.bytes(of: entropy)), nonce: try #require(Hexadecimal.bytes(of: nonce)),
      personalization: try #require(Hexadecimal.bytes(of: personalization)))
    _ = random.generate(128)
    #expect(Hexadecimal.text(of: random.generate(128)) == expected)
  }

  /// A request's stream, reimplemented in Python.
  @Test func pythonGivesTheSameStreamForASeed() throws {
    let script = """
      import hashlib, hmac, sys
      def h(key, data): return hmac.new(key, data, hashlib.sha256).digest()
      key, value = bytes(32), b"\\x01" * 32
      def update(data):
          global key, value
          for tag in (b"\\x00", b"\\x01")[:2 if data else 1]:
              key = h(key, value + tag + data)
              value = h(key, value)
      def generate(count):
          global value
          out = b""
          while len(out) < count:
              value = h(key, value)
              out += value
          update(b"")
          return out[:count]
      update(bytes.fromhex(sys.argv[1]) + b"mtpscript-v5.1 random")
      print(*[generate(n).hex() for n in (0, 1, 32, 33, 100)], sep=",", end="")
      """
    let seed = Hash256(of: [1, 2, 3])
    var random = DeterministicRandom(seed: seed)
    let expected = try Workspace().run("python3", ["-c", script, seed.hex]).successfulOutput
    let blocks = [0, 1, 32, 33, 100].map { Hexadecimal.text(of: random.generate($0)) }
    #expect(blocks.joined(separator: ",") == expected)
  }

  /// All numbers of a small range are equally likely: chi-squared with 6 degrees of freedom stays below its 0.9999
  /// quantile. The seed is fixed, so the result is always the same.
  @Test func numbersAreSpreadEvenly() {
    var random = DeterministicRandom(seed: Hash256(of: Array("even".utf8)))
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7000 { counts[Int(random.integer(in: -3...3)) + 3] += 1 }
    let chiSquared = counts.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.reduce(0, +)
    #expect(chiSquared < 27.86)
  }

  @Test func numbersStayInRangesOfAnySize() {
    var random = DeterministicRandom(seed: Hash256(of: []))
    #expect(random.integer(in: 5...5) == 5)
    #expect(random.integer(in: .max ... .max) == .max)
    let whole = (0..<64).map { _ in random.integer(in: .min ... .max) }
    #expect(whole.contains { $0 < 0 } && whole.contains { $0 > 0 })
    // Here nearly half of all draws are rejected.
    for _ in 0..<200 { #expect(random.integer(in: .min...1) <= 1) }
  }
}
