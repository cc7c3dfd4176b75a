/// The names section of an image: names of functions and positions of instructions, for messages only.
///
/// ```
/// ┌───────┬───────────┬───────────┬─────────────┬────────────────┬─────────────────────────────┬───────┐
/// │ files │ functions │ positions │ paths       │ names          │ instruction << 32 | file,   │ texts │
/// │       │           │           │ one word    │ one word each  │ line << 32 | column         │       │
/// └───────┴───────────┴───────────┴─────────────┴────────────────┴─────────────────────────────┴───────┘
/// ```
/// A path or name is its offset in the texts << 32, plus its length in bytes. A position applies to its instruction and
/// those after it, up to the next position. The section is empty if the image was stripped. It is not needed to run.
/// Nothing in it is trusted, so indices from it are never assumed to be in bounds.
public struct NameTable: Sendable {
  /// A place in a source file.
  public struct Position: Equatable, Sendable {
    /// The file.
    public let path: [UInt8]
    /// The line, counted from 1.
    public let line: Int
    /// The column in characters, counted from 1.
    public let column: Int
  }

  private let words: [UInt64]

  /// - Parameter words: the section's words.
  public init(words: [UInt64]) { self.words = words }

  /// The section of an image.
  public init(_ image: Image) { words = image.words(of: .names) }

  private static let headerWords = 3

  private func word(_ index: Int) -> UInt64 { words.indices.contains(index) ? words[index] : 0 }
  private func count(_ index: Int) -> Int { Int(min(word(index), UInt64(words.count))) }
  private var fileCount: Int { count(0) }
  private var functionCount: Int { count(1) }
  private var positionCount: Int { count(2) }
  private var firstPosition: Int { NameTable.headerWords + fileCount + functionCount }
  private var firstText: Int { (firstPosition + 2 * positionCount) * 8 }

  private func text(_ entry: UInt64) -> [UInt8] {
    let start = firstText + Int(entry >> 32)
    let length = min(Int(entry & 0xffff_ffff), max(0, words.count * 8 - start))
    return (0..<length).map { UInt8(truncatingIfNeeded: word((start + $0) / 8) >> UInt64((start + $0) % 8 * 8)) }
  }

  /// The name of a function of the image; empty if it has none.
  public func name(ofFunction index: Int) -> [UInt8] {
    index < functionCount ? text(word(NameTable.headerWords + fileCount + index)) : []
  }

  /// The source position of an instruction; nil if it is unknown.
  public func position(ofInstruction index: Int) -> Position? {
    var low = 0
    var high = positionCount
    while low < high {
      let middle = (low + high) / 2
      if Int(word(firstPosition + 2 * middle) >> 32) <= index { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let (place, point) = (word(firstPosition + 2 * (low - 1)), word(firstPosition + 2 * (low - 1) + 1))
    let file = Int(place & 0xffff_ffff)
    guard file < fileCount else { return nil }
    return Position(
      path: text(word(NameTable.headerWords + file)), line: Int(point >> 32), column: Int(point & 0xffff_ffff))
  }
}

extension Image {
  /// The words of a section, for tools.
  public func words(of section: ImageLayout.Section) -> [UInt64] {
    let entry = ImageLayout.Header.sections + section.rawValue * 16
    let offset = Int(truncatingIfNeeded: memory[HeapOffset(entry)])
    let count = Int(truncatingIfNeeded: memory[HeapOffset(entry + 8)]) / 8
    return (0..<count).map { memory[HeapOffset(offset + $0 * 8)] }
  }
}

extension Machine {
  /// The instruction at which a run ended, as an index into the code, for `NameTable.position(ofInstruction:)`.
  public var trapInstruction: Int { (programCounter.bytes &- image.code.bytes) / 8 &- 1 }
}
