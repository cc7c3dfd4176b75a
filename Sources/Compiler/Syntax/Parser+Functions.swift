extension Parser {
  // MARK: - Looking ahead

  /// Whether an arrow function begins at the current place: `name =>`, `(…) =>`, or one of them after `async`. The
  /// lexer knows where each parenthesis closes, so this takes no search.
  var beginsArrowFunction: Bool { isArrowHead(at: position) || beginsAsyncArrow }

  private var beginsAsyncArrow: Bool {
    at(.async) && !peek().isAfterNewline && isArrowHead(at: position + 1)
  }

  private func isArrowHead(at index: Int) -> Bool {
    guard index < tokens.count else { return false }
    let token = tokens[index]
    let last = token.kind == .leftParenthesis ? Int(token.payload) : index
    guard token.kind == .word || last > index, last + 1 < tokens.count else { return false }
    return tokens[last + 1].kind == .arrow
  }

  /// `async function`, on one line.
  var beginsAsyncFunction: Bool { at(.async) && peek().isKeyword(.function) && !peek().isAfterNewline }

  // MARK: - Functions

  mutating func parseFunctionExpression() -> Expression {
    let start = currentStart
    let (function, height) = parseFunction(requiresName: false)
    return makeExpression(.function(function), span(from: start), below: height)
  }

  /// Parses from `function` (or `async`) to the end of the body.
  mutating func parseFunction(requiresName: Bool) -> (FunctionNode, height: Int) {
    let start = currentStart
    let isAsync = at(.async)
    if isAsync {
      report(.asyncFunction, at: currentSpan)
      advance()
    }
    let keyword = currentSpan
    advance()
    let isGenerator = at(.star)
    if isGenerator {
      if !isAsync { report(.generator, at: keyword.joined(with: currentSpan)) }
      advance()
    }
    let name = requiresName || at(.word) ? parseBindingName() : nil
    let id = makeFunctionID()
    return parseFunctionRest(name: name, id: id, start: start, isGenerator: isGenerator, isAsync: isAsync)
  }

  /// Parses parameters and body.
  mutating func parseFunctionRest(
    name: BindingName?, id: FunctionID, start: Int, isGenerator: Bool, isAsync: Bool
  ) -> (FunctionNode, height: Int) {
    enter()
    defer { leave() }
    let outer = context
    context = Context(isInFunction: true, isInGenerator: isGenerator, isInAsyncFunction: isAsync)
    defer { context = outer }
    let parameters = parseParameters()
    if !parameters.isSimple { reportStrictDirective() }
    let body = isRecovering ? [] : parseBlockBody()
    let function = FunctionNode(
      id: id, name: name, parameters: parameters.list, rest: parameters.rest, body: .block(body), isArrow: false,
      span: span(from: start))
    return (function, max(parameters.height, height(of: body)))
  }

  mutating func parseArrowFunction() -> Expression {
    let start = currentStart
    let outer = context
    let isAsync = beginsAsyncArrow
    if isAsync {
      report(.asyncFunction, at: currentSpan)
      advance()
    }
    context = Context(isInFunction: true, isInGenerator: false, isInAsyncFunction: isAsync)
    defer { context = outer }
    let id = makeFunctionID()
    var parameters = Parameters()
    if at(.leftParenthesis) {
      parameters = parseParameters()
    } else {
      parameters.list = [Parameter(pattern: .name(parseBindingName()), defaultValue: nil)]
    }
    if current.isAfterNewline, at(.arrow) { report(.newlineBeforeArrow, at: currentSpan) }
    expect(.arrow, "`=>`")
    let (body, height) = parseArrowBody(parameters)
    let function = FunctionNode(
      id: id, name: nil, parameters: parameters.list, rest: parameters.rest, body: body, isArrow: true,
      span: span(from: start))
    return makeExpression(.function(function), function.span, below: max(parameters.height, height))
  }

  private mutating func parseArrowBody(_ parameters: Parameters) -> (FunctionNode.Body, height: Int) {
    if at(.leftBrace), !beginsRecord {
      if !parameters.isSimple { reportStrictDirective() }
      let statements = parseBlockBody()
      return (.block(statements), height(of: statements))
    }
    if at(.leftBrace) { report(.recordNeedsParentheses, at: currentSpan) }
    let value = isRecovering ? placeholder(currentSpan) : parseAssignment()
    return (.expression(value), value.height)
  }

  // MARK: - Parameters

  private struct Parameters {
    var list: [Parameter] = []
    var rest: Pattern?
    var height = 0
    /// Whether all parameters are plain names.
    var isSimple = true
  }

  /// `(a, {b}, [c] = [1], ...d)`
  private mutating func parseParameters() -> Parameters {
    var parameters = Parameters()
    let opening = position
    expect(.leftParenthesis, "`(`")
    while !isRecovering, !isAtEnd, !at(.rightParenthesis) {
      if at(.ellipsis) {
        let (pattern, height) = parseRest(closing: .rightParenthesis) { $0.parsePattern() }
        parameters.rest = pattern
        parameters.height = max(parameters.height, height)
        parameters.isSimple = false
        continue
      }
      if !at(.word) || peek().kind == .assign { parameters.isSimple = false }
      let (pattern, patternHeight) = parsePattern()
      let defaultValue = parseDefault()
      parameters.list.append(Parameter(pattern: pattern, defaultValue: defaultValue))
      parameters.height = max(parameters.height, max(patternHeight, defaultValue?.height ?? 0))
      if !at(.rightParenthesis) { expect(.comma, "`,` or `)`") }
    }
    if !isRecovering { expectClosing(.rightParenthesis, "`)`", opening: opening) }
    return parameters
  }

  /// ECMAScript 15.2.1: a function whose parameters are not all plain names can't have the directive "use strict".
  private mutating func reportStrictDirective() {
    var index = position + 1
    while index < tokens.count, tokens[index].kind == .string {
      let token = tokens[index]
      let isPlain = Int(token.end - token.start) == Keyword.useStrict.spelling.utf8CodeUnitCount + 2
      if isPlain, symbol(of: token) == Keyword.useStrict.symbol { report(.strictDirective, at: span(of: token)) }
      index += 1
      if index < tokens.count, tokens[index].kind == .semicolon { index += 1 }
    }
  }
}
