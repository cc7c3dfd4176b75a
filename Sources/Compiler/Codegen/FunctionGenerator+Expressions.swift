internal import Engine

/// Expressions.
extension FunctionGenerator {
  /// Evaluates an expression. Returns its register: the local's own, or a new one.
  mutating func evaluate(_ expression: Expression) -> Int { evaluate(expression, into: nil) }

  /// Evaluates an expression into the register `target`.
  mutating func evaluate(_ expression: Expression, to target: Int) {
    _ = evaluate(expression, into: target)
  }

  /// Evaluates an expression into `target`, or into any register if `target` is nil. Frees its temporaries.
  mutating func evaluate(_ expression: Expression, into target: Int?) -> Int {
    let outer = assembler.span
    assembler.span = expression.span
    defer { assembler.span = outer }
    switch expression.node {
    case .integer, .string, .boolean, .array, .record:
      if let constant = constant(of: expression) {
        chargeConstant(expression)
        return load(constant, into: target)
      }
      return inTemporaries(target) { generator, register in generator.literal(expression, to: register) }
    case .template(let texts, let substitutions):
      return inTemporaries(target) { $0.template(texts, substitutions, to: $1) }
    case .name(_, let reference):
      return read(reference, into: target)
    case .function(let node):
      assembler.charge(.funcDecl, .elements, captures(node.id).count)
      return closure(node.id, into: target)
    case .unary(let operation, let operand):
      return unary(operation, operand, expression.span, into: target)
    case .binary(let operation, _, _):
      return binaryChain(operation, expression, into: target)
    case .logical(let operation, let left, let right):
      return inTemporaries(target) { $0.logical(operation, left, right, to: $1) }
    case .conditional(let condition, let then, let otherwise):
      return inTemporaries(target) { $0.conditional(condition, then, otherwise, to: $1) }
    case .member(let object, let name):
      if case .name(_, let reference) = object.node, isStatic(reference) { return read(reference, into: target) }
      return inTemporaries(target) { generator, register in
        let source = generator.evaluate(object)
        generator.assembler.charge(.propAccess)
        generator.assembler.span = name.span
        generator.assembler.emit(.getField, a: register, b: source, c: generator.keyConstant(name.symbol))
      }
    case .index(let object, let index):
      return inTemporaries(target) { generator, register in
        let source = generator.evaluate(object)
        let position = generator.evaluate(index)
        generator.assembler.charge(.arrayAccess)
        generator.assembler.span = index.span
        generator.assembler.emit(.getIndex, a: register, b: source, c: position)
      }
    case .call(let callee, let arguments):
      let saved = top
      let result = call(callee, arguments, isTail: false)
      guard let target else {
        // The value stays in the register that the call returned it in.
        top = result + 1
        return result
      }
      assembler.emit(.move, a: target, b: result)
      top = saved
      return target
    }
  }

  /// Runs code that puts a value into `target`, or into a new register if that is nil. Frees its temporaries.
  mutating func inTemporaries(_ target: Int?, _ body: (inout FunctionGenerator, Int) -> Void) -> Int {
    let register = target ?? allocate()
    let saved = top
    body(&self, register)
    top = saved
    return register
  }

  /// Whether a name refers to a member of a namespace, either of the library or of another file, or to an effect.
  func isStatic(_ reference: ReferenceID) -> Bool {
    switch program.references[reference.index].target {
    case .builtinMember, .moduleMember, .effect: true
    default: false
    }
  }

  /// The number of the constant for a key.
  mutating func keyConstant(_ symbol: Symbol) -> Int { context.constants.string(symbol) }

  // MARK: Operators

  private mutating func unary(
    _ operation: UnaryOperator, _ operand: Expression, _ span: SourceSpan, into target: Int?
  ) -> Int {
    if operation == .negate, case .integer(let magnitude) = operand.node {
      // A negative literal is charged like the operator and its operand.
      assembler.charge(.stackPush)
      assembler.charge(.neg)
      return load(.integer(Int64(truncatingIfNeeded: 0 &- magnitude)), into: target)
    }
    return inTemporaries(target) { generator, register in
      let source = generator.evaluate(operand)
      generator.assembler.charge(operation == .negate ? .neg : .lnot)
      generator.assembler.emit(operation == .negate ? .negate : .not, a: register, b: source)
    }
  }

  /// A chain of left-associative operators, starting at its innermost left operand, without recursion along the chain.
  private mutating func binaryChain(
    _ operation: BinaryOperator, _ expression: Expression, into target: Int?
  ) -> Int {
    inTemporaries(target) { generator, register in
      var chain: [(BinaryOperator, Expression, SourceSpan)] = []
      var innermost = expression
      while case .binary(let operation, let left, let right) = innermost.node {
        chain.append((operation, right, innermost.span))
        innermost = left
      }
      var left = Operand.expression(innermost)
      for (index, (operation, right, span)) in chain.reversed().enumerated() {
        generator.assembler.span = span
        generator.binary(operation, left, right, to: register)
        // The result so far is the left operand of the next operator.
        left = .register(register)
        if index == chain.count - 1 { break }
      }
    }
  }

  /// A left operand, evaluated or not yet evaluated.
  enum Operand {
    case expression(Expression)
    case register(Int)
  }

  private mutating func binary(_ operation: BinaryOperator, _ left: Operand, _ right: Expression, to register: Int) {
    let saved = top
    let first: Int
    switch left {
    case .expression(let expression): first = evaluate(expression)
    case .register(let place): first = place
    }
    defer { top = saved }
    if let immediate = immediate(right, of: operation) {
      assembler.charge(.stackPush)
      assembler.charge(operation.row)
      assembler.emit(.addImmediate, a: register, b: first, c: immediate)
      return
    }
    let second = evaluate(right)
    assembler.charge(operation.row)
    switch operation {
    // `a > b` is `b < a`, but the operands are evaluated in source order.
    case .greater: assembler.emit(.less, a: register, b: second, c: first)
    case .greaterOrEqual: assembler.emit(.lessOrEqual, a: register, b: second, c: first)
    default: assembler.emit(operation.opcode, a: register, b: first, c: second)
    }
  }

  /// The operand of `addImmediate` if `operation` adds or subtracts a small literal.
  private func immediate(_ right: Expression, of operation: BinaryOperator) -> Int? {
    guard case .integer(let magnitude) = right.node, magnitude <= 0x7fff else { return nil }
    switch operation {
    case .add: return Int(magnitude)
    case .subtract: return -Int(magnitude)
    default: return nil
    }
  }

  private mutating func logical(_ operation: LogicalOperator, _ left: Expression, _ right: Expression, to register: Int)
  {
    var end = Label()
    evaluate(left, to: register)
    assembler.charge(operation == .and ? .land : .lor)
    assembler.jump(operation == .and ? .jumpIfFalse : .jumpIfTrue, a: register, to: &end)
    evaluate(right, to: register)
    assembler.bind(&end)
  }

  private mutating func conditional(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression, to register: Int
  ) {
    var other = Label()
    var end = Label()
    self.condition(condition, charging: .ifElse, jumpIf: false, to: &other)
    evaluate(then, to: register)
    assembler.jump(to: &end)
    assembler.bind(&other)
    evaluate(otherwise, to: register)
    assembler.bind(&end)
  }

  // MARK: Functions

  /// Loads a closure, or a constant for a function without captures. FUNC_DECL has already been charged.
  mutating func closure(_ id: FunctionID, into target: Int?) -> Int {
    let captured = captures(id)
    if captured.isEmpty { return load(.function(id), into: target) }
    return inTemporaries(target) { generator, register in
      let base = generator.allocate(captured.count)
      for (index, binding) in captured.enumerated() { generator.capture(binding, to: base + index) }
      generator.assembler.emit(.closure, a: register, b: id.index + 1, c: base)
    }
  }

  /// Copies the value of a binding, or its cell, for a closure that captures it. Charges nothing.
  private mutating func capture(_ binding: BindingID, to register: Int) {
    switch location(of: binding) {
    case .register(let source), .cell(let source): assembler.emit(.move, a: register, b: source)
    case .capture(let index), .captureCell(let index): assembler.emit(.loadCapture, a: register, b: index)
    case let other: _ = read(other, into: register)
    }
  }
}

extension BinaryOperator {
  /// The gas row of the operation. If both operands of `+` are Strings, the machine charges a different row instead.
  var row: GasRow {
    switch self {
    case .add: .add
    case .subtract: .sub
    case .multiply: .mul
    case .divide: .div
    case .remainder: .mod
    case .less: .lt
    case .lessOrEqual: .le
    case .greater: .gt
    case .greaterOrEqual: .ge
    case .equal: .strictEq
    case .notEqual: .strictNe
    }
  }

  /// The instruction for two registers.
  var opcode: Opcode {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .less, .greater: .less
    case .lessOrEqual, .greaterOrEqual: .lessOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    }
  }
}

extension FunctionGenerator {
  // MARK: Tail position

  /// Returns the value of an expression from the function. A call in tail position replaces this frame.
  mutating func tail(_ expression: Expression) {
    let saved = top
    defer { top = saved }
    assembler.span = expression.span
    switch expression.node {
    case .conditional(let condition, let then, let otherwise):
      var other = Label()
      self.condition(condition, charging: .ifElse, jumpIf: false, to: &other)
      tail(then)
      assembler.bind(&other)
      tail(otherwise)
    case .logical(let operation, let left, let right):
      var decided = Label()
      let register = allocate()
      evaluate(left, to: register)
      assembler.charge(operation == .and ? .land : .lor)
      assembler.jump(operation == .and ? .jumpIfFalse : .jumpIfTrue, a: register, to: &decided)
      tail(right)
      assembler.bind(&decided)
      leave(with: register)
    case .call(let callee, let arguments):
      // A callee that is not a function of the program returns here.
      leave(with: call(callee, arguments, isTail: true))
    default:
      leave(with: evaluate(expression))
    }
  }

  /// `return` of a value that is already in a register.
  private mutating func leave(with register: Int) {
    assembler.charge(.return)
    assembler.emit(.return, a: register, b: stackWords)
  }
}
