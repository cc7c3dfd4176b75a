internal import Engine

/// Generates the code of one function of a program, or of the static initialisers.
///
/// Registers form a stack: parameters first, then locals in the order of their initialisation, then the temporaries of
/// the current expression. A local is written once, so an operand that is a local is used in place.
///
/// This file holds what the other parts share. They are `FunctionGenerator+Expressions`, `+Conditions`, `+Literals`,
/// `+Calls`, `+Patterns` and `+Statements`.
struct FunctionGenerator {
  /// Where this function finds the value of a name.
  enum Location {
    case register(Int)
    /// A register that holds the cell of a binding that closures share before it is initialised.
    case cell(Int)
    case capture(Int)
    case captureCell(Int)
    case global(Int, needsCheck: Bool)
    case constant(Constant)
    /// The closure that is running.
    case callee
  }

  typealias Label = Assembler.Label

  let program: Program
  /// Nil for the static initialisers.
  let function: FunctionID?
  /// The words of the abstract stack budget that one activation takes.
  let stackWords: Int
  var context: ProgramContext
  var assembler: Assembler
  /// The first free register.
  var top = 0
  /// The maximum number of registers in use at once.
  var registerCount = 1
  /// The registers of the locals that have been placed.
  private var registers: [BindingID: Int] = [:]
  /// The ends of the `switch` statements around the current statement.
  var switchEnds: [Label] = []

  init(_ program: Program, _ function: FunctionID?, _ context: consuming ProgramContext, span: SourceSpan) {
    self.program = program
    self.function = function
    self.context = context
    stackWords =
      if let function {
        FrameSize.words(of: program.functions[function.index], in: program)
      } else {
        FrameSize.wordsOfInitializers(of: program)
      }
    assembler = Assembler(span: span)
  }

  // MARK: Registers

  /// Takes the next register.
  mutating func allocate() -> Int { allocate(1) }

  /// Takes consecutive registers. `finish()` reports a function that needs too many; until then, numbers are capped so
  /// that instructions can hold them.
  mutating func allocate(_ count: Int) -> Int {
    let first = min(top, 2 * Frame.maximumRegisters)
    top = first + count
    registerCount = max(registerCount, top)
    return first
  }

  /// Records where a local lives.
  mutating func place(_ binding: BindingID, at register: Int) { registers[binding] = register }

  /// The register of a local, if it has been placed.
  func register(of binding: BindingID) -> Int? { registers[binding] }

  // MARK: Names

  /// Where this function finds the value of a binding.
  func location(of id: BindingID) -> Location {
    let binding = program.bindings[id.index]
    if let owner = binding.owner {
      if owner == function {
        if case .functionExpressionName = binding.kind { return ownClosure(owner) }
        guard let register = registers[id] else { preconditionFailure("a local is placed before it is read") }
        return binding.needsCell ? .cell(register) : .register(register)
      }
      return capture(id, needsCell: binding.needsCell)
    }
    if binding.kind == .function, let known = binding.knownFunction, captures(known).isEmpty {
      return .constant(.function(known))
    }
    return .global(context.globalSlot(of: id), needsCheck: binding.needsCheck)
  }

  private func ownClosure(_ owner: FunctionID) -> Location {
    captures(owner).isEmpty ? .constant(.function(owner)) : .callee
  }

  private func capture(_ id: BindingID, needsCell: Bool) -> Location {
    guard let function, let index = captures(function).firstIndex(of: id) else {
      preconditionFailure("the resolver lists every captured binding")
    }
    return needsCell ? .captureCell(index) : .capture(index)
  }

  /// The bindings that a function captures.
  func captures(_ id: FunctionID) -> [BindingID] { program.functions[id.index].captures }

  /// Reads a resolved name. Returns its register: the local's own if `target` is nil, otherwise `target` or a new one.
  mutating func read(_ reference: ReferenceID, into target: Int?) -> Int {
    assembler.charge(.stackPush)
    let resolved = program.references[reference.index]
    switch resolved.target {
    case .binding(let id), .moduleMember(let id):
      if resolved.isUninitialized {
        assembler.emit(.uninitialized)
        return target ?? allocate()
      }
      return read(location(of: id), into: target)
    case .builtin(let builtin), .builtinMember(let builtin):
      return load(ProgramContext.constant(of: builtin), into: target)
    case .effect, .unresolved:
      preconditionFailure("a program with errors is not compiled, and effects are called, never read")
    }
  }

  /// Reads a binding whose cost has already been charged.
  mutating func read(_ location: Location, into target: Int?) -> Int {
    if case .register(let register) = location {
      guard let target, target != register else { return register }
      assembler.emit(.move, a: target, b: register)
      return target
    }
    let register = target ?? allocate()
    switch location {
    case .register: break
    case .cell(let cell): assembler.emit(.loadCell, a: register, b: cell)
    case .capture(let index): assembler.emit(.loadCapture, a: register, b: index)
    case .captureCell(let index): assembler.emit(.loadCaptureCell, a: register, b: index)
    case .global(let slot, _): assembler.emit(.loadGlobal, a: register, wide: slot)
    case .constant(let constant): return load(constant, into: register)
    case .callee: assembler.emit(.loadCallee, a: register)
    }
    return register
  }

  /// Loads a constant whose cost has already been charged.
  mutating func load(_ constant: Constant, into target: Int?) -> Int {
    let register = target ?? allocate()
    switch constant {
    case .integer(let integer):
      if let small = Int32(exactly: integer) {
        assembler.emit(.loadInteger, a: register, wide: Int(small))
      } else {
        assembler.emit(.loadConstant, a: register, wide: context.constants.add(constant))
      }
    case .boolean(let flag):
      assembler.emit(.loadImmediate, a: register, wide: Int(Value(flag).bits))
    default:
      assembler.emit(.loadConstant, a: register, wide: context.constants.add(constant))
    }
    return register
  }

  /// Initialises a name with the value in a register.
  mutating func initialize(_ binding: BindingName, from register: Int) {
    let id = binding.id
    let entry = program.bindings[id.index]
    if entry.owner == nil {
      assembler.emit(.storeGlobal, a: register, wide: context.globalSlot(of: id))
    } else if entry.needsCell, let cell = self.register(of: id) {
      assembler.emit(.storeCell, a: cell, b: register)
    } else {
      place(id, at: register)
    }
  }
}
