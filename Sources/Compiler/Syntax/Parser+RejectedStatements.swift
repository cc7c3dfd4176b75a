// Statements of ECMAScript that the language leaves out. The parser reads each to its end and leaves a block with its
// parts in the tree, so that the names that it declares are known inside.
extension Parser {
  /// `name: statement`
  mutating func parseLabel() -> Statement {
    report(.label, at: currentSpan)
    advance()
    advance()
    return parseSubstatement()
  }

  mutating func parseContinue() -> Statement {
    let start = currentStart
    if !context.isInLoop { report(.continueStatement, at: currentSpan) }
    advance()
    _ = skippedLabel()
    consumeSemicolon()
    return makeStatement(.empty, from: start)
  }

  // MARK: - Loops

  mutating func parseWhile() -> Statement {
    let start = currentStart
    report(.whileLoop, at: currentSpan)
    advance()
    let test = parseCondition()
    return makeLoop([expressionStatement(test), parseLoopBody()], from: start)
  }

  mutating func parseDoWhile() -> Statement {
    let start = currentStart
    report(.doWhileLoop, at: currentSpan)
    advance()
    let body = parseLoopBody()
    guard accept(.while) else {
      reportExpected("`while`")
      return body
    }
    let test = parseCondition()
    _ = accept(.semicolon)
    return makeLoop([body, expressionStatement(test)], from: start)
  }

  /// Determines the kind of `for` loop while reading its header. All three kinds are reported at the keyword.
  mutating func parseFor() -> Statement {
    let start = currentStart
    let keyword = currentSpan
    advance()
    _ = accept(.await)
    let opening = position
    expect(.leftParenthesis, "`(`")
    var parts: [Statement] = []
    let outer = context
    context.isInLoopHeader = true
    if at(.const) || at(.let) || at(.var) {
      parts.append(parseLoopDeclaration())
    } else if !at(.semicolon), !isRecovering {
      parts.append(expressionStatement(parseExpression()))
    }
    if at(.of) || at(.in) {
      report(at(.of) ? .forOfLoop : .forInLoop, at: keyword)
      advance()
      parts.append(expressionStatement(parseExpression()))
    } else {
      report(.forLoop, at: keyword)
      parts += parseLoopClauses()
    }
    context = outer
    expectClosing(.rightParenthesis, "`)`", opening: opening)
    if !isRecovering { parts.append(parseLoopBody()) }
    return makeLoop(parts, from: start)
  }

  /// `const pattern` or `let i = 0, n = 1`, with or without values.
  private mutating func parseLoopDeclaration() -> Statement {
    let start = currentStart
    advance()
    var declarators: [Declarator] = []
    repeat {
      let declaratorStart = currentStart
      let (pattern, _) = parsePattern()
      let value = accept(.assign) ? parseAssignment() : placeholder(span(from: declaratorStart))
      declarators.append(Declarator(pattern: pattern, value: value, span: span(from: declaratorStart)))
    } while !isRecovering && accept(.comma)
    let below = declarators.reduce(0) { max($0, $1.value.height) }
    return makeStatement(.declaration(declarators), from: start, below: below)
  }

  /// `; test; step` of a `for` loop.
  private mutating func parseLoopClauses() -> [Statement] {
    var parts: [Statement] = []
    expect(.semicolon, "`;`")
    if !at(.semicolon), !isRecovering { parts.append(expressionStatement(parseExpression())) }
    expect(.semicolon, "`;`")
    if !at(.rightParenthesis), !isRecovering { parts.append(expressionStatement(parseExpression())) }
    return parts
  }

  private mutating func parseLoopBody() -> Statement {
    let outer = context
    context.isInLoop = true
    context.isInLoopHeader = false
    defer { context = outer }
    return parseSubstatement()
  }

  private mutating func makeLoop(_ parts: [Statement], from start: Int) -> Statement {
    makeStatement(.block(parts), from: start, below: height(of: parts))
  }

  private mutating func expressionStatement(_ expression: Expression) -> Statement {
    makeStatement(.expression(expression), from: expression.span.start, below: expression.height)
  }

  // MARK: - try, with, class

  mutating func parseTry() -> Statement {
    let start = currentStart
    report(.tryStatement, at: currentSpan)
    advance()
    var parts = [parseBlock()]
    if !isRecovering, at(.catch) { parts.append(parseCatch()) }
    if !isRecovering, accept(.finally) { parts.append(parseBlock()) }
    return makeStatement(.block(parts), from: start, below: height(of: parts))
  }

  private mutating func parseCatch() -> Statement {
    let start = currentStart
    advance()
    var parts: [Statement] = []
    if accept(.leftParenthesis) {
      let patternStart = currentStart
      let (pattern, height) = parsePattern()
      let span = span(from: patternStart)
      let declarator = Declarator(pattern: pattern, value: placeholder(span), span: span)
      parts.append(makeStatement(.declaration([declarator]), from: patternStart, below: height))
      expect(.rightParenthesis, "`)`")
    }
    if !isRecovering { parts.append(parseBlock()) }
    return makeStatement(.block(parts), from: start, below: height(of: parts))
  }

  private mutating func parseBlock() -> Statement {
    let start = currentStart
    let body = parseBlockBody()
    return makeStatement(.block(body), from: start, below: height(of: body))
  }

  mutating func parseWith() -> Statement {
    let start = currentStart
    report(.withStatement, at: currentSpan)
    advance()
    let record = parseCondition()
    if isRecovering { return makeStatement(.empty, from: start) }
    return makeLoop([expressionStatement(record), parseSubstatement()], from: start)
  }

  /// A class declaration. Its name is declared, so that its uses are not reported, too.
  mutating func parseClassStatement() -> Statement {
    let start = currentStart
    guard let name = parseClass() else { return makeStatement(.empty, from: start) }
    let value = placeholder(name.name.span)
    let declarator = Declarator(pattern: .name(name), value: value, span: name.name.span)
    return makeStatement(.declaration([declarator]), from: start, below: 1)
  }

  /// Reports a class and skips it. Its body has a grammar of its own and is not parsed.
  mutating func parseClass() -> BindingName? {
    enter()
    defer { leave() }
    report(.classSyntax, at: currentSpan)
    advance()
    var name: BindingName?
    if at(.word), !at(.extends) { name = parseBindingName() }
    if accept(.extends) { _ = parsePostfix() }
    let opening = position
    guard at(.leftBrace) else {
      reportExpected("`{`")
      return name
    }
    position = closing(of: opening) ?? tokens.count - 1
    expectClosing(.rightBrace, "`}`", opening: opening)
    return name
  }
}
