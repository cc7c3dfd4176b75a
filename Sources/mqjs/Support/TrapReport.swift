import CommandSupport
import Compiler
import Engine
import Host
import OperatingSystem
import Snapshot

/// Reports on standard error the error that ended a request: its code, file, line and column, then the line and a
/// caret. None of it is part of the response.
struct TrapReport {
  private let trap: Trap
  private let position: NameTable.Position?
  /// The path to show: as given, if the program was compiled here; otherwise as it is in the snapshot.
  private let path: String
  private let line: String?

  /// - Parameter sources: the program's files, if it was compiled here. A snapshot's files are searched for in the
  ///   working folder, at their paths in the snapshot. They are shown only if they are unchanged.
  init(_ trap: Trap, instruction: Int?, pool: SandboxPool, sources: [SourceFile]) {
    self.trap = trap
    let position = instruction.flatMap(pool.position(ofInstruction:))
    let source = position.flatMap { position in
      let folder = sources.first?.folder ?? []
      return sources.first { $0.path == folder + position.path } ?? TrapReport.source(position.path, of: pool.manifest)
    }
    self.position = position
    path = String(decoding: source?.path ?? position?.path ?? [], as: UTF8.self)
    line = position.flatMap { position in source.flatMap { TrapReport.line(position.line, of: $0) } }
  }

  /// Prints the report.
  func report() {
    let code = String(decoding: trap.code.bytes, as: UTF8.self)
    let place = position.map { "\(path):\($0.line):\($0.column): " } ?? ""
    Console.say(line: "\(Console.styled("\(place)error[\(code)]:", .error)) \(RuntimeErrorGuide.title(of: trap))")
    if let position, let line {
      // The bar marks the line as quoted. Otherwise it could look like one of our own lines.
      Console.say(line: "| \(line)")
      // Tabs stay tabs to keep the caret aligned with the line.
      let indent = line.unicodeScalars.prefix(max(0, position.column - 1)).map { $0 == "\t" ? "\t" : " " }.joined()
      Console.say(line: "| \(indent)\(Console.styled("^", .error))")
    }
    Console.say(line: "\(Console.styled("hint:", .note)) mqjs explain \(code)")
  }

  private static func source(_ path: [UInt8], of manifest: Manifest?) -> SourceFile? {
    guard let built = manifest?.sources.first(where: { $0.path == path }),
      let bytes = try? SourceFolder(of: "").read(path, limit: FrontEnd.fileSizeLimit),
      Hash256(of: bytes).bytes == built.hash
    else { return nil }
    return SourceFile(path: path, bytes: bytes)
  }

  /// A line of a file; nil if there is no such line. The positions in a snapshot are not verified.
  private static func line(_ number: Int, of source: SourceFile) -> String? {
    let table = source.lineTable()
    guard (1...table.position(of: source.bytes.count).line).contains(number) else { return nil }
    return String(decoding: source.bytes[table.range(ofLine: number)], as: UTF8.self)
  }
}
