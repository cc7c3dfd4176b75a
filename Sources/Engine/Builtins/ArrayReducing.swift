// `reduce` and `reduceRight`.

/// The state of a running reduction.
private enum State {
  static let array = 0
  static let callback = 1
  static let index = 2
  static let count = 3
}

extension Machine {
  /// `xs.reduce(f, initial)` (ECMA-262 23.1.3.24) and `xs.reduceRight(f, initial)` (23.1.3.25). Where ECMAScript throws
  /// because there is neither an element nor an initial value: `InvalidArgument`.
  mutating func startReduce(
    _ builtin: Builtin, _ frame: BuiltinFrame, _ arguments: Arguments
  ) throws(Trap) -> BuiltinStep {
    try charge(builtin)
    let callback = argument(0, of: arguments)
    guard isCallable(callback) else { throw .notCallable }
    let receiver = arguments.receiver
    let array = knownArray(receiver)
    let fromRight = builtin == .arrayReduceRight
    var index = fromRight ? array.count &- 1 : 0
    var accumulator = argument(1, of: arguments)
    if arguments.count < 2 {
      if array.count == 0 { throw .invalidArgument }
      accumulator = array[index]
      index = fromRight ? index &- 1 : 1
    }
    frame.clear(from: State.count)
    frame[State.array] = receiver
    frame[State.callback] = callback
    frame.set(State.index, index)
    return callReducer(frame, accumulator)
  }

  /// Goes on with what the function returned.
  mutating func resumeReduce(_ builtin: Builtin, _ frame: BuiltinFrame, result: Value) -> BuiltinStep {
    frame.set(State.index, frame.integer(State.index) &+ (builtin == .arrayReduceRight ? -1 : 1))
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
