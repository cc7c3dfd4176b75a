// Built-ins that make an Array from other Arrays without calling functions. They charge for the elements of the result.

extension Machine {
  /// An Array of `count` elements, which the caller must write.
  ///
  /// - Throws: `MemoryExhausted`, also for counts that no heap can hold.
  mutating func newArray(count: Int) throws(Trap) -> ArrayView {
    try reserve(words: ArrayView.headerWords &+ count)
    return heap.makeArray(count: count)
  }

  /// Copies elements from an Array to another that is being built.
  func copyElements(_ source: ArrayView, from: Int, to target: ArrayView, at start: Int, count: Int) {
    if count == 0 { return }
    memory.copy(
      from: source.elements.advanced(words: from), to: target.elements.advanced(words: start), byteCount: count &* 8)
  }

  /// `xs.slice(start, end)` (ECMA-262 23.1.3.28).
  mutating func arraySlice(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let start = optionalInteger(0, of: call, default: 0),
      let end = optionalInteger(1, of: call, default: .max)
    else { throw mismatch(call) }
    let length = knownArray(call.receiver).count
    let from = IndexRange.relative(start, length: length)
    let count = max(0, IndexRange.relative(end, length: length) &- from)
    try charge(call, .elements, count)
    if count == length { return call.receiver }
    let result = try newArray(count: count)
    copyElements(knownArray(call.receiver), from: from, to: result, at: 0, count: count)
    return Value(result.offset)
  }

  /// `xs.concat(...values)` (ECMA-262 23.1.3.2). Arrays are appended element by element, other values as they are.
  mutating func arrayConcat(_ call: BuiltinCall) throws(Trap) -> Value {
    var count = knownArray(call.receiver).count
    for index in 0..<call.count {
      let value = argument(index, of: call)
      count = TextSize.sum(count, isArray(value) ? knownArray(value).count : 1)
    }
    try charge(call, .elements, count, .visits, BulkWork.unitsPerVisit &* max(0, call.count &- 2))
    let result = try newArray(count: count)
    let receiver = knownArray(call.receiver)
    copyElements(receiver, from: 0, to: result, at: 0, count: receiver.count)
    var place = receiver.count
    for index in 0..<call.count { place = append(argument(index, of: call), to: result, at: place) }
    return Value(result.offset)
  }

  /// Writes a value, or the elements of an Array, into an Array that is being built.
  ///
  /// - Returns: the index after the last one.
  private func append(_ value: Value, to result: ArrayView, at place: Int) -> Int {
    guard isArray(value) else {
      result[place] = value
      return place &+ 1
    }
    let array = knownArray(value)
    copyElements(array, from: 0, to: result, at: place, count: array.count)
    return place &+ array.count
  }

  /// `xs.toReversed()` (ECMA-262 23.1.3.33).
  mutating func arrayToReversed(_ call: BuiltinCall) throws(Trap) -> Value {
    let count = knownArray(call.receiver).count
    try charge(call, .elements, count)
    let result = try newArray(count: count)
    let receiver = knownArray(call.receiver)
    for index in 0..<count { result[index] = receiver[count &- 1 &- index] }
    return Value(result.offset)
  }

  /// `xs.toSpliced(start, skipCount, ...items)` (ECMA-262 23.1.3.35). If `skipCount` is missing, everything up to the
  /// end is skipped. If it is passed as `undefined`, it is 0, as in ECMAScript.
  mutating func arrayToSpliced(_ call: BuiltinCall) throws(Trap) -> Value {
    let toEnd = call.count < 2
    guard let start = integerOrNil(argument(0, of: call)),
      let given = optionalInteger(1, of: call, default: toEnd ? .max : 0)
    else { throw mismatch(call) }
    let length = knownArray(call.receiver).count
    let from = IndexRange.relative(start, length: length)
    let skipped = IndexRange.clamped(given, length: length &- from)
    let items = max(0, call.count &- 2)
    let count = TextSize.sum(length &- skipped, items)
    try charge(call, .elements, count)
    let result = try newArray(count: count)
    let receiver = knownArray(call.receiver)
    copyElements(receiver, from: 0, to: result, at: 0, count: from)
    for index in 0..<items { result[from &+ index] = argument(2 &+ index, of: call) }
    let rest = from &+ skipped
    copyElements(receiver, from: rest, to: result, at: from &+ items, count: length &- rest)
    return Value(result.offset)
  }

  /// `xs.with(index, value)` (ECMA-262 23.1.3.39). Where ECMAScript throws a RangeError: `IndexOutOfRange`.
  mutating func arrayWith(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let index = integerOrNil(argument(0, of: call)) else { throw mismatch(call) }
    let count = knownArray(call.receiver).count
    try charge(call, .elements, count)
    guard let element = IndexRange.element(index, length: count) else {
      throw indexOutOfRange(index, length: count)
    }
    let result = try newArray(count: count)
    copyElements(knownArray(call.receiver), from: 0, to: result, at: 0, count: count)
    result[element] = argument(1, of: call)
    return Value(result.offset)
  }

  /// `Array.of(...values)` (ECMA-262 23.1.2.3).
  mutating func arrayOf(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call, .elements, call.count)
    let result = try newArray(count: call.count)
    for index in 0..<call.count { result[index] = argument(index, of: call) }
    return Value(result.offset)
  }

  /// `xs.flat(depth)` (ECMA-262 23.1.3.13): flattens one level at a time, up to `depth` or until nothing is nested.
  ///
  /// Charges for the row and for visiting the elements of the Array at entry, for the elements of each flatter Array
  /// before it is made, and for visiting those before it is flattened again. Each of these costs at least one unit
  /// unless it is empty, since there can be any number of small ones.
  mutating func arrayFlat(_ call: BuiltinCall) throws(Trap) -> Value {
    guard var depth = optionalInteger(0, of: call, default: 1) else { throw mismatch(call) }
    try charge(call, .visits, BulkWork.unitsPerVisit &* knownArray(call.receiver).count)
    while depth > 0, let count = flatCount(knownArray(call.receiver)) {
      // The receiver's register holds the Array so far.
      try charge(.elements, TextSize.sum(count, BulkWork.elements.blockSize))
      call.registers[-1] = try flattened(call.registers, -1, count: count)
      depth &-= 1
      if depth > 0 { try charge(.visits, BulkWork.unitsPerVisit &* knownArray(call.receiver).count) }
    }
    return call.receiver
  }

  /// The number of elements that an Array has when its elements that are Arrays are replaced by theirs; nil if none is
  /// an Array.
  func flatCount(_ array: ArrayView) -> Int? {
    var count = 0
    var isNested = false
    for index in 0..<array.count {
      let value = array[index]
      if isArray(value) { isNested = true }
      count = TextSize.sum(count, isArray(value) ? knownArray(value).count : 1)
    }
    return isNested ? count : nil
  }

  /// The Array in a register, flattened by one level to `count` elements. The caller has charged for them.
  mutating func flattened(_ registers: Registers, _ register: Int, count: Int) throws(Trap) -> Value {
    let result = try newArray(count: count)
    let source = knownArray(registers[register])
    var place = 0
    for index in 0..<source.count { place = append(source[index], to: result, at: place) }
    return Value(result.offset)
  }
}
