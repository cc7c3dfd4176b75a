/// The replacement text of `replace` and `replaceAll`. In it, `$$` stands for a dollar sign, `$&` for the match,
/// `` $` `` for what is before the match and `$'` for what is after it. Any other `$` stands for itself, since a String
/// pattern has no groups (ECMA-262 22.1.3.19.1, GetSubstitution).
struct ReplacementTemplate {
  private let text: StringView
  private var dollars = 0
  private var matches = 0
  private var prefixes = 0
  private var suffixes = 0

  /// What a `$` and the byte after it stand for.
  private enum Substitution {
    case dollar, match, prefix, suffix
  }

  init(_ text: StringView) {
    self.text = text
    var byte = nextMark(from: 0)
    while byte < text.byteCount {
      switch substitution(at: byte) {
      case .dollar: dollars &+= 1
      case .match: matches &+= 1
      case .prefix: prefixes &+= 1
      case .suffix: suffixes &+= 1
      }
      byte = nextMark(from: byte &+ 2)
    }
  }

  /// The offset of the next `$` that is not literal, or the end of the text.
  private func nextMark(from start: Int) -> Int {
    var byte = start
    while byte &+ 1 < text.byteCount {
      if text[byte] == 0x24 {
        switch text[byte &+ 1] {
        case 0x24, 0x26, 0x27, 0x60: return byte
        default: break
        }
      }
      byte &+= 1
    }
    return text.byteCount
  }

  /// What the mark at a byte offset stands for.
  private func substitution(at byte: Int) -> Substitution {
    switch text[byte &+ 1] {
    case 0x24: .dollar
    case 0x26: .match
    case 0x60: .prefix
    default: .suffix
    }
  }

  /// The number of `$` patterns in the template.
  var markCount: Int { dollars &+ matches &+ prefixes &+ suffixes }

  /// Whether the replacements of two matches can differ.
  var dependsOnPlace: Bool { prefixes &+ suffixes > 0 }

  /// The size of the part that is the same for all matches.
  func fixedSize(pattern: StringView) -> TextSize {
    var size = TextSize(text)
    let marks = dollars &+ 2 &* (matches &+ prefixes &+ suffixes)
    size.remove(TextSize(byteCount: 1, utf16Count: 1), times: marks)
    size += TextSize(pattern).repeated(Int64(matches))
    return size
  }

  /// The size of the part that differs between matches.
  func placeSize(_ string: StringView, _ pattern: StringView, matchByte: Int, matchUnit: Int) -> TextSize {
    let before = TextSize(byteCount: matchByte, utf16Count: matchUnit)
    let after = TextSize(
      byteCount: string.byteCount &- matchByte &- pattern.byteCount,
      utf16Count: string.utf16Count &- matchUnit &- pattern.utf16Count)
    var size = before.repeated(Int64(prefixes))
    size += after.repeated(Int64(suffixes))
    return size
  }

  /// Writes the replacement of a match.
  func write(_ string: StringView, _ pattern: StringView, matchByte: Int, to writer: inout TextWriter) {
    var copied = 0
    var mark = nextMark(from: 0)
    while mark < text.byteCount {
      writer.append(text, from: copied, to: mark)
      switch substitution(at: mark) {
      case .dollar: writer.append(UInt8(0x24))
      case .match: writer.append(pattern)
      case .prefix: writer.append(string, from: 0, to: matchByte)
      case .suffix: writer.append(string, from: matchByte &+ pattern.byteCount, to: string.byteCount)
      }
      copied = mark &+ 2
      mark = nextMark(from: copied)
    }
    writer.append(text, from: copied, to: text.byteCount)
  }
}
