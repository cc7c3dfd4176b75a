// Built-ins that extract parts of a String.

extension Machine {
  /// The words that `makePart` needs for a range of bytes; 0 if nothing needs to be copied.
  static func partWords(of string: StringView, from: Int, to: Int) -> Int {
    let count = to &- from
    if count == 0 || count == string.byteCount { return 0 }
    if count == 1 { return 0 }
    return StringView.wordCount(byteCount: count)
  }

  /// The String of a range of bytes that begins and ends at character boundaries. Reserved: `partWords`.
  mutating func makePart(of string: StringView, from: Int, to: Int) -> Value {
    let count = to &- from
    if count == string.byteCount { return Value(string.offset) }
    if count == 0 { return image.constant(LibraryConstant.emptyString) }
    if count == 1 { return image.constant(LibraryConstant.characters + Int(string[from])) }
    let part = heap.makeString(byteCount: count, utf16Count: string.utf16Count(from: from, to: to))
    var writer = TextWriter(part)
    writer.append(string, from: from, to: to)
    return Value(part.offset)
  }

  /// `s.slice(start, end)` (ECMA-262 22.1.3.22).
  mutating func stringSlice(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let start = optionalInteger(0, of: call, default: 0),
      let end = optionalInteger(1, of: call, default: .max)
    else { throw mismatch(call) }
    let length = knownString(call.receiver).utf16Count
    let from = IndexRange.relative(start, length: length)
    let to = IndexRange.relative(end, length: length)
    return try codeUnits(call, from: from, to: max(from, to))
  }

  /// `s.substring(start, end)` (ECMA-262 22.1.3.25).
  mutating func stringSubstring(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let start = integerOrNil(argument(0, of: call)),
      let end = optionalInteger(1, of: call, default: .max)
    else { throw mismatch(call) }
    let length = knownString(call.receiver).utf16Count
    let from = IndexRange.clamped(start, length: length)
    let to = IndexRange.clamped(end, length: length)
    return try codeUnits(call, from: min(from, to), to: max(from, to))
  }

  /// A range of the receiver's code units. Half a surrogate pair at either end is `StringSplitsCodePoint`.
  ///
  /// Bulk: the bytes of the result; for a String that is not all ASCII, the code units up to the end of the range,
  /// which are decoded.
  private mutating func codeUnits(
    _ call: BuiltinCall, from: Int, to: Int
  ) throws(Trap) -> Value {
    let string = knownString(call.receiver)
    if from == to {
      try charge(call)
      return image.constant(LibraryConstant.emptyString)
    }
    if string.isASCII {
      try charge(call, .stringBuilding, to &- from)
    } else {
      try charge(call, .stringSearch, to)
    }
    let start = string.position(ofUnit: from)
    let end = string.position(ofUnit: to)
    if start.splitsCharacter || end.splitsCharacter { throw .stringSplitsCodePoint }
    try reserve(words: Machine.partWords(of: string, from: start.byte, to: end.byte))
    return makePart(of: knownString(call.receiver), from: start.byte, to: end.byte)
  }

  /// `s.trim()`, `s.trimStart()` and `s.trimEnd()` (ECMA-262 22.1.3.32.1). Bulk: the bytes of the receiver.
  mutating func stringTrim(start trimsStart: Bool, end trimsEnd: Bool, _ call: BuiltinCall) throws(Trap) -> Value {
    let string = knownString(call.receiver)
    try charge(call, .stringSearch, string.byteCount)
    var start = 0
    if trimsStart {
      while start < string.byteCount, Machine.isWhiteSpace(string.scalar(at: start)) {
        start &+= UTF8Text.sequenceLength(beginningWith: string[start])
      }
    }
    var end = string.byteCount
    if trimsEnd {
      while end > start {
        let last = string.characterStart(before: end)
        if !Machine.isWhiteSpace(string.scalar(at: last)) { break }
        end = last
      }
    }
    try reserve(words: Machine.partWords(of: string, from: start, to: end))
    return makePart(of: knownString(call.receiver), from: start, to: end)
  }

  /// Whether a character is WhiteSpace (ECMA-262 12.2) or a LineTerminator (12.3).
  private static func isWhiteSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0d, 0x20, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff: true
    default: false
    }
  }
}
