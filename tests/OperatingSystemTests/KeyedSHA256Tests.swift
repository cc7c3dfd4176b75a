import OperatingSystem
import Testing

@Suite struct KeyedSHA256Tests {
  /// RFC 4231, sections 4.2 to 4.4. HMAC pads a key with zeros to 64 bytes, so a key of 32 bytes with zeros at its end
  /// gives the same codes as the shorter key.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
  ])
  func codesAreThoseOfTheStandard(key: [UInt8], message: [UInt8], expected: String) {
    let keyed = KeyedSHA256(key: InlineArray { $0 < key.count ? key[$0] : 0 })
    for _ in 1...2 {
      let code = keyed.code(of: message.span)
      #expect(Hexadecimal.text(of: code.indices.map { code[$0] }) == expected)
    }
  }
}
