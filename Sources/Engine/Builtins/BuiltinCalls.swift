/// The arguments of a call of a built-in: a row of registers, or the elements of an Array (a call with spread).
///
/// They stay valid across `Machine.reserve`, since the machine keeps registers up to date; what is read from them
/// before does not.
struct Arguments: BitwiseCopyable {
  /// Register 0 is the first argument; register -1 holds a method's receiver.
  let registers: Registers
  /// Number of arguments, the receiver not counted.
  let count: Int
  /// Whether register 0 holds an Array of the arguments.
  let isSpread: Bool

  @inline(__always)
  init(registers: Registers, count: Int, isSpread: Bool = false) {
    self.registers = registers
    self.count = count
    self.isSpread = isSpread
  }

  /// The value before the dot.
  @inline(__always)
  var receiver: Value { registers[-1] }
}

extension Machine {
  /// An argument; `undefined` past the last one.
  @inline(__always)
  func argument(_ index: Int, of arguments: Arguments) -> Value {
    if index >= arguments.count { return .undefined }
    if !arguments.isSpread { return arguments.registers[index] }
    return ArrayView(memory, arguments.registers[0].offset)[index]
  }
}

/// The frame of a built-in that calls functions it was given. It lies on the stack like any other frame; its registers
/// are the built-in's state, so that the machine needs no native recursion, and whatever moves objects finds them.
///
/// ```
///  -3       -2 -1   0             12 … 14      15 …
/// ┌────────┬───────┬─────────────┬────────────┬───────────────────────────────┐
/// │ which  │ frame │ state       │ callback's │ the callback's arguments;     │
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

  /// A register of the state, 0..<12.
  @inline(__always)
  subscript(index: Int) -> Value {
    get { registers[index] }
    nonmutating set { registers[index] = newValue }
  }

  /// A count or an index kept in the state.
  @inline(__always)
  func integer(_ index: Int) -> Int { Int(truncatingIfNeeded: registers[index].inlineInteger) }

  /// Makes valid values of the state registers from `first` on, which a built-in does not use.
  func clear(from first: Int) {
    for index in first..<BuiltinFrame.stateCount { registers[index] = .undefined }
  }

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
