/// Visits all pairs of a Map in canonical order, in time linear in their number, whatever the shape of the trie.
///
/// The nodes above the current one that have slots left wait on a stack. Each of them has at least one pair to come, so
/// the stack never has more words than there are pairs to come. A caller that writes a word or more for each pair can
/// therefore lend the end of the memory that it writes to:
///
/// ```
///  result                                                       end
/// ┌──────────────────────────────┬───────────────┬─────────────────┐
/// │ written, a word or more for  │ not yet used  │ nodes that wait │
/// │ each pair so far           → │               │ ←               │
/// └──────────────────────────────┴───────────────┴─────────────────┘
/// ```
struct MapWalk {
  private let memory: LinearMemory
  /// The topmost node that waits, or `end`.
  private var top: HeapOffset
  private let end: HeapOffset
  /// The current node, in which the walk goes from slot to slot; nil for a Map of at most one pair.
  private var node: MapNodeView?
  /// A bit for each slot of the node that is still to come.
  private var slots: Int
  /// Where the contents of the next of these slots are.
  private var place: HeapOffset
  /// The pair of a Map that has no node.
  private var single: MapPair?

  /// Begins at the first pair.
  ///
  /// - Parameter end: the end of as many words as the Map has pairs. The walk may use all of them at first. When it is
  ///   asked for pair n, counted from 0, it no longer uses the first n.
  init(_ map: MapView, lendingWordsBefore end: HeapOffset) {
    memory = map.memory
    self.end = end
    top = end
    slots = 0
    place = end
    if map.count == 1 { single = map.onlyPair }
    if map.count > 1 { enter(map.root) }
  }

  private mutating func enter(_ node: MapNodeView) {
    self.node = node
    slots = node.pairs | node.children
    place = node.offset.advanced(words: MapNodeView.headerWords)
  }

  /// The next pair; nil after the last one.
  mutating func next() -> MapPair? {
    if let pair = single {
      single = nil
      return pair
    }
    while let node {
      if slots == 0 {
        if top == end { return nil }
        resume()
        continue
      }
      let bit = slots & (0 &- slots)
      slots ^= bit
      let contents = place
      if node.pairs & bit != 0 {
        place = place.advanced(words: 2)
        return node.pair(at: contents)
      }
      place = place.advanced(words: 1)
      if slots != 0 { suspend(node) }
      enter(node.child(at: contents))
    }
    return nil
  }

  /// Puts the current node, which has slots left, on the stack: its word offset, and the slots in the upper 16 bits.
  private mutating func suspend(_ node: MapNodeView) {
    top = top.advanced(words: -1)
    memory[top] = UInt64(node.offset.bytes) >> 3 | UInt64(slots) << 48
  }

  /// Continues in the node that was put on the stack last.
  private mutating func resume() {
    let word = memory[top]
    top = top.advanced(words: 1)
    let node = MapNodeView(memory, HeapOffset(Int(truncatingIfNeeded: word & 0xffff_ffff_ffff) &* 8))
    self.node = node
    slots = Int(truncatingIfNeeded: word >> 48)
    place = node.place(slots.trailingZeroBitCount)
  }
}
