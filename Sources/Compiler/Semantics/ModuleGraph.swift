import Engine

/// The files of a program, found by following imports from the entry.
struct ModuleGraph {
  /// In the order in which they are found; the entry file is the first.
  private(set) var sources: [SourceFile] = []
  /// By file: the target of each import path, in the order of the imports.
  private(set) var imports: [[Import]] = []
  /// The files in ECMAScript's order of evaluation: each file after all files that it imports, the entry file last.
  private(set) var evaluationOrder: [Int] = []
  /// The trees of a first pass, by file. Their numbers are those of the program only if it has a single file.
  private(set) var trees: [SyntaxTree] = []

  private var paths: [ModulePath] = []
  /// Finds a file by its path. The symbols are from a separate table, so that paths do not influence the program's
  /// symbols.
  private var pathSymbols = SymbolTable()
  private var fileOfPath: [Symbol: Int] = [:]

  /// An import, and the file that it resolves to, if it exists.
  struct Import {
    let path: Name
    let target: Int?
  }

  /// A file whose imports are being followed.
  private struct Visit {
    let file: Int
    var pending: [Name]
  }

  /// Loads a program.
  ///
  /// - Parameters:
  ///   - entry: the path of the entry file, as messages show it.
  ///   - source: the bytes of the entry file.
  ///   - load: provides a file. Its paths begin like that of the entry file.
  static func load(
    entry: [UInt8], source: [UInt8], symbols: inout SymbolTable, numbering: inout Parser.Numbering,
    diagnostics: inout [DiagnosticList], load: ([UInt8]) -> ImportedFile
  ) -> ModuleGraph {
    var graph = ModuleGraph()
    let folderEnd = entry.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let folder = Array(entry[..<folderEnd])

    var visits: [Visit] = []
    var isFinished: [Bool] = []

    func add(_ path: ModulePath, _ bytes: [UInt8]) {
      let file = graph.sources.count
      graph.sources.append(SourceFile(path: folder + path.bytes, bytes: bytes))
      graph.paths.append(path)
      graph.fileOfPath[graph.pathSymbols.intern(path.bytes)] = file
      var list = DiagnosticList()
      let tree = Parser.parse(bytes, file: file, symbols: &symbols, numbering: &numbering, diagnostics: &list)
      diagnostics.append(list)
      graph.trees.append(tree)
      graph.imports.append([])
      isFinished.append(false)
      visits.append(Visit(file: file, pending: tree.importedPaths.reversed()))
    }

    /// The file that an import refers to, if it is already known or can be loaded.
    func target(of path: Name, from file: Int) -> (file: Int, isNew: Bool)? {
      let resolved: ModulePath
      do {
        resolved = try ModulePath.resolve(symbols[path.symbol], from: graph.paths[file])
      } catch {
        diagnostics[file].report(error == .notRelative ? .notRelativePath : .pathLeavesRoot, at: path.span)
        return nil
      }
      if let known = graph.fileOfPath[graph.pathSymbols.intern(resolved.bytes)] { return (known, false) }
      // No file name contains a zero byte, and an operating system may stop reading a path there.
      switch resolved.bytes.contains(0) ? .missing : load(folder + resolved.bytes) {
      case .text(let bytes):
        add(resolved, bytes)
        return (graph.sources.count - 1, true)
      case .missing:
        diagnostics[file].report(.moduleNotFound, at: path.span, [folder + resolved.bytes])
      case .unusable(let why):
        diagnostics[file].report(.moduleUnusable, at: path.span, [folder + resolved.bytes, why])
      }
      return nil
    }

    add(ModulePath(segments: [Array(entry[folderEnd...])]), source)
    while let visit = visits.last {
      guard let path = visits[visits.count - 1].pending.popLast() else {
        visits.removeLast()
        isFinished[visit.file] = true
        graph.evaluationOrder.append(visit.file)
        continue
      }
      let target = target(of: path, from: visit.file)
      if let target, !target.isNew, !isFinished[target.file] {
        let chain = visits.map { $0.file }.drop { $0 != target.file } + [target.file]
        let text = chain.map { graph.paths[$0].bytes }.joined(separator: utf8(" -> "))
        diagnostics[visit.file].report(.importCycle, at: path.span, [Array(text)])
        graph.imports[visit.file].append(Import(path: path, target: nil))
      } else {
        graph.imports[visit.file].append(Import(path: path, target: target?.file))
      }
    }
    return graph
  }

  /// Parses the files again, in the order of evaluation, so that all numbers of the program follow that order.
  mutating func renumber(symbols: inout SymbolTable, numbering: inout Parser.Numbering) {
    for file in evaluationOrder {
      var ignored = DiagnosticList()
      trees[file] = Parser.parse(
        sources[file].bytes, file: file, symbols: &symbols, numbering: &numbering, diagnostics: &ignored)
    }
  }
}

extension SyntaxTree {
  /// The paths of all imports, in their order.
  fileprivate var importedPaths: [Name] {
    statements.compactMap { statement in
      guard case .importing(let declaration) = statement.node else { return nil }
      return declaration.path
    }
  }
}
