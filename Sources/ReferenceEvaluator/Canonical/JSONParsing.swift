/// Why a text can't be read, with the offset in bytes of UTF-8.
struct TextDefect: Error {
  let code: Text
  let offset: Int

  /// The value in a Result: `{code, offset}`.
  var record: Value { .record(Record([("code", .string(code)), ("offset", .int(Int64(offset)))])) }
}

/// The ways in which reading a text can end early.
enum ReadingFailure: Error {
  case defect(TextDefect)
  case stop(Stop)
}

extension Evaluation {
  /// The value of a JSON text (RFC 8259, the whole text) in well-formed UTF-8. The text is read to its end before a
  /// duplicate key is reported.
  func parseJSON(_ text: [UInt8]) throws(Stop) -> Result<Value, TextDefect> {
    var reader = JSONReader(text, evaluation: self)
    let stackWords = stackWords
    do throws(ReadingFailure) {
      let value = try reader.wholeText()
      return reader.duplicate.map { .failure($0) } ?? .success(value)
    } catch {
      switch error {
      case .stop(let stop): throw stop
      case .defect(let defect):
        giveStackBack(stackWords - self.stackWords)
        return .failure(defect)
      }
    }
  }

  /// The offset of the first byte that is not part of well-formed UTF-8, or nil.
  static func firstInvalidByte(of bytes: [UInt8]) -> Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let sequence): offset += sequence.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}

/// Reads one JSON text.
private struct JSONReader {
  private let text: [UInt8]
  private var position = 0
  private let evaluation: Evaluation
  /// The first duplicate key, at the end of its object.
  private(set) var duplicate: TextDefect?

  init(_ text: [UInt8], evaluation: Evaluation) {
    self.text = text
    self.evaluation = evaluation
  }

  mutating func wholeText() throws(ReadingFailure) -> Value {
    let value = try value()
    skipWhiteSpace()
    if position < text.count { throw unexpected() }
    return value
  }

  // MARK: Characters

  /// The next byte, or nil at the end.
  private var next: UInt8? { position < text.count ? text[position] : nil }

  private func nextIs(_ character: Unicode.Scalar) -> Bool { next == UInt8(ascii: character) }

  private mutating func skipWhiteSpace() {
    while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  /// Consumes a required character.
  private mutating func expect(_ character: Unicode.Scalar) throws(ReadingFailure) {
    guard nextIs(character) else { throw unexpected() }
    position += 1
  }

  /// The error if the next byte is not allowed where it is.
  private func unexpected() -> ReadingFailure {
    defect(next == nil ? "UnexpectedEnd" : "UnexpectedCharacter", at: position)
  }

  private func defect(_ code: Text, at offset: Int) -> ReadingFailure {
    .defect(TextDefect(code: code, offset: offset))
  }

  // MARK: Values

  private mutating func value() throws(ReadingFailure) -> Value {
    skipWhiteSpace()
    switch next {
    case UInt8(ascii: "{"): return .record(Record(try object()))
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: Value) throws(ReadingFailure) -> Value {
    for character in word.unicodeScalars { try expect(character) }
    return value
  }

  /// Consumes a bracket and takes a level of the stack budget for it.
  private mutating func open() throws(ReadingFailure) {
    position += 1
    do throws(Stop) { try evaluation.takeStack(Evaluation.levelWords) } catch { throw .stop(error) }
    skipWhiteSpace()
  }

  private mutating func close() {
    position += 1
    evaluation.giveStackBack(Evaluation.levelWords)
  }

  private mutating func array() throws(ReadingFailure) -> [Value] {
    var elements: [Value] = []
    try open()
    while !nextIs("]") {
      if !elements.isEmpty { try expect(",") }
      elements.append(try value())
      skipWhiteSpace()
    }
    close()
    return elements
  }

  private mutating func object() throws(ReadingFailure) -> [(key: Text, value: Value)] {
    var members: [(key: Text, value: Value)] = []
    var keys: Set<[UInt16]> = []
    try open()
    while !nextIs("}") {
      if !members.isEmpty {
        try expect(",")
        skipWhiteSpace()
      }
      let key = try string()
      keys.insert(key.units)
      skipWhiteSpace()
      try expect(":")
      members.append((key, try value()))
      skipWhiteSpace()
    }
    if keys.count < members.count, duplicate == nil {
      duplicate = TextDefect(code: "DuplicateKey", offset: position)
    }
    close()
    return members
  }

  // MARK: Numbers

  /// An Int if there is no fraction and no exponent and it fits 64 bits; otherwise a Decimal, exactly.
  private mutating func number() throws(ReadingFailure) -> Value {
    let start = position
    let isNegative = nextIs("-")
    if isNegative { position += 1 }
    var digits: [UInt8] = []
    if nextIs("0") {
      position += 1
    } else {
      digits = try takeDigits()
    }
    var (fraction, exponent, isPlain): ([UInt8], Int, Bool) = ([], 0, true)
    if nextIs(".") {
      position += 1
      fraction = try takeDigits()
      isPlain = false
    }
    if nextIs("e") || nextIs("E") {
      position += 1
      let isBelowOne = nextIs("-")
      if isBelowOne || nextIs("+") { position += 1 }
      // An exponent with more digits is far outside the range of every Decimal.
      let magnitude = Natural(ascii: try takeDigits()).digits.prefix(12).reduce(0) { $0 * 10 + Int($1) }
      exponent = isBelowOne ? -magnitude : magnitude
      isPlain = false
    }
    let coefficient = Natural(ascii: digits + fraction)
    guard let number = Decimal(isNegative: isNegative, coefficient: coefficient, scale: fraction.count - exponent)
    else {
      throw defect("NumberOutOfRange", at: start)
    }
    if isPlain, let integer = number.integer { return .int(integer) }
    return .decimal(number)
  }

  /// Consumes at least one digit.
  private mutating func takeDigits() throws(ReadingFailure) -> [UInt8] {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    if position == start { throw unexpected() }
    return Array(text[start..<position])
  }

  // MARK: Strings

  private mutating func string() throws(ReadingFailure) -> Text {
    try expect("\"")
    var bytes: [UInt8] = []
    while !nextIs("\"") {
      guard let byte = next else { throw unexpected() }
      if byte < 0x20 { throw defect("ControlCharacter", at: position) }
      if nextIs("\\") {
        bytes += Text(scalar: try escape()).utf8
      } else {
        bytes.append(byte)
        position += 1
      }
    }
    position += 1
    return Text(utf8: bytes)
  }

  /// Consumes an escape, including both halves of a surrogate pair.
  private mutating func escape() throws(ReadingFailure) -> UInt32 {
    let start = position
    position += 1
    guard let byte = next else { throw unexpected() }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(byte)
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"): break
    default: throw defect("InvalidEscape", at: start)
    }
    let first = try hexadecimalDigits(of: start)
    guard (0xd800..<0xe000).contains(first) else { return first }
    let second = position
    guard first < 0xdc00, text[position...].starts(with: Array("\\u".utf8)) else {
      throw defect("LoneSurrogate", at: start)
    }
    position += 2
    let low = try hexadecimalDigits(of: second)
    guard (0xdc00..<0xe000).contains(low) else { throw defect("LoneSurrogate", at: start) }
    return 0x1_0000 + (first - 0xd800) << 10 + (low - 0xdc00)
  }

  /// Reads the four digits of the escape that begins at an offset.
  private mutating func hexadecimalDigits(of start: Int) throws(ReadingFailure) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next else { throw unexpected() }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw defect("InvalidEscape", at: start) }
      number = number << 4 | UInt32(digit)
      position += 1
    }
    return number
  }
}
