// Built-ins that read one position of a String. In a String that is not all ASCII, the position is found by decoding,
// so the code units before it are charged with the row. A position that does not exist costs only the row.

extension Machine {
  /// `s[index]` with an Int (ECMA-262 10.4.3.5).
  mutating func characterAt(_ string: Value, _ index: Value) throws(Trap) -> Value {
    try charge(stringIndexCharge(string, index))
    let integer = try integer(index)
    let view = knownString(string)
    guard integer >= 0, integer < Int64(view.utf16Count) else {
      throw indexOutOfRange(integer, length: view.utf16Count)
    }
    return try character(of: view, at: view.position(ofUnit: Int(integer)))
  }

  /// The price of `s[index]`, whatever `index` is.
  func stringIndexCharge(_ string: Value, _ index: Value) -> Int {
    let view = knownString(string)
    guard !view.isASCII, let integer = integerOrNil(index), integer >= 0, integer < Int64(view.utf16Count) else {
      return GasRow.strIndex.cost
    }
    return GasRow.strIndex.cost &+ BulkWork.stringSearch.units(Int(integer))
  }

  /// `s.at(index)` (ECMA-262 22.1.3.1). Where ECMAScript returns `undefined`: `IndexOutOfRange`.
  mutating func stringAt(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let index = integerOrNil(argument(0, of: call)) else { throw mismatch(call) }
    let string = knownString(call.receiver)
    guard let unit = IndexRange.element(index, length: string.utf16Count) else {
      try charge(call)
      throw indexOutOfRange(index, length: string.utf16Count)
    }
    return try character(of: string, at: try paidPosition(ofUnit: unit, in: string, call))
  }

  /// `s.charAt(index)` (ECMA-262 22.1.3.2). Out of range, it is the empty String.
  mutating func stringCharAt(_ call: BuiltinCall) throws(Trap) -> Value {
    guard let index = optionalInteger(0, of: call, default: 0) else { throw mismatch(call) }
    let string = knownString(call.receiver)
    guard index >= 0, index < Int64(string.utf16Count) else {
      try charge(call)
      return image.constant(LibraryConstant.emptyString)
    }
    return try character(of: string, at: try paidPosition(ofUnit: Int(index), in: string, call))
  }

  /// `s.charCodeAt(index)` (ECMA-262 22.1.3.3): the number of the code unit, which may be half of a surrogate pair.
  /// Where ECMAScript returns NaN: `IndexOutOfRange`.
  mutating func stringCharCodeAt(_ call: BuiltinCall) throws(Trap) -> Value {
    let (scalar, isSecondHalf) = try scalar(call)
    if scalar < 0x1_0000 { return Value(small: Int(scalar)) }
    let half = isSecondHalf ? 0xdc00 + (scalar & 0x3ff) : 0xd800 + (scalar - 0x1_0000) >> 10
    return Value(small: Int(half))
  }

  /// `s.codePointAt(index)` (ECMA-262 22.1.3.4). Within a surrogate pair, it is the number of the second code unit.
  /// Where ECMAScript returns `undefined`: `IndexOutOfRange`.
  mutating func stringCodePointAt(_ call: BuiltinCall) throws(Trap) -> Value {
    let (scalar, isSecondHalf) = try scalar(call)
    return Value(small: Int(isSecondHalf ? 0xdc00 + (scalar & 0x3ff) : scalar))
  }

  /// The character at an optional index, and whether the index is that of the character's second code unit.
  private mutating func scalar(_ call: BuiltinCall) throws(Trap) -> (UInt32, Bool) {
    guard let index = optionalInteger(0, of: call, default: 0) else { throw mismatch(call) }
    let string = knownString(call.receiver)
    guard index >= 0, index < Int64(string.utf16Count) else {
      try charge(call)
      throw indexOutOfRange(index, length: string.utf16Count)
    }
    let position = try paidPosition(ofUnit: Int(index), in: string, call)
    return (string.scalar(at: position.byte), position.splitsCharacter)
  }

  /// The position of a code unit that exists. Charges for finding it.
  private mutating func paidPosition(
    ofUnit unit: Int, in string: StringView, _ call: BuiltinCall
  ) throws(Trap) -> StringView.Position {
    try charge(call, .stringSearch, string.isASCII ? 0 : unit)
    return string.position(ofUnit: unit)
  }

  /// The String of the single code unit at a position.
  private mutating func character(
    of string: StringView, at position: StringView.Position
  ) throws(Trap) -> Value {
    // A character of two code units can't be split.
    let scalar = string.scalar(at: position.byte)
    if scalar >= 0x1_0000 { throw .stringSplitsCodePoint }
    try reserve(words: Machine.characterWords(scalar))
    return makeCharacter(scalar)
  }
}
