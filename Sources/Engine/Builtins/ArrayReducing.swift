// `reduce` and `reduceRight`.

/// The state of a running reduction.
private enum State {
  static let array = 0
  static let callback = 1
  static let index = 2
  /// The amount added to the index after each element.
  static let step = 3
  static let count = 4
}

extension Machine {
  /// `xs.reduce(f, initial)` (ECMA-262 23.1.3.24) and `xs.reduceRight(f, initial)` (23.1.3.25). Where ECMAScript throws
  /// because there is neither an element nor an initial value: `InvalidArgument`.
  mutating func startReduce(_ direction: Direction, _ call: BuiltinCall) throws(Trap) -> BuiltinStep {
    try charge(call)
    let callback = argument(0, of: call)
    guard isCallable(callback) else { throw .notCallable }
    let receiver = call.receiver
    let array = knownArray(receiver)
    var index = direction.first(of: array.count)
    var accumulator = argument(1, of: call)
    if call.count < 2 {
      if array.count == 0 { throw .invalidArgument }
      accumulator = array[index]
      index &+= direction.step
    }
    let frame = call.frame
    frame.begin(.reduction, clearingFrom: State.count)
    frame[State.array] = receiver
    frame[State.callback] = callback
    frame.set(State.index, index)
    frame.set(State.step, direction.step)
    return callReducer(frame, accumulator)
  }

  /// Continues with the value that the function returned.
  mutating func resumeReduce(_ frame: BuiltinFrame, result: Value) -> BuiltinStep {
    frame.set(State.index, frame.integer(State.index) &+ frame.integer(State.step))
    return callReducer(frame, result)
  }

  /// Asks for the call for the element at the index, or ends with the accumulator.
  @inline(__always)
  private func callReducer(_ frame: BuiltinFrame, _ accumulator: Value) -> BuiltinStep {
    let array = knownArray(frame[State.array])
    let index = frame.integer(State.index)
    guard index >= 0, index < array.count else { return .done(accumulator) }
    return frame.call(
      frame[State.callback], accumulator, array[index], Value(small: index), frame[State.array])
  }
}
