/// Turns the tokens of a file into a syntax tree, and reports everything in it that the language does not have.
///
/// The parser never stops at an error. It parses a construct that the language leaves out in the same way as
/// ECMAScript, and reports one diagnostic. It leaves in the tree whatever keeps the construct's names and parts
/// visible, so that errors inside are found in the same pass. After text that fits no grammar at all, it continues with
/// the next statement. A tree with errors is used only to find more errors.
///
/// Its time is linear in the length of the file, and `maximumDepth` bounds its recursion.
public struct Parser {
  /// The tallest tree that is accepted, so that every pass over a tree can recurse.
  public static let maximumHeight = 1_000
  /// How deeply brackets, functions and statements may be nested.
  public static let maximumDepth = 250

  let file: Int
  let bytes: [UInt8]
  let tokens: [Token]
  let integers: [UInt64]
  /// Whether the reason why the file ends early has been reported.
  var endsEarly: Bool

  var symbols: SymbolTable
  var numbering: Numbering
  var diagnostics: DiagnosticList

  /// The place of the current token.
  var position = 0
  /// The end of the last token.
  var previousEnd = 0
  /// Whether the parser is skipping the text after a syntax error, up to the next statement. In the meantime, nothing
  /// is consumed and no other syntax error is reported.
  var isRecovering = false
  /// Whether the parser has given up, because the program is nested too deeply.
  private var isStopped = false
  private var depth = 0
  var context = Context()

  /// The numbers for the next binding, reference and function of a program.
  struct Numbering {
    var bindings = 0
    var references = 0
    var functions = 0
  }

  /// The context of the current place, within the innermost function.
  struct Context {
    var isInFunction = false
    var isInSwitch = false
    /// Inside a rejected construct, its own parts are not reported again.
    var isInLoop = false
    var isInLoopHeader = false
    var isInGenerator = false
    var isInAsyncFunction = false
  }

  /// Parses one file.
  ///
  /// - Parameter numbering: continued from file to file of a program.
  static func parse(
    _ source: [UInt8], file: Int, symbols: inout SymbolTable, numbering: inout Numbering,
    diagnostics: inout DiagnosticList
  ) -> SyntaxTree {
    let list = Lexer.tokenize(source, file: file, symbols: &symbols, diagnostics: &diagnostics)
    // The table is moved: a table with two owners would be copied for each file of a program.
    var table = SymbolTable()
    swap(&table, &symbols)
    var parser = Parser(
      file: file, bytes: source, list: list, symbols: consume table, numbering: numbering, diagnostics: diagnostics)
    let statements = parser.parseFile()
    symbols = parser.symbols
    numbering = parser.numbering
    diagnostics = parser.diagnostics
    return SyntaxTree(file: file, statements: statements)
  }

  private init(
    file: Int, bytes: [UInt8], list: TokenList, symbols: consuming SymbolTable, numbering: Numbering,
    diagnostics: DiagnosticList
  ) {
    self.file = file
    self.bytes = bytes
    tokens = list.tokens
    integers = list.integers
    endsEarly = list.endsEarly
    self.symbols = symbols
    self.numbering = numbering
    self.diagnostics = diagnostics
  }

  // MARK: - Tokens

  var current: Token { tokens[position] }

  /// The token at a distance from the current one; past the end, the last token.
  func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }

  func at(_ kind: TokenKind) -> Bool { current.kind == kind }

  func at(_ keyword: Keyword) -> Bool { current.isKeyword(keyword) }

  var isAtEnd: Bool { at(.endOfFile) }

  /// The place of the token that closes the bracket at a place, if both exist.
  func closing(of opening: Int) -> Int? {
    let token = tokens[opening]
    return token.kind.closing == nil || token.payload < 0 ? nil : Int(token.payload)
  }

  mutating func advance() {
    previousEnd = Int(current.end)
    if !isAtEnd { position += 1 }
  }

  /// Consumes the current token if it has this kind.
  mutating func accept(_ kind: TokenKind) -> Bool {
    guard at(kind) else { return false }
    advance()
    return true
  }

  mutating func accept(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advance()
    return true
  }

  /// Consumes a token that the grammar requires here.
  ///
  /// - Parameter description: the name of the token in messages.
  mutating func expect(_ kind: TokenKind, _ description: StaticString) {
    if !accept(kind) { reportExpected(description) }
  }

  /// Consumes the bracket that closes the one at `opening`.
  mutating func expectClosing(_ kind: TokenKind, _ description: StaticString, opening: Int) {
    if accept(kind) || isRecovering { return }
    guard isAtEnd else { return reportExpected(description) }
    isRecovering = true
    if !endsEarly { report(.unclosedBracket, at: span(of: tokens[opening]), [text(of: tokens[opening])]) }
    endsEarly = true
  }

  /// Automatic semicolon insertion (ECMAScript 12.10).
  mutating func consumeSemicolon() {
    if isRecovering || accept(.semicolon) || at(.rightBrace) || isAtEnd || current.isAfterNewline { return }
    isRecovering = true
    if !hasReasonOfItsOwn() { report(.missingSemicolon, at: currentSpan, [describe(current)]) }
  }

  // MARK: - Text and spans

  func text(of token: Token) -> [UInt8] { Array(bytes[Int(token.start)..<Int(token.end)]) }

  func symbol(of token: Token) -> Symbol { Symbol(index: token.payload) }

  func span(of token: Token) -> SourceSpan { SourceSpan(file: file, start: Int(token.start), end: Int(token.end)) }

  var currentSpan: SourceSpan { span(of: current) }

  /// From an offset to the end of the last consumed token.
  func span(from start: Int) -> SourceSpan { SourceSpan(file: file, start: start, end: max(start, previousEnd)) }

  var currentStart: Int { Int(current.start) }

  // MARK: - Errors

  mutating func report(_ code: DiagnosticCode, at span: SourceSpan, _ arguments: [[UInt8]] = []) {
    if !isStopped { diagnostics.report(code, at: span, arguments) }
  }

  /// Reports an unexpected token, and begins to recover.
  mutating func reportUnexpected() {
    if isRecovering { return }
    isRecovering = true
    if !hasReasonOfItsOwn() { report(.unexpectedToken, at: currentSpan, [describe(current)]) }
  }

  mutating func reportExpected(_ description: StaticString) {
    if isRecovering { return }
    isRecovering = true
    if !hasReasonOfItsOwn() { report(.expectedToken, at: currentSpan, [utf8(description), describe(current)]) }
  }

  /// Whether the current token is unexpected for a reason that has been reported, or is reported here.
  private mutating func hasReasonOfItsOwn() -> Bool {
    if at(.privateName) { report(.privateName, at: currentSpan) }
    return at(.privateName) || at(.invalid) || (isAtEnd && endsEarly)
  }

  /// A token, as messages describe it.
  func describe(_ token: Token) -> [UInt8] {
    switch token.kind {
    case .endOfFile: return utf8("end of the file")
    case .string: return utf8("string")
    case .template, .templateHead: return utf8("template literal")
    case .templateMiddle, .templateTail: return utf8("`}`")
    default: return utf8("`") + text(of: token).prefix(40) + utf8("`")
    }
  }

  /// Skips the rest of a statement with a syntax error: the brackets that it has opened, and then everything up to a
  /// semicolon or a new line.
  ///
  /// - Parameters:
  ///   - start: the place of the statement's first token.
  ///   - limit: the place of the token that ends the list of statements.
  mutating func recover(from start: Int, until limit: Int) {
    isRecovering = false
    leaveBrackets(openedSince: start, until: limit)
    while position < limit, !isAtEnd {
      if accept(.semicolon) { return }
      if position > start, current.isAfterNewline, current.mayBeginStatement { return }
      if let closing = closing(of: position), closing < limit { position = closing }
      advance()
    }
  }

  /// Moves to the end of the outermost bracket that was opened since a place and is still open.
  private mutating func leaveBrackets(openedSince start: Int, until limit: Int) {
    var index = start
    while index < position {
      guard let closing = closing(of: index), closing < limit else {
        index += 1
        continue
      }
      if closing >= position {
        position = closing
        return advance()
      }
      index = closing + 1
    }
  }

  // MARK: - Bounds

  /// Enters a level of nesting. Every function that can recurse calls it, and calls `leave` at its end.
  mutating func enter() {
    depth += 1
    if depth > Self.maximumDepth { stop(at: currentSpan) }
  }

  mutating func leave() { depth -= 1 }

  /// Whether a new node may have this height. If not, the parser gives up.
  mutating func isAllowed(height: Int, at span: SourceSpan) -> Bool {
    if height <= Self.maximumHeight { return true }
    stop(at: SourceSpan(file: file, start: span.start, end: span.start + 1))
    return false
  }

  /// Gives up: reports once that the program is nested too deeply, and skips to the end of the file.
  private mutating func stop(at span: SourceSpan) {
    report(.tooDeep, at: span)
    isStopped = true
    isRecovering = true
    position = tokens.count - 1
  }

  // MARK: - Making nodes

  /// Makes an expression. If it would be too tall, the parser gives up and drops the parts, so that the tree never
  /// exceeds the limit.
  mutating func makeExpression(_ node: ExpressionNode, _ span: SourceSpan, below: Int = 0) -> Expression {
    guard isAllowed(height: below + 1, at: span) else { return placeholder(span) }
    return Expression(node: node, span: span, height: below + 1)
  }

  /// Like `makeExpression`.
  mutating func makeStatement(_ node: StatementNode, from start: Int, below: Int = 0) -> Statement {
    let span = span(from: start)
    guard isAllowed(height: below + 1, at: span) else { return Statement(node: .empty, span: span, height: 1) }
    return Statement(node: node, span: span, height: below + 1)
  }

  /// A placeholder for an expression that is missing or not accepted.
  func placeholder(_ span: SourceSpan) -> Expression { Expression(node: .boolean(false), span: span, height: 1) }

  mutating func makeBinding(_ name: Name) -> BindingName {
    defer { numbering.bindings += 1 }
    return BindingName(name: name, id: BindingID(numbering.bindings))
  }

  mutating func makeReference() -> ReferenceID {
    defer { numbering.references += 1 }
    return ReferenceID(numbering.references)
  }

  mutating func makeFunctionID() -> FunctionID {
    defer { numbering.functions += 1 }
    return FunctionID(numbering.functions)
  }
}

extension Token {
  /// A keyword counts as one only if it is written without escapes.
  func isKeyword(_ keyword: Keyword) -> Bool { kind == .word && !hasEscape && payload == keyword.rawValue }

  /// The word of the grammar that the text spells, with or without escapes.
  var spelledKeyword: Keyword? { kind == .word ? Keyword(rawValue: payload) : nil }

  /// Whether a statement can begin with the token, so that the parser can resume there.
  var mayBeginStatement: Bool {
    switch kind {
    case .word: !isKeyword(.in) && !isKeyword(.instanceof) && !isKeyword(.else)
    case .integer, .string, .template, .templateHead, .leftBrace, .not: true
    default: false
    }
  }
}
