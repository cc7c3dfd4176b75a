extension Parser {
  // MARK: - Members and calls

  /// Parses an operand and the member accesses and calls after it.
  ///
  /// - Parameter allowsCalls: false after `new`, where the first parentheses belong to `new`.
  mutating func parsePostfix(allowsCalls: Bool = true) -> Expression {
    var expression = parsePrimary()
    while !isRecovering {
      switch current.kind {
      case .dot:
        advance()
        expression = parseMember(of: expression)
      case .questionDot:
        report(.optionalChaining, at: currentSpan)
        advance()
        let isOther = at(.leftBracket) || at(.leftParenthesis) || at(.template) || at(.templateHead)
        if !isOther { expression = parseMember(of: expression) }
      case .leftBracket:
        expression = parseIndex(of: expression)
      case .leftParenthesis where allowsCalls:
        expression = parseCall(of: expression)
      case .template, .templateHead:
        report(.taggedTemplate, at: currentSpan)
        expression = group([expression, parseTemplate()])
      default:
        return expression
      }
    }
    return expression
  }

  private mutating func parseMember(of record: Expression) -> Expression {
    guard at(.word) else {
      reportExpected("a field name")
      return record
    }
    let name = Name(symbol: symbol(of: current), span: currentSpan)
    advance()
    return makeExpression(.member(record, name), span(from: record.span.start), below: record.height)
  }

  private mutating func parseIndex(of value: Expression) -> Expression {
    let opening = position
    advance()
    let index = parseExpression()
    expectClosing(.rightBracket, "`]`", opening: opening)
    let below = max(value.height, index.height)
    return makeExpression(.index(value, index), span(from: value.span.start), below: below)
  }

  private mutating func parseCall(of callee: Expression) -> Expression {
    let (arguments, height) = parseArguments()
    let span = span(from: callee.span.start)
    return makeExpression(.call(callee, arguments), span, below: max(callee.height, height))
  }

  /// `(a, ...b)`
  private mutating func parseArguments() -> ([Element], height: Int) {
    let opening = position
    advance()
    var elements: [Element] = []
    var below = 0
    while !isRecovering, !isAtEnd, !at(.rightParenthesis) {
      let (element, height) = parseElement()
      elements.append(element)
      below = max(below, height)
      if !at(.rightParenthesis) { expect(.comma, "`,` or `)`") }
    }
    expectClosing(.rightParenthesis, "`)`", opening: opening)
    return (elements, below)
  }

  private mutating func parseElement() -> (Element, height: Int) {
    let isSpread = accept(.ellipsis)
    let value = parseAssignment()
    return (isSpread ? .spread(value) : .value(value), value.height)
  }

  // MARK: - Operands

  private mutating func parsePrimary() -> Expression {
    switch current.kind {
    case .word: parseWord()
    case .integer, .string, .regularExpression: parseLiteral()
    case .template, .templateHead: parseTemplate()
    case .leftParenthesis: parseParentheses()
    case .leftBracket: parseArray()
    case .leftBrace: parseRecord()
    default: reportMissingOperand()
    }
  }

  private mutating func parseLiteral() -> Expression {
    let token = current
    advance()
    let node: ExpressionNode
    switch token.kind {
    case .integer: node = .integer(integers[Int(token.payload)])
    case .string: node = .string(symbol(of: token))
    default: node = .boolean(token.isKeyword(.true))
    }
    return Expression(node: node, span: span(of: token), height: 1)
  }

  private mutating func reportMissingOperand() -> Expression {
    let isSlash = !isAtEnd && bytes[currentStart] == UInt8(ascii: "/")
    if isSlash, !isRecovering {
      // The lexer took it for a division. Where an operand is needed, it can only begin a regular expression.
      report(.regularExpression, at: currentSpan)
      isRecovering = true
    }
    reportUnexpected()
    return placeholder(currentSpan)
  }

  /// A name, or one of the words that are operands by themselves.
  private mutating func parseWord() -> Expression {
    if beginsAsyncFunction { return parseFunctionExpression() }
    guard let keyword = current.spelledKeyword else { return parseName() }
    if current.hasEscape, keyword.isReserved { return parseEscapedKeyword() }
    switch keyword {
    case .true, .false: return parseLiteral()
    case .function: return parseFunctionExpression()
    case .new: return parseNew()
    case .import: return parseImportExpression()
    case .class: return parseClassExpression()
    default: break
    }
    if let code = keyword.rejection { return parseRejectedWord(code) }
    return keyword.isReserved ? reportMissingOperand() : parseName()
  }

  private mutating func parseClassExpression() -> Expression {
    let start = currentStart
    _ = parseClass()
    return placeholder(span(from: start))
  }

  private mutating func parseEscapedKeyword() -> Expression {
    let span = currentSpan
    report(.escapedKeyword, at: span, [symbols[symbol(of: current)]])
    advance()
    isRecovering = true
    return placeholder(span)
  }

  private mutating func parseRejectedWord(_ code: DiagnosticCode) -> Expression {
    let span = currentSpan
    report(code, at: span, [symbols[symbol(of: current)]])
    advance()
    return placeholder(span)
  }

  private mutating func parseName() -> Expression {
    let token = current
    advance()
    return makeExpression(.name(symbol(of: token), makeReference()), span(of: token))
  }

  /// An expression in parentheses. The parentheses only widen its span.
  private mutating func parseParentheses() -> Expression {
    if beginsArrowFunction {
      // This is reached only where the grammar has no arrow function: before a member access or as an operand.
      report(.arrowNeedsParentheses, at: currentSpan)
      return parseAssignment()
    }
    let start = currentStart
    let opening = position
    advance()
    let inner = parseExpression()
    expectClosing(.rightParenthesis, "`)`", opening: opening)
    return Expression(node: inner.node, span: span(from: start), height: inner.height)
  }

  /// `new X(…)`. A plain name is dropped, since its meaning no longer matters.
  private mutating func parseNew() -> Expression {
    enter()
    defer { leave() }
    let start = currentStart
    let keyword = currentSpan
    advance()
    if at(.dot) {
      advance()
      report(.newTarget, at: SourceSpan(file: file, start: start, end: Int(current.end)))
      _ = accept(.word)
      return placeholder(span(from: start))
    }
    report(.newExpression, at: keyword)
    var parts: [Element] = []
    var below = 0
    let callee = parsePostfix(allowsCalls: false)
    if case .name = callee.node {
      // Dropped.
    } else {
      parts.append(.value(callee))
      below = callee.height
    }
    if at(.leftParenthesis), !isRecovering {
      let (arguments, height) = parseArguments()
      parts += arguments
      below = max(below, height)
    }
    return makeExpression(.array(parts), span(from: start), below: below)
  }

  /// `import(…)` and `import.meta`
  private mutating func parseImportExpression() -> Expression {
    let start = currentStart
    advance()
    if accept(.dot) {
      _ = accept(.word)
      report(.importMeta, at: span(from: start))
      return placeholder(span(from: start))
    }
    report(.dynamicImport, at: span(from: start))
    guard at(.leftParenthesis) else {
      reportExpected("`(`")
      return placeholder(span(from: start))
    }
    let (arguments, height) = parseArguments()
    return makeExpression(.array(arguments), span(from: start), below: height)
  }

  private mutating func parseTemplate() -> Expression {
    let start = currentStart
    var texts = [symbol(of: current)]
    var substitutions: [Expression] = []
    var isOpen = at(.templateHead)
    advance()
    while isOpen {
      substitutions.append(parseExpression())
      if isRecovering { break }
      guard at(.templateMiddle) || at(.templateTail) else {
        reportExpected("`}`")
        break
      }
      texts.append(symbol(of: current))
      isOpen = at(.templateMiddle)
      advance()
    }
    let node = ExpressionNode.template(texts: texts, substitutions: substitutions)
    return makeExpression(node, span(from: start), below: height(of: substitutions))
  }

  // MARK: - Arrays and records

  private mutating func parseArray() -> Expression {
    let start = currentStart
    let opening = position
    advance()
    var elements: [Element] = []
    var below = 0
    while !isRecovering, !isAtEnd, !at(.rightBracket) {
      if at(.comma) {
        report(.arrayHole, at: currentSpan)
        while accept(.comma) {}
        continue
      }
      let (element, height) = parseElement()
      elements.append(element)
      below = max(below, height)
      if !at(.rightBracket) { expect(.comma, "`,` or `]`") }
    }
    expectClosing(.rightBracket, "`]`", opening: opening)
    return makeExpression(.array(elements), span(from: start), below: below)
  }

  private mutating func parseRecord() -> Expression {
    let start = currentStart
    let opening = position
    advance()
    var properties: [Property] = []
    var keys: Set<Symbol> = []
    var below = 0
    while !isRecovering, !isAtEnd, !at(.rightBrace) {
      let (property, height) = parseProperty()
      properties.append(property)
      below = max(below, height)
      if case .field(let name, _) = property, !keys.insert(name.symbol).inserted {
        report(.duplicateKey, at: name.span, [symbols[name.symbol]])
      }
      if !at(.rightBrace) { expect(.comma, "`,` or `}`") }
    }
    expectClosing(.rightBrace, "`}`", opening: opening)
    return makeExpression(.record(properties), span(from: start), below: below)
  }

  private mutating func parseProperty() -> (Property, height: Int) {
    if accept(.ellipsis) {
      let value = parseAssignment()
      return (.spread(value), value.height)
    }
    if let method = parseMethod() { return method }
    if at(.leftBracket) { return parseComputedProperty() }
    reportProtoKey()
    if at(.word), peek().kind != .colon, peek().kind != .leftParenthesis { return parseShorthand() }
    return parseField()
  }

  private mutating func parseComputedProperty() -> (Property, height: Int) {
    let key = parseComputedKey()
    if at(.leftParenthesis) { return parseMethodBody(.method, key: key) }
    expect(.colon, "`:`")
    let value = isRecovering ? placeholder(currentSpan) : parseAssignment()
    return (.computed(key: key, value: value), max(key.height, value.height))
  }

  private mutating func parseField() -> (Property, height: Int) {
    let key = parseKey()
    if at(.leftParenthesis) {
      report(.method, at: key.span)
      let (function, height) = parseMethodFunction()
      return (.field(key, function), height)
    }
    expect(.colon, "`:`")
    let value = isRecovering ? placeholder(key.span) : parseAssignment()
    return (.field(key, value), value.height)
  }

  /// `{name}`. `{name = value}` is a pattern, and an error here.
  private mutating func parseShorthand() -> (Property, height: Int) {
    let key = Name(symbol: symbol(of: current), span: currentSpan)
    let value = parseNameOnly()
    if at(.assign) { reportUnexpected() }
    return (.field(key, value), value.height)
  }

  /// ECMAScript's IdentifierReference: a name, except the words that are operands themselves (`true`, `function`).
  private mutating func parseNameOnly() -> Expression {
    guard let keyword = current.spelledKeyword else { return parseName() }
    if current.hasEscape, keyword.isReserved { return parseEscapedKeyword() }
    if let code = keyword.rejection { return parseRejectedWord(code) }
    guard keyword.isReserved else { return parseName() }
    let word = parseRejectedWord(.reservedWord)
    // What follows belongs to whatever the word was supposed to begin.
    if !at(.comma), !at(.rightBrace) { isRecovering = true }
    return word
  }

  /// `get key() {…}`, `set key(x) {…}`, `async key() {…}`, `*key() {…}`, or nothing.
  private mutating func parseMethod() -> (Property, height: Int)? {
    let next = peek()
    let isPrefix = next.kind == .word || next.kind == .string || next.kind == .integer || next.kind == .leftBracket
    let code: DiagnosticCode
    if at(.star) {
      code = .generator
    } else if at(.get), isPrefix {
      code = .getter
    } else if at(.set), isPrefix {
      code = .setter
    } else if at(.async), isPrefix || next.kind == .star {
      code = .asyncFunction
    } else {
      return nil
    }
    report(code, at: currentSpan)
    advance()
    _ = accept(.star)
    if at(.leftBracket) { return parseMethodBody(nil, key: parseComputedKey()) }
    _ = parseKey()
    let start = currentStart
    let (function, height) = parseMethodFunction()
    return (.spread(Expression(node: function.node, span: span(from: start), height: height)), height)
  }

  /// The rest of a method with a computed key.
  private mutating func parseMethodBody(_ code: DiagnosticCode?, key: Expression) -> (Property, height: Int) {
    if let code { report(code, at: key.span) }
    let (function, height) = parseMethodFunction()
    return (.computed(key: key, value: function), max(key.height, height))
  }

  /// Parameters and body of a method. `yield` and `await` in them are not reported again.
  private mutating func parseMethodFunction() -> (Expression, height: Int) {
    let start = currentStart
    guard at(.leftParenthesis) else {
      reportExpected("`(`")
      return (placeholder(currentSpan), 1)
    }
    let (function, height) = parseFunctionRest(
      name: nil, id: makeFunctionID(), start: start, isGenerator: true, isAsync: true)
    let expression = makeExpression(.function(function), span(from: start), below: height)
    return (expression, expression.height)
  }
}

extension Keyword {
  /// The diagnostic for the word as an operand.
  fileprivate var rejection: DiagnosticCode? {
    switch self {
    case .null: .nullLiteral
    case .this: .thisExpression
    case .super: .superExpression
    case .yield: .yieldExpression
    case .eval: .evalName
    case .arguments: .argumentsObject
    case .undefined: .undefinedName
    case .implements, .interface, .let, .package, .private, .protected, .public, .static, .enum: .reservedWord
    default: nil
    }
  }
}
