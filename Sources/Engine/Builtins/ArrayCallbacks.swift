// Built-ins that call a function for each element of an Array, with the element, its index and the Array. What they
// make grows in an Array of the full size that is there from the start, so that it is paid for before the first call.

/// The state of a running iteration.
private enum State {
  static let array = 0
  static let callback = 1
  static let index = 2
  /// The Array that is being made.
  static let result = 3
  /// Elements of the result so far.
  static let kept = 4
  static let count = 5
}

extension Machine {
  /// `xs.every(f)`, `filter`, `findIndex`, `findLastIndex`, `flatMap`, `forEach`, `map`, `some` (ECMA-262 23.1.3.6, .8,
  /// .10, .12, .14, .15, .21, .29) and `Array.find(xs, f)`, which gives an Option. A predicate has to return a Bool.
  ///
  /// Those that make an Array charge the elements of the one they go through at entry.
  mutating func startIteration(
    _ builtin: Builtin, _ frame: BuiltinFrame, _ arguments: Arguments
  ) throws(Trap) -> BuiltinStep {
    guard isArray(iterated(builtin, arguments)) else { throw mismatch(builtin) }
    guard isCallable(iterator(builtin, arguments)) else { throw failure(.notCallable, of: builtin) }
    let count = knownArray(iterated(builtin, arguments)).count
    var result = Value.undefined
    switch builtin {
    case .arrayFilter, .arrayMap, .arrayFlatMap:
      try charge(builtin, .elements, count)
      result = Value(try newArray(filledTo: count).offset)
    default:
      try charge(builtin)
    }
    let (array, callback) = (iterated(builtin, arguments), iterator(builtin, arguments))
    frame.clear(from: State.count)
    frame[State.array] = array
    frame[State.callback] = callback
    frame[State.result] = result
    frame.set(State.index, builtin == .arrayFindLastIndex ? count &- 1 : 0)
    frame.set(State.kept, 0)
    return try callForElement(builtin, frame)
  }

  /// What is gone through.
  private func iterated(_ builtin: Builtin, _ arguments: Arguments) -> Value {
    builtin == .arrayFind ? argument(0, of: arguments) : arguments.receiver
  }

  /// The function that is called.
  private func iterator(_ builtin: Builtin, _ arguments: Arguments) -> Value {
    argument(builtin == .arrayFind ? 1 : 0, of: arguments)
  }

  /// An Array of `undefined`, in place of elements that are still to come.
  mutating func newArray(filledTo count: Int) throws(Trap) -> ArrayView {
    try reserve(words: ArrayView.headerWords &+ count)
    return makeArray(filledTo: count)
  }

  /// The same, in words that have been reserved.
  mutating func makeArray(filledTo count: Int) -> ArrayView {
    let array = heap.makeArray(count: count)
    for index in 0..<count { array[index] = .undefined }
    return array
  }

  /// Asks for the call for the element at the index, or ends the iteration.
  private mutating func callForElement(_ builtin: Builtin, _ frame: BuiltinFrame) throws(Trap) -> BuiltinStep {
    let array = knownArray(frame[State.array])
    let index = frame.integer(State.index)
    guard index >= 0, index < array.count else { return .done(try endIteration(builtin, frame)) }
    return frame.call(frame[State.callback], array[index], Value(small: index), frame[State.array])
  }

  /// Takes what the function returned for an element.
  mutating func resumeIteration(
    _ builtin: Builtin, _ frame: BuiltinFrame, result: Value
  ) throws(Trap) -> BuiltinStep {
    let index = frame.integer(State.index)
    switch builtin {
    case .arrayForEach:
      break
    case .arrayMap, .arrayFlatMap:
      knownArray(frame[State.result])[index] = result
    default:
      if let value = try judge(builtin, frame, index, holds: try bool(result)) { return .done(value) }
    }
    frame.set(State.index, builtin == .arrayFindLastIndex ? index &- 1 : index &+ 1)
    return try callForElement(builtin, frame)
  }

  /// What a predicate's answer decides: the result, or nil to go on.
  private mutating func judge(
    _ builtin: Builtin, _ frame: BuiltinFrame, _ index: Int, holds: Bool
  ) throws(Trap) -> Value? {
    switch builtin {
    case .arrayEvery:
      return holds ? nil : .false
    case .arraySome:
      return holds ? .true : nil
    case .arrayFindIndex, .arrayFindLastIndex:
      return holds ? Value(small: index) : nil
    case .arrayFind:
      if !holds { return nil }
      try reserve(words: Machine.variantWords)
      return makeSome(knownArray(frame[State.array])[index])
    default:
      if holds {
        let kept = frame.integer(State.kept)
        knownArray(frame[State.result])[kept] = knownArray(frame[State.array])[index]
        frame.set(State.kept, kept &+ 1)
      }
      return nil
    }
  }

  /// The result when all elements have been gone through.
  private mutating func endIteration(_ builtin: Builtin, _ frame: BuiltinFrame) throws(Trap) -> Value {
    switch builtin {
    case .arrayEvery: return .true
    case .arraySome: return .false
    case .arrayFindIndex, .arrayFindLastIndex: return Value(small: -1)
    case .arrayFind: return image.constant(LibraryConstant.none)
    case .arrayMap: return frame[State.result]
    case .arrayFilter:
      heap.shrink(knownArray(frame[State.result]), to: frame.integer(State.kept))
      return frame[State.result]
    case .arrayFlatMap:
      let mapped = knownArray(frame[State.result])
      let count = flatCount(mapped)
      try charge(.elements, count ?? mapped.count)
      guard let count else { return frame[State.result] }
      return try flattened(frame.registers, State.result, count: count)
    default: return .undefined
    }
  }
}
