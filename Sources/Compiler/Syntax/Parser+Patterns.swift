extension Parser {
  // MARK: - Names

  /// Whether the current word is reserved, however it is spelled.
  var isReservedWord: Bool { current.spelledKeyword?.isReserved ?? false }

  /// Parses a name where it is declared.
  mutating func parseBindingName() -> BindingName {
    guard at(.word) else {
      reportExpected("a name")
      return makeBinding(Name(symbol: Keyword.undefined.symbol, span: currentSpan))
    }
    let token = current
    advance()
    return bind(token)
  }

  /// Declares the name that a word spells, and reports it if it can't be declared.
  mutating func bind(_ token: Token) -> BindingName {
    let name = Name(symbol: symbol(of: token), span: span(of: token))
    guard let keyword = token.spelledKeyword, keyword.isUnbindable else { return makeBinding(name) }
    let text = [utf8(keyword.spelling)]
    if keyword == .undefined {
      report(.undefinedName, at: name.span)
    } else if token.hasEscape, keyword.isReserved {
      report(.escapedKeyword, at: name.span, text)
    } else {
      report(.reservedWord, at: name.span, text)
    }
    return makeBinding(name)
  }

  // MARK: - Patterns

  /// Parses the left side of a declaration, or a parameter. The height includes the patterns and defaults in it.
  mutating func parsePattern() -> (Pattern, height: Int) {
    enter()
    defer { leave() }
    switch current.kind {
    case .leftBracket: return parseArrayPattern()
    case .leftBrace: return parseRecordPattern()
    default: return (.name(parseBindingName()), 1)
    }
  }

  private mutating func parseArrayPattern() -> (Pattern, height: Int) {
    let start = currentStart
    let opening = position
    advance()
    var elements: [PatternElement?] = []
    var rest: Pattern?
    var below = 0
    while !isRecovering, !isAtEnd, !at(.rightBracket) {
      if accept(.comma) {
        elements.append(nil)
        continue
      }
      if at(.ellipsis) {
        let (pattern, height) = parseRest(closing: .rightBracket) { $0.parsePattern() }
        rest = pattern
        below = max(below, height)
        continue
      }
      let (pattern, patternHeight) = parsePattern()
      let defaultValue = parseDefault()
      elements.append(PatternElement(pattern: pattern, defaultValue: defaultValue))
      below = max(below, max(patternHeight, defaultValue?.height ?? 0))
      if !at(.rightBracket) { expect(.comma, "`,` or `]`") }
    }
    expectClosing(.rightBracket, "`]`", opening: opening)
    _ = isAllowed(height: below + 1, at: span(from: start))
    return (.array(elements, rest: rest, span(from: start)), below + 1)
  }

  private mutating func parseRecordPattern() -> (Pattern, height: Int) {
    let start = currentStart
    let opening = position
    advance()
    var fields: [PatternField] = []
    var rest: BindingName?
    var below = 0
    while !isRecovering, !isAtEnd, !at(.rightBrace) {
      if at(.ellipsis) {
        rest = parseRest(closing: .rightBrace) { $0.parseBindingName() }
        continue
      }
      let (field, height) = parsePatternField()
      fields.append(field)
      below = max(below, height)
      if !at(.rightBrace) { expect(.comma, "`,` or `}`") }
    }
    expectClosing(.rightBrace, "`}`", opening: opening)
    _ = isAllowed(height: below + 1, at: span(from: start))
    return (.record(fields, rest: rest, span(from: start)), below + 1)
  }

  /// Parses `...` and the pattern for the rest. The closing bracket must follow.
  mutating func parseRest<Target>(closing: TokenKind, _ parse: (inout Parser) -> Target) -> Target {
    let start = currentStart
    advance()
    let target = parse(&self)
    if at(.assign) {
      reportUnexpected()
    } else if !at(closing), !isRecovering, !isAtEnd {
      if at(.comma) {
        report(.restNotLast, at: span(from: start))
        advance()
      } else {
        reportUnexpected()
      }
    }
    return target
  }

  /// `= expression` after an element, field or parameter.
  mutating func parseDefault() -> Expression? { accept(.assign) ? parseAssignment() : nil }

  /// `name`, `name: pattern`, `"text": pattern`, `1: pattern`, `[key]: pattern`, each with or without a default.
  private mutating func parsePatternField() -> (PatternField, height: Int) {
    let isShorthand = at(.word) && peek().kind != .colon
    if isShorthand {
      reportProtoKey()
      let binding = parseBindingName()
      let defaultValue = parseDefault()
      let field = PatternField(key: .name(binding.name), pattern: .name(binding), defaultValue: defaultValue)
      return (field, defaultValue?.height ?? 1)
    }
    let key = parsePatternKey()
    expect(.colon, "`:`")
    let (pattern, height) = isRecovering ? (.array([], rest: nil, currentSpan), 1) : parsePattern()
    let defaultValue = parseDefault()
    var below = max(height, defaultValue?.height ?? 0)
    if case .computed(let expression) = key { below = max(below, expression.height) }
    return (PatternField(key: key, pattern: pattern, defaultValue: defaultValue), below)
  }

  private mutating func parsePatternKey() -> PatternField.Key {
    if at(.leftBracket) { return .computed(parseComputedKey()) }
    reportProtoKey()
    return .name(parseKey())
  }

  // MARK: - Keys

  /// `[expression]` as a key.
  mutating func parseComputedKey() -> Expression {
    let opening = position
    advance()
    let key = parseAssignment()
    expectClosing(.rightBracket, "`]`", opening: opening)
    return key
  }

  /// A key that is known at compile time: a name (even a reserved word), a string or an integer.
  mutating func parseKey() -> Name {
    let token = current
    switch token.kind {
    case .word, .string:
      advance()
      return Name(symbol: symbol(of: token), span: span(of: token))
    case .integer:
      let value = integers[Int(token.payload)]
      if value == 1 << 63 { report(.integerOutOfRange, at: currentSpan) }
      advance()
      return Name(symbol: symbols.intern(digits(of: value)), span: span(of: token))
    default:
      reportExpected("a field name")
      return Name(symbol: Keyword.undefined.symbol, span: currentSpan)
    }
  }

  /// `__proto__`, as a name or a string, does not name a field in ECMAScript.
  mutating func reportProtoKey() {
    let isText = at(.word) || at(.string)
    if isText, symbol(of: current) == Keyword.proto.symbol { report(.protoKey, at: currentSpan) }
  }

  private func digits(of value: UInt64) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = value
    repeat {
      digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    return digits.reversed()
  }
}
