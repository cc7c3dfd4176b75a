// Built-ins that read elements of an Array without calling functions.

extension Machine {
  /// `xs.at(index)` (ECMA-262 23.1.3.1). Where ECMAScript returns `undefined`: `IndexOutOfRange`.
  mutating func arrayAt(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let index = try integer(argument(0, of: call))
    let array = knownArray(call.receiver)
    guard let element = IndexRange.element(index, length: array.count) else {
      throw indexOutOfRange(index, length: array.count)
    }
    return array[element]
  }

  /// `xs.includes(value, from)` (ECMA-262 23.1.3.16), with structural equality.
  mutating func arrayIncludes(_ call: BuiltinCall) throws(Trap) -> Value {
    Value(try firstIndex(call) >= 0)
  }

  /// `xs.indexOf(value, from)` (ECMA-262 23.1.3.17), with structural equality.
  mutating func arrayIndexOf(_ call: BuiltinCall) throws(Trap) -> Value {
    Value(small: try firstIndex(call))
  }

  /// The index of the first element at or after index argument 1 that equals argument 0, or -1. Charges for the
  /// elements of the Array at entry. Each comparison charges for what it needs beyond that.
  private mutating func firstIndex(_ call: BuiltinCall) throws(Trap) -> Int {
    guard let from = optionalInteger(1, of: call, default: 0) else { throw mismatch(call) }
    let count = knownArray(call.receiver).count
    let sought = argument(0, of: call)
    try chargeSearch(call, for: sought, among: count)
    var index = IndexRange.relative(from, length: count)
    while index < count {
      if try isEqual(knownArray(call.receiver)[index], sought) { return index }
      index &+= 1
    }
    return -1
  }

  /// `xs.lastIndexOf(value, from)` (ECMA-262 23.1.3.20), with structural equality. If `from` is passed as `undefined`,
  /// it is 0, as in ECMAScript.
  mutating func arrayLastIndexOf(_ call: BuiltinCall) throws(Trap) -> Value {
    let atEnd = call.count < 2
    guard let from = optionalInteger(1, of: call, default: atEnd ? -1 : 0) else {
      throw mismatch(call)
    }
    let count = knownArray(call.receiver).count
    let sought = argument(0, of: call)
    try chargeSearch(call, for: sought, among: count)
    let last = from < 0 ? from &+ Int64(count) : min(from, Int64(count) - 1)
    var index = last < 0 ? -1 : Int(last)
    while index >= 0 {
      if try isEqual(knownArray(call.receiver)[index], sought) { break }
      index &-= 1
    }
    return Value(small: index)
  }

  /// Charges for comparing a value with so many elements. A value that takes no memory of its own differs from every
  /// object, so no element has to be read. Any other is compared with objects that may be anywhere.
  @inline(__always)
  private mutating func chargeSearch(_ call: BuiltinCall, for sought: Value, among count: Int) throws(Trap) {
    if sought.isReference {
      try charge(call, .visits, BulkWork.unitsPerVisit &* count)
    } else {
      try charge(call, .values, count)
    }
  }

  /// `Array.isArray(value)` (ECMA-262 23.1.2.2).
  mutating func arrayIsArray(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    return Value(isArray(argument(0, of: call)))
  }

  /// `equal`, with fast paths for the simple cases.
  @inline(__always)
  private mutating func isEqual(_ element: Value, _ sought: Value) throws(Trap) -> Bool {
    guard element.isReference && sought.isReference else { return element == sought }
    guard isString(element) && isString(sought) else { return try equal(element, sought) }
    let (left, right) = (knownString(element), knownString(sought))
    let units = BulkWork.stringComparison.units(min(left.byteCount, right.byteCount))
    if units > 0 { try charge(units) }
    return left.equals(right)
  }

  /// `xs.join(separator)` (ECMA-262 23.1.3.18) of Strings, Ints, Decimals and Bools.
  ///
  /// Charges for the row and the elements at entry, and for the bytes of the result when they are counted.
  mutating func arrayJoin(_ call: BuiltinCall) throws(Trap) -> Value {
    let given = argument(0, of: call)
    guard given == .undefined || isString(given) else { throw mismatch(call) }
    let count = knownArray(call.receiver).count
    try charge(call, .visits, TextSize.product(BulkWork.unitsPerVisit, Int64(count)))
    if count == 0 { return image.constant(LibraryConstant.emptyString) }
    var size = TextSize(knownString(separatorValue(given))).repeated(Int64(count) - 1)
    let array = knownArray(call.receiver)
    for index in 0..<count { size += try textSize(of: array[index]) }
    try charge(.stringSearch, size.byteCount)
    let string = try newString(size)
    let elements = knownArray(call.receiver)
    let separator = knownString(separatorValue(argument(0, of: call)))
    var writer = TextWriter(string)
    for index in 0..<count {
      if index > 0 { writer.append(separator) }
      writer.advance(writeText(elements[index], at: writer.position))
    }
    return Value(string.offset)
  }

  /// The separator of a `join`: a comma unless another is given.
  private func separatorValue(_ given: Value) -> Value {
    given == .undefined ? image.constant(LibraryConstant.characters + 0x2c) : given
  }
}
