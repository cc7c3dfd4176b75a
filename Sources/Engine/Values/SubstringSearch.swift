/// Finds one String in another, in time proportional to their lengths and with constant memory: the two-way algorithm
/// of M. Crochemore and D. Perrin ("Two-way string-matching", Journal of the ACM 38(3), 1991).
///
/// The needle is cut in two at the position where its parts repeat least (the critical factorization). At each place,
/// the right part is compared forwards, then the left part backwards. After a mismatch on the right, the search skips
/// the bytes that were compared; after a mismatch on the left, it skips a whole period. Matches of valid UTF-8 begin
/// and end at character boundaries.
struct SubstringSearch {
  private let memory: LinearMemory
  private let haystack: HeapOffset
  private let haystackCount: Int
  private let needle: HeapOffset
  private let needleCount: Int
  /// Where the needle's right part begins.
  private let cut: Int
  /// How far the search advances after a match, or after a mismatch in the left part.
  private let period: Int
  /// Bytes of the needle that are known to match after such an advance; 0 unless the needle repeats itself.
  private let overlap: Int

  /// The next place to compare, and how many bytes are known to match there.
  private var place: Int
  private var known = 0

  /// Prepares to find `needle` in `haystack`, starting at a byte offset.
  ///
  /// - Precondition: the needle is not empty.
  init(_ needle: StringView, in haystack: StringView, from start: Int = 0) {
    assert(needle.byteCount > 0, "empty needle")
    memory = haystack.memory
    self.haystack = haystack.bytes
    haystackCount = haystack.byteCount
    self.needle = needle.bytes
    needleCount = needle.byteCount
    place = start
    if needle.byteCount > haystack.byteCount {
      // Nothing can be found, so the needle is not examined.
      (cut, period, overlap) = (0, 1, 0)
      return
    }
    let ascending = SubstringSearch.maximalSuffix(of: needle, isReversed: false)
    let descending = SubstringSearch.maximalSuffix(of: needle, isReversed: true)
    let (cut, period) = ascending.start >= descending.start ? ascending : descending
    self.cut = cut
    // The needle repeats itself if its left part occurs again one period later.
    let second = HeapOffset(needle.bytes.bytes &+ period)
    if cut &+ period <= needle.byteCount, needle.memory.equalBytes(needle.bytes, second, byteCount: cut) {
      self.period = period
      overlap = needle.byteCount &- period
    } else {
      self.period = max(cut, needle.byteCount &- cut) &+ 1
      overlap = 0
    }
  }

  /// The start of the needle's greatest suffix in the order of bytes (or in the reverse order), and the period of that
  /// suffix.
  private static func maximalSuffix(of needle: StringView, isReversed: Bool) -> (start: Int, period: Int) {
    // `start` is the best suffix so far, `candidate` the suffix compared with it, and `matched` the number of bytes in
    // which they agree.
    var start = 0
    var candidate = 1
    var matched = 0
    var period = 1
    while candidate &+ matched < needle.byteCount {
      let best = needle[start &+ matched]
      let other = needle[candidate &+ matched]
      if best == other {
        matched &+= 1
        if matched == period {
          candidate &+= period
          matched = 0
        }
      } else if (other < best) != isReversed {
        candidate &+= matched &+ 1
        matched = 0
        period = candidate &- start
      } else {
        start = candidate
        candidate = start &+ 1
        matched = 0
        period = 1
      }
    }
    return (start, period)
  }

  /// The byte offset of the next match, or nil. Matches may overlap: see `skip(to:)`.
  mutating func next() -> Int? {
    let last = haystackCount &- needleCount
    while place <= last {
      if known == 0 {
        // Every match has the first byte of the right part.
        place = nextCandidate(upTo: last)
        if place > last { break }
      }
      var index = max(cut, known)
      while index < needleCount, matches(index) { index &+= 1 }
      if index < needleCount {
        place &+= index &- cut &+ 1
        known = 0
        continue
      }
      index = cut
      while index > known, matches(index &- 1) { index &-= 1 }
      let found = index <= known ? place : nil
      place &+= period
      known = overlap
      if let found { return found }
    }
    return nil
  }

  /// The first place from `place` to `last` where the first byte of the needle's right part matches, or `last` + 1.
  @inline(__always)
  private func nextCandidate(upTo last: Int) -> Int {
    let first = memory[byte: HeapOffset(needle.bytes &+ cut)]
    var candidate = place
    // It is often near.
    let near = min(last, place &+ 3)
    while candidate <= near {
      if memory[byte: HeapOffset(haystack.bytes &+ candidate &+ cut)] == first { return candidate }
      candidate &+= 1
    }
    if candidate > last { return candidate }
    let end = HeapOffset(haystack.bytes &+ last &+ cut &+ 1)
    let found = memory.firstByte(first, from: HeapOffset(haystack.bytes &+ candidate &+ cut), to: end)
    return found.bytes &- cut &- haystack.bytes
  }

  /// Continues at a byte offset, at or after the end of the last match.
  mutating func skip(to offset: Int) {
    place = offset
    known = 0
  }

  @inline(__always)
  private func matches(_ index: Int) -> Bool {
    memory[byte: HeapOffset(needle.bytes &+ index)] == memory[byte: HeapOffset(haystack.bytes &+ place &+ index)]
  }
}
