extension Parser {
  /// Parses ECMAScript's Expression: an assignment expression, or several with the comma operator, which is reported.
  mutating func parseExpression() -> Expression {
    let first = parseAssignment()
    guard at(.comma), !isRecovering else { return first }
    if !context.isInLoopHeader { report(.commaOperator, at: currentSpan) }
    var parts = [first]
    while !isRecovering, accept(.comma) { parts.append(parseAssignment()) }
    return group(parts)
  }

  /// Combines the parts of a rejected expression into one.
  mutating func group(_ parts: [Expression]) -> Expression {
    let span = parts[0].span.joined(with: parts[parts.count - 1].span)
    return makeExpression(.array(parts.map { .value($0) }), span, below: height(of: parts))
  }

  func height(of expressions: [Expression]) -> Int { expressions.reduce(0) { max($0, $1.height) } }

  // MARK: - Assignment expressions

  /// Parses ECMAScript's AssignmentExpression: an arrow function, or a conditional expression. Assignments and `yield`
  /// are reported.
  mutating func parseAssignment() -> Expression {
    enter()
    defer { leave() }
    if beginsArrowFunction { return parseArrowFunction() }
    if at(.yield) { return parseYield() }
    let target = parseConditional()
    guard !isRecovering, at(.assign) || at(.compoundAssign) else { return target }
    reportAssignment()
    advance()
    return group([target, parseAssignment()])
  }

  private mutating func reportAssignment() {
    if context.isInLoopHeader { return }
    if at(.assign) {
      report(.assignment, at: currentSpan)
    } else {
      report(.compoundAssignment, at: currentSpan, [describe(current).filter { $0 != UInt8(ascii: "`") }])
    }
  }

  private mutating func parseYield() -> Expression {
    let keyword = currentSpan
    if !context.isInGenerator { report(.yieldExpression, at: keyword) }
    advance()
    let endsHere: Bool
    switch current.kind {
    case .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon, .colon, .endOfFile: endsHere = true
    default: endsHere = current.isAfterNewline
    }
    if endsHere { return placeholder(keyword) }
    _ = accept(.star)
    return parseAssignment()
  }

  /// A chain of `a ? b : c ? d : e` is read in a loop and then built from its end.
  private mutating func parseConditional() -> Expression {
    var arms: [(test: Expression, then: Expression)] = []
    var last = parseBinary()
    while !isRecovering, accept(.question) {
      let then = parseAssignment()
      expect(.colon, "`:`")
      arms.append((last, then))
      if isRecovering { break }
      if beginsArrowFunction || at(.yield) {
        last = parseAssignment()
        break
      }
      last = parseBinary()
    }
    for (test, then) in arms.reversed() {
      let span = test.span.joined(with: last.span)
      let below = max(test.height, max(then.height, last.height))
      last = makeExpression(.conditional(test, then: then, otherwise: last), span, below: below)
    }
    return last
  }

  // MARK: - Operators

  /// An operator between two operands.
  private struct Infix {
    enum Meaning {
      case binary(BinaryOperator)
      case logical(LogicalOperator)
    }
    let meaning: Meaning
    let precedence: Int
    /// The diagnostic for it, if the language leaves it out.
    var rejection: DiagnosticCode?
  }

  /// Operators and operands stay on stacks until an operator of lower precedence follows, so that a chain takes no
  /// recursion.
  private mutating func parseBinary() -> Expression {
    var operands = [parseUnary()]
    var operators: [Infix] = []
    while !isRecovering, let infix = currentInfix {
      while let last = operators.last, last.precedence >= infix.precedence { reduce(&operands, &operators) }
      if let rejection = infix.rejection { reportOperator(rejection) }
      advance()
      operators.append(infix)
      operands.append(parseOperand())
    }
    while !operators.isEmpty { reduce(&operands, &operators) }
    return operands[0]
  }

  private mutating func reduce(_ operands: inout [Expression], _ operators: inout [Infix]) {
    let infix = operators.removeLast()
    let right = operands.removeLast()
    let left = operands.removeLast()
    if infix.rejection == .instanceofOperator, case .name = right.node {
      // This is usually the name of a constructor, which would only be reported again.
      return operands.append(left)
    }
    let node: ExpressionNode
    switch infix.meaning {
    case .binary(let binary): node = .binary(binary, left, right)
    case .logical(let logical): node = .logical(logical, left, right)
    }
    let below = max(left.height, right.height)
    operands.append(makeExpression(node, left.span.joined(with: right.span), below: below))
  }

  /// The operand after an operator, where an arrow function needs parentheses.
  private mutating func parseOperand() -> Expression {
    guard beginsArrowFunction else { return parseUnary() }
    report(.arrowNeedsParentheses, at: currentSpan)
    return parseAssignment()
  }

  private mutating func reportOperator(_ code: DiagnosticCode) {
    report(code, at: currentSpan, code == .bitwiseOperator ? [text(of: current)] : [])
  }

  /// The operator at the current place. If the language leaves it out, a similar operator stands in for it, so that
  /// parsing can continue.
  private var currentInfix: Infix? {
    switch current.kind {
    case .questionQuestion: Infix(meaning: .logical(.or), precedence: 1, rejection: .nullishCoalescing)
    case .orOr: Infix(meaning: .logical(.or), precedence: 1)
    case .andAnd: Infix(meaning: .logical(.and), precedence: 2)
    case .bitwise: bitwise
    case .equal: Infix(meaning: .binary(.equal), precedence: 6)
    case .notEqual: Infix(meaning: .binary(.notEqual), precedence: 6)
    case .looseEqual: Infix(meaning: .binary(.equal), precedence: 6, rejection: .looseEquality)
    case .looseNotEqual: Infix(meaning: .binary(.notEqual), precedence: 6, rejection: .looseInequality)
    case .less: Infix(meaning: .binary(.less), precedence: 7)
    case .lessOrEqual: Infix(meaning: .binary(.lessOrEqual), precedence: 7)
    case .greater: Infix(meaning: .binary(.greater), precedence: 7)
    case .greaterOrEqual: Infix(meaning: .binary(.greaterOrEqual), precedence: 7)
    case .word where at(.instanceof):
      Infix(meaning: .binary(.less), precedence: 7, rejection: .instanceofOperator)
    case .word where at(.in) && !context.isInLoopHeader:
      Infix(meaning: .binary(.less), precedence: 7, rejection: .inOperator)
    case .plus: Infix(meaning: .binary(.add), precedence: 9)
    case .minus: Infix(meaning: .binary(.subtract), precedence: 9)
    case .star: Infix(meaning: .binary(.multiply), precedence: 10)
    case .slash: Infix(meaning: .binary(.divide), precedence: 10)
    case .percent: Infix(meaning: .binary(.remainder), precedence: 10)
    case .starStar: Infix(meaning: .binary(.multiply), precedence: 11, rejection: .exponentiation)
    default: nil
    }
  }

  private var bitwise: Infix {
    let precedence: Int
    switch bytes[Int(current.start)] {
    case UInt8(ascii: "|"): precedence = 3
    case UInt8(ascii: "^"): precedence = 4
    case UInt8(ascii: "&"): precedence = 5
    default: precedence = 8
    }
    return Infix(meaning: .binary(.add), precedence: precedence, rejection: .bitwiseOperator)
  }

  // MARK: - Unary operators

  /// Prefix operators are read in a loop and then applied from the last to the first.
  private mutating func parseUnary() -> Expression {
    var prefixes: [(operator: UnaryOperator?, start: Int)] = []
    while !isRecovering, readPrefix(into: &prefixes) {}
    let first = position
    var expression = beginsArrowFunction && !prefixes.isEmpty ? parseOperand() : parsePostfix()
    if tokens[first].kind == .integer, integers[Int(tokens[first].payload)] == 1 << 63 {
      let isOperandOfMinus = position == first + 1 && prefixes.last?.operator == .negate
      if !isOperandOfMinus { report(.integerOutOfRange, at: span(of: tokens[first])) }
    }
    reportPostfixAssignment()
    for prefix in prefixes.reversed() {
      let span = SourceSpan(file: file, start: prefix.start, end: expression.span.end)
      if let unary = prefix.operator {
        expression = makeExpression(.unary(unary, expression), span, below: expression.height)
      } else {
        expression = Expression(node: expression.node, span: span, height: expression.height)
      }
    }
    return expression
  }

  /// Consumes a prefix operator. If the language leaves it out, it is reported, and there is no operator.
  private mutating func readPrefix(into prefixes: inout [(operator: UnaryOperator?, start: Int)]) -> Bool {
    let start = currentStart
    switch current.kind {
    case .minus: prefixes.append((.negate, start))
    case .not: prefixes.append((.not, start))
    default:
      guard let code = rejectedPrefix else { return false }
      let isExpected = (code == .awaitExpression && context.isInAsyncFunction) || isLoopStep(code)
      if !isExpected { reportOperator(code) }
      prefixes.append((nil, start))
    }
    advance()
    return true
  }

  private var rejectedPrefix: DiagnosticCode? {
    switch current.kind {
    case .plus: .unaryPlus
    case .tilde: .bitwiseOperator
    case .plusPlus: .increment
    case .minusMinus: .decrement
    case .word where at(.typeof): .typeofOperator
    case .word where at(.void): .voidOperator
    case .word where at(.delete): .deleteOperator
    case .word where at(.await): .awaitExpression
    default: nil
    }
  }

  /// `i++` in the header of a loop is part of the loop, which has been reported.
  private func isLoopStep(_ code: DiagnosticCode) -> Bool {
    context.isInLoopHeader && (code == .increment || code == .decrement)
  }

  private mutating func reportPostfixAssignment() {
    guard at(.plusPlus) || at(.minusMinus), !current.isAfterNewline, !isRecovering else { return }
    if !context.isInLoopHeader { report(at(.plusPlus) ? .increment : .decrement, at: currentSpan) }
    advance()
  }
}
