// Invariants of Maps. Each node is checked by itself, so nodes that many Maps share are checked once.

extension MapView {
  /// Checks the Map's number of pairs, and its unused words.
  func checkInvariants() throws(InvariantViolation) {
    let (first, second) = (Value(bits: memory[rootPlace]), Value(bits: memory[offset.advanced(words: 2)]))
    if count == 0 && first != .undefined || count != 1 && second != .undefined {
      throw InvariantViolation(.emptyMapHoldsNothing, at: offset)
    }
    if count > 1 && root.count != count { throw InvariantViolation(.mapCountIsThatOfRoot, at: offset) }
  }
}

extension MapNodeView {
  /// Checks that the node branches on the first digit in which its keys differ, and that each key is in the slot of its
  /// digit.
  ///
  /// All keys below a node agree in the digits before its own. So the last key of each slot and the first key of the
  /// next slot first differ in that digit. The keys within a slot first differ in later digits, further down.
  func checkInvariants() throws(InvariantViolation) {
    func require(_ invariant: Invariant, _ holds: Bool) throws(InvariantViolation) {
      if !holds { throw InvariantViolation(invariant, at: offset) }
    }
    try require(.nodeBranches, branchCount >= 2)
    var below = 0
    var last: MapKey?
    for slot in 0..<16 where (pairs | children) & 1 &<< slot != 0 {
      if let child = child(slot) {
        try require(.nodeDigitIsBelowParent, child.digit > digit)
        below &+= child.count
      } else {
        below &+= 1
      }
      let (first, end) = (MapKey(memory, key(slot, .first)), MapKey(memory, key(slot, .last)))
      try require(.keyIsInSlotOfDigit, first.digit(digit) == slot)
      if let last {
        let isInHash = digit < MapKey.leadingDigits
        try require(.nodeBelowHashHasEqualHashes, isInHash || last.tag == first.tag && last.hash == first.hash)
        try require(.nodeDigitIsFirstDifference, last.firstDifference(from: first) == digit)
      }
      last = end
    }
    try require(.nodeCountIsThatOfBranches, below == count)
  }

  private enum End { case first, last }

  /// The first or the last key in a slot. Nodes further down must branch on later digits, as far as this has been
  /// checked. The descent ends after at most as many nodes as there are pairs.
  private func key(_ slot: Int, _ end: End) -> Value {
    var (node, slot) = (self, slot)
    while let child = node.child(slot), child.digit > node.digit, child.pairs | child.children != 0 {
      node = child
      let slots = child.pairs | child.children
      slot = end == .first ? slots.trailingZeroBitCount : Int.bitWidth &- 1 &- slots.leadingZeroBitCount
    }
    return node.pair(slot)?.key ?? .jsonNull
  }
}

extension MapKey {
  /// Checks a `mapKey` object: that the key is of a kind that needs one, and that the hash is that of the CBOR.
  static func checkInvariants(_ memory: LinearMemory, _ offset: HeapOffset) throws(InvariantViolation) {
    let byteCount = ObjectHeader(bits: memory[offset]).first
    let bytes = offset.advanced(words: MapKey.headerWords)
    switch memory.kind(of: Value(bits: memory[offset.advanced(words: 2)])) {
    case .decimal, .array, .record, .map: break
    case .jsonNull, .bool, .int, .string, .function, .undefined:
      throw InvariantViolation(.mapKeyIsComposite, at: offset)
    }
    try memory.checkPadding(bytes, byteCount, of: offset)
    var hash = FNV1a()
    hash.put(memory, bytes, count: byteCount)
    guard hash.value == memory[offset.advanced(words: 1)] else {
      throw InvariantViolation(.mapKeyHashIsThatOfBytes, at: offset)
    }
  }
}
