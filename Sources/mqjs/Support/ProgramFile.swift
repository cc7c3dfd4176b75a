import CommandSupport
import Compiler
import Snapshot

/// A program's source, read, analysed and compiled for a command.
struct ProgramFile {
  let analysis: FrontEnd.Analysis

  /// Source files are far smaller; the front end has a limit of its own, with a diagnostic.
  static let fileSizeLimit = 256 << 20

  /// Reads the entry file and the files that it imports.
  ///
  /// - Parameter hostEffects: what the program can name besides the standard effects.
  /// - Throws: an error of usage if the entry file can't be read.
  init(path: String, hostEffects: [HostEffect] = []) throws {
    let source = try SystemFile.read(path, limit: ProgramFile.fileSizeLimit)
    analysis = FrontEnd.analyze(entry: Array(path.utf8), source: source, hostEffects: hostEffects) { imported in
      try? SystemFile.read(String(decoding: imported, as: UTF8.self), limit: ProgramFile.fileSizeLimit)
    }
  }

  /// Takes a program of one file that is not in a file.
  init(text: String) {
    analysis = FrontEnd.analyze(entry: Array("<command line>".utf8), source: Array(text.utf8))
  }

  /// The image of the program, after all that the front end has to say has been said on standard error.
  ///
  /// - Throws: the end of the command if there are errors.
  func compile(strippingNames: Bool = false) throws -> [UInt8] {
    report()
    guard let program = analysis.program else { throw ExitStatusReached(status: .usage) }
    let options = ProgramGenerator.Options(strips: strippingNames)
    switch ProgramGenerator.build(program, sources: analysis.sources, options: options) {
    case .image(let image): return image
    case .diagnostics(let diagnostics):
      report(diagnostics)
      throw ExitStatusReached(status: .usage)
    }
  }

  /// Adds the program's files, which are read.
  func name(in files: inout NamedFiles) {
    for source in analysis.sources { files.add("the program", String(decoding: source.path, as: UTF8.self), .reading) }
  }

  /// Says what the front end has found on standard error.
  func report() {
    report(analysis.diagnostics)
  }

  private func report(_ diagnostics: [Diagnostic]) {
    var renderer = DiagnosticRenderer(sources: analysis.sources)
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { Console.say(line: "") }
      ProgramFile.say(renderer.text(diagnostic), severity: diagnostic.code.definition.severity)
    }
  }

  /// Says a diagnostic's text, with the parts that the eye looks for standing out: where and how bad, the mark, the labels.
  private static func say(_ text: [UInt8], severity: Severity) {
    let style: Console.Style = severity == .error ? .error : .warning
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    for (index, line) in lines.enumerated() {
      if index == 0, let end = line.firstRange(of: "]: ") {
        Console.say(line: "\(Console.styled(String(line[..<end.upperBound]), style))\(line[end.upperBound...])")
      } else if index == 2 {
        Console.say(line: "\(Console.styled(String(line), style))")
      } else if index > 2, let label = ["reason:", "hint:"].first(where: line.hasPrefix) {
        Console.say(line: "\(Console.styled(label, .note))\(line.dropFirst(label.count))")
      } else {
        Console.say(line: "\(line)")
      }
    }
  }
}
