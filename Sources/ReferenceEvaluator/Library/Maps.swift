import Engine

// Functions of Map: docs/library.md, "Map".

extension Evaluation {
  func map(_ member: MapBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .of: return try mapOf(call)
    case .get: return try search(call).pair.map { Value.some($0.value) } ?? Value.none
    case .has: return .bool(try search(call).pair != nil)
    case .set:
      let (map, key, _) = try search(call, stepsPaid: 4)
      return .map(map.setting(MapValue.Pair(canonical: key, key: call[1], value: call[2])))
    case .delete:
      let (map, key, _) = try search(call, stepsPaid: 4)
      return .map(map.removing(key))
    case .size:
      try charge(call)
      guard let map = call[0].asMap else { throw .typeMismatch }
      return .int(Int64(map.pairs.count))
    case .keys: return .array(try pairs(call, resultWords: 1).map { $0.key })
    case .values: return .array(try pairs(call, resultWords: 1).map { $0.value })
    case .entries: return .array(try pairs(call, resultWords: entryWords).map { .array([$0.key, $0.value]) })
    case .empty: preconditionFailure("a constant is not called")
    }
  }

  /// All pairs of the Map, which have been paid for.
  private func pairs(_ call: LibraryCall, resultWords: Int) throws(Stop) -> [MapValue.Pair] {
    let pairs = try require(call[0].asMap, call).pairs
    try charge(call, (.visits, BulkWork.unitsPerVisit * pairs.count), (.elements, resultWords * pairs.count))
    return pairs
  }

  /// Pays for a search for the key that is the second argument. What makes a new Map pays the steps four times.
  private func search(
    _ call: LibraryCall, stepsPaid times: Int = 1
  ) throws(Stop) -> (map: MapValue, key: CanonicalKey, pair: MapValue.Pair?) {
    let map = try require(call[0].asMap, call)
    try charge(call, times * searchSteps(among: map.pairs.count))
    let key = try paidKey(call[1], among: map.pairs.count)
    return (map, key, map[key])
  }

  /// A key, whose CBOR is paid for as it grows, and then for being compared with others.
  private func paidKey(_ value: Value, among count: Int) throws(Stop) -> CanonicalKey {
    let cbor = try payForCBOR(of: value, function: .functionAsMapKey)
    try charge(BulkWork.keyComparison.units(of: keyComparisonSize(of: cbor.count, among: count)))
    return CanonicalKey(value, cbor: cbor)
  }

  private func mapOf(_ call: LibraryCall) throws(Stop) -> Value {
    let entries = try require(call[0].asArray, call)
    let steps = BulkWork.steps.units(of: 2 * searchSteps(among: entries.count))
    try charge(
      call.builtin.definition.row.units + BulkWork.visits.units(of: BulkWork.unitsPerVisit * entries.count)
        + BulkWork.elements.units(of: entryWords * entries.count)
        + Int64(Size.product(entries.count, steps)))
    for entry in entries { _ = try self.entry(entry) }
    var map = MapValue.empty
    for entry in entries {
      let (key, value) = try self.entry(entry)
      map = map.setting(MapValue.Pair(canonical: try paidKey(key, among: entries.count), key: key, value: value))
    }
    return .map(map)
  }
}
