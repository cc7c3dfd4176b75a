extension StringView {
  /// The order of two Strings by their UTF-16 code units, as defined by ECMA-262 7.2.12 (IsLessThan): negative, 0 or
  /// positive.
  ///
  /// UTF-8 sorts by code point. The two orders differ only for characters outside the Basic Multilingual Plane. In
  /// UTF-16 such a character begins with a surrogate (D800...DFFF), which is less than E000...FFFF. In UTF-8 it begins
  /// with F0...F4, which is greater than EE and EF, the lead bytes of E000...FFFF.
  func compareUTF16(_ other: StringView) -> Int {
    let count = min(byteCount, other.byteCount)
    var index = 0
    // Both texts begin at a word, and zeros fill their last words.
    while index < count {
      let a = memory[HeapOffset(bytes.bytes &+ index)]
      let b = memory[HeapOffset(other.bytes.bytes &+ index)]
      if a != b {
        let different = index &+ (a ^ b).trailingZeroBitCount >> 3
        if different >= count { break }
        return StringView.compareLeads(self[different], other[different])
      }
      index &+= 8
    }
    return byteCount &- other.byteCount
  }

  /// The order of the first bytes in which two texts differ. Both are lead bytes, or both are continuation bytes.
  private static func compareLeads(_ left: UInt8, _ right: UInt8) -> Int {
    let isReversed = left >= 0xee && right >= 0xee && (left >= 0xf0) != (right >= 0xf0)
    return (left < right) != isReversed ? -1 : 1
  }
}
