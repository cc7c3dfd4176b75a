import Compiler
import Engine

// Calls. The callee is one of four things: a function of the library by its name, a method of a String or an Array, an
// operation of the host, or a value.

extension Evaluation {
  private enum Callee {
    case builtin(Builtin)
    case method(Builtin, receiver: Value)
    case effect(Symbol, operation: Symbol)
    case value(Value)
  }

  /// The value of a call.
  func call(_ callee: Expression, _ arguments: [Element], _ scope: Activation) throws(Stop) -> Value {
    let callee = try self.callee(callee, scope)
    let arguments = try self.arguments(arguments, scope)
    return try call(callee, arguments)
  }

  /// A call in tail position. It is free if it calls a function of the program. Any other callee returns a value, which
  /// is then returned.
  func tailCall(_ callee: Expression, _ arguments: [Element], _ scope: Activation) throws(Stop) -> Completion {
    let callee = try self.callee(callee, scope)
    let arguments = try self.arguments(arguments, scope)
    if case .value(.function(let closure)) = callee {
      try charge(.tailCall)
      return .called(closure, arguments)
    }
    return try leave(with: try call(callee, arguments))
  }

  /// The callee, after everything that happens before the arguments are evaluated.
  private func callee(_ callee: Expression, _ scope: Activation) throws(Stop) -> Callee {
    if let reference = name(callee) {
      switch program.references[reference.index].target {
      case .builtin(let builtin), .builtinMember(let builtin):
        if builtin.definition.form == .function { return .builtin(builtin) }
      case .effect(let name, let operation): return .effect(name, operation: operation)
      case .binding, .moduleMember, .unresolved: break
      }
    } else if case .member(let object, let name) = callee.node {
      return try method(name, of: try evaluate(object, scope))
    }
    return .value(try evaluate(callee, scope))
  }

  /// The name that an expression consists of, also as a member of a namespace.
  private func name(_ expression: Expression) -> ReferenceID? {
    switch expression.node {
    case .name(_, let reference): return reference
    case .member(let object, _):
      guard case .name(_, let reference) = object.node, isStatic(reference) else { return nil }
      return reference
    default: return nil
    }
  }

  /// `x.name(…)`: the function in a Record's field, or the method of a String or an Array, which is paid for when it is
  /// called.
  private func method(_ name: Name, of receiver: Value) throws(Stop) -> Callee {
    chargedSpan = name.span
    let key = text(name.symbol)
    let namespace: Builtin.Namespace
    switch receiver {
    case .record(let record):
      try charge(.propAccess)
      try payForSearch(for: key, in: record)
      guard let field = record[key] else { throw .noSuchField(key) }
      return .value(field)
    case .string: namespace = .string
    case .array: namespace = .array
    default:
      try charge(.propAccess)
      throw .typeMismatch
    }
    if let builtin = Builtin.findMethod(key.utf8, of: namespace) { return .method(builtin, receiver: receiver) }
    try charge(.propAccess)
    throw .noSuchField(key)
  }

  private func arguments(_ elements: [Element], _ scope: Activation) throws(Stop) -> [Value] {
    let isSpread = elements.contains { if case .spread = $0 { true } else { false } }
    // With a spread, an Array of all arguments is made and paid for.
    if isSpread { return try array(elements, scope) }
    var arguments: [Value] = []
    for case .value(let argument) in elements { arguments.append(try evaluate(argument, scope)) }
    return arguments
  }

  private func call(_ callee: Callee, _ arguments: [Value]) throws(Stop) -> Value {
    switch callee {
    case .builtin(let builtin): return try call(builtin, .undefined, arguments)
    case .method(let builtin, let receiver): return try call(builtin, receiver, arguments)
    case .effect(let name, let operation): return try perform(name, operation, arguments)
    case .value(let value):
      try charge(.funcCall)
      switch value {
      case .function(let closure): return try enter(closure, arguments)
      // When a function of the library is called through a value, its row is charged in addition.
      case .builtin(let builtin): return try call(builtin, .undefined, arguments)
      default: throw .notCallable
      }
    }
  }

  // MARK: Functions of the program

  /// Runs a function, and the functions that replace it through calls in tail position, until one returns. The call has
  /// been charged.
  private func enter(_ first: Closure, _ arguments: [Value]) throws(Stop) -> Value {
    let (outerSpan, outerPath) = (chargedSpan, path)
    var (closure, arguments) = (first, arguments)
    while true {
      try checkArity(arguments.count, closure.minimumArity, closure.maximumArity)
      let words = words(of: closure.node)
      try takeStack(words)
      path = outerPath.calling(.function(closure.node))
      let completion = try run(closure, arguments)
      // A call in tail position checks its arguments while its caller still holds its words. No error depends on that
      // order.
      giveStackBack(words)
      switch completion {
      case .called(let next, let values): (closure, arguments) = (next, values)
      case .returned(let value):
        (chargedSpan, path) = (outerSpan, outerPath)
        return value
      case .normal, .broke: preconditionFailure("a body ends in a value or a call")
      }
    }
  }

  /// Binds parameters and evaluates the body.
  private func run(_ closure: Closure, _ arguments: [Value]) throws(Stop) -> Completion {
    let node = closure.node
    let scope = Activation(closure, names: program.functions[node.id.index].bindings.count)
    if let name = node.name, program.bindings[name.id.index].kind == .functionExpressionName {
      cell(of: name.id, in: scope).value = .function(closure)
    }
    chargedSpan = node.span
    try bindParameters(of: node, to: arguments, scope)
    switch node.body {
    case .expression(let expression): return try tail(expression, scope)
    case .block(let statements):
      let completion = try execute(block: statements, scope)
      guard case .normal = completion else { return completion }
      chargedSpan = SourceSpan(file: node.span.file, start: node.span.end - 1, end: node.span.end)
      return try leave(with: .undefined)
    }
  }

  private func checkArity(_ count: Int, _ minimum: Int, _ maximum: Int?) throws(Stop) {
    if count < minimum || count > maximum ?? .max { throw .arityMismatch }
  }

  // MARK: Functions of the library

  /// Calls a function of the library.
  private func call(_ builtin: Builtin, _ receiver: Value, _ arguments: [Value]) throws(Stop) -> Value {
    let outer = path
    path = outer.calling(.builtin(builtin))
    let call = LibraryCall(builtin: builtin, receiver: receiver, arguments: arguments)
    let definition = builtin.definition
    guard arguments.count >= definition.minimumArity, arguments.count <= definition.maximumArity ?? .max else {
      try charge(call)
      throw .arityMismatch
    }
    let value = try library(call)
    path = outer
    return value
  }

  /// A call that a function of the library, or the host, makes of a function that it received. It passes as many of the
  /// standard arguments as that function takes.
  func callBack(_ function: Value, _ standard: [Value]) throws(Stop) -> Value {
    try charge(.funcCall)
    switch function {
    case .function(let closure):
      return try enter(closure, Array(standard.prefix(closure.maximumArity ?? .max)))
    case .builtin(let builtin):
      let value = try call(builtin, .undefined, Array(standard.prefix(builtin.definition.maximumArity ?? .max)))
      try charge(.return)
      return value
    default:
      throw .notCallable
    }
  }
}
