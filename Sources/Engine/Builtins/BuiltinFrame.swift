/// The frame of a built-in that calls functions it was given. It lies on the stack like any other frame; its registers
/// are the built-in's state, so that the machine needs no native recursion, and whatever moves objects finds them.
///
/// ```
///  -3       -2 -1   0             12 … 14      15 …
/// ┌────────┬───────┬─────────────┬────────────┬───────────────────────────────┐
/// │ mark   │ frame │ state       │ callback's │ the callback's arguments;     │
/// │        │ words │ 0 … 11      │ header     │ its result comes to 15        │
/// └────────┴───────┴─────────────┴────────────┴───────────────────────────────┘
/// ```
struct BuiltinFrame: BitwiseCopyable {
  let registers: Registers

  static let stateCount = 12
  /// The register of the callback's first argument, and of its result.
  static let callbackBase = stateCount + Frame.headerWords
  /// Registers that the frame and a callback's standard arguments take, at most (four arguments).
  static let registerCount = callbackBase + 4
  /// Abstract stack words that the frame takes: its header, its registers, and some to spare.
  static let stackWords = 24

  /// A register of the state, 0..<12.
  @inline(__always)
  subscript(index: Int) -> Value {
    get { registers[index] }
    nonmutating set { registers[index] = newValue }
  }

  /// A count or an index kept in the state.
  @inline(__always)
  func integer(_ index: Int) -> Int { Int(truncatingIfNeeded: registers[index].inlineInteger) }

  /// Begins the state: the built-in uses the registers below `first`, those from there on are made valid values, and the
  /// last one holds what goes on after each call.
  func begin(_ continuation: Continuation, clearingFrom first: Int) {
    for index in first..<BuiltinFrame.stateCount &- 1 { registers[index] = .undefined }
    set(BuiltinFrame.stateCount &- 1, Int(continuation.rawValue))
  }

  /// What goes on when a function that was called has returned.
  @inline(__always)
  var continuation: Continuation { constant(BuiltinFrame.stateCount &- 1) }

  /// What goes on when a function that a built-in called has returned.
  enum Continuation: UInt8 {
    case iteration, reduction, sorting, arrayFrom, replacement, mapping
  }

  /// One of a few constants that is kept in the state.
  @inline(__always)
  func constant<Constant: RawRepresentable<UInt8>>(_ index: Int) -> Constant {
    guard let constant = Constant(rawValue: UInt8(truncatingIfNeeded: registers[index].inlineInteger)) else {
      preconditionFailure("state is what the built-in has set")
    }
    return constant
  }

  /// Keeps a count or an index.
  @inline(__always)
  func set(_ index: Int, _ integer: Int) { registers[index] = Value(small: integer) }

  /// Makes valid values of what the last call has left, but for its result: the callback's frame lay there.
  func clearCall() {
    registers[BuiltinFrame.stateCount] = .undefined
    for index in BuiltinFrame.callbackBase + 1..<BuiltinFrame.registerCount { registers[index] = .undefined }
  }
}

/// What a built-in wants after each step.
enum BuiltinStep {
  /// Call the function in `callee` with these standard arguments; the result comes to `resume`. The machine passes as
  /// many of them as the function takes.
  case call(argumentCount: Int)
  /// Done: the value of the call.
  case done(Value)
}

extension BuiltinFrame {
  /// Asks for a call with one argument.
  func call(_ callee: Value, _ first: Value) -> BuiltinStep {
    call(callee, first, .undefined, .undefined, .undefined, count: 1)
  }

  /// Asks for a call with two arguments.
  func call(_ callee: Value, _ first: Value, _ second: Value) -> BuiltinStep {
    call(callee, first, second, .undefined, .undefined, count: 2)
  }

  /// Asks for a call with three arguments.
  func call(_ callee: Value, _ first: Value, _ second: Value, _ third: Value) -> BuiltinStep {
    call(callee, first, second, third, .undefined, count: 3)
  }

  /// Asks for a call with four arguments.
  func call(
    _ callee: Value, _ first: Value, _ second: Value, _ third: Value, _ fourth: Value
  ) -> BuiltinStep {
    call(callee, first, second, third, fourth, count: 4)
  }

  private func call(
    _ callee: Value, _ first: Value, _ second: Value, _ third: Value, _ fourth: Value, count: Int
  ) -> BuiltinStep {
    registers[BuiltinFrame.stateCount] = callee
    registers[BuiltinFrame.callbackBase] = first
    registers[BuiltinFrame.callbackBase + 1] = second
    registers[BuiltinFrame.callbackBase + 2] = third
    registers[BuiltinFrame.callbackBase + 3] = fourth
    return .call(argumentCount: count)
  }
}
