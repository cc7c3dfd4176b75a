import ArgumentParser
import CommandSupport
import Compiler
import Host
import OperatingSystem
import Snapshot

/// `mqjs eval`
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a script and prints its value as canonical JSON.",
    discussion: """
      The script's last statement is an expression; its value is the result. A script that ends in a run-time error \
      prints the error's body, and the exit status is 1.

      Examples:
        mqjs eval '7 / 2'                         3
        mqjs eval '[1, 2, 3].map(x => x * x)'     [1,4,9]
        mqjs eval '9223372036854775807 + 1'       {"error":"IntegerOverflow"}
        mqjs eval --gas-limit 1000 'const f = () => f(); f()'
      """)

  /// One string. It is declared as a list because then a script that begins with a minus sign is not mistaken for an
  /// option.
  @Argument(parsing: .allUnrecognized, help: "The script's text.")
  var source: [String]

  @Flag(help: "Evaluates the script with the reference evaluator instead of the machine.")
  var reference = false

  @OptionGroup var limits: LimitOptions

  mutating func validate() throws {
    if source.first == "--" { source.removeFirst() }
    if let option = source.dropFirst().first(where: { $0.hasPrefix("--") }) {
      throw ValidationError("Unknown option '\(option)'")
    }
    guard source.count == 1 else { throw ValidationError("The script is one argument: put it in quotes.") }
  }

  func run() throws {
    let settings = limits.settings
    let budgets = try settings.limits.budgets()
    let program = ProgramFile(text: source[0])
    if reference { return try ReferenceRun(program).show(request: [], limits: settings.limits) }
    let snapshot = try VerifiedSnapshot(compiledHere: try program.image(), path: "<command line>")
    let host = try RequestHost(pool: try SandboxPool(snapshot, budgets: budgets, idleLimit: 0))
    guard !host.pool.hasHandler else {
      throw CommandError(
        "the text exports a handler; eval runs scripts",
        hint: "put it in a file, and give it a request: mqjs run app.js --request event.json")
    }
    try Execution(
      host: host, settings: settings, sources: program.analysis.sources, request: SecretBytes()
    ).show()
  }
}
