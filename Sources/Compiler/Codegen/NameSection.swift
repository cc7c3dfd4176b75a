internal import Engine

/// Writes the names section of an image (see the engine's `NameTable`).
struct NameSection {
  private(set) var words: [UInt64]
  private var texts: [UInt8] = []

  init(_ program: Program, _ sources: [SourceFile], _ functions: [GeneratedFunction], _ code: CodeSection) {
    words = []
    var paths: [UInt64] = []
    for source in sources { paths.append(add(source.path)) }
    var names: [UInt64] = []
    let constants = NameSection.constants(of: program)
    for function in functions { names.append(add(NameSection.name(of: function, in: program, constants))) }
    let tables = sources.map { $0.lineTable() }
    var positions: [UInt64] = []
    for (index, function) in functions.enumerated() {
      for (instruction, span) in function.assembler.spans {
        let position = tables[span.file].position(of: span.start)
        positions.append(UInt64(code.starts[index] + instruction) << 32 | UInt64(span.file))
        positions.append(UInt64(position.line) << 32 | UInt64(position.column))
      }
    }
    words = [UInt64(paths.count), UInt64(names.count), UInt64(positions.count / 2)] + paths + names + positions
    for start in stride(from: 0, to: texts.count, by: 8) {
      var word: UInt64 = 0
      for index in start..<min(start + 8, texts.count) { word |= UInt64(texts[index]) << UInt64((index - start) * 8) }
      words.append(word)
    }
  }

  private mutating func add(_ text: [UInt8]) -> UInt64 {
    defer { texts += text }
    return UInt64(texts.count) << 32 | UInt64(text.count)
  }

  /// The name of a function, or the name of the `const` that holds it.
  private static func name(of function: GeneratedFunction, in program: Program, _ constants: [Symbol?]) -> [UInt8] {
    guard let id = function.id else { return ("static initialisers" as StaticString).bytes }
    if let name = program.functions[id.index].node.name { return program.symbols[name.name.symbol] }
    return constants[id.index].map { program.symbols[$0] } ?? []
  }

  /// For each function, the name of the first binding that is known to hold it.
  private static func constants(of program: Program) -> [Symbol?] {
    var constants: [Symbol?] = Array(repeating: nil, count: program.functions.count)
    for binding in program.bindings {
      if let id = binding.knownFunction, constants[id.index] == nil { constants[id.index] = binding.name.symbol }
    }
    return constants
  }
}

extension Manifest {
  /// The manifest of a program.
  init(_ program: Program, _ sources: [SourceFile]) {
    self.init(
      entry: sources[0].path, hasHandler: program.handler != nil,
      effects: program.effects.map { program.symbols[$0] },
      sources: sources.map { source in
        var hash = SHA256()
        hash.add(source.bytes)
        return Source(path: source.path, hash: hash.digest())
      })
  }
}
