import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// Signing and verifying, cross-checked with openssl in both directions.
@Suite struct SignatureTests {
  /// Any bytes will do, because the signature is verified before the contents are read.
  static let content: [UInt8] = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 37) }

  @Test func contentHashIsWhatOpensslSays() throws {
    let folder = try Workspace()
    for content in [[], Self.content, [UInt8](repeating: 7, count: 200_000)] {
      let path = try folder.write(content, to: "app.msqs")
      let snapshot = try UnverifiedSnapshot(readingFrom: path)
      let expected = try folder.openssl("dgst -sha256 -r app.msqs").split(separator: " ")[0]
      #expect(snapshot.contentHash.hex == expected)
      #expect(snapshot.byteCount == content.count)
      #expect(snapshot.bytes == content)
    }
  }

  @Test func opensslAcceptsOurSignatures() throws {
    let folder = try Workspace()
    let key = SigningKey()
    try key.write(to: folder("key.pem"))
    let path = try folder.write(Self.content, to: "app.msqs")
    // Each signature is different. Among this many, some have an r or s with a leading zero byte.
    for _ in 0..<60 {
      let signature = try UnverifiedSnapshot(readingFrom: path).signature(by: key)
      try folder.write(signature, to: "app.msqs.sig")
      let answer = try folder.openssl("dgst -sha256 -verify key.pub.pem -signature app.msqs.sig app.msqs")
      #expect(answer == "Verified OK\n")
      let verified = try UnverifiedSnapshot(readingFrom: path).verified(by: key.verifyingKey)
      #expect(verified.contentHash == Hash256(of: Self.content))
    }
  }

  @Test(arguments: [
    "ecparam -genkey -name prime256v1 -out key.pem",
    "ecparam -genkey -noout -name prime256v1 -out key.pem",
    "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
  ])
  func weAcceptKeysAndSignaturesOfOpenssl(generation: String) throws {
    let folder = try Workspace()
    try folder.openssl(generation)
    try folder.openssl("pkey -in key.pem -pubout -out key.pub.pem")
    let path = try folder.write(Self.content, to: "app.msqs")
    let publicKey = try VerifyingKey(readingFrom: folder("key.pub.pem"))
    for _ in 0..<20 {
      try folder.openssl("dgst -sha256 -sign key.pem -out app.msqs.sig app.msqs")
      _ = try UnverifiedSnapshot(readingFrom: path).verified(by: publicKey)
    }
    let privateKey = try SigningKey(readingFrom: folder("key.pem"))
    #expect(privateKey.verifyingKey.fingerprint == publicKey.fingerprint)
    let signature = try UnverifiedSnapshot(readingFrom: path).signature(by: privateKey)
    try folder.write(signature, to: "app.msqs.sig")
    try folder.openssl("dgst -sha256 -verify key.pub.pem -signature app.msqs.sig app.msqs")
  }

  @Test func keysThatWeWriteAreThoseThatOpensslWrites() throws {
    let folder = try Workspace()
    try SigningKey().write(to: folder("key.pem"))
    #expect(try folder.mode(of: "key.pem") == 0o600)
    try folder.openssl("pkey -in key.pem -out again.pem")
    #expect(try folder.read("key.pem") == folder.read("again.pem"))
    try folder.openssl("pkey -in key.pem -pubout -out again.pub.pem")
    #expect(try folder.read("key.pub.pem") == folder.read("again.pub.pem"))
    try folder.openssl("pkey -pubin -in key.pub.pem -outform DER -out key.der")
    let fingerprint = try folder.openssl("dgst -sha256 -r key.der").split(separator: " ")[0]
    #expect(try VerifyingKey(readingFrom: folder("key.pub.pem")).fingerprint.hex == fingerprint)
  }

  /// (r, n - s) is as valid as (r, s). openssl generates both, and some libraries only one.
  @Test func signaturesWithALargeSAreAccepted() throws {
    let order: [UInt8] = [
      0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
      0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ]
    let folder = try Workspace()
    let key = SigningKey()
    try key.write(to: folder("key.pem"))
    let path = try folder.write(Self.content, to: "app.msqs")
    let numbers = try derNumbers(UnverifiedSnapshot(readingFrom: path).signature(by: key))
    var other = order
    var borrow = 0
    for index in order.indices.reversed() {
      let digit = Int(order[index]) - Int(numbers.s[index]) - borrow
      borrow = digit < 0 ? 1 : 0
      other[index] = UInt8(truncatingIfNeeded: digit)
    }
    for s in [numbers.s, other] {
      let signature = der(numbers.r, s)
      try folder.write(signature, to: "app.msqs.sig")
      try folder.openssl("dgst -sha256 -verify key.pub.pem -signature app.msqs.sig app.msqs")
      _ = try UnverifiedSnapshot(readingFrom: path).verified(by: key.verifyingKey)
    }
  }

  /// r and s of a DER signature, as 32 bytes each.
  private func derNumbers(_ signature: [UInt8]) -> (r: [UInt8], s: [UInt8]) {
    func number(at start: Int) -> [UInt8] {
      let digits = signature[(start + 2)..<(start + 2 + Int(signature[start + 1]))].drop { $0 == 0 }
      return [UInt8](repeating: 0, count: 32 - digits.count) + digits
    }
    return (number(at: 2), number(at: 4 + Int(signature[3])))
  }

  private func der(_ numbers: [UInt8]...) -> [UInt8] {
    let content = numbers.flatMap { number in
      var digits = Array(number.drop { $0 == 0 })
      if digits[0] >= 0x80 { digits.insert(0, at: 0) }
      return [0x02, UInt8(digits.count)] + digits
    }
    return [0x30, UInt8(content.count)] + content
  }
}
