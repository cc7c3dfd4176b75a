import ArgumentParser
import CommandSupport

/// `mqjs conformance`
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tests another implementation with the conformance kit.",
    discussion: """
      Starts a runner, asks it for every run of the cases, and compares its answers. A question is a line of JSON on its \
      standard input, an answer a line on its standard output. docs/conformance.md has the protocol.

      Level A: the response with its SHA-256, the gas and the seed. Level B: the peaks of heap and stack, too. Level C: \
      the snapshot's SHA-256, too. The fields of the level must be in each answer; others are compared if they are \
      there. A runner whose platform can't hold the budgets of a run may refuse it: MemoryUnavailable.

      Exit status: 0 no answer is wrong; 3 at least one is, or the runner doesn't answer.

      Examples:
        mqjs conformance --runner 'node conformance/runners/wasm32.mjs' --level C
        mqjs conformance --runner ./my-runner --only decimal
      """)

  @Option(help: ArgumentHelp("The runner, a command for sh.", valueName: "command"))
  var runner: String

  @Option(help: "The level that the runner must reach: A, B or C.")
  var level = ConformanceLevel.a

  @Option(help: ArgumentHelp("The folder with the cases.", valueName: "folder"), completion: .directory)
  var cases = "conformance/cases"

  @Option(help: ArgumentHelp("Only cases whose names begin like this.", valueName: "name"))
  var only: String?

  @Option(help: ArgumentHelp("How long the runner may be silent.", valueName: "seconds"))
  var timeout = 120

  func validate() throws {
    guard (1...86_400).contains(timeout) else { throw ValidationError("--timeout must be 1 to 86400 seconds") }
  }

  func run() throws {
    let all = try ConformanceCase.all(in: cases)
    let chosen = only.map { only in all.filter { $0.name.hasPrefix(only) } } ?? all
    guard !chosen.isEmpty else {
      throw CommandError(
        "no case has a name that begins with \(only ?? "")",
        reason: "the suites are \(Set(all.map(\.suite)).sorted().joined(separator: ", "))")
    }
    let runs = ConformanceRun.all(of: chosen)
    let questions = try runs.map { try ConformanceQuestion($0).line() }
    let tally = ConformanceTally(level: level)
    let runner = ConformanceRunner(command: runner, timeout: timeout)
    try BlockingWait.result {
      try await runner.ask(questions) { number, line in
        try tally.count(line, to: runs[number])
      }
    }
    try tally.show()
  }
}
