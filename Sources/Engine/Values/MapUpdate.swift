// Maps are made from other Maps by path copying: the new Map shares all nodes with the old one, except those on the
// path from the root to the changed pair. This takes three steps: plan the change (`MapChange`), reserve its words, and
// copy the path from the root down.

/// The plan for a change of a Map.
struct MapChange {
  enum End {
    /// The result has one pair or none.
    case smallMap
    /// The contents of a slot change, in the node at the end of the path.
    case newValue, newPair, splitPair, removedPair, replacedChild
    /// A new node takes the place of the one at the end of the path, which becomes one of its two branches.
    case newNode
    /// The root is replaced by its only other branch.
    case newRoot
  }

  /// Nodes on the path that are copied, not counting the one at its end.
  let depth: Int
  let end: End
  /// The first digit in which the new key differs from the most similar one.
  let difference: Int
  /// Words to reserve.
  let words: Int

  init(_ end: End, depth: Int = 0, difference: Int = 0, words: Int = 0) {
    self.depth = depth
    self.end = end
    self.difference = difference
    self.words = words &+ MapView.wordCount
  }
}

extension MapView {
  // MARK: Planning a change

  /// The plan for setting the value of `key`.
  func change(setting key: MapKey) -> MapChange {
    if count == 0 { return MapChange(.smallMap) }
    let found = count == 1 ? onlyPair.key : mostSimilarKey(to: key)
    let difference = key.firstDifference(from: MapKey(memory, found))
    if count == 1 {
      guard let difference else { return MapChange(.smallMap) }
      return MapChange(.newNode, difference: difference, words: MapNodeView.wordCount(pairs: 2, children: 0))
    }
    var node = root
    var (depth, words) = (0, 0)
    while true {
      let slot = key.digit(node.digit)
      if let difference, node.digit > difference {
        return MapChange(
          .newNode, depth: depth, difference: difference,
          words: words &+ MapNodeView.wordCount(pairs: 1, children: 1))
      }
      words &+= node.wordCount
      if let child = node.child(slot) {
        node = child
        depth &+= 1
        continue
      }
      guard let difference else { return MapChange(.newValue, depth: depth, words: words) }
      if node.digit == difference {
        return MapChange(.newPair, depth: depth, difference: difference, words: words &+ 2)
      }
      return MapChange(
        .splitPair, depth: depth, difference: difference,
        words: words &- 1 &+ MapNodeView.wordCount(pairs: 2, children: 0))
    }
  }

  /// One of the keys that share the longest prefix of digits with `key`.
  ///
  /// - Precondition: there are at least two pairs.
  private func mostSimilarKey(to key: MapKey) -> Value {
    var node = root
    while true {
      let slot = key.digit(node.digit)
      if let pair = node.pair(slot) { return pair.key }
      // No key is in that slot, so all keys of the node share an equally long prefix with `key`.
      guard let child = node.child(slot) else { return node.anyKey }
      node = child
    }
  }

  /// The plan for removing `key`, which the Map must have.
  func change(removing key: MapKey) -> MapChange {
    if count <= 2 { return MapChange(.smallMap) }
    var node = root
    var (depth, words) = (0, 0)
    // Words of the path down to the parent of the last node, including the parent.
    var parentWords = 0
    while let child = node.child(key.digit(node.digit)) {
      words &+= node.wordCount
      parentWords = words
      node = child
      depth &+= 1
    }
    if node.branchCount > 2 { return MapChange(.removedPair, depth: depth, words: words &+ node.wordCount &- 2) }
    if depth == 0 { return MapChange(.newRoot) }
    // The node's other branch takes its place in the parent.
    return MapChange(.replacedChild, depth: depth &- 1, words: parentWords &+ 1)
  }

  // MARK: Making the changed Map

  /// The Map with a pair set.
  ///
  /// - Parameter change: the plan, whose words have been reserved.
  func setting(_ key: MapKey, to value: Value, _ change: MapChange, _ heap: inout Heap) -> Value {
    let pair = MapPair(key: key.word, value: value)
    if change.end == .smallMap { return heap.makeMap(count: 1, count == 1 ? onlyPair.key : key.word, value) }
    let added = change.end == .newValue ? 0 : 1
    let result = heap.makeMap(count: count &+ added, .undefined, .undefined)
    var place = MapView(memory, result.offset).rootPlace
    if count == 1 {
      memory[place] = heap.makeMapNode(branchingOn: change.difference, pair, .pair(onlyPair)).bits
      return result
    }
    let node = copyPath(to: key, change.depth, counting: added, &place, &heap)
    let slot = key.digit(node.digit)
    switch change.end {
    case .newNode:
      memory[place] = heap.makeMapNode(branchingOn: change.difference, pair, .child(node)).bits
    case .splitPair:
      guard let other = node.pair(slot) else { preconditionFailure("the slot holds a pair") }
      let inner = heap.makeMapNode(branchingOn: change.difference, pair, .pair(other))
      let child = MapNodeView(memory, inner.offset)
      memory[place] = Value(heap.makeMapNode(from: node, slot, .child(child), counting: added).offset).bits
    default:
      // The Map keeps its own key object, so shared keys stay shared.
      let kept = MapPair(key: node.pair(slot)?.key ?? key.word, value: value)
      memory[place] = Value(heap.makeMapNode(from: node, slot, .pair(kept), counting: added).offset).bits
    }
    return result
  }

  /// The Map with a pair removed.
  ///
  /// - Precondition: it has at least two pairs, and one of them has the key.
  /// - Parameter change: the plan, whose words have been reserved.
  func removing(_ key: MapKey, _ change: MapChange, _ heap: inout Heap) -> Value {
    if change.end == .smallMap {
      let first = pair(at: 0)
      let kept = key.firstDifference(from: MapKey(memory, first.key)) == nil ? pair(at: 1) : first
      return heap.makeMap(count: 1, kept.key, kept.value)
    }
    let result = heap.makeMap(count: count &- 1, .undefined, .undefined)
    var place = MapView(memory, result.offset).rootPlace
    let node = copyPath(to: key, change.depth, counting: -1, &place, &heap)
    let slot = key.digit(node.digit)
    switch change.end {
    case .newRoot:
      if case .child(let other) = node.otherBranch(than: slot) { memory[place] = Value(other.offset).bits }
    case .replacedChild:
      guard let child = node.child(slot) else { preconditionFailure("the slot holds a node") }
      let other = child.otherBranch(than: key.digit(child.digit))
      memory[place] = Value(heap.makeMapNode(from: node, slot, other, counting: -1).offset).bits
    default:
      memory[place] = Value(heap.makeMapNode(from: node, slot, .empty, counting: -1).offset).bits
    }
    return result
  }

  /// Copies the first `depth` nodes on the path from the root to a key.
  ///
  /// - Parameters:
  ///   - difference: the change in the number of pairs below them.
  ///   - place: at first, where the reference to the first copy goes; afterwards, where the reference to the end of the
  ///     path goes.
  /// - Returns: the node at the end of the path, which is not copied.
  private func copyPath(
    to key: MapKey, _ depth: Int, counting difference: Int, _ place: inout HeapOffset, _ heap: inout Heap
  ) -> MapNodeView {
    var node = root
    for _ in 0..<depth {
      let slot = key.digit(node.digit)
      guard let child = node.child(slot) else { preconditionFailure("the path goes through nodes") }
      let copy = heap.makeMapNode(from: node, slot, .child(child), counting: difference)
      memory[place] = Value(copy.offset).bits
      place = copy.place(slot)
      node = child
    }
    return node
  }
}

/// The contents of a slot of a node.
enum MapSlot {
  case empty
  case pair(MapPair)
  case child(MapNodeView)
}

extension MapNodeView {
  func contents(_ slot: Int) -> MapSlot {
    if let pair = pair(slot) { return .pair(pair) }
    if let child = child(slot) { return .child(child) }
    return .empty
  }

  /// A key below the node.
  var anyKey: Value {
    var node = self
    while true {
      let slot = (node.pairs | node.children).trailingZeroBitCount
      if let pair = node.pair(slot) { return pair.key }
      node = node.child(at: node.place(slot))
    }
  }

  /// The other branch of a node that has two.
  func otherBranch(than slot: Int) -> MapSlot {
    contents(((pairs | children) & ~(1 &<< slot)).trailingZeroBitCount)
  }

  /// Writes a slot of a node that is being made.
  func put(_ contents: MapSlot, _ slot: Int) {
    let place = place(slot)
    switch contents {
    case .empty: break
    case .child(let node): memory[place] = Value(node.offset).bits
    case .pair(let pair):
      memory[place] = pair.key.bits
      memory[place.advanced(words: 1)] = pair.value.bits
    }
  }
}

extension Heap {
  /// A copy of a node with other contents in one slot.
  ///
  /// - Parameter difference: the change in the number of pairs below it.
  fileprivate mutating func makeMapNode(
    from node: MapNodeView, _ changed: Int, _ contents: MapSlot, counting difference: Int
  ) -> MapNodeView {
    let bit = 1 &<< changed
    var (pairs, children) = (node.pairs & ~bit, node.children & ~bit)
    switch contents {
    case .empty: break
    case .pair: pairs |= bit
    case .child: children |= bit
    }
    let copy = makeMapNode(digit: node.digit, count: node.count &+ difference, pairs: pairs, children: children)
    // The words before and after the slot stay the same.
    let (place, target) = (node.place(changed), copy.place(changed))
    let first = node.offset.advanced(words: MapNodeView.headerWords)
    memory.copy(
      from: first, to: copy.offset.advanced(words: MapNodeView.headerWords), byteCount: place.bytes &- first.bytes)
    copy.put(contents, changed)
    let rest = place.advanced(words: node.slotWords(changed))
    memory.copy(
      from: rest, to: target.advanced(words: copy.slotWords(changed)),
      byteCount: node.offset.advanced(words: node.wordCount).bytes &- rest.bytes)
    return copy
  }

  /// A node with two branches: a new pair, and what was in its place before.
  fileprivate mutating func makeMapNode(branchingOn digit: Int, _ pair: MapPair, _ other: MapSlot) -> Value {
    let key = MapKey(memory, pair.key)
    let slot = key.digit(digit)
    var (pairs, children, count) = (1 &<< slot, 0, 1)
    let otherSlot: Int
    switch other {
    case .empty: preconditionFailure("a node has two branches")
    case .pair(let old):
      otherSlot = MapKey(memory, old.key).digit(digit)
      pairs |= 1 &<< otherSlot
      count &+= 1
    case .child(let node):
      otherSlot = MapKey(memory, node.anyKey).digit(digit)
      children = 1 &<< otherSlot
      count &+= node.count
    }
    let node = makeMapNode(digit: digit, count: count, pairs: pairs, children: children)
    node.put(.pair(pair), slot)
    node.put(other, otherSlot)
    return Value(node.offset)
  }
}
