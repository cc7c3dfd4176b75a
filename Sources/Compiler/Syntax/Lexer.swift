/// Turns the text of a file into tokens, all at once.
///
/// The lexer can run ahead of the parser because the language has no regular expressions. The previous token decides
/// whether a `/` would begin one, and if that guess is wrong, the program is rejected anyway. In return, the parser can
/// look ahead as far as it likes, and knows which bracket closes each bracket. So it can tell an arrow function from an
/// expression in parentheses without trying both.
struct Lexer {
  /// The largest file in bytes. Offsets and token numbers then fit in 32 bits with room to spare.
  static let maximumSize = 4 << 20

  let file: Int
  let bytes: [UInt8]
  var offset = 0
  var symbols: SymbolTable
  var diagnostics = DiagnosticList()
  private var list = TokenList()
  private var isAfterNewline = false
  private var brackets: [OpenBracket] = []

  private struct OpenBracket {
    let kind: TokenKind
    /// Its place in the list of tokens.
    let token: Int
    /// Whether it is the `${` of a template, so that its `}` continues the text.
    let isSubstitution: Bool
    /// Whether it is the `(` after `if`, `while`, `for` or `with`, so that a statement follows its `)`.
    let beginsHeader: Bool
  }

  private init(file: Int, bytes: [UInt8], symbols: consuming SymbolTable) {
    self.file = file
    self.bytes = bytes
    self.symbols = symbols
  }

  /// The tokens of a file. Text that is not a token is reported and replaced by a harmless token.
  static func tokenize(
    _ bytes: [UInt8], file: Int, symbols: inout SymbolTable, diagnostics: inout DiagnosticList
  ) -> TokenList {
    if let rejection = unreadable(bytes, file: file) {
      diagnostics.report(rejection.code, at: rejection.span)
      let end = Token(kind: .endOfFile, isAfterNewline: true, hasEscape: false, start: 0, end: 0, payload: -1)
      return TokenList(tokens: [end], endsEarly: true)
    }
    var table = SymbolTable()
    swap(&table, &symbols)
    var lexer = Lexer(file: file, bytes: bytes, symbols: consume table)
    lexer.run()
    symbols = lexer.symbols
    diagnostics.append(lexer.diagnostics)
    return lexer.list
  }

  /// Why a file can't be read at all.
  private static func unreadable(_ bytes: [UInt8], file: Int) -> (code: DiagnosticCode, span: SourceSpan)? {
    if bytes.count > maximumSize { return (.fileTooLarge, SourceSpan(file: file, start: 0, end: 0)) }
    guard let offset = UTF8Decoder.firstInvalidOffset(in: bytes) else { return nil }
    return (.invalidUTF8, SourceSpan(file: file, start: offset, end: offset + 1))
  }

  // MARK: - Reading

  /// The byte at a distance from the current one; 0 past the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The code point at the current place, which is not the end of the file, and its length. The file is known to be
  /// UTF-8.
  var scalar: (value: UInt32, length: Int) {
    UTF8Decoder.decode(bytes[...], at: offset) ?? (0xFFFD, 1)
  }

  mutating func skip(ifNext byte: UInt8) -> Bool {
    guard !isAtEnd, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  func span(from start: Int) -> SourceSpan { SourceSpan(file: file, start: start, end: offset) }

  mutating func report(_ code: DiagnosticCode, from start: Int, _ arguments: [[UInt8]] = []) {
    diagnostics.report(code, at: span(from: start), arguments)
  }

  /// The text from an offset to the current place.
  func text(from start: Int) -> [UInt8] { Array(bytes[start..<offset]) }

  // MARK: - The list of tokens

  mutating func add(_ kind: TokenKind, from start: Int, payload: Int32 = -1, hasEscape: Bool = false) {
    list.tokens.append(
      Token(
        kind: kind, isAfterNewline: isAfterNewline, hasEscape: hasEscape, start: UInt32(start), end: UInt32(offset),
        payload: payload))
    isAfterNewline = false
  }

  mutating func addInteger(_ value: UInt64, from start: Int) {
    list.integers.append(value)
    add(.integer, from: start, payload: Int32(list.integers.count - 1))
  }

  mutating func addText(_ kind: TokenKind, _ text: [UInt8], from start: Int) {
    add(kind, from: start, payload: symbols.intern(text).index)
  }

  private mutating func run() {
    if peek() == UInt8(ascii: "#"), peek(1) == UInt8(ascii: "!") { skipLine() }
    while true {
      skipTrivia()
      if isAtEnd { break }
      readToken()
    }
    add(.endOfFile, from: offset)
  }

  /// Records that something unclosed took the rest of the file.
  mutating func endEarly() { list.endsEarly = true }

  // MARK: - White space and comments

  private mutating func skipTrivia() {
    while !isAtEnd {
      if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        skipLine()
      } else if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        skipBlockComment()
      } else {
        let (value, length) = scalar
        if isLineTerminator(value) {
          isAfterNewline = true
        } else if !isWhiteSpace(value) {
          return
        }
        offset += length
      }
    }
  }

  /// Up to the line terminator, which is not consumed.
  private mutating func skipLine() {
    while !isAtEnd, !isLineTerminator(scalar.value) { offset += scalar.length }
  }

  /// A comment that contains a line terminator counts as one.
  private mutating func skipBlockComment() {
    let start = offset
    offset += 2
    while !isAtEnd {
      if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        offset += 2
        return
      }
      let (value, length) = scalar
      if isLineTerminator(value) { isAfterNewline = true }
      offset += length
    }
    diagnostics.report(.unterminatedComment, at: SourceSpan(file: file, start: start, end: start + 2))
    endEarly()
  }

  // MARK: - Tokens

  private mutating func readToken() {
    let start = offset
    let byte = peek()
    if isNameStart(byte) || byte == UInt8(ascii: "\\") {
      readWord()
    } else if isDigit(byte) || (byte == UInt8(ascii: ".") && isDigit(peek(1))) {
      readNumber()
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      readString()
    } else if byte == UInt8(ascii: "`") {
      offset += 1
      readTemplate(from: start, end: .template, substitution: .templateHead)
    } else if byte == UInt8(ascii: "/"), beginsRegularExpression {
      readRegularExpression()
    } else if byte == UInt8(ascii: "}"), let open = brackets.last, open.isSubstitution {
      brackets.removeLast()
      offset += 1
      readTemplate(from: start, end: .templateTail, substitution: .templateMiddle)
    } else if let kind = readPunctuator() {
      add(kind, from: start)
      trackBracket(kind)
    } else {
      readUnexpected()
    }
  }

  /// Pushes an opening bracket, or links a closing bracket with its opening bracket.
  private mutating func trackBracket(_ kind: TokenKind) {
    let index = list.tokens.count - 1
    switch kind {
    case .leftParenthesis, .leftBracket, .leftBrace:
      let beginsHeader = kind == .leftParenthesis && isHeaderKeyword(before: index)
      brackets.append(OpenBracket(kind: kind, token: index, isSubstitution: false, beginsHeader: beginsHeader))
    case .rightParenthesis, .rightBracket, .rightBrace:
      guard let open = brackets.last, !open.isSubstitution, open.kind.closing == kind else { return }
      brackets.removeLast()
      list.tokens[open.token].payload = Int32(index)
      if open.beginsHeader { list.tokens[index].payload = 0 }
    default:
      break
    }
  }

  private func isHeaderKeyword(before index: Int) -> Bool {
    guard index > 0, let keyword = keyword(at: index - 1) else { return false }
    return keyword == .if || keyword == .while || keyword == .for || keyword == .with
  }

  /// The keyword at a place in the list, unless it follows a dot, where it is the name of a field.
  private func keyword(at index: Int) -> Keyword? {
    let token = list.tokens[index]
    guard token.kind == .word, !token.hasEscape, let keyword = Keyword(rawValue: token.payload), keyword.isReserved
    else { return nil }
    return index > 0 && list.tokens[index - 1].kind == .dot ? nil : keyword
  }

  /// Whether only an operand can follow the last token, so that `/` begins a regular expression and is not a division.
  private var beginsRegularExpression: Bool {
    guard let last = list.tokens.last else { return true }
    switch last.kind {
    case .word:
      guard let keyword = keyword(at: list.tokens.count - 1) else { return false }
      switch keyword {
      case .this, .super, .null, .true, .false: return false
      default: return true
      }
    case .integer, .string, .regularExpression, .template, .templateTail, .privateName, .invalid: return false
    case .rightBracket, .rightBrace, .plusPlus, .minusMinus: return false
    case .rightParenthesis: return last.payload == 0
    default: return true
    }
  }

  /// Reports a character that begins no token, and skips it.
  private mutating func readUnexpected() {
    let start = offset
    let value = scalar.value
    offset += scalar.length
    if bytes[start] == UInt8(ascii: "#"), isNameStart(peek()) {
      while isNamePart(peek()) { offset += 1 }
      return add(.privateName, from: start)
    }
    if value >= 0x80, !isPunctuation(value) {
      while !isAtEnd, isNamePart(peek()) || (peek() >= 0x80 && !isSpaceHere && !isPunctuation(scalar.value)) {
        offset += scalar.length
      }
      report(.nonASCIIName, from: start)
      return addText(.word, text(from: start), from: start)
    }
    report(.unexpectedCharacter, from: start, [describe(value)])
    add(.invalid, from: start)
  }

  private var isSpaceHere: Bool { isWhiteSpace(scalar.value) || isLineTerminator(scalar.value) }

  /// Whether a non-ASCII character is more likely to be a quote, dash or sign than a letter.
  private func isPunctuation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80..<0xAA, 0xAB..<0xB5, 0xB6..<0xBA, 0xBB..<0xC0, 0xD7, 0xF7: true
    case 0x2000..<0x2071, 0x20A0..<0x20D0, 0x2190..<0x2C00, 0x3000..<0x3005, 0x3008..<0x3021: true
    case 0xE000..<0xF900, 0xFE00..<0xFE70, 0xFF01..<0xFF10, 0xFFF0..<0x1_0000, 0x1_F000..<0x2_0000: true
    default: false
    }
  }

  /// `U+201C`, preceded by the character itself if it can be shown.
  private func describe(_ scalar: UInt32) -> [UInt8] {
    var text = TextWriter()
    if scalar > 0x20 {
      text.write("`")
      text.write(scalar)
      text.write("` ")
    }
    text.write("(U+")
    let digitCount = max(4, (35 - scalar.leadingZeroBitCount) / 4)
    for place in (0..<UInt32(digitCount)).reversed() {
      let digit = scalar >> (4 * place) & 15
      text.write(digit < 10 ? 0x30 + digit : 0x37 + digit)
    }
    text.write(")")
    return text.bytes
  }

  /// Opens the `${` of a template; its token has been added.
  mutating func openSubstitution() {
    let index = list.tokens.count - 1
    brackets.append(OpenBracket(kind: .leftBrace, token: index, isSubstitution: true, beginsHeader: false))
  }
}

extension TokenKind {
  /// The bracket that closes this one.
  var closing: TokenKind? {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    default: nil
    }
  }
}
