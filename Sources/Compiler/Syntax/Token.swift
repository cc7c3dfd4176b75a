/// The smallest unit of source text in the grammar. It takes sixteen bytes, since a file becomes one array of tokens.
struct Token {
  let kind: TokenKind
  /// Whether a line terminator precedes this token.
  let isAfterNewline: Bool
  /// Whether a name contains an escape, so that it can't be a keyword.
  let hasEscape: Bool
  /// Offset of the first byte.
  let start: UInt32
  /// Offset just past the last byte.
  let end: UInt32
  /// For a name, string or piece of a template: its symbol. For an integer: its place in `TokenList.integers`. For an
  /// opening bracket: the place of the token that closes it. Otherwise, or if there is no such token: -1.
  var payload: Int32
}

enum TokenKind: UInt8 {
  case endOfFile
  /// A name or a keyword.
  case word
  case integer, string, regularExpression
  /// A template literal without substitutions, or a piece of one with substitutions.
  case template, templateHead, templateMiddle, templateTail
  /// `#name`, which belongs to classes.
  case privateName
  /// A character that begins no token; it has been reported.
  case invalid

  case leftBrace, rightBrace, leftParenthesis, rightParenthesis, leftBracket, rightBracket
  case dot, ellipsis, questionDot, semicolon, comma, colon, question, arrow
  case less, lessOrEqual, greater, greaterOrEqual, looseEqual, looseNotEqual, equal, notEqual
  case plus, minus, star, slash, percent, starStar, plusPlus, minusMinus
  /// `& | ^ << >> >>>`
  case bitwise
  case tilde, not, andAnd, orOr, questionQuestion
  case assign
  /// `+=` and similar operators.
  case compoundAssign
}

/// The tokens of a file.
struct TokenList {
  /// Ends with `endOfFile`.
  var tokens: [Token] = []
  /// The values of integer literals.
  var integers: [UInt64] = []
  /// Whether an unclosed literal or comment took the rest of the file.
  var endsEarly = false
}

/// The words of the grammar. Their raw values are the numbers of their symbols, since a symbol table for programs
/// interns them first.
enum Keyword: Int32, CaseIterable {
  // Always reserved, reserved in strict code, and reserved in modules.
  case `break`, `case`, `catch`, `class`, const, `continue`, debugger, `default`, delete, `do`, `else`, `enum`, export
  case extends, `false`, finally, `for`, function, `if`, `import`, `in`, instanceof, new, null, `return`, `super`
  case `switch`, this, `throw`, `true`, `try`, typeof, `var`, void, `while`, with, yield
  case implements, interface, `let`, package, `private`, protected, `public`, `static`
  case await
  // Names that strict code can't bind.
  case eval, arguments
  // Not reserved: these have a special meaning only in some places.
  case undefined, `as`, async, from, get, meta, of, `set`, target, proto, useStrict

  var spelling: StaticString {
    switch self {
    case .break: "break"
    case .case: "case"
    case .catch: "catch"
    case .class: "class"
    case .const: "const"
    case .continue: "continue"
    case .debugger: "debugger"
    case .default: "default"
    case .delete: "delete"
    case .do: "do"
    case .else: "else"
    case .enum: "enum"
    case .export: "export"
    case .extends: "extends"
    case .false: "false"
    case .finally: "finally"
    case .for: "for"
    case .function: "function"
    case .if: "if"
    case .import: "import"
    case .in: "in"
    case .instanceof: "instanceof"
    case .new: "new"
    case .null: "null"
    case .return: "return"
    case .super: "super"
    case .switch: "switch"
    case .this: "this"
    case .throw: "throw"
    case .true: "true"
    case .try: "try"
    case .typeof: "typeof"
    case .var: "var"
    case .void: "void"
    case .while: "while"
    case .with: "with"
    case .yield: "yield"
    case .implements: "implements"
    case .interface: "interface"
    case .let: "let"
    case .package: "package"
    case .private: "private"
    case .protected: "protected"
    case .public: "public"
    case .static: "static"
    case .await: "await"
    case .eval: "eval"
    case .arguments: "arguments"
    case .undefined: "undefined"
    case .as: "as"
    case .async: "async"
    case .from: "from"
    case .get: "get"
    case .meta: "meta"
    case .of: "of"
    case .set: "set"
    case .target: "target"
    case .proto: "__proto__"
    case .useStrict: "use strict"
    }
  }

  /// Whether ECMAScript reserves the word in modules.
  var isReserved: Bool { rawValue <= Keyword.await.rawValue }

  /// Whether the word can't be declared: it is reserved, or strict code can't bind it, or it is `undefined`, which has
  /// a diagnostic of its own.
  var isUnbindable: Bool { rawValue <= Keyword.undefined.rawValue }

  var symbol: Symbol { Symbol(index: rawValue) }
}

extension SymbolTable {
  /// A table that contains the keywords under the numbers of `Keyword`.
  static func withKeywords() -> SymbolTable {
    var table = SymbolTable()
    for keyword in Keyword.allCases { _ = table.intern(keyword.spelling) }
    return table
  }
}
