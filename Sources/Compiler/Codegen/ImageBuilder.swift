internal import Engine

/// Lays out an image: the sections in order, with the objects at their offsets in memory.
///
/// The engine's own `Heap` makes the objects, in a buffer that represents the image. Of the sections that running
/// needs, the objects come last. So the sections before them have their final sizes when the first object is made.
struct ImageBuilder {
  private let program: Program
  private let sources: [SourceFile]
  private let functions: [GeneratedFunction]
  private let classes: [Int]
  private let context: ProgramContext

  init(
    _ program: Program, _ sources: [SourceFile], _ functions: [GeneratedFunction], _ classes: [Int],
    _ context: ProgramContext
  ) {
    self.program = program
    self.sources = sources
    self.functions = functions
    self.classes = classes
    self.context = context
  }

  /// The bytes of the image; nil if a String is too far from its own slot in the table of interned Strings.
  func build(_ options: ProgramGenerator.Options) -> [UInt8]? {
    let manifest = Manifest(program, sources).encoded
    let code = CodeSection(functions)
    let constantCount = LibraryConstant.count + context.constants.entries.count

    var layout = SectionLayout()
    layout.append(.manifest, byteCount: manifest.count)
    layout.append(.functions, wordCount: functions.count * ImageLayout.FunctionEntry.wordCount)
    layout.append(.code, wordCount: code.words.count)
    layout.append(.constants, wordCount: constantCount)
    layout.append(.charges, wordCount: code.charges.count)
    layout.append(.internedStrings, wordCount: ObjectWriter.internedSlots(for: program.symbols.count))

    var objects = ObjectWriter(program.symbols, context.constants, start: layout.nextOffset)
    objects.writeLibrary()
    objects.write(context.constants)
    if objects.internedStrings.longestProbe > ImageLayout.maximumProbe { return nil }
    layout.append(.objects, byteCount: objects.byteCount)
    let names = options.strips ? [] : NameSection(program, sources, functions, code).words
    layout.append(.names, wordCount: names.count)

    var image = ImageBytes(byteCount: layout.nextOffset)
    image.put(manifest, at: layout.offset(of: .manifest))
    image.put(functionEntries(code), at: layout.offset(of: .functions))
    image.put(code.words, at: layout.offset(of: .code))
    image.put(objects.constants, at: layout.offset(of: .constants))
    image.put(code.charges, at: layout.offset(of: .charges))
    image.put(objects.internedStrings.slots, at: layout.offset(of: .internedStrings))
    image.put(objects.bytes, at: layout.offset(of: .objects))
    image.put(names, at: layout.offset(of: .names))
    putHeader(layout, in: &image)
    return image.bytes
  }

  private func functionEntries(_ code: CodeSection) -> [UInt64] {
    var words: [UInt64] = []
    for (index, function) in functions.enumerated() {
      let length = function.assembler.instructions.count
      words.append(UInt64(code.starts[index]) | UInt64(length) << 32)
      words.append(
        UInt64(function.registerCount) | UInt64(function.minimumArity) << 16 | UInt64(function.parameterCount) << 24
          | (function.hasRest ? 1 << 32 : 0) | UInt64(function.captureCount) << 48)
      words.append(UInt64(function.stackWords))
      words.append(UInt64(classes[index]))
    }
    return words
  }

  private func putHeader(_ layout: SectionLayout, in image: inout ImageBytes) {
    typealias Header = ImageLayout.Header
    image.put([ImageLayout.magic], at: Header.magic)
    image.put([UInt64(layout.nextOffset)], at: Header.fileSize)
    image.put(GasSchedule.identifier, at: Header.scheduleID)
    image.put([UInt64(CompilerVersion.number)], at: Header.compilerVersion)
    image.put([UInt64(context.globalCount)], at: Header.globalCount)
    image.put([UInt64(0)], at: Header.initializer)
    image.put([UInt64(program.handler.map { $0.id.index + 2 } ?? 0)], at: Header.handler)
    for section in ImageLayout.Section.allCases {
      let entry = Header.sections + section.rawValue * 16
      image.put([UInt64(layout.offset(of: section)), UInt64(layout.byteCount(of: section))], at: entry)
    }
  }
}

/// The offsets and sizes of the sections.
private struct SectionLayout {
  private var offsets = Array(repeating: 0, count: ImageLayout.Section.allCases.count)
  private var sizes = Array(repeating: 0, count: ImageLayout.Section.allCases.count)
  private(set) var nextOffset = ImageLayout.headerSize

  mutating func append(_ section: ImageLayout.Section, wordCount: Int) { append(section, byteCount: wordCount * 8) }

  mutating func append(_ section: ImageLayout.Section, byteCount: Int) {
    offsets[section.rawValue] = nextOffset
    sizes[section.rawValue] = byteCount
    nextOffset += (byteCount + 7) & ~7
  }

  func offset(of section: ImageLayout.Section) -> Int { offsets[section.rawValue] }

  func byteCount(of section: ImageLayout.Section) -> Int { sizes[section.rawValue] }
}

/// The bytes of an image under construction.
private struct ImageBytes {
  private(set) var bytes: [UInt8]

  init(byteCount: Int) { bytes = Array(repeating: 0, count: byteCount) }

  mutating func put(_ part: [UInt8], at offset: Int) {
    bytes.replaceSubrange(offset..<offset + part.count, with: part)
  }

  mutating func put(_ words: [UInt64], at offset: Int) {
    for (index, word) in words.enumerated() {
      for byte in 0..<8 { bytes[offset + index * 8 + byte] = UInt8(truncatingIfNeeded: word >> UInt64(8 * byte)) }
    }
  }
}
