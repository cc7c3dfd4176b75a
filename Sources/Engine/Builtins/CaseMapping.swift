/// Unicode's default case conversion (The Unicode Standard, 3.13), which is the same in every locale: R1 toUppercase
/// and R2 toLowercase. It uses the unconditional mappings of SpecialCasing, and the only conditional mapping that does
/// not depend on a language: that of the final sigma.
public enum CaseMapping {
  /// The mapping of a character: one to three characters; those that are missing are 0.
  public struct Result: Sendable {
    /// The first character.
    public let first: UInt32
    /// The second character, or 0.
    public private(set) var second: UInt32 = 0
    /// The third character, or 0.
    public private(set) var third: UInt32 = 0

    /// The size of the characters as text.
    var size: TextSize {
      var size = TextSize(of: first)
      if second != 0 { size += TextSize(of: second) }
      if third != 0 { size += TextSize(of: third) }
      return size
    }
  }

  /// The mapping of a character, regardless of its context.
  public static func map(_ scalar: UInt32, toUpper: Bool) -> Result {
    if scalar < 0x80 {
      let isMapped = toUpper ? scalar >= 0x61 && scalar <= 0x7a : scalar >= 0x41 && scalar <= 0x5a
      return Result(first: isMapped ? scalar ^ 0x20 : scalar)
    }
    return toUpper
      ? map(scalar, row(for: scalar, among: CaseMappingTable.upper.count, shift: 43) { CaseMappingTable.upper[$0] }) {
        CaseMappingTable.specialUpper[$0]
      }
      : map(scalar, row(for: scalar, among: CaseMappingTable.lower.count, shift: 43) { CaseMappingTable.lower[$0] }) {
        CaseMappingTable.specialLower[$0]
      }
  }

  /// The mapping of a character, using the only row of a table that can contain it.
  @inline(__always)
  private static func map(_ scalar: UInt32, _ row: UInt64, special: (Int) -> UInt64) -> Result {
    let distance = scalar &- UInt32(row >> 43)
    if distance > UInt32(row >> 32 & 0x7ff) { return Result(first: scalar) }
    let value = Int32(truncatingIfNeeded: row << 8) >> 8
    switch row >> 24 & 0xff {
    case 2:
      let characters = special(Int(value) &+ Int(distance))
      return Result(
        first: UInt32(characters >> 32), second: UInt32(characters >> 16 & 0xffff), third: UInt32(characters & 0xffff))
    case 1 where distance & 1 != 0:
      return Result(first: scalar)
    default:
      return Result(first: UInt32(bitPattern: Int32(bitPattern: scalar) &+ value))
    }
  }

  /// The last row of a sorted table that does not begin after a character, or the first row. The upper bits of a row
  /// say where it begins.
  ///
  /// - Parameter table: reads a row. A span of the table would be a span of a copy, made for each search.
  @inline(__always)
  private static func row(for scalar: UInt32, among count: Int, shift: UInt64, table: (Int) -> UInt64) -> UInt64 {
    // A binary search without branches that depend on the character, since these could not be predicted.
    let bound = UInt64(scalar &+ 1) << shift
    var base = 0
    var count = count
    while count > 1 {
      let half = count >> 1
      base = table(base &+ half) < bound ? base &+ half : base
      count &-= half
    }
    return table(base)
  }

  /// How a character affects a sigma near it.
  public enum Context: Sendable {
    /// A character with case: uppercase, lowercase or titlecase.
    case cased
    /// A character within words, such as an accent or an apostrophe.
    case ignorable
    /// Any other character.
    case other
  }

  /// How a character affects a sigma near it (properties Cased and Case_Ignorable).
  public static func context(_ scalar: UInt32) -> Context {
    if scalar < 0x80 {
      switch scalar {
      case 0x41...0x5a, 0x61...0x7a: return .cased
      case 0x27, 0x2e, 0x3a, 0x5e, 0x60: return .ignorable
      default: return .other
      }
    }
    let row = row(for: scalar, among: CaseMappingTable.context.count, shift: 32) { CaseMappingTable.context[$0] }
    if scalar &- UInt32(row >> 32) > UInt32(row >> 8 & 0xff_ffff) { return .other }
    return row & 0xff == 1 ? .cased : .ignorable
  }

  /// Whether the sigma at a byte offset ends a word (Final_Sigma): a cased character precedes it, and no cased
  /// character follows it. Case-ignorable characters in between are skipped.
  static func isFinalSigma(_ string: StringView, at byte: Int) -> Bool {
    var before = byte
    var context = Context.ignorable
    while before > 0, context == .ignorable {
      before = string.characterStart(before: before)
      context = self.context(string.scalar(at: before))
    }
    if context != .cased { return false }
    var after = byte &+ 2
    context = .ignorable
    while after < string.byteCount, context == .ignorable {
      context = self.context(string.scalar(at: after))
      after &+= UTF8Text.sequenceLength(beginningWith: string[after])
    }
    return context != .cased
  }
}

extension Machine {
  private static let capitalSigma: UInt32 = 0x3a3
  private static let finalSigma: UInt32 = 0x3c2
  private static let smallSigma: UInt32 = 0x3c3

  /// `s.toLowerCase()` and `s.toUpperCase()` (ECMA-262 22.1.3.28, 22.1.3.30).
  ///
  /// Charges for the row and the bytes of the String at entry, and for the additional bytes of a longer result when
  /// they are counted. A String that is all ASCII is cheaper.
  mutating func stringToCase(toUpper: Bool, _ call: BuiltinCall) throws(Trap) -> Value {
    let string = knownString(call.receiver)
    let work = string.isASCII ? BulkWork.canonicalText : .caseMapping
    try charge(call, work, string.byteCount)
    let size = Machine.mappedSize(of: string, toUpper: toUpper)
    try charge(max(0, work.units(size.byteCount) &- work.units(string.byteCount)))
    let result = try newString(size)
    let source = knownString(call.receiver)
    if source.isASCII {
      mapASCII(source, into: result, toUpper: toUpper)
      return Value(result.offset)
    }
    var writer = TextWriter(result)
    var byte = 0
    while byte < source.byteCount {
      let mapped = Machine.map(source, at: byte, toUpper: toUpper)
      writer.append(scalar: mapped.first)
      if mapped.second != 0 { writer.append(scalar: mapped.second) }
      if mapped.third != 0 { writer.append(scalar: mapped.third) }
      byte &+= UTF8Text.sequenceLength(beginningWith: source[byte])
    }
    return Value(result.offset)
  }

  /// Maps letters a word at a time: if a byte is a letter of the other case, its bit 0x20 is flipped.
  private func mapASCII(_ source: StringView, into result: StringView, toUpper: Bool) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let first: UInt64 = toUpper ? 0x61 : 0x41
    var byte = 0
    while byte < source.byteCount {
      let word = memory[HeapOffset(source.bytes.bytes &+ byte)]
      // The high bit of each byte, which is 0 in ASCII, says whether it is at or above the first letter, and above the
      // last.
      let notBelow = word &+ ones &* (0x80 &- first)
      let above = word &+ ones &* (0x80 &- (first &+ 26))
      let letters = (notBelow & ~above) & (ones << 7)
      memory[HeapOffset(result.bytes.bytes &+ byte)] = word ^ letters >> 2
      byte &+= 8
    }
  }

  private static func mappedSize(of string: StringView, toUpper: Bool) -> TextSize {
    if string.isASCII { return TextSize(string) }
    var size = TextSize()
    var byte = 0
    while byte < string.byteCount {
      // Both forms of a small sigma have the same size.
      size += CaseMapping.map(string.scalar(at: byte), toUpper: toUpper).size
      byte &+= UTF8Text.sequenceLength(beginningWith: string[byte])
    }
    return size
  }

  /// The mapping of the character at a byte offset, in its context.
  private static func map(_ string: StringView, at byte: Int, toUpper: Bool) -> CaseMapping.Result {
    let scalar = string.scalar(at: byte)
    if scalar == capitalSigma, !toUpper {
      return CaseMapping.Result(first: CaseMapping.isFinalSigma(string, at: byte) ? finalSigma : smallSigma)
    }
    return CaseMapping.map(scalar, toUpper: toUpper)
  }
}
