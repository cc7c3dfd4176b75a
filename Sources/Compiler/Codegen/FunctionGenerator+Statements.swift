internal import Engine

/// Statements and function bodies.
extension FunctionGenerator {
  // MARK: Bodies

  /// The code of a function.
  mutating func body(of node: FunctionNode) {
    bindParameters(node)
    switch node.body {
    case .expression(let expression):
      tail(expression)
    case .block(let statements):
      block(statements)
      if assembler.isReachable {
        assembler.span = node.span
        assembler.charge(.return)
        let register = allocate()
        assembler.emit(.loadImmediate, a: register, wide: Int(Value.undefined.bits))
        assembler.emit(.return, a: register, b: stackWords)
      }
    }
  }

  /// The static initialisers: the top-level statements of all files. For a script, they return the value of its last
  /// statement.
  mutating func initializers() {
    for (index, tree) in program.trees.enumerated() {
      let isEntry = index == program.trees.count - 1
      var statements = tree.statements
      let last = isEntry && program.handler == nil ? statements.popLast() : nil
      enter(statements + (last.map { [$0] } ?? []))
      for statement in statements { self.statement(statement) }
      if let last, case .expression(let value) = last.node {
        let register = evaluate(value)
        assembler.emit(.return, a: register, b: stackWords)
        return
      }
      if let last { statement(last) }
    }
    guard assembler.isReachable else { return }
    let register = allocate()
    assembler.emit(.loadImmediate, a: register, wide: Int(Value.undefined.bits))
    assembler.emit(.return, a: register, b: stackWords)
  }

  // MARK: Blocks

  /// Statements with their own scope.
  mutating func block(_ statements: [Statement]) {
    let saved = top
    enter(statements)
    for statement in statements { self.statement(statement) }
    top = saved
  }

  /// Generates what runs when a block is entered. It makes cells for the names that closures share before they are
  /// initialised, then declares the block's functions.
  private mutating func enter(_ statements: [Statement]) {
    makeCells(of: statements.flatMap(declaredNames))
    for statement in statements {
      if let node = declaredFunction(statement), let name = node.name { declare(function: node, name) }
    }
  }

  private func declaredFunction(_ statement: Statement) -> FunctionNode? {
    switch statement.node {
    case .function(let node): node
    case .exporting(.declaration(let inner)): declaredFunction(inner)
    case .exporting(.handler(let node)): node
    default: nil
    }
  }

  /// The names that a statement declares in its block.
  private func declaredNames(_ statement: Statement) -> [BindingName] {
    switch statement.node {
    case .function(let node): node.name.map { [$0] } ?? []
    case .declaration(let declarators): declarators.flatMap { names(in: $0.pattern) }
    case .exporting(.declaration(let inner)): declaredNames(inner)
    case .expression, .block, .conditional, .selection, .returning, .throwing, .breaking, .empty, .importing,
      .exporting:
      []
    }
  }

  /// The names that a pattern binds.
  func names(in pattern: Pattern) -> [BindingName] {
    switch pattern {
    case .name(let name): [name]
    case .array(let elements, let rest, _):
      elements.compactMap { $0 }.flatMap { names(in: $0.pattern) } + (rest.map(names) ?? [])
    case .record(let fields, let rest, _): fields.flatMap { names(in: $0.pattern) } + (rest.map { [$0] } ?? [])
    }
  }

  /// Pays for and makes the cells of names that are declared in a block or by parameters.
  mutating func makeCells(of names: [BindingName]) {
    assembler.charge(BulkWork.elements.units(names.count(where: needsCell)))
    for name in names { makeCell(name) }
  }

  /// Whether a name is kept in a cell that closures share.
  private func needsCell(_ name: BindingName) -> Bool {
    let binding = program.bindings[name.id.index]
    return binding.needsCell && binding.owner != nil
  }

  private mutating func makeCell(_ name: BindingName) {
    guard needsCell(name) else { return }
    let register = allocate()
    assembler.emit(.newCell, a: register)
    place(name.id, at: register)
  }

  /// A function declaration. A top-level function that captures nothing is a constant of the image.
  private mutating func declare(function node: FunctionNode, _ name: BindingName) {
    let binding = program.bindings[name.id.index]
    if binding.owner == nil && captures(node.id).isEmpty { return }
    assembler.span = name.name.span
    assembler.charge(.funcDecl, .elements, captures(node.id).count)
    let saved = top
    let register = closure(node.id, into: nil)
    initialize(name, from: register)
    if binding.owner == nil || binding.needsCell { top = saved }
  }

  // MARK: Statements

  mutating func statement(_ statement: Statement) {
    guard assembler.isReachable else { return }
    assembler.span = statement.span
    switch statement.node {
    case .expression(let expression):
      let saved = top
      _ = evaluate(expression)
      top = saved
    case .declaration(let declarators):
      for declarator in declarators {
        assembler.span = declarator.span
        declare(declarator.pattern, declarator.value)
      }
    case .block(let statements):
      block(statements)
    case .conditional(let condition, let then, let otherwise):
      conditional(condition, then, otherwise)
    case .selection(let scrutinee, let cases):
      selection(scrutinee, cases)
    case .returning(let value):
      if let value { tail(value) } else { returnUndefined() }
    case .throwing(let value):
      let saved = top
      let register = evaluate(value)
      assembler.charge(.throw)
      assembler.emit(.throw, a: register)
      top = saved
    case .breaking:
      assembler.charge(.break)
      var end = switchEnds.removeLast()
      assembler.jump(to: &end)
      switchEnds.append(end)
    case .exporting(.declaration(let inner)):
      self.statement(inner)
    case .function, .empty, .importing, .exporting:
      break
    }
  }

  private mutating func returnUndefined() {
    assembler.charge(.return)
    let saved = top
    let register = allocate()
    assembler.emit(.loadImmediate, a: register, wide: Int(Value.undefined.bits))
    assembler.emit(.return, a: register, b: stackWords)
    top = saved
  }

  /// `if`. A chain of `else if` is processed in a loop.
  private mutating func conditional(_ condition: Expression, _ then: Statement, _ otherwise: Statement?) {
    var end = Label()
    var (condition, then, otherwise) = (condition, then, otherwise)
    while true {
      var other = Label()
      let saved = top
      self.condition(condition, charging: otherwise == nil ? .if : .ifElse, jumpIf: false, to: &other)
      statement(then)
      if otherwise != nil { assembler.jump(to: &end) }
      assembler.bind(&other)
      top = saved
      guard let next = otherwise else { break }
      guard case .conditional(let innerCondition, let innerThen, let innerOtherwise) = next.node else {
        statement(next)
        break
      }
      assembler.span = next.span
      (condition, then, otherwise) = (innerCondition, innerThen, innerOtherwise)
    }
    assembler.bind(&end)
  }

  /// `switch`: the tests in order, then the bodies. Each body but the last ends in `break`, `return` or `throw`.
  private mutating func selection(_ scrutinee: Expression, _ cases: [SwitchCase]) {
    let saved = top
    let register = evaluate(scrutinee)
    top = max(top, register + 1)
    assembler.charge(.match)
    switchEnds.append(Label())
    // All clauses share one scope.
    var statements: [Statement] = []
    for clause in cases { statements += clause.body }
    enter(statements)
    var labels = Array(repeating: Label(), count: cases.count)
    for (index, clause) in cases.enumerated() {
      guard let test = clause.test else { continue }
      assembler.span = test.span
      let temporaries = top
      if case .integer(let magnitude) = test.node, magnitude <= 0x7fff {
        assembler.charge(.stackPush)
        assembler.charge(.matchCase)
        assembler.jump(.jumpIfEqualImmediate, a: register, b: Int(magnitude), to: &labels[index])
      } else {
        let value = evaluate(test)
        assembler.charge(.matchCase)
        assembler.jump(.jumpIfEqual, a: register, b: value, to: &labels[index])
      }
      top = temporaries
    }
    if let other = cases.firstIndex(where: { $0.test == nil }) {
      assembler.jump(to: &labels[other])
    } else {
      var end = switchEnds.removeLast()
      assembler.jump(to: &end)
      switchEnds.append(end)
    }
    for (index, clause) in cases.enumerated() {
      assembler.bind(&labels[index])
      let locals = top
      for statement in clause.body { self.statement(statement) }
      top = locals
    }
    var end = switchEnds.removeLast()
    assembler.bind(&end)
    top = saved
  }
}
