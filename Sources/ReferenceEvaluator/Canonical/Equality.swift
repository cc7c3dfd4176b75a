internal import Engine

extension Evaluation {
  /// Whether two values are equal. Pairs are visited in pre-order, up to the first difference. Each pair from the
  /// second on is paid for: a field of two Records as two pairs; a key of two Maps, or a value, as three. Two Strings
  /// cost the bytes of the shorter one in addition.
  ///
  /// - Parameter row: a charge for the comparison, which is combined with the charge for two Strings.
  func areEqual(_ left: Value, _ right: Value, charging row: Int64 = 0) throws(Stop) -> Bool {
    if let a = left.asString, let b = right.asString {
      try charge(row + BulkWork.stringComparison.units(of: min(a.byteCount, b.byteCount)))
      return a == b
    }
    try charge(row)
    var open: Set<OpenPair> = []
    return try visit(left, right, &open)
  }

  /// Two functions that are being compared. If they are reached again, they count as equal: closures can refer to each
  /// other in a cycle, and two of them differ only if some difference can be reached.
  private struct OpenPair: Hashable {
    let left: ObjectIdentifier
    let right: ObjectIdentifier
  }

  private func visit(_ left: Value, _ right: Value, _ open: inout Set<OpenPair>) throws(Stop) -> Bool {
    switch (left, right) {
    case (.null, .null), (.undefined, .undefined): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.int(let a), .int(let b)): return a == b
    case (.decimal(let a), .decimal(let b)): return a == b
    case (.string(let a), .string(let b)):
      try charge(BulkWork.stringComparison.units(of: min(a.byteCount, b.byteCount)))
      return a == b
    case (.builtin(let a), .builtin(let b)): return a == b
    case (.array(let a), .array(let b)):
      guard a.count == b.count else { return false }
      return try visitChildren(a.count, &open) { index in (nil, a[index], b[index]) }
    case (.record(let a), .record(let b)):
      guard a.fields.count == b.fields.count else { return false }
      return try visitChildren(a.fields.count, asPairs: 2, &open) { index in
        ((a.fields[index].key, b.fields[index].key), a.fields[index].value, b.fields[index].value)
      }
    case (.map(let a), .map(let b)):
      guard a.pairs.count == b.pairs.count else { return false }
      return try visitChildren(2 * a.pairs.count, asPairs: 3, &open) { index in
        let (first, second) = (a.pairs[index / 2], b.pairs[index / 2])
        return index % 2 == 0 ? (nil, first.key, second.key) : (nil, first.value, second.value)
      }
    case (.function(let a), .function(let b)): return try visit(a, b, &open)
    default: return false
    }
  }

  private func visit(_ left: Closure, _ right: Closure, _ open: inout Set<OpenPair>) throws(Stop) -> Bool {
    guard codes.areSame(left.node, right.node) else { return false }
    let pair = OpenPair(left: ObjectIdentifier(left), right: ObjectIdentifier(right))
    guard !left.captures.isEmpty, open.insert(pair).inserted else { return true }
    let isEqual = try visitChildren(left.captures.count, &open) { index in
      (nil, left.captures[index].value, right.captures[index].value)
    }
    open.remove(pair)
    return isEqual
  }

  /// A pair of children: their keys, if they have any, and their values. A name without a value yet has none.
  private typealias Children = (keys: (Text, Text)?, left: Value?, right: Value?)

  private func visitChildren(
    _ count: Int, asPairs pairs: Int = 1, _ open: inout Set<OpenPair>, _ children: (Int) -> Children
  ) throws(Stop) -> Bool {
    if count == 0 { return true }
    try takeStack(Evaluation.levelWords)
    for index in 0..<count {
      let (keys, left, right) = children(index)
      try chargeUnits(Int64(pairs * BulkWork.unitsPerPair))
      if let (a, b) = keys {
        try charge(BulkWork.stringComparison.units(of: min(a.byteCount, b.byteCount)))
        if a != b {
          giveStackBack(Evaluation.levelWords)
          return false
        }
      }
      let isEqual: Bool
      if let left, let right { isEqual = try visit(left, right, &open) } else { isEqual = left == nil && right == nil }
      if !isEqual {
        giveStackBack(Evaluation.levelWords)
        return false
      }
    }
    giveStackBack(Evaluation.levelWords)
    return true
  }
}
