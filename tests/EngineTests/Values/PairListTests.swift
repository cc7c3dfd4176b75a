import Testing

@testable import Engine

/// Sorting of keys, compared with the standard library's stable sort of the same keys by their definitions of order.
@Suite struct PairListTests {
  /// Keys with and without a common hash, long and short, some of them more than once.
  private static func keys(_ count: Int, _ random: inout Expressions) -> [String] {
    (0..<count).map { _ in
      if random.chance(20) { return random.pick(MapTrieTests.colliding) }
      return String(repeating: random.pick(["a", "é", "😀", "z"]), count: random.below(9)) + "\(random.below(count))"
    }
  }

  private static func isBefore(_ left: StringView, _ right: StringView, _ order: PairList.Order) -> Bool {
    switch order {
    case .record, .map:
      if left.keyHash != right.keyHash { return left.keyHash < right.keyHash }
      return isBefore(left, right, .cbor)
    case .cbor:
      let (a, b) = (left.copyBytes(), right.copyBytes())
      return a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count < b.count
    case .utf16:
      let (a, b) = (text(left), text(right))
      return a.utf16.lexicographicallyPrecedes(b.utf16)
    }
  }

  private static func text(_ string: StringView) -> String { String(decoding: string.copyBytes(), as: UTF8.self) }

  @Test(arguments: [PairList.Order.record, .map, .cbor, .utf16])
  func pairsAreSortedAndTheLastOfEqualKeysStays(order: PairList.Order) {
    var random = Expressions(seed: 11)
    let owner = OwnedMemory(byteCount: 4 << 20)
    for count in [0, 1, 2, 3, 31, 32, 33, 34, 64, 100, 257, 1000] {
      for arrangement in 0..<4 {
        owner.memory.clear(HeapOffset(0), byteCount: 4 << 20)
        var heap = Heap(memory: owner.memory, start: HeapOffset(64), end: HeapOffset(2 << 20))
        var names = Self.keys(count, &random)
        // Also in order, and in two runs that are in order.
        let middle = arrangement == 1 ? 0 : arrangement == 2 ? count / 2 : count
        let strings = { (names: [String]) in names.map { heap.makeString(Array($0.utf8).span) } }
        if middle < count {
          for part in [0..<middle, middle..<count] {
            let views = strings(Array(names[part])).sorted { Self.isBefore($0, $1, order) }
            names.replaceSubrange(part, with: views.map(Self.text))
          }
        }
        let keys = strings(names)
        let pairs = HeapOffset(2 << 20)
        var list = PairList(
          owner.memory, pairs: pairs, count: 0, scratch: pairs.advanced(words: PairList.words(count)), order: order)
        for (index, key) in keys.enumerated() {
          // The list only reads hashes that have been computed.
          _ = key.keyHash
          list.append(key: Value(key.offset), value: Value(small: index))
        }
        list.sort()
        let sorted = keys.enumerated().sorted { Self.isBefore($0.element, $1.element, order) }
        let found = (0..<count).map { (list.key($0), list.value($0).inlineInteger) }
        #expect(found.map(\.1) == sorted.map { Int64($0.offset) })
        #expect(found.map(\.0) == sorted.map { Value($0.element.offset) })
        var last: [(name: String, index: Int)] = []
        for (index, key) in sorted {
          if last.last?.name == Self.text(key) { last.removeLast() }
          last.append((Self.text(key), index))
        }
        #expect(list.dropDuplicates() == (last.count < count))
        #expect((0..<list.count).map { list.value($0).inlineInteger } == last.map { Int64($0.index) })
      }
    }
  }
}
