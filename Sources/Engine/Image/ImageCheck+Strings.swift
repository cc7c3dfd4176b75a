/// Interned strings: the hash table holds every String of the image exactly once, where a search finds it, and has a free
/// slot, so that a search ends.
extension ImageCheck {
  func checkInternedStrings() throws(ImageDefect) {
    try checkSlots()
    try checkTextsDiffer()
  }

  private func slot(_ index: Int) -> Value { Value(bits: word(range(of: .internedStrings).lowerBound + index * 8)) }

  /// A search goes from a String's own slot on to the next free one, but not far. So it finds the String if all slots
  /// between are taken, and few.
  private func checkSlots() throws(ImageDefect) {
    let range = range(of: .objects)
    let count = self.range(of: .internedStrings).count / 8
    guard count > 0, count & (count - 1) == 0,
      let free = (0..<count).first(where: { slot($0) == .uninitialized })
    else { throw .section(.internedStrings) }
    var isListed = Array(repeating: UInt64(0), count: range.count / 512 + 1)
    var listed = 0
    var taken = 0
    for step in 1...count {
      let index = (free + step) & (count - 1)
      let value = slot(index)
      if value == .uninitialized {
        taken = 0
        continue
      }
      guard kind(of: value) == .string else { throw .internedString(index) }
      let own = Int(truncatingIfNeeded: StringView(memory, value.offset).keyHash) & (count - 1)
      let probe = (index - own) & (count - 1)
      guard probe <= taken, probe <= ImageLayout.maximumProbe else { throw .internedString(index) }
      let object = (value.offset.bytes - range.lowerBound) / 8
      guard isListed[object / 64] >> UInt64(object % 64) & 1 == 0 else { throw .internedString(index) }
      isListed[object / 64] |= 1 << UInt64(object % 64)
      listed += 1
      taken += 1
    }
    guard listed == strings.count else { throw .section(.internedStrings) }
  }

  /// Offsets of the Strings.
  private var strings: [Int] { objects.filter { ObjectHeader(bits: word($0)).is(.string) } }

  /// No two Strings have the same text.
  private func checkTextsDiffer() throws(ImageDefect) {
    let texts = strings.map { StringView(memory, HeapOffset($0)) }.sorted { KeyOrder.precedes($0, $1) }
    for index in texts.indices.dropFirst() where texts[index].equals(texts[index - 1]) {
      throw .object(offset: texts[index].offset.bytes)
    }
  }
}
