/// The frame of a built-in that calls functions that were passed to it. It is on the stack like any other frame, and
/// its registers are the built-in's state. So the machine needs no native recursion, and the collector finds the state.
///
/// ```
///  -3       -2 -1   0             12 … 14      15 …
/// ┌────────┬───────┬─────────────┬────────────┬───────────────────────────────┐
/// │ mark   │ frame │ state       │ callback's │ the callback's arguments;     │
/// │        │ words │ 0 … 11      │ header     │ its result is stored in 15    │
/// └────────┴───────┴─────────────┴────────────┴───────────────────────────────┘
/// ```
struct BuiltinFrame: BitwiseCopyable {
  let registers: Registers

  static let stateCount = 12
  /// The register of the callback's first argument, and of its result.
  static let callbackBase = stateCount + Frame.headerWords
  /// The most registers that the frame and a callback's standard arguments take (four arguments).
  static let registerCount = callbackBase + 4
  /// The abstract stack words of the frame: its header, its registers, and a reserve.
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

  /// Begins the state. The built-in uses the registers below `first`; those from `first` on are set to valid values.
  /// The last one says what continues after each call.
  func begin(_ continuation: Continuation, clearingFrom first: Int) {
    for index in first..<BuiltinFrame.stateCount &- 1 { registers[index] = .undefined }
    set(BuiltinFrame.stateCount &- 1, Int(continuation.rawValue))
  }

  /// What continues when a called function has returned.
  @inline(__always)
  var continuation: Continuation { constant(BuiltinFrame.stateCount &- 1) }

  /// What continues when a function that a built-in called has returned.
  enum Continuation: UInt8 {
    case iteration, reduction, sorting, arrayFrom, replacement, mapping
  }

  /// One of a few constants, kept in the state.
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

  /// Sets the registers of the last call to valid values, except its result: the callback's frame was there.
  func clearCall() {
    registers[BuiltinFrame.stateCount] = .undefined
    for index in BuiltinFrame.callbackBase + 1..<BuiltinFrame.registerCount { registers[index] = .undefined }
  }
}

/// What a built-in asks for after each step.
enum BuiltinStep {
  /// Call the function in `callee` with these standard arguments. The result is passed to `resumeBuiltin`. The machine
  /// passes as many of the arguments as the function accepts.
  case call(argumentCount: Int)
  /// The call is done, with this value.
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
