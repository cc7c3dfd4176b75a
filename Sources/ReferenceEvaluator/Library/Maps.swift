import Engine

// Functions of Map: docs/library.md, "Map".

extension Evaluation {
  func mapFunction(_ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .mapOf: return try mapOf(call)
    case .mapSize:
      try charge(call)
      guard let map = call[0].asMap else { throw .typeMismatch }
      return .int(Int64(map.pairs.count))
    case .mapKeys, .mapValues, .mapEntries:
      let pairs = try require(call[0].asMap, call).pairs
      try charge(call, pairs.count)
      return .array(
        pairs.map { pair in
          switch call.builtin {
          case .mapKeys: pair.key
          case .mapValues: pair.value
          default: .array([pair.key, pair.value])
          }
        })
    default: return try search(call)
    }
  }

  /// `Map.get`, `has`, `set`, `delete`: a search for one key.
  private func search(_ call: LibraryCall) throws(Stop) -> Value {
    let map = try require(call[0].asMap, call)
    // What makes a new Map pays twice.
    let steps = searchSteps(among: map.pairs.count)
    try charge(call, call.builtin == .mapSet || call.builtin == .mapDelete ? 2 * steps : steps)
    let key = try paidKey(call[1])
    switch call.builtin {
    case .mapGet: return map[key].map { Value.some($0.value) } ?? Value.none
    case .mapHas: return .bool(map[key] != nil)
    case .mapSet: return .map(map.setting(MapValue.Pair(canonical: key, key: call[1], value: call[2])))
    default: return .map(map.removing(key))
    }
  }

  /// A key, whose CBOR is paid for as it grows.
  private func paidKey(_ value: Value) throws(Stop) -> CanonicalKey {
    CanonicalKey(value, cbor: try payForCBOR(of: value, function: .functionAsMapKey))
  }

  private func mapOf(_ call: LibraryCall) throws(Stop) -> Value {
    let entries = try require(call[0].asArray, call)
    let steps = BulkWork.steps.units(of: 2 * searchSteps(among: entries.count))
    try charge(
      call.builtin.definition.row.units + BulkWork.elements.units(of: entries.count)
        + Int64(Size.product(entries.count, steps)))
    for entry in entries { _ = try self.entry(entry) }
    var map = MapValue.empty
    for entry in entries {
      let (key, value) = try self.entry(entry)
      map = map.setting(MapValue.Pair(canonical: try paidKey(key), key: key, value: value))
    }
    return .map(map)
  }
}
