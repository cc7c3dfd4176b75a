import Foundation
import TestSupport
import Testing

/// Node.js as a second opinion on what programs give: see `tests/oracle/README.md`.
enum ProgramOracle {

  /// A program and what Node.js makes of it.
  struct Answer {
    let source: String
    /// The canonical text of the response or of the error's body.
    let body: String
  }

  /// A program of the corpus, which may have several files, and what Node.js makes of it.
  struct CorpusAnswer: Decodable {
    let name: String
    let source: String?
    let files: [String: String]?
    let entry: String?
    let requestText: String
    /// Nil if the oracle can't run the program.
    let canonical: String?
    let reason: String?
  }

  /// What Node.js makes of the corpus in `tests/oracle/programs`.
  static func corpus() throws -> [CorpusAnswer] {
    let programs = folder.appending(path: "programs")
    let names = try FileManager.default.contentsOfDirectory(atPath: programs.path).sorted()
    let output = try run(["--programs"] + names.map { programs.appending(path: $0).path })
    return try JSONDecoder().decode([CorpusAnswer].self, from: output)
  }

  /// What Node.js makes of these programs, all of them in one process.
  ///
  /// - Throws: if there is a program that the oracle can't run.
  static func answers(_ sources: [String]) throws -> [Answer] {
    let programs = sources.enumerated().map { ["name": "\($0.offset)", "source": $0.element] }
    let file = FileManager.default.temporaryDirectory.appending(path: "mqjs-\(UUID().uuidString).json")
    try JSONEncoder().encode(programs).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = try run([file.path])
    let rows = try JSONDecoder().decode([[String: String]].self, from: output)
    return try zip(sources, rows).map { source, row in
      guard let body = row["canonical"] else { throw Unanswered(source: source, reason: row["reason"] ?? "") }
      return Answer(source: source, body: body)
    }
  }

  /// A program that the oracle can't run.
  struct Unanswered: Error {
    let source: String
    let reason: String
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "oracle")

  private static func run(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let options = ["--expose-internals", "--experimental-vm-modules", "--no-warnings", "--stack-size=3900"]
    process.arguments = ["node"] + options + [folder.appending(path: "oracle.js").path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return data
  }
}

/// Runs expressions in the engine and in Node.js and records every difference.
func expectAgreement(_ expressions: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
  let budgets = MachineBudgets.small
  for answer in try ProgramOracle.answers(expressions.map(Expressions.program)) {
    let result = try Guest.run(answer.source, budgets: budgets)
    #expect(result.body == answer.body, "\(answer.source)", sourceLocation: sourceLocation)
  }
}
