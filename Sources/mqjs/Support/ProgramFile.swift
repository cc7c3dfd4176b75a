import CommandSupport
import Compiler
import System

/// A program's source, read, analysed and compiled for a command.
struct ProgramFile {
  let analysis: FrontEnd.Analysis
  /// All that is wrong with the program: what the front end finds, or, if that accepts it, which limits it exceeds.
  let diagnostics: [Diagnostic]
  /// What was compiled, if nothing is wrong.
  private let compiled: [UInt8]?

  /// Entry files are far smaller; the front end has a limit of its own, with a diagnostic.
  static let fileSizeLimit = 256 << 20

  /// Reads the entry file and the files that it imports, and compiles them.
  ///
  /// - Parameter hostEffects: what the program can name besides the standard effects.
  /// - Throws: an error of usage if the entry file can't be read.
  init(path: String, hostEffects: [HostEffect] = [], strippingNames: Bool = false) throws {
    let source = try SystemFile.read(path, limit: ProgramFile.fileSizeLimit)
    let folder = try SourceFolder(of: path)
    let name = path.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }
    let root = path.utf8.count - name.count
    let analysis = FrontEnd.analyze(entry: Array(path.utf8), source: source, hostEffects: hostEffects) { imported in
      ProgramFile.read(Array(imported[root...]), in: folder)
    }
    self.init(analysis, strippingNames: strippingNames)
  }

  /// Takes a program of one file that is not in a file.
  init(text: String) {
    self.init(FrontEnd.analyze(entry: Array("<command line>".utf8), source: Array(text.utf8)), strippingNames: false)
  }

  private init(_ analysis: FrontEnd.Analysis, strippingNames: Bool) {
    self.analysis = analysis
    guard let program = analysis.program else {
      diagnostics = analysis.diagnostics
      compiled = nil
      return
    }
    let options = ProgramGenerator.Options(strips: strippingNames)
    switch ProgramGenerator.build(program, sources: analysis.sources, options: options) {
    case .image(let image):
      diagnostics = analysis.diagnostics
      compiled = image
    case .diagnostics(let limits):
      diagnostics = analysis.diagnostics + limits
      compiled = nil
    }
  }

  /// Adds the program's files, which are read.
  func addFiles(to files: inout NamedFiles) {
    for source in analysis.sources { files.add("the program", String(decoding: source.path, as: UTF8.self), .reading) }
  }

  /// A file that the program imports, from the folder of its entry.
  private static func read(_ path: [UInt8], in folder: borrowing SourceFolder) -> ImportedFile {
    do throws(SystemError) {
      return .text(try folder.read(path, limit: FrontEnd.fileSizeLimit))
    } catch {
      return error.isMissing ? .missing : .unusable(why: Array(error.what.utf8))
    }
  }

  /// Whether the program can be built.
  var isAccepted: Bool { compiled != nil }

  /// The image of the program, after all that is to be said about it has been said on standard error.
  ///
  /// - Throws: the end of the command if there are errors.
  func image() throws -> [UInt8] {
    report()
    guard let compiled else { throw ExitStatusReached(status: .usage) }
    return compiled
  }

  /// Says what is wrong on standard error.
  func report() {
    var renderer = DiagnosticRenderer(sources: analysis.sources)
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { Console.say(line: "") }
      ProgramFile.say(renderer.text(diagnostic), severity: diagnostic.code.definition.severity)
    }
  }

  /// Says a diagnostic's text, with the parts that the eye looks for standing out: where and how bad, the mark, the labels.
  private static func say(_ text: [UInt8], severity: Severity) {
    let style: Console.Style = severity == .error ? .error : .warning
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
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
