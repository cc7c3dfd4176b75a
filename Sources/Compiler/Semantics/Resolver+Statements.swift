internal import Engine

extension Resolver {
  // MARK: - Lists of statements

  /// Visits the statements of a block in their own scope.
  mutating func visitBlock(_ statements: [Statement]) {
    enterScope()
    visitBody(statements)
    leaveScope()
  }

  /// Declares the names of the statements, makes their functions, and visits the statements.
  mutating func visitBody(_ statements: [Statement]) {
    declareNames(of: statements)
    makeFunctions(of: statements)
    for statement in statements { visit(statement) }
  }

  private mutating func declareNames(of statements: [Statement]) {
    for statement in statements {
      let function = statement.declaredFunction
      for name in statement.declaredNames {
        declare(name, function == nil ? .constant : .function)
        bindings[name.id.index].knownFunction = function?.id
      }
    }
  }

  /// All functions that a block declares are made when the block is entered, before any of its statements runs. While
  /// they are made, none of them can be relied on, so they may be made in any order.
  private mutating func makeFunctions(of statements: [Statement]) {
    for statement in statements {
      if let function = statement.declaredFunction { visitFunction(function) }
    }
    for statement in statements {
      if let name = statement.declaredFunction?.name { facts[name.id.index].state = .initialized }
    }
  }

  // MARK: - Statements

  private mutating func visit(_ statement: Statement) {
    switch statement.node {
    case .expression(let expression), .throwing(let expression):
      visit(expression)
    case .declaration(let declarators):
      for declarator in declarators { visit(declarator) }
    case .block(let statements):
      visitBlock(statements)
    case .conditional(let test, let then, let otherwise):
      visitConditional(test, then, otherwise)
    case .selection(let scrutinee, let cases):
      visit(scrutinee)
      visitCases(cases)
    case .returning(let value):
      if let value { visit(value) }
      noteEvent()
    case .breaking:
      noteEvent()
    case .exporting(.declaration(let declaration)):
      visit(declaration)
    case .function, .empty, .importing, .exporting:
      break
    }
  }

  /// Follows a chain of `else if` without recursion.
  private mutating func visitConditional(_ test: Expression, _ then: Statement, _ otherwise: Statement?) {
    var (test, then, otherwise) = (test, then, otherwise)
    while true {
      visit(test)
      visit(then)
      guard let next = otherwise else { return }
      guard case .conditional(let nextTest, let nextThen, let nextOtherwise) = next.node else { return visit(next) }
      (test, then, otherwise) = (nextTest, nextThen, nextOtherwise)
    }
  }

  /// All clauses share a scope, but only one of their bodies runs.
  private mutating func visitCases(_ cases: [SwitchCase]) {
    enterScope(isSwitch: true)
    let statements = cases.flatMap { $0.body }
    declareNames(of: statements)
    makeFunctions(of: statements)
    for clause in cases {
      if let test = clause.test { visit(test) }
      for statement in clause.body { visit(statement) }
      for statement in clause.body where statement.declaredFunction == nil {
        for name in statement.declaredNames { facts[name.id.index].state = .skipped }
      }
    }
    leaveScope()
  }

  private mutating func visit(_ declarator: Declarator) {
    if case .name(let name) = declarator.pattern, case .function(let function) = declarator.value.node {
      bindings[name.id.index].knownFunction = function.id
    }
    visit(declarator.value)
    bind(declarator.pattern)
  }

  // MARK: - Patterns and functions

  /// Visits a pattern that destructures a value. The names get their values one after another.
  private mutating func bind(_ pattern: Pattern) {
    switch pattern {
    case .name(let name):
      initialize(name.id)
    case .array(let elements, let rest, _):
      for case let element? in elements {
        if let defaultValue = element.defaultValue { visit(defaultValue) }
        bind(element.pattern)
      }
      if let rest { bind(rest) }
    case .record(let fields, let rest, _):
      for field in fields {
        if case .computed(let key) = field.key { visit(key) }
        if case .name(let name) = field.key, field.defaultValue != nil, InheritedNames.contains(text(name)) {
          report(.inheritedDefault, at: name.span, [text(name)])
        }
        if let defaultValue = field.defaultValue { visit(defaultValue) }
        bind(field.pattern)
      }
      if let rest { initialize(rest.id) }
    }
  }

  /// Visits a function where it is made. The name of a function expression, the parameters and the body each have their
  /// own scope. The names of the body are not visible in the defaults of parameters.
  mutating func visitFunction(_ function: FunctionNode, bindsOwnName: Bool = false) {
    let parent = frames[frames.count - 1].function
    functions[function.id.index] = FunctionScope(node: function, parent: parent, captures: [], bindings: [])
    frames.append(Frame(function: function.id))
    if bindsOwnName, let name = function.name {
      enterScope()
      declare(name, .functionExpressionName)
      bindings[name.id.index].knownFunction = function.id
      facts[name.id.index].state = .initialized
    }
    enterScope()
    let parameterScope = scopes[scopes.count - 1].number
    for parameter in function.parameters {
      for name in parameter.pattern.names { declare(name, .parameter) }
    }
    for name in function.rest?.names ?? [] { declare(name, .parameter) }
    for parameter in function.parameters {
      if let defaultValue = parameter.defaultValue { visit(defaultValue) }
      bind(parameter.pattern)
    }
    if let rest = function.rest { bind(rest) }

    switch function.body {
    case .expression(let value):
      visit(value)
    case .block(let statements):
      enterScope(parameters: parameterScope)
      visitBody(statements)
      leaveScope()
    }
    leaveScope()
    if bindsOwnName, function.name != nil { leaveScope() }
    frames.removeLast()
  }
}
