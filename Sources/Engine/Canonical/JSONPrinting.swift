/// The order in which the keys of objects are printed.
public enum JSONKeyOrder: Sendable {
  /// The canonical order. All responses have it.
  case canonical
  /// RFC 8785, section 3.2.3: by UTF-16 code units. It is for hosts that pass the text on to programs which expect this
  /// order; guests can't ask for it.
  case utf16
}

/// Canonical JSON: RFC 8785 text without white space, keys in canonical order.
extension Machine {
  /// The canonical JSON text of a value, as a String.
  ///
  /// A first pass finds the length and charges for it, unit by unit as the text grows: a value can be far larger as
  /// text than in memory, since parts can be shared. It also charges for each value and each key from the second on
  /// (`BulkWork.nodes`). The second pass writes. Neither recurses.
  ///
  /// - Throws: `notSerializable`, `gasExhausted`, `stackExhausted`, `memoryExhausted`.
  mutating func printJSON(_ value: Value, keys: JSONKeyOrder = .canonical) throws(Trap) -> Value {
    let order = keys == .utf16 ? PairList.Order.utf16 : nil
    var counter = TextSink(countingFor: memory)
    var members = MemberSorter(measuring: order)
    try print(value, to: &counter, &members, isPaidFor: false)
    if counter.count > ObjectHeader.maximum { throw .memoryExhausted }
    let words = StringView.wordCount(byteCount: counter.count)
    let (kept, room) = try reserve(words: words, scratch: members.peakWords, keeping: value)
    let text = heap.makeString(byteCount: counter.count, utf16Count: 0)
    var sink = TextSink(memory, at: text.bytes)
    members = MemberSorter(order, room: room)
    try print(kept, to: &sink, &members, isPaidFor: true)
    return heap.measured(text)
  }

  /// The body of an outcome: the value's text, and the charge for what the host does with it. The host copies it out
  /// and hashes it, which takes about as long again.
  mutating func printBody(_ value: Value, keys: JSONKeyOrder) throws(Trap) -> StringView {
    let text = StringView(memory, try printJSON(value, keys: keys).offset)
    try charge(BulkWork.canonicalText.units(text.byteCount))
    return text
  }

  private mutating func print(
    _ value: Value, to sink: inout TextSink, _ members: inout MemberSorter, isPaidFor: Bool
  ) throws(Trap) {
    var pending = WorkList(self)
    var paid = 0
    try put(value, to: &sink, &pending, &members)
    while true {
      if !isPaidFor {
        let due = BulkWork.canonicalText.units(sink.count)
        try chargeUnits(due &- paid)
        paid = due
      }
      if pending.isEmpty { return }
      let object = HeapOffset(Int(truncatingIfNeeded: pending.top(0)))
      let index = Int(truncatingIfNeeded: pending.top(1))
      let count = Int(truncatingIfNeeded: pending.top(2))
      let isArray = ObjectHeader(bits: memory[object]).is(.array)
      if index == count {
        sink.put(isArray ? 0x5d : 0x7d)
        if !isArray && count > 1 { members.close(count: count, pending.top(3)) }
        pending.pop(&self)
        continue
      }
      pending.setTop(1, UInt64(index &+ 1))
      if !isPaidFor { try chargeUnits((isArray ? 1 : 2) &* BulkWork.unitsPerNode) }
      if index > 0 { sink.put(0x2c) }
      if isArray {
        try put(ArrayView(memory, object)[index], to: &sink, &pending, &members)
      } else {
        var place = pending.top(3)
        let member = members.member(index, of: object, &place, memory)
        pending.setTop(3, place)
        guard isString(member.key) else { throw .notSerializable }
        sink.put(quoted: knownString(member.key))
        sink.put(0x3a)
        try put(member.value, to: &sink, &pending, &members)
      }
    }
  }

  /// Puts a value without parts, or the opening bracket of a value with parts.
  private mutating func put(
    _ value: Value, to sink: inout TextSink, _ pending: inout WorkList, _ members: inout MemberSorter
  ) throws(Trap) {
    switch kind(of: value) {
    case .jsonNull: sink.put("null")
    case .bool: sink.put(value == .true ? "true" : "false")
    case .int: sink.put(integer: try integer(value))
    case .decimal: sink.put(decimal: DecimalView(memory, value.offset).number)
    case .string: sink.put(quoted: StringView(memory, value.offset))
    case .array:
      let count = ArrayView(memory, value.offset).count
      sink.put(0x5b)
      if count > 0 { return try pending.push(UInt64(value.offset.bytes), 0, UInt64(count), 0, &self) }
      try pending.visit(&self)
      sink.put(0x5d)
    case .record, .map:
      sink.put(0x7b)
      let count = ObjectHeader(bits: memory[value.offset]).first
      if count == 0 {
        try pending.visit(&self)
        return sink.put(0x7d)
      }
      try pending.push(UInt64(value.offset.bytes), 0, UInt64(count), 0, &self)
      if count > 1 { pending.setTop(3, members.open(value.offset, count: count, memory)) }
    case .function, .undefined:
      throw .notSerializable
    }
  }
}
