/// Walks into a JSON text without copying any of it. It checks only as much of the grammar as it needs. The machine
/// that parses the text checks all of it.
struct JSONWalk {
  private var position = 0

  /// Skips white space.
  ///
  /// - Returns: the next byte; nil at the end.
  private mutating func next(_ text: Span<UInt8>) -> UInt8? {
    while position < text.count {
      let byte = text[position]
      if byte != 0x20 && byte != 0x09 && byte != 0x0a && byte != 0x0d { return byte }
      position += 1
    }
    return nil
  }

  /// Whether a value begins here.
  mutating func isAtValue(_ text: Span<UInt8>) -> Bool {
    guard let next = next(text) else { return false }
    return !Array(",:]}".utf8).contains(next)
  }

  /// Moves to a member or element of the value that begins here.
  ///
  /// - Parameter token: a member's name, or an index in decimal digits without leading zeros.
  mutating func enter(_ token: [UInt8], _ text: Span<UInt8>) -> JSONPointer.Target {
    switch next(text) {
    case UInt8(ascii: "{"): return enterMember(token, text)
    case UInt8(ascii: "["): return enterElement(JSONWalk.index(token), text)
    case nil: return .notJSON
    default: return .nothing
    }
  }

  private mutating func enterMember(_ name: [UInt8], _ text: Span<UInt8>) -> JSONPointer.Target {
    position += 1
    if next(text) == UInt8(ascii: "}") { return .nothing }
    while next(text) == UInt8(ascii: "\"") {
      guard let isWanted = skipString(text, comparingWith: name), next(text) == UInt8(ascii: ":") else {
        return .notJSON
      }
      position += 1
      guard isAtValue(text) else { return .notJSON }
      if isWanted { return .value }
      guard skipValue(text), let separator = next(text) else { return .notJSON }
      if separator == UInt8(ascii: "}") { return .nothing }
      guard separator == UInt8(ascii: ",") else { return .notJSON }
      position += 1
    }
    return .notJSON
  }

  private mutating func enterElement(_ index: Int?, _ text: Span<UInt8>) -> JSONPointer.Target {
    guard let index else { return .nothing }
    position += 1
    if next(text) == UInt8(ascii: "]") { return .nothing }
    var current = 0
    while isAtValue(text) {
      if current == index { return .value }
      guard skipValue(text), let separator = next(text) else { return .notJSON }
      if separator == UInt8(ascii: "]") { return .nothing }
      guard separator == UInt8(ascii: ",") else { return .notJSON }
      position += 1
      current += 1
    }
    return .notJSON
  }

  private static func index(_ token: [UInt8]) -> Int? {
    let isDecimal = token.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isDecimal, token.first != UInt8(ascii: "0") || token.count == 1 else { return nil }
    return Int(String(decoding: token, as: UTF8.self))
  }

  /// Skips a value. Brackets are counted, not matched; nothing recurses.
  private mutating func skipValue(_ text: Span<UInt8>) -> Bool {
    var depth = 0
    repeat {
      guard let byte = next(text) else { return false }
      switch byte {
      case UInt8(ascii: "\""):
        if skipString(text, comparingWith: []) == nil { return false }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        position += 1
      default:
        skipWord(text)
      }
    } while depth > 0
    return true
  }

  /// Skips a number, or `true`, `false`, `null`.
  private mutating func skipWord(_ text: Span<UInt8>) {
    let ends = Array(" \t\n\r,:]}\"[{".utf8)
    while position < text.count, !ends.contains(text[position]) { position += 1 }
  }

  /// Skips a string.
  ///
  /// - Returns: whether it equals `name`; nil if it does not end, or has an invalid escape.
  private mutating func skipString(_ text: Span<UInt8>, comparingWith name: [UInt8]) -> Bool? {
    position += 1
    var matched = 0
    var isEqual = true
    func compare(_ byte: UInt8) {
      isEqual = isEqual && matched < name.count && name[matched] == byte
      matched += 1
    }
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return isEqual && matched == name.count }
      guard byte == UInt8(ascii: "\\") else {
        compare(byte)
        continue
      }
      guard let scalar = escapedScalar(text) else { return nil }
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { compare(unit) }
    }
    return nil
  }

  /// The character of an escape, after its backslash. A surrogate pair of two `\u` escapes is one character.
  private mutating func escapedScalar(_ text: Span<UInt8>) -> Unicode.Scalar? {
    guard position < text.count else { return nil }
    let letter = text[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let first = codeUnit(text) else { return nil }
      if !UTF16.isLeadSurrogate(first) { return Unicode.Scalar(first) }
      guard position + 1 < text.count, text[position] == UInt8(ascii: "\\"), text[position + 1] == UInt8(ascii: "u")
      else { return nil }
      position += 2
      guard let second = codeUnit(text), UTF16.isTrailSurrogate(second) else { return nil }
      return Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
    default: return nil
    }
  }

  /// Four hexadecimal digits.
  private mutating func codeUnit(_ text: Span<UInt8>) -> UInt16? {
    guard position + 4 <= text.count else { return nil }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(text[position])).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}
