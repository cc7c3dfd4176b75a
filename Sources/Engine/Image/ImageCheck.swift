/// The load check, which every image must pass once before it runs. The machine relies on its results: every offset,
/// index and operand is in range, every object is well-formed, every register is written before it is read, and every
/// run pays for its work. The rules are numbered in `docs/snapshot-format.md`.
///
/// It takes time and memory in proportion to the size of the image. Its files are this one (header, sections,
/// constants), `ImageCheck+Objects.swift`, `+Strings`, `+Library`, `+Code`, `+Flow` and `+Charges`.
public struct ImageCheck {
  let memory: LinearMemory
  /// The size of the image in bytes.
  let byteCount: Int
  /// What the instructions do, indexed by their numbers.
  let behaviors = Opcode.behaviors
  /// The range of each section, in bytes.
  var sections: [Range<Int>] = []
  /// The offsets of the objects, ascending.
  var objects: [Int] = []
  /// A bit for each word of the object section: whether an object begins there.
  var objectStarts: [UInt64] = []
  /// The capabilities that the manifest names, sorted.
  var effects: [[UInt8]] = []
  /// A bit for each word of the object section: whether a String begins there that is known to name an operation of one
  /// of these capabilities.
  var effectNames: [UInt64] = []
  /// For each function, which of its captures are cells, a bit each. It is empty until an instruction that makes the
  /// function has been seen.
  var cellCaptures: [[UInt64]] = []
  /// The order of keys with the same hash.
  var keyRanks = KeyRanks()
  var functionCount = 0
  var constantCount = 0
  var globalCount = 0

  /// Checks the image of `byteCount` bytes at the start of `memory`.
  ///
  /// - Throws: the first defect.
  public static func check(_ memory: LinearMemory, byteCount: Int) throws(ImageDefect) {
    var check = ImageCheck(memory: memory, byteCount: byteCount)
    try check.checkHeader()
    try check.checkManifest()
    try check.findObjects()
    try check.checkObjects()
    try check.checkConstants()
    try check.checkInternedStrings()
    try check.checkCode()
    Image(memory).assertInvariants()
  }

  private init(memory: LinearMemory, byteCount: Int) {
    self.memory = memory
    self.byteCount = byteCount
  }

  /// The word at a byte offset.
  func word(_ offset: Int) -> UInt64 { memory[HeapOffset(offset)] }

  /// The word at a byte offset as a number; nil if it is greater than `limit`.
  func number(_ offset: Int, atMost limit: Int) -> Int? {
    let word = word(offset)
    return word <= UInt64(limit) ? Int(word) : nil
  }

  func range(of section: ImageLayout.Section) -> Range<Int> { sections[section.rawValue] }

  // MARK: Header and sections

  private mutating func checkHeader() throws(ImageDefect) {
    typealias Header = ImageLayout.Header
    guard byteCount >= 8, byteCount <= memory.byteCount else { throw .tooShort }
    let magic = word(Header.magic)
    let versionBits: UInt64 = 0xffff << 48
    guard magic & ~versionBits == ImageLayout.magic & ~versionBits else { throw .notAnImage }
    guard magic == ImageLayout.magic else { throw .otherVersion(Int(magic >> 48)) }
    guard byteCount >= ImageLayout.headerSize else { throw .tooShort }
    guard word(Header.fileSize) == UInt64(byteCount), byteCount % 8 == 0 else {
      throw .wrongSize(expected: number(Header.fileSize, atMost: 1 << 40) ?? 0, actual: byteCount)
    }
    guard GasSchedule.supports(memory.bytes(at: HeapOffset(Header.scheduleID), count: 32)) else { throw .otherSchedule }
    try checkSections()
    functionCount = range(of: .functions).count / (8 * ImageLayout.FunctionEntry.wordCount)
    constantCount = range(of: .constants).count / 8
    guard functionCount > 0, functionCount < 1 << 16 else { throw .section(.functions) }
    guard constantCount >= LibraryConstant.count, constantCount < 1 << 16 else { throw .section(.constants) }
    guard let globals = number(Header.globalCount, atMost: 1 << 20) else { throw .header(offset: Header.globalCount) }
    globalCount = globals
    guard let initializer = number(Header.initializer, atMost: functionCount - 1), initializer == 0 else {
      throw .header(offset: Header.initializer)
    }
    guard number(Header.handler, atMost: functionCount) != nil else { throw .header(offset: Header.handler) }
    try checkZeros(Header.unused..<ImageLayout.headerSize)
  }

  private func checkZeros(_ range: Range<Int>) throws(ImageDefect) {
    for offset in range where memory[byte: HeapOffset(offset)] != 0 { throw .padding(offset: offset) }
  }

  private mutating func checkSections() throws(ImageDefect) {
    var end = ImageLayout.headerSize
    for section in ImageLayout.Section.allCases {
      let entry = ImageLayout.Header.sections + section.rawValue * 16
      guard let offset = number(entry, atMost: byteCount), let size = number(entry + 8, atMost: byteCount),
        offset == end, size <= byteCount - offset
      else { throw .section(section) }
      // All sections except the manifest consist of words.
      guard section == .manifest || size % 8 == 0 else { throw .section(section) }
      sections.append(offset..<offset + size)
      end = (offset + size + 7) & ~7
      guard end <= byteCount else { throw .section(section) }
      try checkZeros(offset + size..<end)
    }
    guard end == byteCount else { throw .section(.names) }
    guard range(of: .functions).count % (8 * ImageLayout.FunctionEntry.wordCount) == 0 else {
      throw .section(.functions)
    }
  }

  private mutating func checkManifest() throws(ImageDefect) {
    let range = range(of: .manifest)
    let bytes = memory.bytes(at: HeapOffset(range.lowerBound), count: range.count)
    guard let manifest = Manifest(encoded: bytes) else { throw .manifest }
    effects = manifest.effects
    guard manifest.hasHandler == (word(ImageLayout.Header.handler) != 0), manifest.isOrderly else { throw .manifest }
  }

  // MARK: Constants

  private func checkConstants() throws(ImageDefect) {
    let first = range(of: .constants).lowerBound
    for index in 0..<constantCount {
      let value = Value(bits: word(first + index * 8))
      guard isImmediate(value) || kind(of: value) != nil else { throw .constant(index) }
    }
    try checkLibrary()
  }

  /// Whether a word is a value that is not a reference.
  func isImmediate(_ value: Value) -> Bool {
    value.isInlineInteger || value.isBool || value == .jsonNull || value == .undefined
  }

  /// The kind of the object to which a word refers; nil if it refers to none.
  func kind(of value: Value) -> ObjectKind? {
    guard value.isReference, value.bits < UInt64(byteCount), isObject(value.offset.bytes) else { return nil }
    return ObjectHeader(bits: word(value.offset.bytes)).kind
  }
}
