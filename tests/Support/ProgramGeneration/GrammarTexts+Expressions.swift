// Expressions, from AssignmentExpression down (ECMA-262, chapters 13 and 15).
extension GrammarTexts {
  /// AssignmentExpression
  mutating func expression(_ depth: Int) {
    if slip() { return slippedExpression(depth) }
    guard depth > 0 else { return primary(0) }
    switch below(12) {
    case 0: arrow(depth - 1)
    case 1:
      binary(depth - 1)
      put("?")
      expression(depth - 1)
      put(":")
      expression(depth - 1)
    default: binary(depth - 1)
    }
  }

  private mutating func binary(_ depth: Int) {
    unary(depth)
    while chance(25) {
      let operators = ["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "===", "!==", "&&", "||"]
      let others = [
        "**", "??", "|", "&", "^", "<<", ">>", ">>>", "==", "!=", "in", "instanceof", ",", "=", "+=", "&&=", "=>", "?.",
      ]
      put(random.pick(slip() ? others : operators))
      unary(depth)
    }
  }

  private mutating func unary(_ depth: Int) {
    while chance(10) {
      let others = ["+", "~", "++", "--", "typeof", "void", "delete", "await", "yield", "new", "async", "...", "* "]
      put(random.pick(slip() ? others : ["-", "!"]))
    }
    postfix(depth)
    if slip() { put(random.pick(["++", "--", "!"])) }
  }

  private mutating func postfix(_ depth: Int) {
    primary(depth)
    while chance(depth > 0 ? 25 : 5) {
      switch below(slip() ? 6 : 3) {
      case 0:
        put(".")
        anyWord()
      case 1:
        put("[")
        expression(depth - 1)
        put("]")
      case 2: arguments(depth - 1)
      case 3: put("?.", random.pick(["a", "[a]", "(a)", "`a`"]))
      case 4: put(template(depth - 1))
      default: put(".", random.pick(["#a", "1", "\"a\""]))
      }
    }
  }

  private mutating func arguments(_ depth: Int) {
    put("(")
    list(3) { texts in
      if texts.chance(10) { texts.put("...") }
      texts.expression(depth)
    }
    put(")")
  }

  private mutating func primary(_ depth: Int) {
    switch below(depth > 0 ? 10 : 5) {
    case 0, 1: reference()
    case 2: put(number())
    case 3: put(string())
    case 4: put(random.pick(["true", "false", "None", "\"use strict\""]))
    case 5: put(template(depth - 1))
    case 6:
      put("[")
      list(3) { texts in
        if texts.chance(10) { texts.put("...") }
        texts.expression(depth - 1)
      }
      put("]")
    case 7: record(depth - 1)
    case 8:
      put("(")
      if !slip() { expression(depth - 1) }
      put(")")
    default: function(depth - 1, isDeclaration: false)
    }
  }

  // MARK: Literals

  private mutating func number() -> String {
    if slip() {
      return random.pick([
        "08", "07", "1n", ".5", "1.", "1.5", "1e3", "0_1", "1_", "1__0", "0x", "0xg", "0b2", "0o8", "0_0", "1a", "00",
        "9223372036854775808", "0B1n", "1_n",
      ])
    }
    return random.pick([
      "0", "7", "1_000", "0xFF", "0Xa_b", "0o17", "0O7", "0b1_0", "0B1", "9223372036854775807", "1_0",
    ])
  }

  private mutating func string() -> String {
    let quote = random.pick(["\"", "'"])
    var text = quote
    for _ in 0..<below(4) {
      let pieces = [
        "a", " ", "\\n", "\\x41", "\\u0041", "\\u{1F600}", "\\\n", "\\\r\n", "\\0", "\\q", "\u{2028}", "é", "\\'",
        "\\\"", "//",
      ]
      let others = [
        "\\08", "\\1", "\\8", "\\u{}", "\\u12", "\\x1", "\\u{110000}", "\n", "\r", "\\uD83D", "'", "\"", "\\",
      ]
      text += random.pick(slip() ? others : pieces)
    }
    return text + quote
  }

  mutating func template(_ depth: Int) -> String {
    var text = "`"
    for _ in 0..<below(4) {
      if chance(40) {
        text += "${" + token { if !$0.slip() { $0.expression(max(0, depth)) } } + "}"
      } else {
        let pieces = ["a", "\n", "\\`", "$", "{", "}", "\\${", "'", "\\u0041", "$$", "\r\n", "\\\n"]
        text += random.pick(slip() ? ["\\1", "\\u{}", "\\x", "`", "${", "\\08"] : pieces)
      }
    }
    return text + "`"
  }

  // MARK: Records

  private mutating func record(_ depth: Int) {
    put("{")
    list(3) { $0.property(depth) }
    put("}")
  }

  private mutating func property(_ depth: Int) {
    switch below(slip() ? 9 : 5) {
    case 0, 1: reference()
    case 2, 3:
      propertyName(depth)
      put(":")
      expression(depth)
    case 4:
      put("...")
      expression(depth)
    case 5:
      put(random.pick(["", "get", "set", "async", "*", "async *", "static"]))
      propertyName(depth)
      put("(")
      list(1) { $0.pattern(0) }
      put(")")
      block(depth)
    case 6:
      reference()
      put("=")
      expression(depth)
    case 7: put("__proto__", random.pick([":", ",", ""]))
    default: propertyName(depth)
    }
  }

  mutating func propertyName(_ depth: Int) {
    switch below(6) {
    case 0: put(string())
    case 1: put(number())
    case 2:
      put("[")
      expression(depth)
      put("]")
    default: anyWord()
    }
  }

  // MARK: Functions

  private mutating func arrow(_ depth: Int) {
    if slip() { put("async") }
    if chance(30) { binding() } else { parameters(depth) }
    put("=>")
    if chance(60) { expression(depth) } else { functionBody(depth) }
  }

  mutating func function(_ depth: Int, isDeclaration: Bool) {
    if slip() { put("async") }
    put("function")
    if slip() { put("*") }
    if isDeclaration || chance(50) { binding() }
    parameters(depth)
    functionBody(depth)
  }

  private mutating func parameters(_ depth: Int) {
    put("(")
    list(3) { texts in
      texts.pattern(depth)
      if texts.chance(20) {
        texts.put("=")
        texts.expression(texts.below(2))
      }
    }
    if chance(10) {
      if tokens.last != "(", tokens.last != "," { put(",") }
      put("...")
      pattern(0)
      if slip() { put(random.pick([",", "= a"])) }
    }
    put(")")
  }

  // MARK: Patterns

  /// BindingIdentifier or BindingPattern
  mutating func pattern(_ depth: Int) {
    guard depth > 0, chance(35) else { return binding() }
    let isArray = chance(50)
    put(isArray ? "[" : "{")
    list(3) { texts in
      if isArray, texts.chance(10) { return }
      if !isArray, texts.chance(50) {
        texts.binding()
      } else {
        if !isArray {
          texts.propertyName(0)
          texts.put(":")
        }
        texts.pattern(depth - 1)
      }
      if texts.chance(20) {
        texts.put("=")
        texts.expression(0)
      }
    }
    if chance(10) {
      if let last = tokens.last, !["[", "{", ","].contains(last) { put(",") }
      put("...")
      pattern(isArray || slip() ? depth - 1 : 0)
      if slip() { put(random.pick([",", "= a"])) }
    }
    put(isArray ? "]" : "}")
  }

  /// An expression from the rest of ECMAScript, or something that is not an expression.
  private mutating func slippedExpression(_ depth: Int) {
    put(
      random.pick([
        "null", "this", "super.a", "super()", "new a", "new a()", "new.target", "import.meta", "import(a)", "class {}",
        "class a {}", "/a/", "/[/]/g", "async () => a", "async function () {}", "function* () {}", "yield", "yield a",
        "await a", "a = 1", "a += 1", "[a] = a", "({a} = a)", "({a = 1})", "a, a", "()", "(a,)", "(...a)", "a++",
        "delete a",
        "typeof a", "undefined", "eval", "arguments", "#a in a", "a?.a", "a ?? a || a", "-a ** a", "a => {} ()",
        "a => {} || a",
        "() => {}.a", "{}", "let", "static", "a `a`", "async a => a", "async\na => a", "a\n=> a", "(a, a) => a",
        "({a}, [a]) => a",
        "(a) => { const a = 1 }", "(a = 1) => { \"use strict\" }", "({a: 1, a: 2})", "({__proto__: a, __proto__: a})",
        "get", "set", "async", "of", "",
      ]))
  }
}
