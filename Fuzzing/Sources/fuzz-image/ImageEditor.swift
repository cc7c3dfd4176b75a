internal import Engine

/// Changes an image as an attacker with the signing key would: instructions, constants, entries of functions, objects.
/// Dependent data (hashes of Strings, the table of interned Strings, the stack ratio) is corrected, so that the change
/// itself is tested.
struct ImageEditor {
  private let buffer: OwnedMemory
  private let byteCount: Int

  /// Nil if the bytes do not have the sections of an image.
  init?(_ image: [UInt8]) {
    guard image.count >= ImageLayout.headerSize, image.count % 8 == 0 else { return nil }
    buffer = OwnedMemory(byteCount: image.count)
    buffer.memory.write(image.span, at: HeapOffset(0))
    byteCount = image.count
    var end = ImageLayout.headerSize
    for section in ImageLayout.Section.allCases {
      let words = words(of: section)
      guard words.lowerBound * 8 == end, words.upperBound * 8 <= byteCount else { return nil }
      end = words.upperBound * 8
    }
  }

  /// The image, with all dependent data corrected.
  func finished() -> [UInt8] {
    renewStrings()
    return buffer.memory.bytes(at: HeapOffset(0), count: byteCount)
  }

  private subscript(word index: Int) -> UInt64 {
    get { buffer.memory[HeapOffset(index * 8)] }
    nonmutating set { buffer.memory[HeapOffset(index * 8)] = newValue }
  }

  /// The words of a section, counted from the start of the image.
  private func words(of section: ImageLayout.Section) -> Range<Int> {
    let entry = (ImageLayout.Header.sections + section.rawValue * 16) / 8
    let (offset, size) = (self[word: entry], self[word: entry + 1])
    guard offset <= UInt64(byteCount), size <= UInt64(byteCount) else { return 0..<0 }
    return Int(offset) / 8..<(Int(offset) / 8 + (Int(size) + 7) / 8)
  }

  // MARK: Changes

  /// Makes one change.
  func mutate(_ random: inout SplitMix64) {
    switch random.below(16) {
    case 0..<9: mutateInstruction(&random)
    case 9: mutateWord(in: .functions, &random)
    case 10, 11: mutateWord(in: .constants, &random)
    case 12, 13: mutateWord(in: .objects, &random)
    case 14: mutateWord(in: .charges, &random)
    default: mutateWord(in: [.manifest, .internedStrings, .names][random.below(3)], &random)
    }
  }

  private func mutateInstruction(_ random: inout SplitMix64) {
    let code = words(of: .code)
    guard code.count > 2 else { return }
    let place = code.lowerBound + 2 + random.below(code.count - 2)
    let other = code.lowerBound + 2 + random.below(code.count - 2)
    let i = Instruction(bits: self[word: place])
    switch random.below(8) {
    case 0: self[word: place] = self[word: other]
    case 1: (self[word: place], self[word: other]) = (self[word: other], self[word: place])
    case 2: self[word: place] = (i.bits & ~0xff00) | UInt64(random.below(16)) << 8
    case 3, 4: self[word: place] = i.bits & ~0xff | UInt64(relative(of: i, &random).rawValue)
    default: self[word: place] = withOtherOperand(i, &random)
    }
  }

  /// Another opcode with operands of the same kinds, if there is one.
  private func relative(of i: Instruction, _ random: inout SplitMix64) -> Opcode {
    let any = Opcode.allCases[random.below(Opcode.allCases.count)]
    guard let own = i.opcode?.behavior, random.below(8) > 0 else { return any }
    let relatives = Opcode.allCases.filter {
      $0.behavior.a == own.a && $0.behavior.b == own.b && $0.behavior.c == own.c
    }
    return relatives[random.below(relatives.count)]
  }

  /// The instruction with another operand of the same kind.
  private func withOtherOperand(_ i: Instruction, _ random: inout SplitMix64) -> UInt64 {
    guard let behavior = i.opcode?.behavior else { return i.bits }
    let position = random.below(3)
    let shift = UInt64([16, 32, 48][position])
    let old = Int(i.bits >> shift & 0xffff)
    let new: Int
    switch [behavior.a, behavior.b, behavior.c][position] {
    case .source, .checked, .target, .updated, .base, .frame, .restParameter: new = max(0, old + random.below(7) - 3)
    case .key, .method, .effect, .layout, .elements, .members, .wideConstant:
      new = random.below(max(1, words(of: .constants).count))
    case .builtin: new = random.below(Builtin.allCases.count)
    case .function, .closure: new = random.below(max(1, words(of: .functions).count / 4))
    case .jump, .wideJump: new = random.below(12)
    case .capture, .cellCapture, .count, .global: new = random.below(4)
    case .integer, .wideInteger, .units: new = [0, 1, 0x7fff, 0x8000, 0xffff][random.below(5)]
    case .immediate: new = [0x02, 0x0a, 0x12, 0x1a, 0x2a, 0, 1][random.below(7)]
    case .stackWords, .none: new = max(0, old + random.below(3) - 1)
    }
    return i.bits & ~(0xffff << shift) | UInt64(new & 0xffff) << shift
  }

  private func mutateWord(in section: ImageLayout.Section, _ random: inout SplitMix64) {
    let words = words(of: section)
    guard !words.isEmpty else { return }
    let place = words.lowerBound + random.below(words.count)
    switch random.below(5) {
    case 0: self[word: place] ^= 1 << UInt64(random.below(64))
    case 1: self[word: place] = self[word: words.lowerBound + random.below(words.count)]
    case 2: self[word: place] = self[word: place] &+ UInt64(bitPattern: Int64(random.below(17) - 8))
    case 3: self[word: place] = self[word: place] &+ UInt64(bitPattern: Int64(random.below(17) - 8) << 4)
    default:
      let interesting: [UInt64] = [0, 1, 2, 0x0a, 0x1a, 0x2a, 8, .max, 1 << 63, 1 << 32, 0xffff_ffff, 0x7fff_ffff]
      self[word: place] = interesting[random.below(interesting.count)]
    }
  }

  // MARK: Dependent data

  /// Recomputes the hashes of all Strings, as far as the objects can be followed, and rebuilds the table from them.
  private func renewStrings() {
    let (objects, table) = (words(of: .objects), words(of: .internedStrings))
    let strings = findStrings(in: objects)
    guard table.count.nonzeroBitCount == 1, strings.count < table.count else { return }
    for slot in table { self[word: slot] = 0 }
    for string in strings {
      // The hash is recomputed if it is 0.
      self[word: string.offset.bytes / 8 + 1] = 0
      var slot = Int(truncatingIfNeeded: string.keyHash) & (table.count - 1)
      while self[word: table.lowerBound + slot] != 0 { slot = (slot + 1) & (table.count - 1) }
      self[word: table.lowerBound + slot] = Value(string.offset).bits
    }
  }

  private func findStrings(in objects: Range<Int>) -> [StringView] {
    var strings: [StringView] = []
    var place = objects.lowerBound
    while place < objects.upperBound {
      let header = ObjectHeader(bits: self[word: place])
      guard let size = header.wordsInImage, size <= objects.upperBound - place else { return strings }
      if header.is(.string) { strings.append(StringView(buffer.memory, HeapOffset(place * 8))) }
      place += size
    }
    return strings
  }
}
