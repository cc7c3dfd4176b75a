/// SHA-256 (FIPS 180-4). The engine has its own because it has no dependencies.
public struct SHA256: Sendable {
  private var state: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
  )
  private var block = InlineArray<64, UInt8>(repeating: 0)
  private var length: UInt64 = 0

  /// The hash of an empty message, to which bytes can be added.
  public init() {}

  /// Adds a byte to the message.
  public mutating func add(_ byte: UInt8) {
    block[Int(truncatingIfNeeded: length & 63)] = byte
    length &+= 1
    if length & 63 == 0 { compress() }
  }

  /// Adds bytes to the message.
  public mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { add(byte) }
  }

  /// The 32 bytes of the digest. Nothing can be added afterwards.
  public consuming func digest() -> [UInt8] {
    let words = finish()
    var digest: [UInt8] = []
    for index in 0..<32 { digest.append(SHA256.byte(index, of: words)) }
    return digest
  }

  /// The digest as eight big-endian words. Nothing can be added afterwards.
  consuming func finish() -> InlineArray<8, UInt32> {
    let bits = length &* 8
    add(0x80)
    while length & 63 != 56 { add(0) }
    for shift in stride(from: 56, through: 0, by: -8) { add(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
    return [state.0, state.1, state.2, state.3, state.4, state.5, state.6, state.7]
  }

  /// A byte of a digest.
  static func byte(_ index: Int, of words: InlineArray<8, UInt32>) -> UInt8 {
    UInt8(truncatingIfNeeded: words[index >> 2] >> UInt32(24 &- 8 &* (index & 3)))
  }

  private mutating func compress() {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 {
      var word: UInt32 = 0
      for byte in 0..<4 { word = word << 8 | UInt32(block[index * 4 + byte]) }
      schedule[index] = word
    }
    for index in 16..<64 {
      let (a, b) = (schedule[index - 15], schedule[index - 2])
      let first = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3
      let second = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10
      schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
    }
    var (a, b, c, d, e, f, g, h) = state
    for index in 0..<64 {
      let sum = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      let first = h &+ sum &+ ((e & f) ^ (~e & g)) &+ SHA256.constants[index] &+ schedule[index]
      let second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    state = (
      state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e, state.5 &+ f, state.6 &+ g, state.7 &+ h
    )
  }

  private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
