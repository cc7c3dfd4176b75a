// The built-ins of Map. ECMAScript's Map is mutable; these functions take the Map as their first argument, and changes
// return a new Map.
//
// Each key costs the steps of a search in its Map and the bytes of its CBOR. The bytes are charged as they are counted.
// The same pass finds keys that have no CBOR.

/// The part of each pair of a Map that is read.
enum MapMember {
  case key, value
}

extension Machine {
  /// Whether the value is a Map.
  @inline(__always)
  func isMap(_ value: Value) -> Bool { header(of: value)?.is(.map) ?? false }

  /// The view of a value that is known to be a Map.
  @inline(__always)
  func knownMap(_ value: Value) -> MapView { MapView(memory, value.offset) }

  /// Charges for a search in the Map that is the first argument.
  ///
  /// - Parameter times: how often its steps are charged. Functions that make a new version of the Map charge four times,
  ///   since they copy the nodes on the path.
  private mutating func chargeSearch(times: Int, _ call: BuiltinCall) throws(Trap) {
    let value = argument(0, of: call)
    guard isMap(value) else { throw mismatch(call) }
    let steps = BulkWork.steps(among: knownMap(value).count)
    try charge(call, .steps, times &* steps)
  }

  // MARK: Keys

  /// The words that making a key needs.
  private struct KeySize {
    /// Words of the key's object; 0 if the key is the value itself.
    let words: Int
    /// Words of scratch memory for sorting the keys in it.
    let sortingWords: Int
  }

  /// Measures a key, and charges for its CBOR and for comparing it while it is searched or sorted among `count` keys.
  ///
  /// - Throws: `functionAsMapKey` for a value that is or contains a function, `notSerializable` for one that is or
  ///   contains `undefined`.
  private mutating func measureKey(_ value: Value, among count: Int) throws(Trap) -> KeySize {
    let size = try measureCBOR(value, function: .functionAsMapKey)
    try charge(.keyComparison, BulkWork.comparison(of: size.byteCount, among: count))
    return KeySize(
      words: hasOwnObject(asKey: value) ? MapKey.wordCount(byteCount: size.byteCount) : 0,
      sortingWords: size.sortingWords)
  }

  private func hasOwnObject(asKey value: Value) -> Bool {
    switch kind(of: value) {
    case .jsonNull, .bool, .int, .string: false
    case .decimal, .array, .record, .map, .function, .undefined: true
    }
  }

  /// The key in the form that a Map holds. It has been measured, and its words are reserved.
  ///
  /// - Parameter room: where the scratch memory for sorting begins.
  private mutating func makeKey(_ value: Value, sortingAt room: HeapOffset) throws(Trap) -> Value {
    guard hasOwnObject(asKey: value) else { return value }
    var sink = TextSink(memory, at: heap.top.advanced(words: MapKey.headerWords))
    try writeCBOR(value, to: &sink, sortingAt: room)
    return heap.makeMapKey(value, byteCount: sink.count)
  }

  // MARK: Reading

  /// Charges for a search as `chargeSearch` does, and finds the pair of the Map whose key is the second argument.
  private mutating func find(times: Int, _ call: BuiltinCall) throws(Trap) -> MapPair? {
    try chargeSearch(times: times, call)
    let size = try measureKey(argument(1, of: call), among: knownMap(argument(0, of: call)).count)
    let room = try reserve(words: size.words, scratch: size.sortingWords)
    let top = heap.top
    let key = try makeKey(argument(1, of: call), sortingAt: room)
    let pair = knownMap(argument(0, of: call)).pair(of: MapKey(memory, key))
    // The key is no longer needed: the pair has the one in the Map.
    heap.release(to: top)
    return pair
  }

  /// `Map.get(map, key)`: an Option.
  mutating func mapGet(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let pair = try find(times: 1, call) else { return image.constant(LibraryConstant.none) }
    return makeSome(try reserve(words: Machine.variantWords, keeping: pair.value))
  }

  /// `Map.has(map, key)`.
  mutating func mapHas(_ call: BuiltinCall) throws(Trap) -> Value {
    Value(try find(times: 1, call) != nil)
  }

  /// `Map.size(map)`.
  mutating func mapSize(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let value = argument(0, of: call)
    guard isMap(value) else { throw .typeMismatch }
    return Value(small: knownMap(value).count)
  }

  /// `Map.keys(map)` and `Map.values(map)`: an Array in the canonical order of the keys.
  mutating func mapMembers(_ member: MapMember, _ call: BuiltinCall) throws(Trap) -> Value {
    let value = argument(0, of: call)
    guard isMap(value) else { throw mismatch(call) }
    let count = knownMap(value).count
    try charge(call, .visits, BulkWork.unitsPerVisit &* count, .elements, count)
    let result = try newArray(count: knownMap(value).count)
    var walk = MapWalk(knownMap(argument(0, of: call)), lendingWordsBefore: result.end)
    for index in 0..<result.count {
      guard let pair = walk.next() else { break }
      switch member {
      case .key: result[index] = MapKey.value(memory, pair.key)
      case .value: result[index] = pair.value
      }
    }
    return Value(result.offset)
  }

  /// `Map.entries(map)`: an Array of `[key, value]` in the canonical order of the keys.
  mutating func mapEntries(_ call: BuiltinCall) throws(Trap) -> Value {
    let value = argument(0, of: call)
    guard isMap(value) else { throw mismatch(call) }
    let count = knownMap(value).count
    try charge(call, .visits, BulkWork.unitsPerVisit &* count, .elements, Machine.listedEntryWords &* count)
    return try entries(ofMap: call)
  }

  /// The pairs of the Map that is the first argument. The caller has charged for them.
  mutating func entries(ofMap call: BuiltinCall) throws(Trap) -> Value {
    let count = knownMap(argument(0, of: call)).count
    try reserve(words: ArrayView.headerWords &+ count &* Machine.listedEntryWords)
    let result = heap.makeArray(count: count)
    var walk = MapWalk(knownMap(argument(0, of: call)), lendingWordsBefore: result.end)
    for index in 0..<count {
      guard let pair = walk.next() else { break }
      result[index] = makeEntry(pair)
    }
    return Value(result.offset)
  }

  /// The number of words of an Array `[key, value]`.
  static let entryWords = ArrayView.headerWords + 2

  /// The same with the reference to it in a list of entries.
  static let listedEntryWords = 1 + entryWords

  /// `[key, value]`. Reserved: `entryWords`.
  mutating func makeEntry(_ pair: MapPair) -> Value {
    let entry = heap.makeArray(count: 2)
    entry[0] = MapKey.value(memory, pair.key)
    entry[1] = pair.value
    return Value(entry.offset)
  }

  // MARK: Building

  /// `Map.set(map, key, value)`: a Map in which the key has this value. It replaces the pair with this key, if there is
  /// one.
  mutating func mapSet(_ call: BuiltinCall) throws(Trap) -> Value {
    try chargeSearch(times: 4, call)
    let size = try measureKey(argument(1, of: call), among: knownMap(argument(0, of: call)).count)
    let room = try reserve(words: size.words, scratch: size.sortingWords)
    var key = try makeKey(argument(1, of: call), sortingAt: room)
    let change = knownMap(argument(0, of: call)).change(setting: MapKey(memory, key))
    key = try reserve(words: change.words, keeping: key)
    let map = knownMap(argument(0, of: call))
    return map.setting(MapKey(memory, key), to: argument(2, of: call), change, &heap)
  }

  /// `Map.delete(map, key)`: a Map without that key.
  mutating func mapDelete(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let pair = try find(times: 4, call) else { return argument(0, of: call) }
    let map = knownMap(argument(0, of: call))
    if map.count == 1 { return image.constant(LibraryConstant.emptyMap) }
    let change = map.change(removing: MapKey(memory, pair.key))
    let key = try reserve(words: change.words, keeping: pair.key)
    return knownMap(argument(0, of: call)).removing(MapKey(memory, key), change, &heap)
  }

  /// `Map.of(entries)` of an Array of Arrays `[key, value]`. If a key occurs more than once, the last pair counts.
  ///
  /// Charges for the row, the entries and the steps of ordering their keys at entry, and then for the CBOR of each key.
  mutating func mapOf(_ call: BuiltinCall) throws(Trap) -> Value {
    guard isArray(argument(0, of: call)) else { throw mismatch(call) }
    let count = knownArray(argument(0, of: call)).count
    let steps = BulkWork.steps.units(2 &* BulkWork.steps(among: count))
    try charge(
      call.cost &+ BulkWork.visits.units(BulkWork.unitsPerVisit &* count)
        &+ BulkWork.elements.units(Machine.listedEntryWords &* count)
        &+ TextSize.product(count, Int64(steps)))
    let given = knownArray(argument(0, of: call))
    for index in 0..<count { try checkEntry(given[index]) }
    if count == 0 { return image.constant(LibraryConstant.emptyMap) }
    var (words, sortingWords) = (Heap.mapWords(count), 0)
    for index in 0..<count {
      let size = try measureKey(knownArray(given[index])[0], among: count)
      words &+= size.words
      sortingWords = max(sortingWords, size.sortingWords)
    }
    let pairWords = PairList.words(count)
    let scratchWords = PairList.scratchWords(count)
    let pairs = try reserve(words: words, scratch: pairWords &+ scratchWords &+ sortingWords)
    let scratch = pairs.advanced(words: pairWords)
    let room = scratch.advanced(words: scratchWords)
    var list = PairList(memory, pairs: pairs, count: 0, scratch: scratch, order: .map)
    let entries = knownArray(argument(0, of: call))
    for index in 0..<count {
      let entry = knownArray(entries[index])
      list.append(key: try makeKey(entry[0], sortingAt: room), value: entry[1])
    }
    list.sort()
    _ = list.dropDuplicates()
    return heap.makeMap(list)
  }
}
