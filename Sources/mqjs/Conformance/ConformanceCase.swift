import CommandSupport
import FoundationEssentials
import OperatingSystem

/// A case of the conformance kit: a program, and what requests to it must come to. `docs/conformance.md` describes the
/// format; the properties have its names.
struct ConformanceCase: Decodable {
  /// A file of the program.
  struct File: Codable {
    let path: String
    let text: String
  }

  /// A request, its budgets, and its runs.
  struct Request: Decodable {
    let name: String
    let base64: String
    let requestId: String
    let accountId: String
    let functionVersion: String
    let heapLimit: Int
    let stackLimit: Int
    let calls: [Call]
    let runs: [Run]
  }

  /// What the host replies to a call of an effect.
  struct Call: Codable {
    let effect: String
    let reply: String
    let result: String
  }

  /// A run under one gas limit, and what it must come to.
  struct Run: Decodable {
    let gasLimit: Int
    let seed: String
    let error: String
    let body: String
    let sha256: String
    let gas: Int
    let heapPeak: Int
    let stackPeak: Int
  }

  let name: String
  let files: [File]
  let snapshot: String
  let requests: [Request]

  /// The suite, the first part of the name.
  var suite: String { String(name.prefix { $0 != "/" }) }

  /// The cases in the files `*.jsonl` of a folder, in the order of the files' names.
  ///
  /// - Throws: a usage error if there are none, or if a line is not a case.
  static func all(in folder: String) throws -> [ConformanceCase] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let files = names.filter { $0.hasSuffix(".jsonl") }.sorted()
    guard !files.isEmpty else {
      throw CommandError(
        "\(folder): no cases are there", reason: "cases are files whose names end in .jsonl",
        hint: "give the folder conformance/cases of the sources: --cases FOLDER")
    }
    return try files.flatMap { try cases(in: "\(folder)/\($0)") }
  }

  private static func cases(in file: String) throws -> [ConformanceCase] {
    let decoder = JSONDecoder()
    let lines = try SystemFile.read(file, limit: 1 << 28).split(separator: UInt8(ascii: "\n"))
    return try lines.enumerated().map { number, line in
      do {
        return try decoder.decode(ConformanceCase.self, from: Data(line))
      } catch {
        throw CommandError(
          "\(file):\(number + 1): this line is not a case", reason: "\(error)",
          hint: "docs/conformance.md has the format")
      }
    }
  }
}
