extension Parser {
  // MARK: - Import

  mutating func parseImport(isTopLevel: Bool) -> Statement {
    let start = currentStart
    if !isTopLevel { report(.nestedModuleDeclaration, at: currentSpan, [utf8("import")]) }
    advance()
    if at(.string) {
      report(.bareImport, at: span(from: start))
      let clause = ImportDeclaration.Clause.names([])
      return finishImport(clause, path: parsePath(), from: start)
    }
    var defaults: [(exported: Name, local: BindingName)] = []
    if at(.word) {
      report(.defaultImport, at: currentSpan)
      let local = parseBindingName()
      defaults.append((Name(symbol: Keyword.default.symbol, span: local.name.span), local))
      if !at(.from) { expect(.comma, "`from`") }
    }
    let clause = parseImportClause(after: defaults)
    if !accept(.from) { reportExpected("`from`") }
    return finishImport(clause, path: parsePath(), from: start)
  }

  private mutating func parseImportClause(
    after defaults: [(exported: Name, local: BindingName)]
  ) -> ImportDeclaration.Clause {
    if at(.star) {
      advance()
      if !accept(.as) { reportExpected("`as`") }
      return .namespace(parseBindingName())
    }
    if at(.from), !defaults.isEmpty { return .names(defaults) }
    let opening = position
    expect(.leftBrace, "`{` or `*`")
    var names = defaults
    while !isRecovering, !isAtEnd, !at(.rightBrace) {
      let token = current
      let exported = parseExportedName()
      if isRecovering { break }
      if exported.symbol == Keyword.default.symbol { report(.defaultImport, at: exported.span) }
      if accept(.as) {
        names.append((exported, parseBindingName()))
      } else if token.kind == .word, exported.symbol != Keyword.default.symbol {
        names.append((exported, bind(token)))
      }
      if !at(.rightBrace) { expect(.comma, "`,` or `}`") }
    }
    if isRecovering, let closing = closing(of: opening), closing >= position {
      isRecovering = false
      position = closing
    }
    if !isRecovering { expectClosing(.rightBrace, "`}`", opening: opening) }
    return .names(names)
  }

  /// The path, or the name `undefined` if there is none, which is never accepted as a path.
  private mutating func parsePath() -> Name {
    guard at(.string), !isRecovering else {
      reportExpected("a path in quotes")
      return Name(symbol: Keyword.undefined.symbol, span: currentSpan)
    }
    let path = Name(symbol: symbol(of: current), span: currentSpan)
    advance()
    return path
  }

  private mutating func finishImport(_ clause: ImportDeclaration.Clause, path: Name, from start: Int) -> Statement {
    skipImportAttributes()
    consumeSemicolon()
    if path.symbol == Keyword.undefined.symbol { return makeStatement(.empty, from: start) }
    return makeStatement(.importing(ImportDeclaration(clause: clause, path: path)), from: start)
  }

  /// `with {type: "json"}`
  private mutating func skipImportAttributes() {
    guard at(.with), peek().kind == .leftBrace, !isRecovering else { return }
    report(.importAttributes, at: currentSpan)
    advance()
    _ = parseAssignment()
  }

  /// The name under which another file imports it: any word. A string is reported.
  private mutating func parseExportedName() -> Name {
    let token = current
    guard at(.word) || at(.string) else {
      reportExpected("a name")
      return Name(symbol: Keyword.undefined.symbol, span: currentSpan)
    }
    if at(.string) { report(.stringExportName, at: currentSpan) }
    advance()
    return Name(symbol: symbol(of: token), span: span(of: token))
  }

  // MARK: - Export

  mutating func parseExport(isTopLevel: Bool) -> Statement {
    let start = currentStart
    if !isTopLevel { report(.nestedModuleDeclaration, at: currentSpan, [utf8("export")]) }
    advance()
    switch current.kind {
    case .leftBrace: return parseExportList(from: start)
    case .star: return parseExportAll(from: start)
    default: break
    }
    if accept(.default) { return parseDefaultExport(from: start) }
    guard at(.const) || at(.let) || at(.var) || at(.function) || at(.class) || beginsAsyncFunction else {
      reportExpected("a declaration or `{`")
      return makeStatement(.empty, from: start)
    }
    let declaration = parseStatement()
    return makeStatement(.exporting(.declaration(declaration)), from: start, below: declaration.height)
  }

  /// `export default function (request) {…}`; anything else is reported.
  private mutating func parseDefaultExport(from start: Int) -> Statement {
    if at(.function) || beginsAsyncFunction {
      let (function, height) = parseFunction(requiresName: false)
      return makeStatement(.exporting(.handler(function)), from: start, below: height)
    }
    if !at(.class) { report(.exportDefaultNotFunction, at: span(from: start)) }
    let value = parseAssignment()
    consumeSemicolon()
    return makeStatement(.expression(value), from: start, below: value.height)
  }

  /// `export {a, b as c}`
  private mutating func parseExportList(from start: Int) -> Statement {
    let opening = position
    advance()
    var names: [(local: Name, reference: ReferenceID, exported: Name)] = []
    var reserved: [Token] = []
    while !isRecovering, !isAtEnd, !at(.rightBrace) {
      if at(.string) || isReservedWord { reserved.append(current) }
      let local = at(.string) ? parseKey() : parseExportedName()
      let exported = accept(.as) ? parseExportedName() : local
      if exported.symbol == Keyword.default.symbol { report(.exportDefaultNotFunction, at: exported.span) }
      names.append((local, makeReference(), exported))
      if !at(.rightBrace) { expect(.comma, "`,` or `}`") }
    }
    if !isRecovering { expectClosing(.rightBrace, "`}`", opening: opening) }
    if at(.from), !isRecovering {
      report(.reExport, at: span(from: start))
      advance()
      return finishReExport(from: start)
    }
    for token in reserved { reportReservedExport(token) }
    consumeSemicolon()
    return makeStatement(.exporting(.names(names)), from: start)
  }

  private mutating func reportReservedExport(_ token: Token) {
    if token.kind == .string {
      report(.stringExportName, at: span(of: token))
    } else {
      report(.reservedWord, at: span(of: token), [symbols[symbol(of: token)]])
    }
  }

  /// `export * from "…"` and `export * as name from "…"`
  private mutating func parseExportAll(from start: Int) -> Statement {
    advance()
    report(.reExport, at: span(from: start))
    if accept(.as) { _ = parseExportedName() }
    if !accept(.from) { reportExpected("`from`") }
    return finishReExport(from: start)
  }

  private mutating func finishReExport(from start: Int) -> Statement {
    _ = parsePath()
    skipImportAttributes()
    consumeSemicolon()
    return makeStatement(.empty, from: start)
  }
}
