// `toSorted`: a merge sort from the bottom up, beginning with runs of one element. Two neighbouring runs are merged by
// taking the left element unless it comes after the right one, so equal elements keep their order. Which elements are
// compared, and when, is part of the language, since calls of a comparison function show it, and so do their costs.

/// The state of a running sort.
private enum State {
  /// The Array that the runs are read from.
  static let source = 0
  static let comparison = 1
  /// The Array that merged runs are written to.
  static let target = 2
  /// Length of the runs.
  static let width = 3
  /// Where the left run begins.
  static let start = 4
  /// The next elements of the left and of the right run.
  static let left = 5
  static let right = 6
  static let count = 7
}

extension Machine {
  /// `xs.toSorted(comparison)` (ECMA-262 23.1.3.34). A comparison function has to return an Int; without one, all
  /// elements have to be Strings, which are ordered by UTF-16 code units. `undefined`, which ECMAScript puts last
  /// without asking, is `TypeMismatch`.
  ///
  /// Charges the row and the elements at entry; without a function, ⌈log2(count + 1)⌉ steps for each element in place of
  /// the elements, and the bytes of the shorter String for each comparison.
  mutating func startSort(_ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    let function = argument(0, of: call)
    guard function == .undefined || isCallable(function) else { throw failure(.notCallable, of: call) }
    let count = knownArray(call.receiver).count
    if function == .undefined {
      try charge(call, .steps, BulkWork.ordering(of: count))
    } else {
      try charge(call, .elements, count)
    }
    let given = knownArray(call.receiver)
    for index in 0..<count {
      let element = given[index]
      if function == .undefined ? !isString(element) : element == .undefined { throw .typeMismatch }
    }
    if count < 2 { return .done(call.receiver) }
    // The two Arrays change places after each pass, so the receiver can be neither of them.
    try reserve(words: 2 &* (ArrayView.headerWords &+ count))
    let (source, target) = (heap.makeArray(count: count), heap.makeArray(count: count))
    let receiver = knownArray(call.receiver)
    copyElements(receiver, from: 0, to: source, at: 0, count: count)
    copyElements(receiver, from: 0, to: target, at: 0, count: count)
    let comparison = argument(0, of: call)
    let frame = call.frame
    frame.begin(.sorting, clearingFrom: State.count)
    frame[State.source] = Value(source.offset)
    frame[State.comparison] = comparison
    frame[State.target] = Value(target.offset)
    frame.set(State.width, 1)
    beginMerge(frame, at: 0)
    if comparison != .undefined { return callComparison(frame) }
    while true {
      let (left, right) = compared(frame)
      let (first, second) = (knownString(left), knownString(right))
      try charge(.stringComparison, min(first.byteCount, second.byteCount))
      if let sorted = take(frame, right: first.compareUTF16(second) > 0) { return .done(sorted) }
    }
  }

  /// Takes the order of two elements that the comparison function gave.
  mutating func resumeSort(_ frame: BuiltinFrame, result: Value) throws(Trap) -> BuiltinStep {
    if let sorted = take(frame, right: try integer(result) > 0) { return .done(sorted) }
    return callComparison(frame)
  }

  @inline(__always)
  private func callComparison(_ frame: BuiltinFrame) -> BuiltinStep {
    let (left, right) = compared(frame)
    return frame.call(frame[State.comparison], left, right)
  }

  /// The two elements to compare next.
  private func compared(_ frame: BuiltinFrame) -> (Value, Value) {
    let source = knownArray(frame[State.source])
    return (source[frame.integer(State.left)], source[frame.integer(State.right)])
  }

  /// Begins to merge the two runs at an index, both of which have elements.
  private func beginMerge(_ frame: BuiltinFrame, at start: Int) {
    frame.set(State.start, start)
    frame.set(State.left, start)
    frame.set(State.right, start &+ frame.integer(State.width))
  }

  /// Moves one of the compared elements to the target and goes on to the next comparison.
  ///
  /// - Returns: the sorted Array, if there is no comparison left.
  @inline(__always)
  private func take(_ frame: BuiltinFrame, right takesRight: Bool) -> Value? {
    let source = knownArray(frame[State.source])
    let target = knownArray(frame[State.target])
    let width = frame.integer(State.width)
    let start = frame.integer(State.start)
    let middle = start &+ width
    let end = min(middle &+ width, source.count)
    var left = frame.integer(State.left)
    var right = frame.integer(State.right)
    target[left &+ right &- middle] = source[takesRight ? right : left]
    if takesRight { right &+= 1 } else { left &+= 1 }
    frame.set(State.left, left)
    frame.set(State.right, right)
    if left < middle, right < end { return nil }
    // One run is used up: the rest of the other follows as it is.
    let place = left &+ right &- middle
    copyElements(source, from: left, to: target, at: place, count: middle &- left)
    copyElements(source, from: right, to: target, at: place &+ middle &- left, count: end &- right)
    if end &+ width < source.count {
      beginMerge(frame, at: end)
      return nil
    }
    // A last run without a neighbour stays as it is until the next pass.
    copyElements(source, from: end, to: target, at: end, count: source.count &- end)
    frame[State.source] = Value(target.offset)
    frame[State.target] = Value(source.offset)
    if 2 &* width >= source.count { return Value(target.offset) }
    frame.set(State.width, 2 &* width)
    beginMerge(frame, at: 0)
    return nil
  }
}
