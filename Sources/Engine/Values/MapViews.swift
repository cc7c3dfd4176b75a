/// A pair of a Map: the key as the Map stores it (`MapKey.word`), and the value.
struct MapPair {
  let key: Value
  let value: Value
}

/// A Map. Its pairs are in canonical order, in a trie whose shape depends only on them.
///
/// ```
///  header                 word 1        word 2
/// ┌──────────────────────┬─────────────┬───────────┐
/// │ map, first = 0       │ undefined   │ undefined │   no pair
/// ├──────────────────────┼─────────────┼───────────┤
/// │ map, first = 1       │ key         │ value     │   one pair
/// ├──────────────────────┼─────────────┼───────────┤
/// │ map, first ≥ 2       │ root node   │ undefined │
/// └──────────────────────┴─────────────┴───────────┘
/// ```
struct MapView {
  let memory: LinearMemory
  let offset: HeapOffset
  /// Number of pairs.
  let count: Int

  static let wordCount = 3

  /// - Precondition: there is a Map at `offset`.
  @inline(__always)
  init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    let header = ObjectHeader(bits: memory[offset])
    assert(header.is(.map), "not a Map")
    count = header.first
  }

  /// Where the root or the only key is.
  var rootPlace: HeapOffset { offset.advanced(words: 1) }

  /// - Precondition: there are at least two pairs.
  var root: MapNodeView { MapNodeView(memory, Value(bits: memory[rootPlace]).offset) }

  /// - Precondition: there is one pair.
  var onlyPair: MapPair {
    MapPair(key: Value(bits: memory[rootPlace]), value: Value(bits: memory[offset.advanced(words: 2)]))
  }

  /// A pair, by its index in canonical order.
  func pair(at index: Int) -> MapPair {
    var state: UInt64 = 0
    return pair(at: index, &state)
  }

  /// The same, for a walk from pair to pair.
  ///
  /// - Parameter state: 0 at first, then what the call for the previous pair left there.
  func pair(at index: Int, _ state: inout UInt64) -> MapPair {
    var cursor = MapCursor(self, at: index, state: state)
    guard let pair = cursor.next() else { preconditionFailure("pair out of bounds") }
    state = cursor.state
    return pair
  }

  /// The pair with this key, if there is one.
  func pair(of key: MapKey) -> MapPair? {
    if count == 0 { return nil }
    var pair = onlyPair
    if count > 1 {
      var node = root
      while true {
        let slot = key.digit(node.digit)
        if let child = node.child(slot) {
          node = child
          continue
        }
        guard let found = node.pair(slot) else { return nil }
        pair = found
        break
      }
    }
    return key.firstDifference(from: MapKey(memory, pair.key)) == nil ? pair : nil
  }
}

/// A node of a Map's trie. It branches on one digit of the keys (`MapKey.digit`): the first in which the keys below the
/// node differ. So each node has at least two branches, and the nodes depend only on the keys.
///
/// ```
///  header                                  word 1                        word 2 …
/// ┌───────────────────────────────────────┬─────────────────────────────┬──────────────────────────┐
/// │ mapNode, first = slots with a pair,   │ Int: which digit, then 30   │ for each slot in use, in │
/// │ second = slots with a node (16 bits)  │ bits: number of pairs below │ order: key, value | node │
/// └───────────────────────────────────────┴─────────────────────────────┴──────────────────────────┘
/// ```
/// The slots are the 16 values of the digit. All words but the header are values.
struct MapNodeView {
  let memory: LinearMemory
  let offset: HeapOffset
  /// A bit for each slot that holds a pair.
  let pairs: Int
  /// A bit for each slot that holds a node.
  let children: Int

  static let headerWords = 2

  /// - Precondition: there is a node at `offset`.
  @inline(__always)
  init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    let header = ObjectHeader(bits: memory[offset])
    assert(header.is(.mapNode), "not a node")
    pairs = header.first
    children = header.second
  }

  private var summary: Int64 { Value(bits: memory[offset.advanced(words: 1)]).inlineInteger }

  /// The digit of the keys on which the node branches.
  var digit: Int { Int(truncatingIfNeeded: summary >> 30) }

  /// Number of pairs below.
  var count: Int { Int(truncatingIfNeeded: summary & 0x3fff_ffff) }

  /// Number of slots in use.
  var branchCount: Int { pairs.nonzeroBitCount &+ children.nonzeroBitCount }

  var wordCount: Int { MapNodeView.wordCount(pairs: pairs.nonzeroBitCount, children: children.nonzeroBitCount) }

  static func wordCount(pairs: Int, children: Int) -> Int { headerWords &+ 2 &* pairs &+ children }

  /// Words that the contents of a slot take.
  func slotWords(_ slot: Int) -> Int { pairs & 1 &<< slot != 0 ? 2 : children & 1 &<< slot != 0 ? 1 : 0 }

  /// Where the contents of a slot are.
  @inline(__always)
  func place(_ slot: Int) -> HeapOffset {
    let below = 1 &<< slot &- 1
    return offset.advanced(
      words: MapNodeView.wordCount(
        pairs: (pairs & below).nonzeroBitCount, children: (children & below).nonzeroBitCount))
  }

  /// The pair in a slot, if there is one.
  @inline(__always)
  func pair(_ slot: Int) -> MapPair? { pairs & 1 &<< slot == 0 ? nil : pair(at: place(slot)) }

  /// The pair whose first word is at `place`.
  @inline(__always)
  func pair(at place: HeapOffset) -> MapPair {
    MapPair(key: Value(bits: memory[place]), value: Value(bits: memory[place.advanced(words: 1)]))
  }

  /// The node in a slot, if there is one.
  @inline(__always)
  func child(_ slot: Int) -> MapNodeView? { children & 1 &<< slot == 0 ? nil : child(at: place(slot)) }

  /// The node to which the word at `place` refers.
  @inline(__always)
  func child(at place: HeapOffset) -> MapNodeView { MapNodeView(memory, Value(bits: memory[place]).offset) }
}

/// Visits the pairs of a Map in canonical order, with one word of state. Moving to the next pair in the same node takes
/// one step. To move to another node, it follows the last key down from the root. `MapWalk` avoids these steps, but
/// needs memory.
struct MapCursor {
  private let map: MapView
  /// The index of the next pair.
  private(set) var index: Int
  /// Where the last pair is, in bytes, and below that, in 5 bits, how many pairs follow it directly. 0 at the
  /// beginning.
  private(set) var state: UInt64

  /// - Parameter state: the state of a cursor that has just returned the pair before `index`, or 0.
  init(_ map: MapView, at index: Int = 0, state: UInt64 = 0) {
    self.map = map
    self.index = index
    self.state = state
  }

  /// The pair that was returned last.
  var pair: MapPair {
    let place = HeapOffset(Int(truncatingIfNeeded: state >> 5))
    return MapPair(key: Value(bits: map.memory[place]), value: Value(bits: map.memory[place.advanced(words: 1)]))
  }

  /// The next pair; nil after the last one.
  mutating func next() -> MapPair? {
    if index >= map.count { return nil }
    if state & 31 > 0 {
      // 16 bytes on, with one pair fewer to follow.
      state &+= 16 << 5 &- 1
    } else if map.count == 1 {
      state = UInt64(truncatingIfNeeded: map.rootPlace.bytes) << 5
    } else if state == 0 {
      find(index)
    } else {
      advance()
    }
    index &+= 1
    return pair
  }

  /// Finds the pair with an index, from the root down.
  private mutating func find(_ index: Int) {
    var node = map.root
    var left = index
    while true {
      var slots = node.pairs | node.children
      while true {
        let slot = slots.trailingZeroBitCount
        slots &= slots &- 1
        let count = node.child(slot)?.count ?? 1
        if left < count {
          guard let child = node.child(slot) else { return stop(at: slot, of: node) }
          node = child
          break
        }
        left &-= count
      }
    }
  }

  /// Finds the pair after the last one: the lowest node on the way to its key that has a later slot leads there.
  private mutating func advance() {
    let key = MapKey(map.memory, pair.key)
    var node = map.root
    var (turn, slot) = (node, 0)
    while true {
      let own = key.digit(node.digit)
      let later = (node.pairs | node.children) & (-2 &<< own)
      if later != 0 { (turn, slot) = (node, later.trailingZeroBitCount) }
      guard let child = node.child(own) else { break }
      node = child
    }
    while let child = turn.child(slot) { (turn, slot) = (child, (child.pairs | child.children).trailingZeroBitCount) }
    stop(at: slot, of: turn)
  }

  /// Remembers the pair in a slot, and how many pairs are next to it.
  private mutating func stop(at slot: Int, of node: MapNodeView) {
    let later = -2 &<< slot
    let children = node.children & later
    let nextChild = children & (0 &- children)
    let run = (node.pairs & later & (nextChild &- 1)).nonzeroBitCount
    state = UInt64(truncatingIfNeeded: node.place(slot).bytes) << 5 | UInt64(run)
  }
}
