/// The canonical order of the Strings of an image whose hashes are equal.
///
/// Their length and their bytes decide. A hostile image can have a million shapes with the same two long keys. Comparing the
/// bytes for each shape would take far more time than the size of the image justifies. So the Strings are sorted once, when
/// two keys with the same hash are first compared; from then on, their ranks are compared.
struct KeyRanks {
  /// For each word from the first object on: the rank of the String that begins there. Strings with the same text have
  /// the same rank.
  private var ranks: [UInt32] = []
  /// The offset of the first object.
  private var start = 0

  /// Whether `left` comes before `right` in the canonical order.
  ///
  /// - Parameter objects: the offsets of all objects of the image.
  mutating func precedes(_ left: StringView, _ right: StringView, among objects: [Int]) -> Bool {
    let (a, b) = (left.knownKeyHash, right.knownKeyHash)
    if a != b { return a < b }
    if ranks.isEmpty { sort(objects, left.memory) }
    return ranks[index(of: left)] < ranks[index(of: right)]
  }

  private func index(of string: StringView) -> Int { (string.offset.bytes &- start) >> 3 }

  private func isBefore(_ left: StringView, _ right: StringView) -> Bool {
    let (a, b) = (left.knownKeyHash, right.knownKeyHash)
    return a == b ? KeyOrder.precedes(left, sameHash: right) : a < b
  }

  private mutating func sort(_ objects: [Int], _ memory: LinearMemory) {
    guard let first = objects.first, let last = objects.last else { return }
    start = first
    ranks = Array(repeating: 0, count: (last &- first) >> 3 &+ 1)
    var strings: [StringView] = []
    for offset in objects where ObjectHeader(bits: memory[HeapOffset(offset)]).is(.string) {
      strings.append(StringView(memory, HeapOffset(offset)))
    }
    strings.sort { isBefore($0, $1) }
    var rank: UInt32 = 0
    for position in strings.indices {
      if position > 0 && isBefore(strings[position &- 1], strings[position]) { rank &+= 1 }
      ranks[index(of: strings[position])] = rank
    }
  }
}
