import CommandSupport
import FoundationEssentials
import Synchronization

/// Counts answers, and shows what they came to.
final class ConformanceTally: Sendable {
  private struct Suite {
    var (passed, failed, refused, notComparable) = (0, 0, 0, 0)
  }

  private struct State {
    var names: [String] = []
    var suites: [String: Suite] = [:]
    var missing: Set<ConformanceField> = []
    var failures = 0
  }

  private let level: ConformanceLevel
  private let state = Mutex(State())

  /// So many mistakes are shown.
  private static let shown = 10

  init(level: ConformanceLevel) { self.level = level }

  /// Counts an answer. The first mistakes are reported at once.
  ///
  /// - Throws: a refusal if the line is not an answer.
  func count(_ line: [UInt8], to run: ConformanceRun) throws {
    let answer: ConformanceAnswer
    do {
      answer = try JSONDecoder().decode(ConformanceAnswer.self, from: Data(line))
    } catch {
      throw CommandError(
        "\(run.name): the runner's line is not an answer: \(String(decoding: line.prefix(200), as: UTF8.self))",
        status: .refused, reason: "\(error)", hint: "docs/conformance.md has the protocol")
    }
    let verdict = answer.verdict(on: run, level: level)
    state.withLock { state in
      let name = run.example.suite
      if state.suites[name] == nil { state.names.append(name) }
      switch verdict {
      case .passed(let missing):
        state.suites[name, default: Suite()].passed += 1
        state.missing.formUnion(missing)
      case .failed(let mistake):
        state.suites[name, default: Suite()].failed += 1
        state.failures += 1
        report(mistake, in: run, number: state.failures)
      case .refused: state.suites[name, default: Suite()].refused += 1
      case .notComparable: state.suites[name, default: Suite()].notComparable += 1
      }
    }
  }

  private func report(_ mistake: String, in run: ConformanceRun, number: Int) {
    if number <= Self.shown { Console.say(line: "\(Console.styled("\(run.name):", .error)) \(mistake)") }
    if number == Self.shown + 1 { Console.say(line: "more mistakes are only counted") }
  }

  /// Prints a table of the suites, and a line with the sums and the level that was reached.
  ///
  /// - Throws: `ExitStatusReached` if an answer was wrong, or no answer could be compared.
  func show() throws {
    let state = state.withLock { $0 }
    let columns: [(name: String, count: (Suite) -> Int)] = [
      ("passed", { $0.passed }), ("failed", { $0.failed }), ("refused", { $0.refused }),
      ("not comparable without a heap", { $0.notComparable }),
    ]
    try Console.put(
      table: state.names.map { name in
        let suite = state.suites[name, default: Suite()]
        let counts = columns.filter { $0.name == "passed" || $0.count(suite) > 0 }
        return (name, counts.map { "\($0.count(suite)) \($0.name)" }.joined(separator: ", "))
      })
    let passed = state.suites.values.reduce(0) { $0 + $1.passed }
    try Console.put(line: "\(passed) passed, \(state.failures) failed; \(reached(state))")
    if state.failures > 0 || passed == 0 { throw ExitStatusReached(status: .refused) }
  }

  /// The highest level of which no field was missing, in words.
  private func reached(_ state: State) -> String {
    if state.failures > 0 { return "level \(level.rawValue) is not reached" }
    let incomplete = state.missing.map(\.level).min()
    let level = ConformanceLevel.allCases.last { level in incomplete.map { level < $0 } ?? true } ?? .a
    let extra = ConformanceField.allCases.filter { $0.level > level && !state.missing.contains($0) }
    return "level \(level.rawValue)" + (extra.isEmpty ? "" : ", and \(extra.map(\.rawValue).joined(separator: ", "))")
  }
}
