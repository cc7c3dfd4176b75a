// Built-ins on Records. Fields are in canonical order, the order of the shape.

extension Machine {
  /// `Object.keys(record)` (ECMA-262 20.1.2.19).
  mutating func objectKeys(_ call: BuiltinCall) throws(Trap) -> Value {
    let count = try fieldCount(call)
    try reserve(words: ArrayView.headerWords &+ count)
    let record = RecordView(memory, argument(0, of: call).offset)
    let keys = heap.makeArray(count: count)
    let shape = record.shape
    for index in 0..<count { keys[index] = shape[index] }
    return Value(keys.offset)
  }

  /// `Object.values(record)` (ECMA-262 20.1.2.24).
  mutating func objectValues(_ call: BuiltinCall) throws(Trap) -> Value {
    let count = try fieldCount(call)
    try reserve(words: ArrayView.headerWords &+ count)
    let record = RecordView(memory, argument(0, of: call).offset)
    let values = heap.makeArray(count: count)
    for index in 0..<count { values[index] = record[index] }
    return Value(values.offset)
  }

  /// `Object.entries(record)` (ECMA-262 20.1.2.5): an Array of `[key, value]`.
  mutating func objectEntries(_ call: BuiltinCall) throws(Trap) -> Value {
    let count = try fieldCount(call, wordsPerField: Machine.listedEntryWords)
    try reserve(words: ArrayView.headerWords &+ count &* Machine.listedEntryWords)
    let record = RecordView(memory, argument(0, of: call).offset)
    let entries = heap.makeArray(count: count)
    let shape = record.shape
    for index in 0..<count {
      entries[index] = makeEntry(MapPair(key: shape[index], value: record[index]))
    }
    return Value(entries.offset)
  }

  /// The number of fields of the Record that is the argument. Charges for the words that the result takes for each.
  private mutating func fieldCount(_ call: BuiltinCall, wordsPerField: Int = 1) throws(Trap) -> Int {
    let value = argument(0, of: call)
    guard isRecord(value) else { throw mismatch(call) }
    let count = RecordView(memory, value.offset).count
    try charge(call, .elements, wordsPerField &* count)
    return count
  }

  /// `Object.fromEntries(entries)` (ECMA-262 20.1.2.7) of an Array of Arrays `[key, value]`, where each key is a
  /// String. An inner Array of another length is `InvalidArgument`. If a key occurs more than once, the last pair
  /// counts.
  ///
  /// Charges for the row, the entries and ordering them at entry, and then for the bytes of the keys.
  mutating func objectFromEntries(_ call: BuiltinCall) throws(Trap) -> Value {
    guard isArray(argument(0, of: call)) else { throw mismatch(call) }
    let count = knownArray(argument(0, of: call)).count
    try charge(
      call.cost &+ BulkWork.visits.units(BulkWork.unitsPerVisit &* count) &+ BulkWork.elements.units(2 &* count)
        &+ BulkWork.ordering.units(BulkWork.ordering(of: count)))
    let given = knownArray(argument(0, of: call))
    var keyBytes = 0
    for index in 0..<count {
      try checkEntry(given[index])
      let key = knownArray(given[index])[0]
      guard isString(key) else { throw .typeMismatch }
      keyBytes = TextSize.sum(keyBytes, knownString(key).byteCount)
    }
    try charge(
      BulkWork.canonicalText.units(keyBytes)
        &+ BulkWork.keyComparison.units(BulkWork.comparison(of: keyBytes, among: count)))
    var builder = try RecordBuilder(capacity: count, machine: &self)
    let entries = knownArray(argument(0, of: call))
    for index in 0..<count {
      let entry = knownArray(entries[index])
      builder.append(key: image.interned(knownString(entry[0])), value: entry[1])
    }
    return builder.finish(machine: &self)
  }

  /// Checks that a value is an Array of two elements.
  ///
  /// - Throws: `TypeMismatch` if it is not an Array, `InvalidArgument` if it has another length.
  func checkEntry(_ value: Value) throws(Trap) {
    guard isArray(value) else { throw .typeMismatch }
    guard knownArray(value).count == 2 else { throw .invalidArgument }
  }

  /// `Object.hasOwn(record, key)` (ECMA-262 20.1.2.14).
  mutating func objectHasOwn(_ call: BuiltinCall) throws(Trap) -> Value {
    Value(try fieldIndex(call) >= 0)
  }

  /// `Object.get(record, key)`: an Option of the field's value. ECMAScript has no such function.
  mutating func objectGet(_ call: BuiltinCall) throws(Trap) -> Value {
    let index = try fieldIndex(call)
    if index < 0 { return image.constant(LibraryConstant.none) }
    try reserve(words: Machine.variantWords)
    return makeSome(RecordView(memory, argument(0, of: call).offset)[index])
  }

  /// The index of a field, or -1. Charges for the search.
  private mutating func fieldIndex(_ call: BuiltinCall) throws(Trap) -> Int {
    let (value, key) = (argument(0, of: call), argument(1, of: call))
    guard isRecord(value), isString(key) else { throw mismatch(call) }
    let shape = RecordView(memory, value.offset).shape
    let keyBytes = knownString(key).byteCount
    try charge(
      call.cost &+ BulkWork.canonicalText.units(keyBytes)
        &+ BulkWork.searchUnits(forKeyOf: keyBytes, among: shape.count))
    return shape.index(of: knownString(key))
  }
}
