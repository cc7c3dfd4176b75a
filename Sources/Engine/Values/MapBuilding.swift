extension Heap {
  /// The most words that a Map of `count` pairs takes. Each pair is stored in one node, and since each node branches,
  /// there are fewer nodes than pairs.
  static func mapWords(_ count: Int) -> Int { MapView.wordCount &+ 5 &* count }

  /// A Map of pairs that are in canonical order and have different keys. Uses the list's scratch space.
  mutating func makeMap(_ list: PairList) -> Value {
    if list.count == 1 { return makeMap(count: 1, list.key(0), list.value(0)) }
    let map = makeMap(count: list.count, .undefined, .undefined)
    // Nodes still to be made: the pairs below each one, and the place of the reference to it. There are fewer nodes
    // than pairs.
    var waiting = NodeQueue(memory, at: list.scratch)
    waiting.append(first: 0, end: list.count, place: MapView(memory, map.offset).rootPlace)
    while let (first, end, place) = waiting.next() {
      let node = makeMapNode(list, first, end)
      memory[place] = Value(node.offset).bits
      var index = first
      while index < end {
        let slot = MapKey(memory, list.key(index)).digit(node.digit)
        if node.pairs & 1 &<< slot != 0 {
          node.put(.pair(MapPair(key: list.key(index), value: list.value(index))), slot)
          index &+= 1
          continue
        }
        let start = index
        while index < end, MapKey(memory, list.key(index)).digit(node.digit) == slot { index &+= 1 }
        waiting.append(first: start, end: index, place: node.place(slot))
      }
    }
    return map
  }

  /// The node for some of the pairs, with its slots still empty.
  private mutating func makeMapNode(_ list: PairList, _ first: Int, _ end: Int) -> MapNodeView {
    let last = MapKey(memory, list.key(end &- 1))
    guard let digit = MapKey(memory, list.key(first)).firstDifference(from: last) else {
      preconditionFailure("the keys are different")
    }
    var (pairs, children) = (0, 0)
    for index in first..<end {
      let bit = 1 &<< MapKey(memory, list.key(index)).digit(digit)
      // Two keys with the same digit need a node below.
      children |= bit & pairs
      pairs |= bit
    }
    return makeMapNode(digit: digit, count: end &- first, pairs: pairs & ~children, children: children)
  }
}

/// A queue of the nodes still to be made, in linear memory. Each takes two words.
private struct NodeQueue {
  private let memory: LinearMemory
  private var first: HeapOffset
  private var end: HeapOffset

  init(_ memory: LinearMemory, at start: HeapOffset) {
    self.memory = memory
    first = start
    end = start
  }

  mutating func append(first: Int, end: Int, place: HeapOffset) {
    memory[self.end] = UInt64(first) | UInt64(end) << 32
    memory[self.end.advanced(words: 1)] = UInt64(place.bytes)
    self.end = self.end.advanced(words: 2)
  }

  mutating func next() -> (first: Int, end: Int, place: HeapOffset)? {
    if first == end { return nil }
    let range = memory[first]
    let place = HeapOffset(Int(truncatingIfNeeded: memory[first.advanced(words: 1)]))
    first = first.advanced(words: 2)
    return (Int(truncatingIfNeeded: range & 0xffff_ffff), Int(truncatingIfNeeded: range >> 32), place)
  }
}
