import Foundation
import ProgramGeneration
import TestSupport

/// A program and its requests, from which a case is made.
public struct CaseSource: Sendable {
  /// A request: a name that no other request of the case has, and any bytes.
  struct Request: Sendable {
    let name: String
    let bytes: [UInt8]

    /// What scripts are run with.
    static let none = Request(name: "none", bytes: Array("{}".utf8))
  }

  /// The suite, and the name in it.
  public let name: String
  /// The entry file first.
  let files: [(path: String, text: String)]
  var requests = [Request.none]
  var heapBytes = 1 << 20
  var stackWords = 8192
  var gasLimit = 300_000
  /// Whether each request runs under seven gas limits instead of four.
  var hasManyLimits = true

  /// All programs of the kit: those of the tests, the examples with their requests, JSON texts, decimal arithmetic, and
  /// random programs.
  public static func all(random: UInt64) -> [CaseSource] {
    programs + examples + texts + decimals(60) + (1...random).map { CaseSource.random(seed: $0) }
  }

  /// The suites of the kit, the content of `conformance/cases`: the same, with fewer random programs and fewer limits.
  public static func kit() -> [(suite: String, sources: [CaseSource])] {
    let suites = [
      ("programs", programs), ("examples", examples), ("json", texts), ("decimal", decimals(40)),
      ("random", (1...200).map { random(seed: $0) }),
    ]
    return suites.map { name, sources in
      (
        name,
        sources.map { source in
          var source = source
          source.hasManyLimits = false
          return source
        }
      )
    }
  }

  // MARK: Programs of the tests

  private static var programs: [CaseSource] {
    let folders = ["programs", "exhaustion"].map { Repository.url("tests/Data/\($0)").path }
    return folders.flatMap { folder in
      names(in: folder, endingIn: ".js").flatMap { file in
        sections(of: text("\(folder)/\(file)")).map { section in
          CaseSource(
            name: "programs/\(file.dropLast(3))/\(section.title)", files: [("main.js", section.text)])
        }
      }
    }
  }

  /// The sections of a file: each begins with a line `// == TITLE`.
  private static func sections(of text: String) -> [(title: String, text: String)] {
    text.components(separatedBy: "// == ").dropFirst().map { part in
      let end = part.firstIndex(of: "\n") ?? part.endIndex
      return (String(part[..<end]), String(part[end...].dropFirst()))
    }
  }

  // MARK: Examples

  private static var examples: [CaseSource] {
    let root = Repository.url("examples").path
    return ["account", "bank", "invoice", "loan", "routing"].map { example in
      let folder = "\(root)/\(example)"
      let others = modules(below: folder).filter { $0 != "handler.js" }
      let files = (["handler.js"] + others).map { (path: $0, text: text("\(folder)/\($0)")) }
      let requests =
        names(in: folder, endingIn: ".json")
        + names(in: "\(folder)/requests", endingIn: ".json").map {
          "requests/\($0)"
        }
      return CaseSource(
        name: "examples/\(example)", files: files,
        requests: requests.filter { !$0.hasSuffix(".expected.json") }.map { request in
          Request(name: String(request.dropLast(5)), bytes: bytes("\(folder)/\(request)"))
        }, heapBytes: 4 << 20, stackWords: 65_536, gasLimit: 20_000_000)
    }
  }

  private static func modules(below folder: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".js") }.sorted()
  }

  // MARK: JSON and decimals

  /// Each JSON text of the tests as a request that is its own response.
  private static var texts: [CaseSource] {
    let folder = Repository.url("tests/Data/json").path
    let echo = "export default function (request) { return request; }\n"
    let requests = names(in: folder, endingIn: ".json").map { file in
      Request(name: String(file.dropLast(5)), bytes: bytes("\(folder)/\(file)"))
    }
    return [CaseSource(name: "json/echo", files: [("main.js", echo)], requests: requests)]
  }

  /// Sums, differences, products and quotients of random decimals, rounded in every way.
  private static func decimals(_ count: Int) -> [CaseSource] {
    (1...count).map { seed in
      var random = RandomSource(seed: UInt64(seed))
      let lines = (0..<40).map { _ in "  \(decimalCall(&random))" }
      return CaseSource(name: "decimal/\(seed)", files: [("main.js", "[\n\(lines.joined(separator: ",\n"))\n]\n")])
    }
  }

  private static func decimalCall(_ random: inout RandomSource) -> String {
    func number(_ random: inout RandomSource) -> String {
      let whole = (0...random.below(random.chance(30) ? 20 : 8)).map { _ in "\(random.below(10))" }.joined()
      let fraction = (0..<random.below(random.chance(30) ? 14 : 5)).map { _ in "\(random.below(10))" }.joined()
      let digits = String(Int(whole.prefix(1)) == 0 && whole.count > 1 ? "1" + whole.dropFirst() : whole[...])
      return "Decimal(\"\(random.chance(30) ? "-" : "")\(digits)\(fraction.isEmpty ? "" : ".")\(fraction)\")"
    }
    let (left, right) = (number(&random), number(&random))
    switch random.below(8) {
    case 0: return "Decimal.add(\(left), \(right))"
    case 1: return "Decimal.sub(\(left), \(right))"
    case 2: return "Decimal.mul(\(left), \(right))"
    case 3: return "Decimal.div(\(left), \(right))"
    case 4: return "Decimal.round(\(left), \(random.below(29)))"
    case 5: return "\(left) < \(right)"
    case 6: return "Decimal.toString(Decimal.neg(\(left)))"
    default: return "Hash.sha256([\(left), \(right)])"
    }
  }

  // MARK: Random programs

  private static func random(seed: UInt64) -> CaseSource {
    let program = RandomPrograms.program(seed: seed, effects: true)
    let rest = program.files.dropFirst().map { (path: $0.path, text: $0.text.text) }
    let entry = (path: program.files[0].path, text: program.files[0].text.text)
    return CaseSource(
      name: "random/\(seed)", files: [entry] + rest,
      requests: [Request(name: "request", bytes: Array(program.request.utf8))], heapBytes: 1 << 19, stackWords: 4096)
  }

  // MARK: Files

  private static func names(in folder: String, endingIn end: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { $0.hasSuffix(end) }.sorted()
  }

  private static func bytes(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { Array($0) } ?? []
  }

  private static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }
}
