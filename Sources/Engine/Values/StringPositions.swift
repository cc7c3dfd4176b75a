// ECMAScript counts Strings in UTF-16 code units; here they are stored as UTF-8. This file converts between the two,
// eight bytes at a time: a String's bytes begin at a word, and zeros fill the last word.

/// Counts code units in words of UTF-8.
private enum UTF8Word {
  private static let lowBits: UInt64 = 0x0101_0101_0101_0101

  /// Code units of the characters that begin in the word: one for each byte that is not a continuation byte, and one
  /// more for each lead byte of four. Only bytes whose lowest bit is set in `mask` count.
  @inline(__always)
  static func utf16Count(_ word: UInt64, mask: UInt64 = lowBits) -> Int {
    let high = word >> 7
    let continuations = high & ~(word >> 6)
    let leadsOfFour = high & (word >> 6) & (word >> 5) & (word >> 4)
    return sumOfBytes((~continuations & mask) &+ (leadsOfFour & mask))
  }

  /// The sum of the eight bytes of a word. It must be less than 256.
  @inline(__always)
  private static func sumOfBytes(_ word: UInt64) -> Int { Int(truncatingIfNeeded: (word &* lowBits) >> 56) }

  /// Numbers of multi-byte characters, and of four-byte characters among them, that begin in the word. Only bytes whose
  /// lowest bit is set in `mask` count.
  @inline(__always)
  static func leadCounts(_ word: UInt64, mask: UInt64) -> (ofSeveral: Int, ofFour: Int) {
    let leads = (word >> 7) & (word >> 6) & mask
    return (sumOfBytes(leads), sumOfBytes(leads & (word >> 5) & (word >> 4)))
  }

  /// A mask with the lowest bits of the bytes `from..<to` of a word.
  @inline(__always)
  static func mask(from: Int, to: Int) -> UInt64 {
    let upTo = to >= 8 ? lowBits : lowBits & ((1 << UInt64(to &* 8)) &- 1)
    return upTo & ~((1 << UInt64(from &* 8)) &- 1)
  }
}

extension StringView {
  /// The byte position of an index in UTF-16 code units.
  struct Position {
    /// The first byte of the character.
    let byte: Int
    /// Whether the index is that of the character's second code unit. A cut there leaves half a pair.
    let splitsCharacter: Bool
  }

  /// The position of a code unit; the end of the bytes for `utf16Count`.
  ///
  /// - Precondition: `unit` is within `0...utf16Count`.
  func position(ofUnit unit: Int) -> Position {
    assert(unit >= 0 && unit <= utf16Count, "code unit out of bounds")
    if isASCII { return Position(byte: unit, splitsCharacter: false) }
    var byte = 0
    var units = 0
    while byte &+ 8 <= byteCount {
      let count = UTF8Word.utf16Count(memory[HeapOffset(bytes.bytes &+ byte)])
      if units &+ count > unit { break }
      units &+= count
      byte &+= 8
    }
    while byte < byteCount {
      let lead = self[byte]
      let width = UTF8Text.utf16Units(beginningWith: lead)
      // The last word may have ended inside a character, whose other bytes are skipped here.
      if width == 0 {
        byte &+= 1
        continue
      }
      if units == unit { break }
      if units &+ width > unit { return Position(byte: byte, splitsCharacter: true) }
      units &+= width
      byte &+= UTF8Text.sequenceLength(beginningWith: lead)
    }
    return Position(byte: byte, splitsCharacter: false)
  }

  /// UTF-16 code units of the characters that begin in a range of bytes.
  func utf16Count(from: Int, to: Int) -> Int {
    assert(from >= 0 && from <= to && to <= byteCount, "range out of bounds")
    return isASCII ? to &- from : countUTF16(from: from, to: to)
  }

  /// UTF-16 code units of all characters. They are counted, whatever the header says.
  var countedUTF16: Int { countUTF16(from: 0, to: byteCount) }

  private func countUTF16(from: Int, to: Int) -> Int {
    var count = 0
    var byte = from & ~7
    while byte < to {
      let mask = UTF8Word.mask(from: max(0, from &- byte), to: to &- byte)
      count &+= UTF8Word.utf16Count(memory[HeapOffset(bytes.bytes &+ byte)], mask: mask)
      byte &+= 8
    }
    return count
  }

  /// Numbers of multi-byte characters, and of four-byte characters among them, that begin before an offset.
  func leadCounts(to end: Int) -> (ofSeveral: Int, ofFour: Int) {
    var counts = (ofSeveral: 0, ofFour: 0)
    if isASCII { return counts }
    var byte = 0
    while byte < end {
      let mask = UTF8Word.mask(from: 0, to: end &- byte)
      let found = UTF8Word.leadCounts(memory[HeapOffset(bytes.bytes &+ byte)], mask: mask)
      counts = (counts.ofSeveral &+ found.ofSeveral, counts.ofFour &+ found.ofFour)
      byte &+= 8
    }
    return counts
  }

  /// Number of Unicode characters: the number of code units, minus one for each four-byte character, which has two.
  var characterCount: Int { utf16Count &- leadCounts(to: byteCount).ofFour }

  /// The Unicode scalar value whose first byte is at an offset.
  func scalar(at byte: Int) -> UInt32 {
    let lead = UInt32(self[byte])
    func continuation(_ distance: Int) -> UInt32 { UInt32(self[byte &+ distance]) & 0x3f }
    switch UTF8Text.sequenceLength(beginningWith: UInt8(lead)) {
    case 1: return lead
    case 2: return (lead & 0x1f) << 6 | continuation(1)
    case 3: return (lead & 0x0f) << 12 | continuation(1) << 6 | continuation(2)
    default: return (lead & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3)
    }
  }

  /// The first byte of the character before an offset.
  ///
  /// - Precondition: the offset is greater than 0, and a character begins there or the text ends.
  func characterStart(before byte: Int) -> Int {
    var start = byte &- 1
    while self[start] & 0xc0 == 0x80 { start &-= 1 }
    return start
  }
}
