// `toSorted`: a bottom-up merge sort that begins with runs of one element. Merging two neighbouring runs takes the left
// element unless it is greater than the right one, so equal elements keep their order. Which elements are compared, and
// when, is part of the language: the calls of a comparison function and their costs are observable.

/// The state of a running sort.
private enum State {
  /// The Array from which the runs are read.
  static let source = 0
  static let comparison = 1
  /// The Array to which merged runs are written.
  static let target = 2
  /// The length of the runs.
  static let width = 3
  /// Where the left run begins.
  static let start = 4
  /// The next elements of the left and of the right run.
  static let left = 5
  static let right = 6
  static let count = 7
}

extension Machine {
  /// `xs.toSorted(comparison)` (ECMA-262 23.1.3.34). A comparison function must return an Int. Without one, all
  /// elements must be Strings, which are ordered by UTF-16 code units. An element `undefined`, which ECMAScript puts
  /// last without comparing it, is `TypeMismatch`.
  ///
  /// Charges for the row and the elements at entry. Without a function, it charges for ⌈log2(count + 1)⌉ steps for each
  /// element instead of the elements, and for the bytes of the shorter String at each comparison.
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
    // The two Arrays are swapped after each pass, so the receiver can't be one of them.
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

  /// Handles the order of two elements that the comparison function returned.
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

  /// Begins to merge the two runs at an index. Neither is empty.
  private func beginMerge(_ frame: BuiltinFrame, at start: Int) {
    frame.set(State.start, start)
    frame.set(State.left, start)
    frame.set(State.right, start &+ frame.integer(State.width))
  }

  /// Moves one of the compared elements to the target and advances to the next comparison.
  ///
  /// - Returns: the sorted Array if no comparison is left.
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
    // One run is exhausted: the rest of the other follows unchanged.
    let place = left &+ right &- middle
    copyElements(source, from: left, to: target, at: place, count: middle &- left)
    copyElements(source, from: right, to: target, at: place &+ middle &- left, count: end &- right)
    if end &+ width < source.count {
      beginMerge(frame, at: end)
      return nil
    }
    // A last run without a neighbour is copied unchanged.
    copyElements(source, from: end, to: target, at: end, count: source.count &- end)
    frame[State.source] = Value(target.offset)
    frame[State.target] = Value(source.offset)
    if 2 &* width >= source.count { return Value(target.offset) }
    frame.set(State.width, 2 &* width)
    beginMerge(frame, at: 0)
    return nil
  }
}
