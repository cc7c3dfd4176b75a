import Foundation

/// Node.js as a second opinion on the results of programs: see `tests/Oracles/README.md`.
public enum ProgramOracle {
  /// A program and its result in Node.js.
  public struct Answer: Sendable {
    /// The source of the program.
    public let source: String
    /// The canonical text of the response or of the error's body.
    public let body: String
  }

  /// A program of one or several files that answers a request.
  public struct Question: Encodable, Sendable {
    /// The sources of the files by path.
    public let files: [String: String]
    /// The path of the entry file.
    public let entry: String
    /// The request's JSON.
    public let requestText: String

    /// A question about these files.
    public init(files: [String: String], entry: String = "main.js", requestText: String = "{}") {
      (self.files, self.entry, self.requestText) = (files, entry, requestText)
    }
  }

  /// A program of the corpus, which may have several files, and its result in Node.js.
  public struct CorpusAnswer: Decodable, Sendable {
    /// The name of the corpus file, and the program's title in it.
    public let name: String
    /// The source, if the program has one file.
    public let source: String?
    /// The files, if there are several.
    public let files: [String: String]?
    /// The path of the entry file, if there are several files.
    public let entry: String?
    /// The request's JSON.
    public let requestText: String
    /// The canonical text of the body; nil if the oracle can't run the program.
    public let canonical: String?
    /// The reason if the oracle can't run the program.
    public let reason: String?
  }

  /// The results of Node.js for the corpus in `tests/Data/programs`.
  public static func corpus() throws -> [CorpusAnswer] {
    let programs = Repository.url("tests/Data/programs")
    let names = try FileManager.default.contentsOfDirectory(atPath: programs.path).sorted()
    let output = try run(["--programs"] + names.map { programs.appending(path: $0).path })
    return try JSONDecoder().decode([CorpusAnswer].self, from: output)
  }

  /// The results of Node.js for these programs, all run by one process.
  ///
  /// - Throws: if the oracle can't run one of them.
  public static func answers(_ sources: [String]) throws -> [Answer] {
    let bodies = try bodies(sources.map { Question(files: ["main.js": $0]) })
    return zip(sources, bodies).map { Answer(source: $0, body: $1) }
  }

  /// The canonical bodies that Node.js gives for these programs, all run by one process.
  ///
  /// - Throws: if the oracle can't run one of them.
  public static func bodies(_ questions: [Question]) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appending(path: "mqjs-\(UUID().uuidString).json")
    try JSONEncoder().encode(questions).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let rows = try JSONDecoder().decode([Row].self, from: try run([file.path]))
    return try zip(questions, rows).map { question, row in
      guard let body = row.canonical else {
        throw Unanswered(source: question.files[question.entry] ?? "", reason: row.reason ?? "")
      }
      return body
    }
  }

  /// The relevant fields of a line of the oracle's output.
  private struct Row: Decodable {
    let canonical: String?
    let reason: String?
  }

  /// The error if the oracle can't run a program.
  public struct Unanswered: Error {
    /// The source of its entry file.
    public let source: String
    /// The reason.
    public let reason: String
  }

  private static func run(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let options = ["--expose-internals", "--experimental-vm-modules", "--no-warnings", "--stack-size=3900"]
    process.arguments = ["node"] + options + [Repository.url("tests/Oracles/oracle.js").path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return data
  }
}
