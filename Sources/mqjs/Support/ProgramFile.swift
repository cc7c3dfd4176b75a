import CommandSupport
import Compiler
import OperatingSystem

/// The source of a program, read, analysed and compiled for a command.
struct ProgramFile {
  let analysis: FrontEnd.Analysis
  /// The diagnostics of the front end. If it accepts the program, also the limits that the program exceeds.
  let diagnostics: [Diagnostic]
  /// The image, if there are no errors.
  private let compiled: [UInt8]?

  /// A limit on the bytes that are read. The front end's own limit is far smaller, and has a diagnostic.
  static let fileSizeLimit = 256 << 20

  /// Reads the entry file and the files that it imports, and compiles them.
  ///
  /// - Parameter hostEffects: the effects that the program can name in addition to the standard effects.
  /// - Throws: a usage error if the entry file can't be read.
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

  /// Compiles a program that is a string and imports nothing.
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

  /// Adds the program's files, which are only read.
  func addFiles(to files: inout NamedFiles) {
    for source in analysis.sources { files.add("the program", String(decoding: source.path, as: UTF8.self), .reading) }
  }

  /// Reads a file that the program imports, from the folder of its entry file.
  private static func read(_ path: [UInt8], in folder: borrowing SourceFolder) -> ImportedFile {
    do throws(SystemError) {
      return .text(try folder.read(path, limit: FrontEnd.fileSizeLimit))
    } catch {
      return error.isMissing ? .missing : .unusable(why: Array(error.what.utf8))
    }
  }

  /// Whether the program can be built.
  var isAccepted: Bool { compiled != nil }

  /// The image of the program. All diagnostics are reported on standard error first.
  ///
  /// - Throws: `ExitStatusReached` if there are errors.
  func image() throws -> [UInt8] {
    report()
    guard let compiled else { throw ExitStatusReached(status: .usage) }
    return compiled
  }

  /// Reports the diagnostics on standard error.
  func report() {
    var renderer = DiagnosticRenderer(sources: analysis.sources)
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { Console.say(line: "") }
      ProgramFile.say(renderer.text(diagnostic), severity: diagnostic.code.definition.severity)
    }
  }

  /// Prints the text of a diagnostic. The parts that readers look for stand out: position and severity, mark, and
  /// labels.
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
