// Built-ins that call a function for each element of an Array, with the element, its index and the Array. If they make
// an Array, it has its full size from the start, so it is charged for before the first call.

/// The direction in which the elements of an Array are visited.
enum Direction {
  case forwards, backwards

  /// The amount added to the index after each element.
  @inline(__always)
  var step: Int {
    switch self {
    case .forwards: 1
    case .backwards: -1
    }
  }

  /// The index of the first element to visit.
  @inline(__always)
  func first(of count: Int) -> Int {
    switch self {
    case .forwards: 0
    case .backwards: count &- 1
    }
  }
}

/// The differences between the built-ins that call a function for one element after another.
struct ArrayIteration {
  /// What is done with the value that the function returns.
  enum Verdict: UInt8 {
    /// Nothing.
    case isIgnored
    /// It becomes the element of the result.
    case isElement
    /// `true` keeps the element. It must be a Bool, as for the next two.
    case keepsElement
    /// `true` ends the iteration.
    case endsIfTrue
    /// `false` ends the iteration.
    case endsIfFalse
  }

  /// The result of the iteration.
  enum Result: UInt8 {
    /// `undefined`.
    case nothing
    /// An Array of the values that the function returned.
    case array
    /// The same, flattened by one level.
    case flattenedArray
    /// An Array of the elements that were kept.
    case keptElements
    /// The value that the function returned when it ended the iteration, otherwise the opposite.
    case verdict
    /// The index of the element that ended the iteration, otherwise -1.
    case index
    /// An Option of the element that ended the iteration.
    case element
  }

  /// The place of the Array. The function is the argument after it.
  enum Source {
    case receiver, firstArgument
  }

  let direction: Direction
  let verdict: Verdict
  let result: Result
}

/// The state of a running iteration.
private enum State {
  static let array = 0
  static let callback = 1
  static let index = 2
  /// The Array that is being built.
  static let target = 3
  /// The number of elements of the result so far.
  static let kept = 4
  /// The amount added to the index after each element.
  static let step = 5
  /// The `ArrayIteration.Verdict`.
  static let verdict = 6
  /// The `ArrayIteration.Result`.
  static let result = 7
  static let count = 8
}

extension Machine {
  /// `xs.every(f)`, `filter`, `findIndex`, `findLastIndex`, `flatMap`, `forEach`, `map`, `some` (ECMA-262 23.1.3.6, .8,
  /// .10, .12, .14, .15, .21, .29) and `Array.find(xs, f)`.
  ///
  /// The built-ins that make an Array charge at entry for the elements of the Array that they visit.
  mutating func startIteration(
    _ iteration: ArrayIteration, of source: ArrayIteration.Source, _ call: BuiltinCall
  ) throws(Trap) -> BuiltinStep {
    guard isArray(iterated(source, call).array) else { throw mismatch(call) }
    guard isCallable(iterated(source, call).function) else { throw failure(.notCallable, of: call) }
    let count = knownArray(iterated(source, call).array).count
    var target = Value.undefined
    switch iteration.verdict {
    case .isElement, .keepsElement:
      try charge(call, .elements, count)
      target = Value(try newArray(filledTo: count).offset)
    case .isIgnored, .endsIfTrue, .endsIfFalse:
      try charge(call)
    }
    let (array, function) = iterated(source, call)
    let frame = call.frame
    frame.begin(.iteration, clearingFrom: State.count)
    frame[State.array] = array
    frame[State.callback] = function
    frame[State.target] = target
    frame.set(State.index, iteration.direction.first(of: count))
    frame.set(State.kept, 0)
    frame.set(State.step, iteration.direction.step)
    frame.set(State.verdict, Int(iteration.verdict.rawValue))
    frame.set(State.result, Int(iteration.result.rawValue))
    return try callForElement(frame)
  }

  /// The Array to visit, and the function to call.
  private func iterated(_ source: ArrayIteration.Source, _ call: BuiltinCall) -> (array: Value, function: Value) {
    switch source {
    case .receiver: (call.receiver, argument(0, of: call))
    case .firstArgument: (argument(0, of: call), argument(1, of: call))
    }
  }

  /// An Array of `undefined`, to be overwritten with the elements.
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
  private mutating func callForElement(_ frame: BuiltinFrame) throws(Trap) -> BuiltinStep {
    let array = knownArray(frame[State.array])
    let index = frame.integer(State.index)
    guard index >= 0, index < array.count else { return .done(try exhaust(frame)) }
    return frame.call(frame[State.callback], array[index], Value(small: index), frame[State.array])
  }

  /// Handles the value that the function returned for an element.
  mutating func resumeIteration(_ frame: BuiltinFrame, result: Value) throws(Trap) -> BuiltinStep {
    let index = frame.integer(State.index)
    switch frame.constant(State.verdict) as ArrayIteration.Verdict {
    case .isIgnored:
      break
    case .isElement:
      knownArray(frame[State.target])[index] = result
    case .keepsElement:
      if try bool(result) { keepElement(index, frame) }
    case .endsIfTrue:
      if try bool(result) { return .done(try end(frame, at: index, result)) }
    case .endsIfFalse:
      if try !bool(result) { return .done(try end(frame, at: index, result)) }
    }
    frame.set(State.index, index &+ frame.integer(State.step))
    return try callForElement(frame)
  }

  @inline(__always)
  private func keepElement(_ index: Int, _ frame: BuiltinFrame) {
    let kept = frame.integer(State.kept)
    knownArray(frame[State.target])[kept] = knownArray(frame[State.array])[index]
    frame.set(State.kept, kept &+ 1)
  }

  /// The result if a verdict has ended the iteration.
  private mutating func end(_ frame: BuiltinFrame, at index: Int, _ verdict: Value) throws(Trap) -> Value {
    switch frame.constant(State.result) as ArrayIteration.Result {
    case .verdict: return verdict
    case .index: return Value(small: index)
    case .element:
      try reserve(words: Machine.variantWords)
      return makeSome(knownArray(frame[State.array])[index])
    case .nothing, .array, .flattenedArray, .keptElements:
      preconditionFailure("what goes through all elements has no verdict that ends it")
    }
  }

  /// The result if all elements have been visited.
  private mutating func exhaust(_ frame: BuiltinFrame) throws(Trap) -> Value {
    switch frame.constant(State.result) as ArrayIteration.Result {
    case .nothing: return .undefined
    case .verdict: return Value(frame.constant(State.verdict) == ArrayIteration.Verdict.endsIfFalse)
    case .index: return Value(small: -1)
    case .element: return image.constant(LibraryConstant.none)
    case .array: return frame[State.target]
    case .keptElements:
      heap.shrink(knownArray(frame[State.target]), to: frame.integer(State.kept))
      return frame[State.target]
    case .flattenedArray:
      let mapped = knownArray(frame[State.target])
      let count = flatCount(mapped)
      try charge(.elements, count ?? mapped.count)
      guard let count else { return frame[State.target] }
      return try flattened(frame.registers, State.target, count: count)
    }
  }
}
