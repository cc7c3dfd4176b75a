// The text of a value, as template literals, `String(x)` and `join` use it. A String is its own text. Ints and Bools
// are written as ECMAScript writes a BigInt and a Boolean, and Decimals in canonical form. Other values have no text.

extension Machine {
  /// The size of a value's text.
  ///
  /// - Throws: `TypeMismatch` if it has none.
  @inline(__always)
  func textSize(of value: Value) throws(Trap) -> TextSize {
    if isString(value) { return TextSize(knownString(value)) }
    if let integer = integerOrNil(value) {
      var sink = TextSink(countingFor: memory)
      sink.put(integer: integer)
      return TextSize(byteCount: sink.count, utf16Count: sink.count)
    }
    if let number = decimalOrNil(value) {
      let length = number.textLength
      return TextSize(byteCount: length, utf16Count: length)
    }
    guard value.isBool else { throw .typeMismatch }
    let count = value == .true ? 4 : 5
    return TextSize(byteCount: count, utf16Count: count)
  }

  /// Writes a value's text.
  ///
  /// - Precondition: the value has a text (`textSize(of:)`), and there is space for it.
  /// - Returns: the number of bytes written.
  @inline(__always)
  func writeText(_ value: Value, at offset: HeapOffset) -> Int {
    if let integer = integerOrNil(value) {
      var sink = TextSink(memory, at: offset)
      sink.put(integer: integer)
      return sink.count
    }
    if let number = decimalOrNil(value) {
      var sink = TextSink(memory, at: offset)
      sink.put(decimal: number)
      return sink.count
    }
    var writer = TextWriter(memory, at: offset)
    if value.isBool {
      writer.append(value == .true ? "true" : "false" as StaticString)
    } else {
      writer.append(knownString(value))
    }
    return writer.position.bytes &- offset.bytes
  }

  /// `String(x)` of a String, an Int, a Decimal or a Bool (ECMA-262 22.1.1.1). Bulk: bytes of the result.
  mutating func stringFrom(_ call: BuiltinCall) throws(Trap) -> Value {
    let value = argument(0, of: call)
    let size: TextSize
    do throws(Trap) { size = try textSize(of: value) } catch { throw failure(error, of: call) }
    try charge(call, .stringBuilding, size.byteCount)
    if isString(value) { return value }
    try reserve(words: StringView.wordCount(byteCount: size.byteCount))
    let string = heap.makeString(byteCount: size.byteCount, utf16Count: size.utf16Count)
    _ = writeText(argument(0, of: call), at: string.bytes)
    return Value(string.offset)
  }

  /// The joined texts of the values in consecutive registers: a template literal (ECMA-262 13.2.8.6). Charges only for
  /// the bulk, the bytes of the result.
  ///
  /// - Precondition: each of the values has a text.
  mutating func template(_ registers: Registers, base: Int, count: Int) throws(Trap) -> Value {
    var size = TextSize()
    for index in base..<base &+ count { size += try textSize(of: registers[index]) }
    try charge(.stringBuilding, size.byteCount)
    // One String may be the whole result.
    for index in base..<base &+ count {
      let value = registers[index]
      if isString(value), knownString(value).byteCount == size.byteCount { return value }
    }
    try reserve(words: StringView.wordCount(byteCount: size.byteCount))
    let string = heap.makeString(byteCount: size.byteCount, utf16Count: size.utf16Count)
    var place = string.bytes
    for index in base..<base &+ count { place.bytes &+= writeText(registers[index], at: place) }
    return Value(string.offset)
  }
}
