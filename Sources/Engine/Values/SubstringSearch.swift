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
  private let parts: NeedleParts

  /// The next place to compare, and how many bytes are known to match there.
  private var place: Int
  private var known = 0

  /// Prepares to find `needle` in `haystack`, starting at a byte offset.
  ///
  /// - Precondition: the needle is not empty.
  init(_ needle: StringView, in haystack: StringView, from start: Int = 0) {
    self.init(needle, cut: NeedleParts(of: needle, in: haystack), in: haystack, from: start)
  }

  /// The same for a needle that was cut before. What searches twice cuts once.
  init(_ needle: StringView, cut parts: NeedleParts, in haystack: StringView, from start: Int = 0) {
    assert(needle.byteCount > 0, "empty needle")
    memory = haystack.memory
    self.haystack = haystack.bytes
    haystackCount = haystack.byteCount
    self.needle = needle.bytes
    needleCount = needle.byteCount
    self.parts = parts
    place = start
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
      let index = firstMismatch(from: max(parts.cut, known))
      if index < needleCount {
        place &+= index &- parts.cut &+ 1
        known = 0
        continue
      }
      let found = matchesLeftPart ? place : nil
      place &+= parts.period
      known = parts.overlap
      if let found { return found }
    }
    return nil
  }

  /// The first place from `place` to `last` where the first byte of the needle's right part matches, or `last` + 1.
  @inline(__always)
  private func nextCandidate(upTo last: Int) -> Int {
    let cut = parts.cut
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

  /// The index of the first byte of the needle, from `start` on, that differs from the haystack, or the needle's length.
  /// Most differences come early, so a few bytes are compared one by one.
  @inline(__always)
  private func firstMismatch(from start: Int) -> Int {
    var index = start
    let near = min(needleCount, start &+ 4)
    while index < near {
      if memory[byte: HeapOffset(needle.bytes &+ index)] != memory[byte: HeapOffset(haystack.bytes &+ place &+ index)] {
        return index
      }
      index &+= 1
    }
    if index == needleCount { return index }
    let (left, right) = (HeapOffset(needle.bytes &+ index), HeapOffset(haystack.bytes &+ place &+ index))
    return index &+ memory.firstDifference(left, right, byteCount: needleCount &- index)
  }

  /// Whether the bytes of the left part match that are not known to.
  @inline(__always)
  private var matchesLeftPart: Bool {
    if known >= parts.cut { return true }
    let (left, right) = (HeapOffset(needle.bytes &+ known), HeapOffset(haystack.bytes &+ place &+ known))
    return memory.equalBytes(left, right, byteCount: parts.cut &- known)
  }
}

/// A needle cut in two, for `SubstringSearch`. It holds no addresses, so it stays valid when a collection moves the
/// needle.
struct NeedleParts {
  /// Where the needle's right part begins.
  let cut: Int
  /// How far a search advances after a match, or after a mismatch in the left part.
  let period: Int
  /// Bytes of the needle that are known to match after such an advance; 0 unless the needle repeats itself.
  let overlap: Int

  /// Cuts a needle. One that is empty, or longer than the haystack, is not examined.
  init(of needle: StringView, in haystack: StringView) {
    if needle.byteCount == 0 || needle.byteCount > haystack.byteCount {
      (cut, period, overlap) = (0, 1, 0)
      return
    }
    let ascending = NeedleParts.maximalSuffix(of: needle, isReversed: false)
    let descending = NeedleParts.maximalSuffix(of: needle, isReversed: true)
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
    // `start` is the best suffix so far, `candidate` the suffix compared with it.
    var start = 0
    var candidate = 1
    var period = 1
    while candidate < needle.byteCount {
      let (left, right) = (HeapOffset(needle.bytes.bytes &+ start), HeapOffset(needle.bytes.bytes &+ candidate))
      var matched = 0
      if needle[start] == needle[candidate] {
        matched = needle.memory.firstDifference(left, right, byteCount: needle.byteCount &- candidate)
        if candidate &+ matched == needle.byteCount { break }
      }
      // What lies between them repeats itself with this period.
      if matched >= period {
        candidate &+= matched &- matched % period
        matched %= period
      }
      if (needle[candidate &+ matched] < needle[start &+ matched]) != isReversed {
        candidate &+= matched &+ 1
        period = candidate &- start
      } else {
        start = candidate
        candidate = start &+ 1
        period = 1
      }
    }
    return (start, period)
  }
}
