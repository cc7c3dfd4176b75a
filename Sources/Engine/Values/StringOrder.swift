extension StringView {
  /// The order of two Strings by their UTF-16 code units, as ECMA-262 7.2.12 (IsLessThan) has it: negative, 0 or
  /// positive.
  ///
  /// UTF-8 sorts by code point. The two orders differ in one place: a character outside the basic multilingual plane
  /// begins with a surrogate (D800...DFFF) in UTF-16, which is less than E000...FFFF, but with F0...F4 in UTF-8, which
  /// is more than EE and EF, the leads of E000...FFFF.
  func compareUTF16(_ other: StringView) -> Int {
    let count = min(byteCount, other.byteCount)
    var index = 0
    // Both begin at a word; what follows the text in its last word is zeros.
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

  /// The order of the first bytes in which two texts differ. Both are leads of characters, or both continue one.
  private static func compareLeads(_ left: UInt8, _ right: UInt8) -> Int {
    let isReversed = left >= 0xee && right >= 0xee && (left >= 0xf0) != (right >= 0xf0)
    return (left < right) != isReversed ? -1 : 1
  }
}
