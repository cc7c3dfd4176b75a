// `split`, with a String as separator.

/// The parts of a String between the occurrences of a separator, as ranges of bytes.
private struct Parts {
  private var search: SubstringSearch
  private let byteCount: Int
  private let separatorCount: Int
  /// Where the next part begins; -1 after the last one.
  private var start = 0

  init(of string: StringView, separatedBy separator: StringView, cut: NeedleParts) {
    search = SubstringSearch(separator, cut: cut, in: string)
    byteCount = string.byteCount
    separatorCount = separator.byteCount
  }

  mutating func next() -> (from: Int, to: Int)? {
    if start < 0 { return nil }
    let from = start
    guard let match = search.next() else {
      start = -1
      return (from, byteCount)
    }
    start = match &+ separatorCount
    search.skip(to: start)
    return (from, match)
  }
}

extension Machine {
  /// `s.split(separator, limit)` with a String as separator (ECMA-262 22.1.3.23). An empty separator yields the code
  /// units; half a surrogate pair among them is `StringSplitsCodePoint`.
  ///
  /// Charges for the row and the bytes of the String at entry. When the parts are counted, it charges for a step for
  /// each part, or for the elements if they are code units.
  mutating func stringSplit(_ call: BuiltinCall) throws(Trap) -> Value {
    guard isString(argument(0, of: call)),
      let given = optionalInteger(1, of: call, default: 0xffff_ffff)
    else { throw mismatch(call) }
    let string = knownString(call.receiver)
    let separator = knownString(argument(0, of: call))
    try charge(call, .stringSearch, string.byteCount)
    // The limit is taken modulo 2^32 (ToUint32).
    let limit = Int(min(given & 0xffff_ffff, Int64(TextSize.unattainable)))
    if limit == 0 { return image.constant(LibraryConstant.emptyArray) }
    if separator.byteCount == 0 { return try splitIntoCodeUnits(call, limit: limit) }
    let cut = NeedleParts(of: separator, in: string)
    var parts = Parts(of: string, separatedBy: separator, cut: cut)
    var count = 0
    var words = 0
    while count < limit, let part = parts.next() {
      count &+= 1
      words &+= Machine.partWords(of: string, from: part.from, to: part.to)
    }
    try charge(.steps, count)
    try reserve(words: ArrayView.headerWords &+ count &+ words)
    let receiver = knownString(call.receiver)
    parts = Parts(of: receiver, separatedBy: knownString(argument(0, of: call)), cut: cut)
    let array = heap.makeArray(count: count)
    for index in 0..<count {
      guard let part = parts.next() else { break }
      array[index] = makePart(of: receiver, from: part.from, to: part.to)
    }
    return Value(array.offset)
  }

  /// The first `limit` code units, each as a String.
  private mutating func splitIntoCodeUnits(_ call: BuiltinCall, limit: Int) throws(Trap) -> Value {
    let string = knownString(call.receiver)
    let count = min(limit, string.utf16Count)
    let end = string.position(ofUnit: count)
    try charge(.elements, TextSize.product(4, Int64(count)))
    if end.splitsCharacter || string.leadCounts(to: end.byte).ofFour > 0 { throw .stringSplitsCodePoint }
    return try characters(of: call.registers, -1, to: end.byte, count: count)
  }
}
