import Compiler
import Engine

/// The program in the sandboxes. Its image has at least 256 kB, most of it tables of data. Its handler dirties as much
/// memory as the request asks for.
enum BenchmarkProgram {
  static let imageByteCount = 256 << 10
  /// The minimum memory that `dirtyingRequest` writes, in bytes.
  static let dirtiedByteCount = 32 << 10

  /// Writes a list of 600 Records, of 6 words each.
  static let dirtyingRequest = Array(#"{"count":600}"#.utf8)
  /// Writes hardly any memory.
  static let smallRequest = Array(#"{"count":1}"#.utf8)

  static func source(rowCount: Int) -> String {
    let rows = (0..<rowCount).map { row in
      "  {code: \"T\(row)\", label: \"tariff number \(row), as it was agreed\", rate: \(row * 37 % 1000), next: \(row + 1)},"
    }
    return """
      const tariffs = [
      \(rows.joined(separator: "\n"))
      ];
      const line = (n) => ({rate: tariffs.at(n).rate, code: tariffs.at(n).code, position: n, total: n * 3});
      export default function (request) {
        const lines = Array.from({length: request.count}, (_, n) => line(n));
        return {count: lines.length, total: lines.reduce((sum, item) => sum + item.total, 0)};
      }
      """
  }

  /// The smallest image above 256 kB.
  static func image() -> [UInt8] {
    var rowCount = 400
    while true {
      let source = Array(source(rowCount: rowCount).utf8)
      let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: source)
      guard let program = analysis.program,
        case .image(let image) = ProgramGenerator.build(
          program, sources: analysis.sources, options: .init(strips: true))
      else { fatalError("the benchmark's own program is wrong: \(analysis.diagnostics)") }
      if image.count >= imageByteCount { return image }
      rowCount += 100
    }
  }
}
