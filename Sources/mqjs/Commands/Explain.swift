import ArgumentParser
import CommandSupport
import Compiler

/// `mqjs explain`
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explains a diagnostic or a run-time error: an example, and what to do.",
    discussion: """
      The code of a diagnostic is in brackets (MQ1001). The code of a run-time error is in the "error" field of the \
      response (IntegerOverflow). Case does not matter.

      Examples:
        mqjs explain MQ1001
        mqjs explain GasExhausted
      """)

  @Argument(help: "The code.")
  var code: String

  func run() throws {
    let name = Array(code.utf8)
    if let diagnostic = DiagnosticCode(id: name) {
      try Console.put(diagnostic.definition.entry())
    } else if let entry = RuntimeErrorGuide.entry(for: name) {
      try Console.put(entry)
    } else {
      let errors = RuntimeErrorGuide.codes.joined(separator: " ")
      throw CommandError(
        "\(code): no diagnostic and no run-time error has this code",
        hint: "the code of a diagnostic is in brackets (MQ1001); the run-time errors are: \(errors)")
    }
  }
}
