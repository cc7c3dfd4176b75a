extension Parser {
  mutating func parseFile() -> [Statement] {
    var statements: [Statement] = []
    while !isAtEnd {
      let before = position
      statements.append(parseStatement(isTopLevel: true))
      if isRecovering { recover(from: before, until: tokens.count - 1) }
      if position == before { advance() }
    }
    return statements
  }

  // MARK: - Lists and blocks

  /// Parses `{ … }`.
  mutating func parseBlockBody() -> [Statement] {
    let opening = position
    guard accept(.leftBrace) else {
      reportExpected("`{`")
      return []
    }
    let statements = parseStatements(closedBy: opening)
    expectClosing(.rightBrace, "`}`", opening: opening)
    return statements
  }

  /// Parses statements up to the `}` that closes the bracket at `opening`, or up to the next clause of a `switch`.
  mutating func parseStatements(closedBy opening: Int) -> [Statement] {
    let limit = closing(of: opening) ?? tokens.count - 1
    var statements: [Statement] = []
    while !isAtEnd, !at(.rightBrace), !at(.case), !at(.default) {
      let before = position
      statements.append(parseStatement())
      if isRecovering { recover(from: before, until: limit) }
      if position == before { advance() }
    }
    return statements
  }

  func height(of statements: [Statement]) -> Int {
    statements.reduce(0) { max($0, $1.height) }
  }

  // MARK: - Statements

  mutating func parseStatement(isTopLevel: Bool = false) -> Statement {
    enter()
    defer { leave() }
    let start = currentStart
    switch current.kind {
    case .leftBrace:
      if beginsRecord { return parseRecordStatement() }
      let body = parseBlockBody()
      return makeStatement(.block(body), from: start, below: height(of: body))
    case .semicolon:
      advance()
      return makeStatement(.empty, from: start)
    case .word:
      return parseWordStatement(isTopLevel: isTopLevel)
    default:
      return parseExpressionStatement()
    }
  }

  private mutating func parseWordStatement(isTopLevel: Bool) -> Statement {
    let start = currentStart
    if peek().kind == .colon, !isReservedWord { return parseLabel() }
    if beginsAsyncFunction { return parseFunctionStatement() }
    guard !current.hasEscape, let keyword = current.spelledKeyword else { return parseExpressionStatement() }
    switch keyword {
    case .const, .let, .var: return parseDeclaration()
    case .function: return parseFunctionStatement()
    case .if: return parseIf()
    case .switch: return parseSwitch()
    case .return: return parseReturn()
    case .throw: return parseThrow()
    case .break: return parseBreak()
    case .class: return parseClassStatement()
    case .for: return parseFor()
    case .while: return parseWhile()
    case .do: return parseDoWhile()
    case .try: return parseTry()
    case .with: return parseWith()
    case .continue: return parseContinue()
    case .debugger:
      report(.debuggerStatement, at: currentSpan)
      advance()
      consumeSemicolon()
      return makeStatement(.empty, from: start)
    case .import where peek().kind != .leftParenthesis && peek().kind != .dot:
      return parseImport(isTopLevel: isTopLevel)
    case .export: return parseExport(isTopLevel: isTopLevel)
    default: return parseExpressionStatement()
    }
  }

  mutating func parseExpressionStatement() -> Statement {
    let start = currentStart
    let expression = parseExpression()
    consumeSemicolon()
    return makeStatement(.expression(expression), from: start, below: expression.height)
  }

  /// A statement where ECMAScript allows no declaration.
  mutating func parseSubstatement() -> Statement {
    let isDeclaration =
      at(.const) || at(.let) || at(.function) || at(.class) || beginsAsyncFunction
    if isDeclaration { report(.declarationNeedsBlock, at: currentSpan) }
    return parseStatement()
  }

  // MARK: - Declarations

  /// `const`, `let`, and `var`, which is reported and read as `const`.
  mutating func parseDeclaration() -> Statement {
    let start = currentStart
    let keyword = current
    advance()
    if keyword.isKeyword(.var), !context.isInLoopHeader { report(.varDeclaration, at: span(of: keyword)) }
    var declarators: [Declarator] = []
    var below = 0
    repeat {
      let declarator = parseDeclarator(of: keyword)
      declarators.append(declarator.node)
      below = max(below, declarator.height)
    } while !isRecovering && accept(.comma)
    consumeSemicolon()
    return makeStatement(.declaration(declarators), from: start, below: below)
  }

  private mutating func parseDeclarator(of keyword: Token) -> (node: Declarator, height: Int) {
    let start = currentStart
    let (pattern, patternHeight) = parsePattern()
    let patternSpan = span(from: start)
    let value: Expression
    if accept(.assign) {
      value = parseAssignment()
    } else {
      value = placeholder(patternSpan)
      if !isRecovering, !keyword.isKeyword(.var) {
        report(keyword.isKeyword(.let) ? .letWithoutInitializer : .missingInitializer, at: patternSpan)
      }
    }
    let declarator = Declarator(pattern: pattern, value: value, span: span(from: start))
    return (declarator, max(patternHeight, value.height))
  }

  private mutating func parseFunctionStatement() -> Statement {
    let start = currentStart
    let (function, height) = parseFunction(requiresName: true)
    return makeStatement(.function(function), from: start, below: height)
  }

  // MARK: - if, switch, return, throw, break

  /// A chain of `else if` is read in a loop and then built from its end.
  private mutating func parseIf() -> Statement {
    var arms: [(start: Int, test: Expression, then: Statement)] = []
    var last: Statement?
    repeat {
      let start = currentStart
      advance()
      let test = parseCondition()
      let then = parseSubstatement()
      arms.append((start, test, then))
      guard !isRecovering, accept(.else) else { break }
      if !at(.if) {
        last = parseSubstatement()
        break
      }
    } while true
    var result = last
    for arm in arms.reversed() {
      let below = max(arm.test.height, max(arm.then.height, result?.height ?? 0))
      result = makeStatement(.conditional(arm.test, then: arm.then, otherwise: result), from: arm.start, below: below)
    }
    return result ?? makeStatement(.empty, from: currentStart)
  }

  /// `( expression )` after a keyword.
  mutating func parseCondition() -> Expression {
    let opening = position
    expect(.leftParenthesis, "`(`")
    let condition = isRecovering ? placeholder(currentSpan) : parseExpression()
    if !isRecovering { expectClosing(.rightParenthesis, "`)`", opening: opening) }
    return condition
  }

  private mutating func parseSwitch() -> Statement {
    let start = currentStart
    advance()
    let scrutinee = parseCondition()
    let opening = position
    expect(.leftBrace, "`{`")
    let outer = context
    context.isInSwitch = true
    var cases: [SwitchCase] = []
    var below = scrutinee.height
    var hasDefault = false
    while !isRecovering, at(.case) || at(.default) {
      if at(.default), hasDefault { report(.secondDefaultClause, at: currentSpan) }
      hasDefault = hasDefault || at(.default)
      let (clause, height) = parseSwitchCase(closedBy: opening)
      cases.append(clause)
      below = max(below, height)
    }
    context = outer
    if !isRecovering, !isAtEnd, !at(.rightBrace) { reportExpected("`case`, `default` or `}`") }
    expectClosing(.rightBrace, "`}`", opening: opening)
    return makeStatement(.selection(scrutinee, cases), from: start, below: below)
  }

  private mutating func parseSwitchCase(closedBy opening: Int) -> (SwitchCase, height: Int) {
    let start = currentStart
    let isDefault = at(.default)
    advance()
    let test = isDefault ? nil : parseExpression()
    expect(.colon, "`:`")
    let labelSpan = span(from: start)
    if isRecovering { recoverFromLabel(until: closing(of: opening) ?? tokens.count - 1) }
    let body = parseStatements(closedBy: opening)
    let isLast = !at(.case) && !at(.default)
    if !isLast, !body.isEmpty, !body.contains(where: { $0.leavesSwitchClause }) {
      report(.switchFallsThrough, at: labelSpan)
    }
    let clause = SwitchCase(test: test, body: body, span: span(from: start))
    return (clause, max(test?.height ?? 0, height(of: body)))
  }

  /// Continues after the next colon, if there is one before the end of the `switch`.
  private mutating func recoverFromLabel(until limit: Int) {
    isRecovering = false
    while position < limit, !at(.colon), !at(.semicolon), !at(.case), !at(.default) { advance() }
    _ = accept(.colon)
  }

  private mutating func parseReturn() -> Statement {
    let start = currentStart
    if !context.isInFunction { report(.returnOutsideFunction, at: currentSpan) }
    advance()
    var value: Expression?
    if !at(.semicolon), !at(.rightBrace), !isAtEnd, !current.isAfterNewline { value = parseExpression() }
    consumeSemicolon()
    return makeStatement(.returning(value), from: start, below: value?.height ?? 0)
  }

  private mutating func parseThrow() -> Statement {
    let start = currentStart
    let keyword = currentSpan
    advance()
    if current.isAfterNewline { report(.newlineAfterThrow, at: keyword) }
    let value = parseExpression()
    consumeSemicolon()
    return makeStatement(.throwing(value), from: start, below: value.height)
  }

  private mutating func parseBreak() -> Statement {
    let start = currentStart
    let keyword = currentSpan
    advance()
    if skippedLabel() {
      report(.label, at: span(from: start))
    } else if !context.isInSwitch, !context.isInLoop {
      report(.misplacedBreak, at: keyword)
    }
    consumeSemicolon()
    return makeStatement(.breaking, from: start)
  }

  /// Skips the name after `break` or `continue`, if there is one on the same line.
  mutating func skippedLabel() -> Bool {
    guard at(.word), !current.isAfterNewline else { return false }
    advance()
    return true
  }

  // MARK: - A record that was meant

  /// Whether the `{` at the current place, where the grammar has a block, was obviously meant to begin a record.
  /// Nothing that this recognises is accepted as a block.
  var beginsRecord: Bool {
    let (first, second, third) = (peek(1), peek(2), peek(3))
    switch first.kind {
    case .ellipsis: return true
    case .string, .integer: return second.kind == .colon
    case .word where second.kind == .colon:
      let isLabel =
        third.kind == .leftBrace || third.isKeyword(.for) || third.isKeyword(.while) || third.isKeyword(.do)
      return !isLabel
    case .word: return second.kind == .comma
    default: return false
    }
  }

  private mutating func parseRecordStatement() -> Statement {
    report(.recordNeedsParentheses, at: currentSpan)
    return parseExpressionStatement()
  }
}

extension Statement {
  /// Whether control can't continue after this statement: each of its branches ends in `break`, `return` or `throw`.
  fileprivate var leavesSwitchClause: Bool {
    switch node {
    case .returning, .throwing, .breaking: true
    case .block(let statements): statements.contains { $0.leavesSwitchClause }
    case .conditional(_, let then, let otherwise): then.leavesSwitchClause && (otherwise?.leavesSwitchClause ?? false)
    default: false
    }
  }
}
