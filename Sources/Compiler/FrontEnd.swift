/// The front end of the compiler. It turns the files of a program into syntax trees with all names resolved, or else
/// reports everything that is wrong.
public enum FrontEnd {
  /// The results of the front end.
  public struct Analysis: Sendable {
    /// The program, if it has no errors.
    public let program: Program?
    /// The diagnostics of all files, sorted by file and then by position.
    public let diagnostics: [Diagnostic]
    /// The files that spans refer to; the entry file is the first.
    public let sources: [SourceFile]

    /// An analysis with these results.
    public init(program: Program?, diagnostics: [Diagnostic], sources: [SourceFile]) {
      self.program = program
      self.diagnostics = diagnostics
      self.sources = sources
    }
  }

  /// The longest file that is accepted, in bytes.
  public static let fileSizeLimit = Lexer.maximumSize

  /// Parses a program and resolves its names.
  ///
  /// - Parameters:
  ///   - entry: the path of the entry file, as diagnostics show it. Its folder is the root: no import leads out of it.
  ///   - source: the bytes of the entry file.
  ///   - hostEffects: the effects that the program can name in addition to the standard effects.
  ///   - load: provides an imported file. Its paths begin with the folder of the entry file. The rest of a path has no
  ///     `.`, no `..` and no zero byte.
  public static func analyze(
    entry: [UInt8], source: [UInt8], hostEffects: [HostEffect] = [], load: ([UInt8]) -> ImportedFile
  ) -> Analysis {
    var symbols = SymbolTable.withKeywords()
    var numbering = Parser.Numbering()
    var lists: [DiagnosticList] = []
    var graph = ModuleGraph.load(
      entry: entry, source: source, symbols: &symbols, numbering: &numbering, diagnostics: &lists, load: load)
    if graph.sources.count > 1 {
      symbols = .withKeywords()
      numbering = Parser.Numbering()
      graph.renumber(symbols: &symbols, numbering: &numbering)
    }
    let (program, resolved) = Resolver.resolve(
      graph, capabilities: Capabilities(hostEffects: hostEffects), symbols: symbols, numbering: numbering,
      diagnostics: lists)
    let diagnostics = resolved.flatMap { $0.all }.sortedByPosition()
    return Analysis(
      program: diagnostics.hasErrors ? nil : program, diagnostics: diagnostics, sources: graph.sources)
  }

  /// Parses and resolves a program of one file.
  public static func analyze(entry: [UInt8], source: [UInt8]) -> Analysis {
    analyze(entry: entry, source: source) { _ in .missing }
  }
}
