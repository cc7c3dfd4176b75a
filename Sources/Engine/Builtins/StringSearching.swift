// Built-ins that search for a String in another. They charge for the bytes of the String that is searched. Searching
// for the last occurrence charges for them twice, since it also finds the earlier ones.

extension Machine {
  /// `s.includes(needle, position)` (ECMA-262 22.1.3.8).
  mutating func stringIncludes(_ call: BuiltinCall) throws(Trap) -> Value {
    Value(try firstIndex(call) != nil)
  }

  /// `s.indexOf(needle, position)` (ECMA-262 22.1.3.9).
  mutating func stringIndexOf(_ call: BuiltinCall) throws(Trap) -> Value {
    Value(small: try firstIndex(call) ?? -1)
  }

  /// The index of the first occurrence of argument 0 at or after index argument 1, in code units; nil if there is none.
  private mutating func firstIndex(_ call: BuiltinCall) throws(Trap) -> Int? {
    guard isString(argument(0, of: call)),
      let position = optionalInteger(1, of: call, default: 0)
    else { throw mismatch(call) }
    let string = knownString(call.receiver)
    let needle = knownString(argument(0, of: call))
    try charge(call, .stringSearch, string.byteCount)
    let unit = IndexRange.clamped(position, length: string.utf16Count)
    if needle.byteCount == 0 { return unit }
    // No match begins in the middle of a character, so the search starts at the next one.
    let start = string.position(ofUnit: unit)
    var search = SubstringSearch(needle, in: string, from: start.splitsCharacter ? start.byte &+ 4 : start.byte)
    return search.next().map { string.utf16Count(from: 0, to: $0) }
  }

  /// `s.lastIndexOf(needle, position)` (ECMA-262 22.1.3.11).
  mutating func stringLastIndexOf(_ call: BuiltinCall) throws(Trap) -> Value {
    guard isString(argument(0, of: call)),
      let position = optionalInteger(1, of: call, default: .max)
    else { throw mismatch(call) }
    let string = knownString(call.receiver)
    let needle = knownString(argument(0, of: call))
    try charge(call, .stringSearch, TextSize.sum(string.byteCount, string.byteCount))
    let unit = IndexRange.clamped(position, length: string.utf16Count)
    if needle.byteCount == 0 { return Value(small: unit) }
    let latest = string.position(ofUnit: unit).byte
    // Finds the matches in order. The result is the last one up to the position.
    var search = SubstringSearch(needle, in: string)
    var last = -1
    while let match = search.next(), match <= latest { last = match }
    return Value(small: last < 0 ? -1 : string.utf16Count(from: 0, to: last))
  }

  /// `s.startsWith(needle, position)` (ECMA-262 22.1.3.24).
  mutating func stringStartsWith(_ call: BuiltinCall) throws(Trap) -> Value {
    guard isString(argument(0, of: call)),
      let position = optionalInteger(1, of: call, default: 0)
    else { throw mismatch(call) }
    let string = knownString(call.receiver)
    let needle = knownString(argument(0, of: call))
    try charge(call, .stringSearch, string.byteCount)
    let start = string.position(ofUnit: IndexRange.clamped(position, length: string.utf16Count))
    return Value(occurs(needle, in: string, at: start, endingAt: start.byte &+ needle.byteCount))
  }

  /// `s.endsWith(needle, endPosition)` (ECMA-262 22.1.3.7).
  mutating func stringEndsWith(_ call: BuiltinCall) throws(Trap) -> Value {
    guard isString(argument(0, of: call)),
      let position = optionalInteger(1, of: call, default: .max)
    else { throw mismatch(call) }
    let string = knownString(call.receiver)
    let needle = knownString(argument(0, of: call))
    try charge(call, .stringSearch, string.byteCount)
    let end = string.position(ofUnit: IndexRange.clamped(position, length: string.utf16Count))
    return Value(occurs(needle, in: string, at: end, endingAt: end.byte))
  }

  /// Whether a String occurs so that it ends at a byte offset. The place is the caller's position, where the occurrence
  /// begins or ends. If it splits a character, only the empty String occurs there.
  private func occurs(
    _ needle: StringView, in string: StringView, at place: StringView.Position, endingAt end: Int
  ) -> Bool {
    if needle.byteCount == 0 { return true }
    let start = end &- needle.byteCount
    if place.splitsCharacter || start < 0 || end > string.byteCount { return false }
    return memory.equalBytes(HeapOffset(string.bytes.bytes &+ start), needle.bytes, byteCount: needle.byteCount)
  }
}
