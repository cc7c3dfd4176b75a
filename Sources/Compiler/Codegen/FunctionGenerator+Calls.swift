internal import Engine

/// Calls of known functions, values, methods and the library.
extension FunctionGenerator {
  /// What a call calls, as far as the source tells.
  private enum Callee {
    case builtin(Builtin)
    /// A function that captures nothing and has exactly as many plain parameters as there are arguments.
    case function(FunctionID, ReferenceID)
    case method(Expression, Name)
    /// A capability of the host: its name and the operation.
    case effect(Symbol, Symbol)
    case value(Expression)
  }

  /// Generates a call. A tail call might not return; if it does, the caller returns the value.
  ///
  /// - Returns: the register that holds the value, if the call returns.
  mutating func call(_ callee: Expression, _ arguments: [Element], isTail: Bool) -> Int {
    let span = assembler.span
    let base = allocate(Frame.headerWords) + Frame.headerWords
    let callee = classify(callee, arguments)
    prepare(callee, base)
    let isSpread = arguments.contains { if case .spread = $0 { true } else { false } }
    if isSpread {
      array(forSpread: arguments, to: allocate())
    } else {
      if arguments.count > FunctionGenerator.argumentLimit { limit(.tooManyArguments) }
      for argument in arguments {
        let place = allocate()
        if case .value(let part) = argument { evaluate(part, to: place) }
      }
    }
    // The callee needs a register for its result even if it has no arguments.
    registerCount = max(registerCount, base + 1)
    assembler.span = span
    emit(callee, base, isSpread ? nil : arguments.count, isTail: isTail)
    return base
  }

  /// The maximum number of arguments of a call without spread.
  static let argumentLimit = 200

  private func classify(_ callee: Expression, _ arguments: [Element]) -> Callee {
    switch callee.node {
    case .name(_, let reference):
      return classify(reference, callee, arguments)
    case .member(let object, let name):
      if case .name(_, let reference) = object.node, isStatic(reference) {
        return classify(reference, callee, arguments)
      }
      return .method(object, name)
    default:
      return .value(callee)
    }
  }

  private func classify(_ reference: ReferenceID, _ callee: Expression, _ arguments: [Element]) -> Callee {
    let resolved = program.references[reference.index]
    switch resolved.target {
    case .builtin(let builtin), .builtinMember(let builtin):
      return builtin.definition.form == .function ? .builtin(builtin) : .value(callee)
    case .binding(let id), .moduleMember(let id):
      guard !resolved.isUninitialized, let known = program.bindings[id.index].knownFunction,
        captures(known).isEmpty, takesExactly(arguments, known)
      else { return .value(callee) }
      return .function(known, reference)
    case .effect(let name, let operation):
      return .effect(name, operation)
    case .unresolved:
      return .value(callee)
    }
  }

  /// Whether a function can be entered with exactly these arguments.
  private func takesExactly(_ arguments: [Element], _ id: FunctionID) -> Bool {
    let node = program.functions[id.index].node
    let isPlain = arguments.allSatisfy { if case .value = $0 { true } else { false } }
    return isPlain && node.rest == nil && node.parameters.count == arguments.count
  }

  /// Generates what runs before the arguments are evaluated.
  private mutating func prepare(_ callee: Callee, _ base: Int) {
    switch callee {
    case .builtin, .effect:
      break
    case .function(_, let reference):
      read(known: reference)
    case .method(let object, let name):
      let saved = top
      let receiver = evaluate(object)
      let key = context.constants.method(name.symbol, of: program.symbols)
      assembler.span = name.span
      assembler.emit(.prepareMethod, a: base, b: receiver, c: key)
      top = saved
    case .value(let expression):
      evaluate(expression, to: base + Frame.callee)
    }
  }

  /// Charges for reading a name whose function is known, and checks that it is initialised unless that is certain.
  private mutating func read(known reference: ReferenceID) {
    assembler.charge(.stackPush)
    let id: BindingID
    switch program.references[reference.index].target {
    case .binding(let binding), .moduleMember(let binding): id = binding
    default: return
    }
    let saved = top
    switch location(of: id) {
    case .cell, .captureCell, .global(_, needsCheck: true): _ = read(location(of: id), into: nil)
    default: break
    }
    top = saved
  }

  /// Emits the call itself.
  private mutating func emit(_ callee: Callee, _ base: Int, _ count: Int?, isTail: Bool) {
    switch (callee, count) {
    case (.builtin(let builtin), let count?):
      assembler.emit(.callBuiltin, a: base, b: count, c: Int(builtin.rawValue))
    case (.builtin(let builtin), nil):
      assembler.emit(.callBuiltinSpread, a: base, c: Int(builtin.rawValue))
    case (.effect(let name, let operation), let count):
      let effect = context.constants.effect(name, operation, program.symbols)
      if let count {
        assembler.emit(.callEffect, a: base, b: count, c: effect)
      } else {
        assembler.emit(.callEffectSpread, a: base, c: effect)
      }
    case (.function(let id, _), _) where isTail:
      assembler.emit(.tailCallFunction, a: base, b: stackWords, c: id.index + 1)
    case (.function(let id, _), _):
      assembler.charge(.funcCall)
      assembler.emit(.callFunction, a: base, c: id.index + 1)
    case (.method, let count?):
      assembler.emit(isTail ? .tailCallMethod : .callMethod, a: base, b: count, c: isTail ? stackWords : 0)
    case (.method, nil):
      assembler.emit(isTail ? .tailCallMethodSpread : .callMethodSpread, a: base, c: isTail ? stackWords : 0)
    case (.value, let count?):
      if !isTail { assembler.charge(.funcCall) }
      assembler.emit(isTail ? .tailCall : .call, a: base, b: count, c: isTail ? stackWords : 0)
    case (.value, nil):
      if !isTail { assembler.charge(.funcCall) }
      assembler.emit(isTail ? .tailCallSpread : .callSpread, a: base, c: isTail ? stackWords : 0)
    }
  }

  /// Builds the Array of arguments for a call with spread.
  private mutating func array(forSpread arguments: [Element], to register: Int) {
    let saved = top
    array(arguments, to: register)
    top = saved
  }
}
