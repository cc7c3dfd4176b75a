/// The arguments of a call: consecutive registers, or the elements of an Array (a call with spread).
///
/// They stay valid after `Machine.reserve`, since the machine updates registers. Values that were read from them before
/// do not.
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

/// A call of a built-in: the built-in, its arguments and its price.
struct BuiltinCall {
  /// The built-in that is called.
  let builtin: Builtin
  /// The price of its row in units.
  let cost: Int
  let arguments: Arguments

  /// The value before the dot in a method call.
  @inline(__always)
  var receiver: Value { arguments.receiver }

  /// Number of arguments, the receiver not counted.
  @inline(__always)
  var count: Int { arguments.count }

  /// The registers of the arguments.
  @inline(__always)
  var registers: Registers { arguments.registers }

  /// The frame that the built-in gets if it calls functions. It begins where the arguments do.
  @inline(__always)
  var frame: BuiltinFrame { BuiltinFrame(registers: arguments.registers) }
}

// MARK: - Execution

extension Builtin {
  /// The parts of a row that every call needs.
  struct Entry {
    let builtin: Builtin
    let arity: Arity
    /// Units of the gas row.
    let cost: Int
  }

  /// An entry for each built-in, at the index that is its number. They are made from the rows once, so that a call
  /// reads one place in memory instead of a row.
  static let entries: [Entry] = allCases.map { builtin in
    let definition = builtin.definition
    return Entry(builtin: builtin, arity: definition.arity, cost: definition.row.cost)
  }
}

extension Machine {
  /// Begins a call of the built-in with this number. A built-in that calls no function returns its result at once;
  /// others may do so too. Otherwise, its state is in the frame. A wrong number of arguments costs the row and is
  /// `ArityMismatch`.
  ///
  /// Every built-in keeps to the same order. If an argument has the wrong kind, it charges only for its row. Otherwise,
  /// it charges for the row together with the work that the sizes of its operands determine. Then it checks ranges,
  /// unless the charge depends on them. Then it reserves memory, and then it builds the result.
  ///
  /// - Precondition: there is a built-in with this number, which the load check ensures.
  mutating func startBuiltin(_ number: Int, _ arguments: Arguments) throws(Trap) -> BuiltinStep {
    let entry = Builtin.entries[number]
    let call = BuiltinCall(builtin: entry.builtin, cost: entry.cost, arguments: arguments)
    if arguments.count < entry.arity.minimum || arguments.count > entry.arity.maximum {
      throw failure(.arityMismatch, of: call)
    }
    switch entry.builtin {
    case .global(let member): return try start(member, call)
    case .string(let member): return try start(member, call)
    case .array(let member): return try start(member, call)
    case .object(let member): return try start(member, call)
    case .int(let member): return try start(member, call)
    case .math(let member): return try start(member, call)
    case .json(let member): return try start(member, call)
    case .option(let member): return try start(member, call)
    case .result(let member): return try start(member, call)
    case .decimal(let member): return try start(member, call)
    case .map(let member): return try start(member, call)
    case .hash(let member): return try start(member, call)
    case .text(let member): return try start(member, call)
    }
  }

  /// Continues a built-in with the value returned by the function that it asked to call.
  mutating func resumeBuiltin(_ frame: BuiltinFrame, result: Value) throws(Trap) -> BuiltinStep {
    switch frame.continuation {
    case .iteration: try resumeIteration(frame, result: result)
    case .reduction: resumeReduce(frame, result: result)
    case .sorting: try resumeSort(frame, result: result)
    case .arrayFrom: try resumeArrayFrom(frame, result: result)
    case .replacement: try resumeReplace(frame, result: result)
    case .mapping: try resumeMapping(frame, result: result)
    }
  }
}

// MARK: - Arguments and charges

extension Machine {
  /// An argument; `undefined` past the last one.
  @inline(__always)
  func argument(_ index: Int, of call: BuiltinCall) -> Value { argument(index, of: call.arguments) }

  /// Charges for the row of a built-in.
  @inline(__always)
  mutating func charge(_ call: BuiltinCall) throws(Trap) { try charge(call.cost) }

  /// Charges, in one charge, for the row and for work that the row names.
  @inline(__always)
  mutating func charge(_ call: BuiltinCall, _ work: BulkWork, _ count: Int) throws(Trap) {
    assert(call.builtin.definition.bulk.contains(work), "the table does not name the work")
    try charge(call.cost &+ work.units(count))
  }

  /// Does the same for two kinds of work.
  @inline(__always)
  mutating func charge(
    _ call: BuiltinCall, _ work: BulkWork, _ count: Int, _ other: BulkWork, _ otherCount: Int
  ) throws(Trap) {
    assert(call.builtin.definition.bulk.contains(work), "the table does not name the work")
    assert(call.builtin.definition.bulk.contains(other), "the table does not name the work")
    try charge(call.cost &+ work.units(count) &+ other.units(otherCount))
  }

  /// The trap of a call whose operands have the wrong kind. The row is charged all the same, and this charge may end
  /// the run instead.
  mutating func mismatch(_ call: BuiltinCall) -> Trap { failure(.typeMismatch, of: call) }

  /// Charges only for the row of a call that cannot be executed, and returns the trap that ends it.
  mutating func failure(_ trap: Trap, of call: BuiltinCall) -> Trap {
    do throws(Trap) { try charge(call) } catch { return error }
    return trap
  }

  /// Charges for work whose size is known only as it proceeds.
  mutating func charge(_ work: BulkWork, _ count: Int) throws(Trap) { try charge(work.units(count)) }
}
