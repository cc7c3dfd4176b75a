/// Interned strings. The hash table contains every String of the image exactly once, where a search finds it. It has a
/// free slot, so every search ends.
extension ImageCheck {
  private func slot(_ index: Int) -> Value { Value(bits: word(range(of: .internedStrings).lowerBound + index * 8)) }

  /// A search begins at a String's own slot and ends at the next free one, or after a few slots. So it finds the String
  /// if all slots in between are occupied, and there are few of them. Two Strings with the same text have the same own
  /// slot, so a search for one of them meets the other first.
  func checkInternedStrings() throws(ImageDefect) {
    let count = range(of: .internedStrings).count / 8
    guard count > 0, count & (count - 1) == 0,
      let free = (0..<count).first(where: { slot($0) == .uninitialized })
    else { throw .section(.internedStrings) }
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
      let string = StringView(memory, value.offset)
      let own = Int(truncatingIfNeeded: string.keyHash) & (count - 1)
      let probe = (index - own) & (count - 1)
      guard probe <= taken, probe <= ImageLayout.maximumProbe else { throw .internedString(index) }
      for distance in 0..<probe {
        let other = StringView(memory, slot((own + distance) & (count - 1)).offset)
        if string.equals(other) { throw .object(offset: value.offset.bytes) }
      }
      listed += 1
      taken += 1
    }
    let strings = objects.count { ObjectHeader(bits: word($0)).is(.string) }
    guard listed == strings else { throw .section(.internedStrings) }
  }
}
