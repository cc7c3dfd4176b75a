import Engine

extension Lexer {
  /// Reads the longest punctuator at the current place, if there is one.
  mutating func readPunctuator() -> TokenKind? {
    guard let (kind, length) = punctuator else { return nil }
    offset += length
    return kind
  }

  private var punctuator: (TokenKind, Int)? {
    switch peek() {
    case UInt8(ascii: "{"): (.leftBrace, 1)
    case UInt8(ascii: "}"): (.rightBrace, 1)
    case UInt8(ascii: "("): (.leftParenthesis, 1)
    case UInt8(ascii: ")"): (.rightParenthesis, 1)
    case UInt8(ascii: "["): (.leftBracket, 1)
    case UInt8(ascii: "]"): (.rightBracket, 1)
    case UInt8(ascii: ";"): (.semicolon, 1)
    case UInt8(ascii: ","): (.comma, 1)
    case UInt8(ascii: ":"): (.colon, 1)
    case UInt8(ascii: "~"): (.tilde, 1)
    case UInt8(ascii: "."): next(is: "..") ? (.ellipsis, 3) : (.dot, 1)
    case UInt8(ascii: "?"): question
    case UInt8(ascii: "="): next(is: "==") ? (.equal, 3) : next(is: "=") ? (.looseEqual, 2) : arrowOrAssign
    case UInt8(ascii: "!"): next(is: "==") ? (.notEqual, 3) : next(is: "=") ? (.looseNotEqual, 2) : (.not, 1)
    case UInt8(ascii: "+"): next(is: "+") ? (.plusPlus, 2) : next(is: "=") ? (.compoundAssign, 2) : (.plus, 1)
    case UInt8(ascii: "-"): next(is: "-") ? (.minusMinus, 2) : next(is: "=") ? (.compoundAssign, 2) : (.minus, 1)
    case UInt8(ascii: "*"): star
    case UInt8(ascii: "/"): next(is: "=") ? (.compoundAssign, 2) : (.slash, 1)
    case UInt8(ascii: "%"): next(is: "=") ? (.compoundAssign, 2) : (.percent, 1)
    case UInt8(ascii: "^"): next(is: "=") ? (.compoundAssign, 2) : (.bitwise, 1)
    case UInt8(ascii: "&"): doubled("&", .andAnd)
    case UInt8(ascii: "|"): doubled("|", .orOr)
    case UInt8(ascii: "<"): less
    case UInt8(ascii: ">"): greater
    default: nil
    }
  }

  /// Whether these characters follow the current one.
  private func next(is text: StaticString) -> Bool {
    var distance = 1
    for byte in text.bytes {
      if peek(distance) != byte { return false }
      distance += 1
    }
    return true
  }

  private var arrowOrAssign: (TokenKind, Int) { next(is: ">") ? (.arrow, 2) : (.assign, 1) }

  /// `?.` before a digit is a conditional with a fraction: `a?.5:1`.
  private var question: (TokenKind, Int) {
    if next(is: "?=") { return (.compoundAssign, 3) }
    if next(is: "?") { return (.questionQuestion, 2) }
    return next(is: ".") && !isDigit(peek(2)) ? (.questionDot, 2) : (.question, 1)
  }

  private var star: (TokenKind, Int) {
    if next(is: "*=") { return (.compoundAssign, 3) }
    if next(is: "*") { return (.starStar, 2) }
    return next(is: "=") ? (.compoundAssign, 2) : (.star, 1)
  }

  /// `&`, `&&`, `&=`, `&&=`, and the same with `|`.
  private func doubled(_ second: StaticString, _ kind: TokenKind) -> (TokenKind, Int) {
    if next(is: second) { return peek(2) == UInt8(ascii: "=") ? (.compoundAssign, 3) : (kind, 2) }
    return next(is: "=") ? (.compoundAssign, 2) : (.bitwise, 1)
  }

  private var less: (TokenKind, Int) {
    if next(is: "<=") { return (.compoundAssign, 3) }
    if next(is: "<") { return (.bitwise, 2) }
    return next(is: "=") ? (.lessOrEqual, 2) : (.less, 1)
  }

  private var greater: (TokenKind, Int) {
    if next(is: ">>=") { return (.compoundAssign, 4) }
    if next(is: ">>") { return (.bitwise, 3) }
    if next(is: ">=") { return (.compoundAssign, 3) }
    if next(is: ">") { return (.bitwise, 2) }
    return next(is: "=") ? (.greaterOrEqual, 2) : (.greater, 1)
  }
}
