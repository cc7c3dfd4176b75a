/// The front end of the compiler: from the files of a program to its syntax trees with every name resolved, or to all
/// that is wrong with it.
public enum FrontEnd {
  /// What the front end has found out.
  public struct Analysis: Sendable {
    /// The program, if it has no errors.
    public let program: Program?
    /// Of all files, sorted by file and then by position.
    public let diagnostics: [Diagnostic]
    /// The files that spans refer to; the entry is the first.
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
  ///   - hostEffects: what the program can name besides the standard effects.
  ///   - load: gives an imported file. Its paths begin with the folder of the entry and have no `.`, no `..` and no zero
  ///     byte behind that.
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
