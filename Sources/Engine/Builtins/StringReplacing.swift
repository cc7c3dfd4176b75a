// `replace` and `replaceAll` with a String as pattern. If the replacement is a function, the built-in runs in its own
// frame. It first finds the matches and keeps two elements for each in an Array: the byte offset, and the String that
// replaces the match. The result is built from them.
//
// Charged at entry: the row, and the bytes of the String and of a replacement that is a String. Charged when the
// matches are counted: a step for each match, and for each `$` pattern that is filled in. Charged before the result is
// built: its bytes.

/// The state of a running `replace` or `replaceAll`.
private enum State {
  static let string = 0
  static let pattern = 1
  static let replacer = 2
  /// The Array of matches.
  static let matches = 3
  /// The index of the match whose replacement is awaited.
  static let index = 4
  /// The byte offset and the code unit of that match.
  static let byte = 5
  static let unit = 6
  static let count = 7
}

extension Machine {
  /// `s.replace(pattern, replacement)` (ECMA-262 22.1.3.19) and `s.replaceAll(pattern, replacement)` (22.1.3.20). A
  /// replacement function must return a String. `replaceAll` with an empty pattern on a String that contains a
  /// character of two code units is `StringSplitsCodePoint`, whatever the replacement.
  mutating func startReplace(all: Bool, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    let replacement = argument(1, of: call)
    guard isString(argument(0, of: call)), isString(replacement) || isCallable(replacement) else {
      throw mismatch(call)
    }
    var bytes = knownString(call.receiver).byteCount
    if isString(replacement) { bytes = TextSize.sum(bytes, knownString(replacement).byteCount) }
    try charge(call, .stringSearch, bytes)
    let cut = NeedleParts(of: knownString(argument(0, of: call)), in: knownString(call.receiver))
    let count = try countMatches(call, cut, all: all)
    if count == 0 { return .done(call.receiver) }
    if isString(replacement) {
      return .done(try replaceWithTemplate(call, cut, count: count))
    }
    try charge(.steps, count)
    try reserve(words: ArrayView.headerWords &+ 2 &* count)
    let matches = heap.makeArray(count: 2 &* count)
    var finder = MatchFinder(knownString(argument(0, of: call)), cut: cut, in: knownString(call.receiver))
    for index in 0..<count {
      matches[2 &* index] = Value(small: finder.next() ?? 0)
      matches[2 &* index &+ 1] = .undefined
    }
    let (pattern, replacer) = (argument(0, of: call), argument(1, of: call))
    let string = call.receiver
    let frame = call.frame
    frame.begin(.replacement, clearingFrom: State.count)
    frame[State.string] = string
    frame[State.pattern] = pattern
    frame[State.replacer] = replacer
    frame[State.matches] = Value(matches.offset)
    frame.set(State.index, 0)
    frame.set(State.byte, 0)
    frame.set(State.unit, 0)
    return callReplacer(frame)
  }

  /// Stores a replacement. After the last one, builds the result.
  mutating func resumeReplace(_ frame: BuiltinFrame, result: Value) throws(Trap) -> BuiltinStep {
    guard isString(result) else { throw .typeMismatch }
    let matches = knownArray(frame[State.matches])
    let index = frame.integer(State.index)
    matches[2 &* index &+ 1] = result
    frame.set(State.index, index &+ 1)
    if 2 &* (index &+ 1) < matches.count { return callReplacer(frame) }
    return .done(try replaceMatches(frame))
  }

  /// Asks for the replacement of the next match. The function gets the match, its position and the String.
  @inline(__always)
  private func callReplacer(_ frame: BuiltinFrame) -> BuiltinStep {
    let string = knownString(frame[State.string])
    let byte = Int(knownArray(frame[State.matches])[2 &* frame.integer(State.index)].inlineInteger)
    let unit = frame.integer(State.unit) &+ string.utf16Count(from: frame.integer(State.byte), to: byte)
    frame.set(State.byte, byte)
    frame.set(State.unit, unit)
    return frame.call(frame[State.replacer], frame[State.pattern], Value(small: unit), frame[State.string])
  }

  /// The String with every match replaced.
  private mutating func replaceMatches(_ frame: BuiltinFrame) throws(Trap) -> Value {
    let pattern = TextSize(knownString(frame[State.pattern]))
    var size = TextSize(knownString(frame[State.string]))
    var matches = knownArray(frame[State.matches])
    let count = matches.count / 2
    size.remove(pattern, times: count)
    for index in 0..<count { size += TextSize(knownString(matches[2 &* index &+ 1])) }
    try charge(.stringSearch, size.byteCount)
    let result = try newString(size)
    var writer = TextWriter(result)
    let string = knownString(frame[State.string])
    matches = knownArray(frame[State.matches])
    var end = 0
    for index in 0..<count {
      let match = Int(matches[2 &* index].inlineInteger)
      writer.append(string, from: end, to: match)
      writer.append(knownString(matches[2 &* index &+ 1]))
      end = match &+ pattern.byteCount
    }
    writer.append(string, from: end, to: string.byteCount)
    return Value(result.offset)
  }

  /// The number of matches to replace.
  private func countMatches(_ call: BuiltinCall, _ cut: NeedleParts, all: Bool) throws(Trap) -> Int {
    let string = knownString(call.receiver)
    let pattern = knownString(argument(0, of: call))
    if pattern.byteCount == 0 && all {
      // There is a match before each code unit. One within a surrogate pair would split it.
      if string.characterCount != string.utf16Count { throw .stringSplitsCodePoint }
      return string.utf16Count &+ 1
    }
    var finder = MatchFinder(pattern, cut: cut, in: string)
    var count = 0
    while finder.next() != nil {
      count &+= 1
      if !all { break }
    }
    return count
  }

  /// The String with the first `count` matches replaced according to the template (ECMA-262 22.1.3.19.1).
  private mutating func replaceWithTemplate(_ call: BuiltinCall, _ cut: NeedleParts, count: Int) throws(Trap) -> Value {
    let string = knownString(call.receiver)
    let pattern = knownString(argument(0, of: call))
    let template = ReplacementTemplate(knownString(argument(1, of: call)))
    try charge(.steps, TextSize.product(count, Int64(1 &+ template.markCount)))
    var size = TextSize(string)
    size.remove(TextSize(pattern), times: count)
    size += template.fixedSize(pattern: pattern).repeated(Int64(count))
    if template.dependsOnPlace {
      var finder = MatchFinder(pattern, cut: cut, in: string)
      var (unit, end) = (0, 0)
      for _ in 0..<count {
        let match = finder.next() ?? 0
        unit &+= string.utf16Count(from: end, to: match)
        end = match
        size += template.placeSize(string, pattern, matchByte: match, matchUnit: unit)
      }
    }
    try charge(.stringSearch, size.byteCount)
    let result = try newString(size)
    return Value(writeReplaced(call, cut, count: count, into: result))
  }

  /// Writes the String that `replaceWithTemplate` has measured.
  private func writeReplaced(_ call: BuiltinCall, _ cut: NeedleParts, count: Int, into result: StringView) -> HeapOffset
  {
    let string = knownString(call.receiver)
    let pattern = knownString(argument(0, of: call))
    let template = ReplacementTemplate(knownString(argument(1, of: call)))
    var writer = TextWriter(result)
    var finder = MatchFinder(pattern, cut: cut, in: string)
    var end = 0
    for _ in 0..<count {
      let match = finder.next() ?? 0
      writer.append(string, from: end, to: match)
      template.write(string, pattern, matchByte: match, to: &writer)
      end = match &+ pattern.byteCount
    }
    writer.append(string, from: end, to: string.byteCount)
    return result.offset
  }
}

/// Finds the matches of a pattern one after another, without overlap. An empty pattern matches before each character
/// and at the end.
private struct MatchFinder {
  private let string: StringView
  private let patternCount: Int
  private var search: SubstringSearch?
  /// Where an empty pattern matches next.
  private var place = 0

  init(_ pattern: StringView, cut: NeedleParts, in string: StringView) {
    self.string = string
    patternCount = pattern.byteCount
    search = patternCount == 0 ? nil : SubstringSearch(pattern, cut: cut, in: string)
  }

  /// The byte offset of the next match, or nil.
  mutating func next() -> Int? {
    if patternCount > 0 {
      guard let match = search?.next() else { return nil }
      search?.skip(to: match &+ patternCount)
      return match
    }
    if place > string.byteCount { return nil }
    let match = place
    place &+= match == string.byteCount ? 1 : UTF8Text.sequenceLength(beginningWith: string[match])
    return match
  }
}
