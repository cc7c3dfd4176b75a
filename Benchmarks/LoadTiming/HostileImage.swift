import Compiler
import Engine

/// An image that is made to take the load check as long as possible for its size: a compiled program, in which one
/// instruction or object is repeated.
struct HostileImage {
  private var words: [UInt64]
  private typealias Header = ImageLayout.Header

  /// The image of a program of one file.
  init(compiling source: String) {
    let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: Array(source.utf8))
    guard let program = analysis.program,
      case .image(let bytes) = ProgramGenerator.build(program, sources: analysis.sources, options: .init(strips: true))
    else { preconditionFailure("the compiler refuses the program") }
    words = (0..<bytes.count / 8).map { word in
      (0..<8).reduce(0) { $0 | UInt64(bytes[8 * word + $1]) << UInt64(8 * $1) }
    }
  }

  /// The bytes of the file.
  var bytes: [UInt8] { words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } } }

  private func range(of section: ImageLayout.Section) -> Range<Int> {
    let entry = (Header.sections + 16 * section.rawValue) / 8
    return Int(words[entry] / 8)..<Int((words[entry] + words[entry + 1] + 7) / 8)
  }

  private mutating func grow(_ section: ImageLayout.Section, by count: Int) {
    words[(Header.sections + 16 * section.rawValue) / 8 + 1] += UInt64(8 * count)
    for later in ImageLayout.Section.allCases where later.rawValue > section.rawValue {
      words[(Header.sections + 16 * later.rawValue) / 8] += UInt64(8 * count)
    }
    words[Header.fileSize / 8] += UInt64(8 * count)
  }

  // MARK: Objects

  /// Repeats the last object of a kind at the end of the objects.
  mutating func repeatLast(_ kind: ObjectKind, toSize byteCount: Int) {
    let objects = range(of: .objects)
    var (place, last) = (objects.lowerBound, 0..<0)
    while place < objects.upperBound {
      let header = ObjectHeader(bits: words[place])
      let size = header.wordsInImage ?? 1
      if header.is(kind) { last = place..<place + size }
      place += size
    }
    let times = (byteCount / 8 - words.count) / last.count
    let copy = words[last]
    words.insert(contentsOf: (0..<times).flatMap { _ in copy }, at: objects.upperBound)
    grow(.objects, by: times * last.count)
  }

  // MARK: Instructions

  /// Puts copies before the last instruction with an opcode. No jump may lead across it.
  ///
  /// - Parameter change: gives the copies other operands.
  mutating func repeatLast(_ opcode: Opcode, toSize byteCount: Int, _ change: (Instruction) -> Instruction) {
    let code = range(of: .code)
    guard let place = code.last(where: { Instruction(bits: words[$0]).opcode == opcode }) else {
      preconditionFailure("the program has no \(opcode)")
    }
    let times = byteCount / 8 - words.count
    let copy = change(Instruction(bits: words[place])).bits
    moveFunctions(after: place - code.lowerBound, by: times)
    moveReferences(by: 8 * times)
    moveCharges(after: place - code.lowerBound, by: times)
    words.insert(contentsOf: repeatElement(copy, count: times), at: place)
    grow(.code, by: times)
  }

  private mutating func moveFunctions(after instruction: Int, by count: Int) {
    for entry in stride(from: range(of: .functions).lowerBound, to: range(of: .functions).upperBound, by: 4) {
      let (first, length) = (Int(words[entry] & 0xffff_ffff), Int(words[entry] >> 32))
      if first > instruction { words[entry] += UInt64(count) }
      if first <= instruction, instruction < first + length { words[entry] += UInt64(count) << 32 }
    }
  }

  /// Everything after the code moves, so references to objects do.
  private mutating func moveReferences(by distance: Int) {
    let objects = range(of: .objects)
    func moved(_ word: UInt64) -> UInt64 { Value(bits: word).isReference ? word + UInt64(distance) : word }
    for section in [ImageLayout.Section.constants, .internedStrings] {
      for index in range(of: section) where words[index] != 0 { words[index] = moved(words[index]) }
    }
    var place = objects.lowerBound
    while place < objects.upperBound {
      let header = ObjectHeader(bits: words[place])
      let size = header.wordsInImage ?? 1
      let values: Range<Int>
      switch header.kind {
      case .array, .shape, .record: values = place + 1..<place + size
      case .recordLayout: values = place + 1..<place + 2
      case .boxedInteger, .decimal, .string, .map, .function, .builtinFunction, .cell, .mapNode, .mapKey, nil:
        values = place..<place
      }
      for index in values { words[index] = moved(words[index]) }
      place += size
    }
  }

  private mutating func moveCharges(after instruction: Int, by count: Int) {
    let charges = range(of: .charges)
    for entry in 0..<Int(words[charges.lowerBound]) {
      let index = charges.lowerBound + 1 + entry
      if Int(words[index] >> 32) >= instruction { words[index] += UInt64(count) << 32 }
    }
  }
}
