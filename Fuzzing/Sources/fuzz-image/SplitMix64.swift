/// Vigna's SplitMix64. The numbers depend only on the seed, so libFuzzer can repeat a mutation.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }

  /// A number in `0..<limit`.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
