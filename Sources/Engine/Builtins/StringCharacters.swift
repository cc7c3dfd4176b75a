// The characters of a String, each as a String: the results of spreading, `Array.from` and `split("")`.

extension Machine {
  /// The number of words of a character's String. An ASCII character needs none, since its String is a constant.
  static func characterWords(_ scalar: UInt32) -> Int { scalar < 0x80 ? 0 : wideCharacterWords }

  private static let wideCharacterWords = StringView.wordCount(byteCount: 4)

  /// The String of one character. Reserved: `characterWords`.
  mutating func makeCharacter(_ scalar: UInt32) -> Value {
    if scalar < 0x80 { return image.constant(LibraryConstant.characters + Int(scalar)) }
    let size = TextSize(of: scalar)
    let string = heap.makeString(byteCount: size.byteCount, utf16Count: size.utf16Count)
    _ = memory.write(scalar: scalar, at: string.bytes)
    return Value(string.offset)
  }

  /// The number of elements that a String has when it is spread.
  func codePointCount(of string: StringView) -> Int { string.characterCount }

  /// The number of words of the Strings of all characters of a String, not counting the Array.
  func codePointWords(of string: StringView) -> Int { characterWords(of: string, to: string.byteCount) }

  /// Writes the characters of a String into an Array that is being built, from an index on. Reserved:
  /// `codePointWords(of:)`.
  ///
  /// - Returns: the index after the last character.
  mutating func spreadCodePoints(of string: StringView, into array: ArrayView, at start: Int) -> Int {
    spreadCharacters(of: string, to: string.byteCount, into: array, at: start)
  }

  /// The first `count` characters of the String in a register, which end at a byte offset, as an Array. The caller has
  /// charged for this.
  mutating func characters(
    of registers: Registers, _ register: Int, to end: Int, count: Int
  ) throws(Trap) -> Value {
    let words = characterWords(of: knownString(registers[register]), to: end)
    try reserve(words: ArrayView.headerWords &+ count &+ words)
    let array = heap.makeArray(count: count)
    _ = spreadCharacters(of: knownString(registers[register]), to: end, into: array, at: 0)
    return Value(array.offset)
  }

  /// The String of a character of two to four bytes, which fit into one word.
  @inline(__always)
  private mutating func copyCharacter(of string: StringView, at byte: Int, length: Int) -> Value {
    let copy = heap.makeString(byteCount: length, utf16Count: length == 4 ? 2 : 1)
    var word = UInt64(string[byte]) | UInt64(string[byte &+ 1]) << 8
    if length > 2 { word |= UInt64(string[byte &+ 2]) << 16 }
    if length > 3 { word |= UInt64(string[byte &+ 3]) << 24 }
    memory[copy.bytes] = word
    return Value(copy.offset)
  }

  private func characterWords(of string: StringView, to end: Int) -> Int {
    string.leadCounts(to: end).ofSeveral &* Machine.wideCharacterWords
  }

  private mutating func spreadCharacters(
    of string: StringView, to end: Int, into array: ArrayView, at start: Int
  ) -> Int {
    var byte = 0
    var index = start
    while byte < end {
      let lead = string[byte]
      let length = UTF8Text.sequenceLength(beginningWith: lead)
      array[index] =
        length == 1
        ? image.constant(LibraryConstant.characters + Int(lead)) : copyCharacter(of: string, at: byte, length: length)
      byte &+= length
      index &+= 1
    }
    return index
  }
}
