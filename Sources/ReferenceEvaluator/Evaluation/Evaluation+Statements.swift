import Compiler
import Engine

/// How a statement completes.
enum Completion {
  case normal
  /// `break`: it leaves the innermost `switch`.
  case broke
  case returned(Value)
  /// A call of a function of the program in tail position. Its arguments are evaluated, and it replaces the caller.
  case called(Closure, [Value])
}

extension Evaluation {
  // MARK: The top level

  /// Evaluates all files.
  ///
  /// - Returns: a script's value, that of its last statement.
  func initialize() throws(Stop) -> Value {
    let scope = Activation(nil, names: 0)
    let words = wordsOfTopLevel
    try takeStack(words)
    var value = Value.undefined
    for (index, tree) in program.trees.enumerated() {
      try enter(tree.statements, scope)
      let isScript = index == program.trees.count - 1 && program.handler == nil
      let last = isScript ? tree.statements.count - 1 : nil
      for (index, statement) in tree.statements.enumerated() {
        if index == last, case .expression(let expression) = statement.node {
          value = try evaluate(expression, scope)
        } else {
          _ = try execute(statement, scope)
        }
      }
    }
    giveStackBack(words)
    chargedSpan = nil
    return value
  }

  // MARK: Blocks

  /// Makes the functions that a block declares, which happens when the block is entered. Functions at the top level are
  /// built with the snapshot.
  private func enter(_ statements: [Statement], _ scope: Activation) throws(Stop) {
    try charge(BulkWork.elements.units(of: sharedNames(in: statements.flatMap(patterns(of:)))))
    for statement in statements {
      guard let node = declaredFunction(statement), let name = node.name else { continue }
      if program.bindings[name.id.index].owner != nil {
        chargedSpan = name.name.span
        try charge(.funcDecl, .elements, program.functions[node.id.index].captures.count)
      }
      cell(of: name.id, in: scope).value = .function(closure(node, in: scope))
    }
  }

  /// The patterns of the names that a statement declares in its block.
  private func patterns(of statement: Statement) -> [Pattern] {
    switch statement.node {
    case .declaration(let declarators): declarators.map { $0.pattern }
    case .function(let node): node.name.map { [.name($0)] } ?? []
    case .exporting(.declaration(let inner)): patterns(of: inner)
    case .expression, .block, .conditional, .selection, .returning, .throwing, .breaking, .empty, .importing,
      .exporting:
      []
    }
  }

  /// How many names a closure may capture before they have a value, which entering their function or block pays for.
  func sharedNames(in patterns: [Pattern]) -> Int {
    var count = 0
    func add(_ name: BindingName) {
      let binding = program.bindings[name.id.index]
      if binding.needsCell && binding.owner != nil { count += 1 }
    }
    func add(in pattern: Pattern) {
      switch pattern {
      case .name(let name): add(name)
      case .array(let elements, let rest, _):
        for case let element? in elements { add(in: element.pattern) }
        if let rest { add(in: rest) }
      case .record(let fields, let rest, _):
        for field in fields { add(in: field.pattern) }
        if let rest { add(rest) }
      }
    }
    for pattern in patterns { add(in: pattern) }
    return count
  }

  private func declaredFunction(_ statement: Statement) -> FunctionNode? {
    switch statement.node {
    case .function(let node), .exporting(.handler(let node)): node
    case .exporting(.declaration(let inner)): declaredFunction(inner)
    default: nil
    }
  }

  /// Executes statements in their own scope, until one of them does not complete normally.
  func execute(block statements: [Statement], _ scope: Activation) throws(Stop) -> Completion {
    try enter(statements, scope)
    return try execute(statements, scope)
  }

  private func execute(_ statements: [Statement], _ scope: Activation) throws(Stop) -> Completion {
    for statement in statements {
      let completion = try execute(statement, scope)
      guard case .normal = completion else { return completion }
    }
    return .normal
  }

  // MARK: Statements

  private func execute(_ statement: Statement, _ scope: Activation) throws(Stop) -> Completion {
    chargedSpan = statement.span
    switch statement.node {
    case .expression(let expression):
      _ = try evaluate(expression, scope)
      return .normal
    case .declaration(let declarators):
      for declarator in declarators {
        chargedSpan = declarator.span
        try bind(declarator.pattern, to: try evaluate(declarator.value, scope), scope)
      }
      return .normal
    case .block(let statements):
      return try execute(block: statements, scope)
    case .conditional(let test, let then, let otherwise):
      if try holds(test, charging: otherwise == nil ? .if : .ifElse, scope) { return try execute(then, scope) }
      return try otherwise.map { otherwise throws(Stop) in try execute(otherwise, scope) } ?? .normal
    case .selection(let scrutinee, let cases):
      return try select(scrutinee, cases, scope)
    case .returning(let value):
      if let value { return try tail(value, scope) }
      try charge(.return)
      return .returned(.undefined)
    case .throwing(let value):
      thrown = try evaluate(value, scope)
      try charge(.throw)
      throw .thrown
    case .breaking:
      try charge(.break)
      return .broke
    case .exporting(.declaration(let inner)):
      return try execute(inner, scope)
    case .function, .empty, .importing, .exporting:
      return .normal
    }
  }

  /// `switch`: compares the labels in order until one is equal, otherwise takes `default`, and then runs that clause. A
  /// clause without statements falls through to the next one.
  private func select(
    _ scrutinee: Expression, _ cases: [SwitchCase], _ scope: Activation
  ) throws(Stop) -> Completion {
    let value = try evaluate(scrutinee, scope)
    try charge(.match)
    try enter(cases.flatMap { $0.body }, scope)
    var chosen = cases.firstIndex { $0.test == nil }
    for (index, clause) in cases.enumerated() {
      guard let test = clause.test else { continue }
      let label = try evaluate(test, scope)
      chargedSpan = test.span
      if try areEqual(value, label, charging: GasRow.matchCase.units) {
        chosen = index
        break
      }
    }
    guard let chosen else { return .normal }
    let completion = try execute(cases[chosen...].flatMap { $0.body }, scope)
    if case .broke = completion { return .normal }
    return completion
  }

  // MARK: Tail position

  /// The end of a function with the value of an expression. A call there replaces the function.
  func tail(_ expression: Expression, _ scope: Activation) throws(Stop) -> Completion {
    chargedSpan = expression.span
    switch expression.node {
    case .conditional(let test, let then, let otherwise):
      return try tail(try holds(test, charging: .ifElse, scope) ? then : otherwise, scope)
    case .logical(let operation, let left, let right):
      guard let decided = try decision(operation, left, scope) else { return try tail(right, scope) }
      return try leave(with: decided)
    case .call(let callee, let arguments):
      return try tailCall(callee, arguments, scope)
    default:
      return try leave(with: try evaluate(expression, scope))
    }
  }

  /// `return` of a value.
  func leave(with value: Value) throws(Stop) -> Completion {
    try charge(.return)
    return .returned(value)
  }
}
