public import Engine

/// An image that tests change, to see what the load check reports.
public struct EditedImage: Sendable {
  /// The current bytes.
  public private(set) var bytes: [UInt8]

  /// An image with these bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The image of a program of one file.
  public init(compiling source: String) throws(Guest.Rejected) { bytes = try Guest.image(source) }

  /// The word at a byte offset.
  public subscript(word offset: Int) -> UInt64 {
    get { (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) } }
    set { for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: newValue >> UInt64(8 * index)) } }
  }

  /// The byte at an offset.
  public subscript(byte offset: Int) -> UInt8 {
    get { bytes[offset] }
    set { bytes[offset] = newValue }
  }

  /// The range of a section, in bytes.
  public func range(of section: ImageLayout.Section) -> Range<Int> {
    let entry = ImageLayout.Header.sections + section.rawValue * 16
    let offset = Int(self[word: entry])
    return offset..<offset + Int(self[word: entry + 8])
  }

  /// An instruction by its number.
  public subscript(instruction index: Int) -> Instruction {
    get { Instruction(bits: self[word: range(of: .code).lowerBound + index * 8]) }
    set { self[word: range(of: .code).lowerBound + index * 8] = newValue.bits }
  }

  /// The number of the first instruction with this opcode; `-1` if there is none.
  public func first(_ opcode: Opcode) -> Int {
    (0..<range(of: .code).count / 8).first { self[instruction: $0].opcode == opcode } ?? -1
  }

  /// A word of a function's entry.
  public subscript(function index: Int, word word: Int) -> UInt64 {
    get { self[word: range(of: .functions).lowerBound + (index * ImageLayout.FunctionEntry.wordCount + word) * 8] }
    set {
      self[word: range(of: .functions).lowerBound + (index * ImageLayout.FunctionEntry.wordCount + word) * 8] = newValue
    }
  }

  /// The number of a function's first instruction.
  public func start(ofFunction index: Int) -> Int {
    Int(self[function: index, word: ImageLayout.FunctionEntry.code] & 0xffff_ffff)
  }

  /// A constant by its number.
  public subscript(constant index: Int) -> UInt64 {
    get { self[word: range(of: .constants).lowerBound + index * 8] }
    set { self[word: range(of: .constants).lowerBound + index * 8] = newValue }
  }

  /// Where objects of this kind begin, in bytes.
  public func objects(_ kind: ObjectKind) -> [Int] {
    var found: [Int] = []
    var offset = range(of: .objects).lowerBound
    while offset < range(of: .objects).upperBound {
      let header = ObjectHeader(bits: self[word: offset])
      if header.is(kind) { found.append(offset) }
      offset += 8 * (header.wordsInImage ?? 1)
    }
    return found
  }

  /// Cuts bytes off the end, or appends zeros.
  public mutating func resize(to count: Int) {
    bytes = Array(bytes.prefix(count)) + Array(repeating: 0, count: max(0, count - bytes.count))
  }

  /// The defect that the load check finds, or nil.
  public var defect: ImageDefect? {
    let memory = OwnedMemory(byteCount: bytes.count)
    memory.memory.write(bytes.span, at: HeapOffset(0))
    do throws(ImageDefect) {
      try ImageCheck.check(memory.memory, byteCount: bytes.count)
      return nil
    } catch {
      return error
    }
  }
}
