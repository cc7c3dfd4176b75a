// Built-ins that make a String from other Strings. They charge for the bytes of the result, and
// `fromCodePoint` for its arguments.

extension Machine {
  /// A String of this size, which the caller must write.
  ///
  /// - Throws: `MemoryExhausted`, also for sizes that no heap can hold.
  mutating func newString(_ size: TextSize) throws(Trap) -> StringView {
    try reserve(words: StringView.wordCount(byteCount: size.byteCount))
    return heap.makeString(byteCount: size.byteCount, utf16Count: size.utf16Count)
  }

  /// `left + right` of two Strings (ECMA-262 13.15.3). Charges for the row, too.
  mutating func concatenate(_ left: Value, _ right: Value) throws(Trap) -> Value {
    var size = TextSize(knownString(left))
    size += TextSize(knownString(right))
    try charge(row: .strConcat, .stringBuilding, size.byteCount)
    if knownString(left).byteCount == 0 { return right }
    if knownString(right).byteCount == 0 { return left }
    let (first, second) = try reserve(
      words: StringView.wordCount(byteCount: size.byteCount), keeping: left, right)
    let string = heap.makeString(byteCount: size.byteCount, utf16Count: size.utf16Count)
    var writer = TextWriter(string)
    writer.append(knownString(first))
    writer.append(knownString(second))
    return Value(string.offset)
  }

  /// `s.concat(...strings)` (ECMA-262 22.1.3.5).
  mutating func stringConcat(_ call: BuiltinCall) throws(Trap) -> Value {
    var size = TextSize(knownString(call.receiver))
    for index in 0..<call.count {
      let value = argument(index, of: call)
      guard isString(value) else { throw mismatch(call) }
      size += TextSize(knownString(value))
    }
    try charge(call, .stringBuilding, size.byteCount)
    if size.byteCount == knownString(call.receiver).byteCount { return call.receiver }
    let string = try newString(size)
    var writer = TextWriter(string)
    writer.append(knownString(call.receiver))
    for index in 0..<call.count { writer.append(knownString(argument(index, of: call))) }
    return Value(string.offset)
  }

  /// `s.repeat(count)` (ECMA-262 22.1.3.18); a negative count is `InvalidArgument`.
  mutating func stringRepeat(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let times = integerOrNil(argument(0, of: call)) else { throw mismatch(call) }
    if times < 0 { throw failure(.invalidArgument, of: call) }
    let size = TextSize(knownString(call.receiver)).repeated(times)
    try charge(call, .stringBuilding, size.byteCount)
    if size.byteCount == 0 { return image.constant(LibraryConstant.emptyString) }
    if times == 1 { return call.receiver }
    let string = try newString(size)
    var writer = TextWriter(string)
    writer.append(knownString(call.receiver), times: Int(times), thenFirst: 0)
    return Value(string.offset)
  }

  /// `s.padStart(length, filler)` and `s.padEnd(length, filler)` (ECMA-262 22.1.3.17.1). If the filler would be cut in
  /// the middle of a character, this is `StringSplitsCodePoint`.
  mutating func stringPad(atStart: Bool, _ call: BuiltinCall) throws(Trap) -> Value {
    let given = argument(1, of: call)
    guard let length = integerOrNil(argument(0, of: call)), given == .undefined || isString(given) else {
      throw mismatch(call)
    }
    let receiver = knownString(call.receiver)
    let filler = knownString(fillerValue(given))
    let missing = length > Int64(receiver.utf16Count) ? length &- Int64(receiver.utf16Count) : 0
    if missing == 0 || filler.byteCount == 0 {
      try charge(call, .stringBuilding, receiver.byteCount)
      return call.receiver
    }
    // This many whole fillers, and then the beginning of one.
    let times = missing / Int64(filler.utf16Count)
    let rest = Int(missing % Int64(filler.utf16Count))
    let cut = filler.position(ofUnit: rest)
    var size = TextSize(filler).repeated(times)
    size += TextSize(byteCount: cut.byte, utf16Count: rest)
    size += TextSize(receiver)
    try charge(call, .stringBuilding, size.byteCount)
    if cut.splitsCharacter { throw .stringSplitsCodePoint }
    let string = try newString(size)
    var writer = TextWriter(string)
    if !atStart { writer.append(knownString(call.receiver)) }
    let again = knownString(fillerValue(argument(1, of: call)))
    writer.append(again, times: Int(times), thenFirst: cut.byte)
    if atStart { writer.append(knownString(call.receiver)) }
    return Value(string.offset)
  }

  /// The filler: a space unless another is passed.
  private func fillerValue(_ given: Value) -> Value {
    given == .undefined ? image.constant(LibraryConstant.characters + 0x20) : given
  }

  /// `String.fromCodePoint(...codes)` (ECMA-262 22.1.2.2). A number that is not a code point is `InvalidArgument`. One
  /// half of a surrogate pair without the other is `StringSplitsCodePoint`.
  mutating func stringFromCodePoint(_ call: BuiltinCall) throws(Trap) -> Value {
    for index in 0..<call.count where integerOrNil(argument(index, of: call)) == nil {
      throw mismatch(call)
    }
    for index in 0..<call.count {
      let code = try integer(argument(index, of: call))
      if code < 0 || code > 0x10_ffff { throw failure(.invalidArgument, of: call) }
    }
    var size = TextSize()
    var index = 0
    while index < call.count {
      guard let scalar = try codePoint(&index, of: call) else {
        throw failure(.stringSplitsCodePoint, of: call)
      }
      size += TextSize(of: scalar)
    }
    try charge(call, .stringBuilding, size.byteCount, .values, call.count)
    let string = try newString(size)
    var writer = TextWriter(string)
    index = 0
    while let scalar = try codePoint(&index, of: call) { writer.append(scalar: scalar) }
    return Value(string.offset)
  }

  /// The code point that begins at an argument. Two arguments that form a surrogate pair are one code point. Nil for
  /// half a pair, and after the last argument.
  @inline(__always)
  private func codePoint(_ index: inout Int, of call: BuiltinCall) throws(Trap) -> UInt32? {
    if index == call.count { return nil }
    let code = UInt32(try integer(argument(index, of: call)))
    index &+= 1
    if code < 0xd800 || code > 0xdfff { return code }
    if code >= 0xdc00 || index == call.count { return nil }
    let second = UInt32(try integer(argument(index, of: call)))
    if second < 0xdc00 || second > 0xdfff { return nil }
    index &+= 1
    return 0x1_0000 + (code - 0xd800) << 10 + (second - 0xdc00)
  }
}
