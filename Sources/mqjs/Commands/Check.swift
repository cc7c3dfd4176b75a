import ArgumentParser
import CommandSupport
import Compiler

/// `mqjs check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks programs and reports every mistake at once.",
    discussion: """
      Each file is the entry of a program; its imports are checked too. Whatever check accepts, build accepts. Every \
      finding shows the position, the line, the reason, and a hint about what to write instead. mqjs explain CODE says \
      more. Warnings alone do not fail the check.

      Text goes to standard error. JSON goes to standard output: one array of objects with the keys code, severity, \
      message, reason, hint, file, line, column, endLine, endColumn.

      Examples:
        mqjs check app.js
        mqjs check app.js --effect Ledger.post --effect Ledger.balance
        mqjs check --format json src/*.js | jq '.[].message'
      """)

  @Argument(help: ArgumentHelp("The programs' entry files.", valueName: "file"), completion: .file(extensions: ["js"]))
  var files: [String]

  @Option(help: "The format of the findings: text or json.")
  var format = OutputFormat.text

  @OptionGroup var effects: HostEffectOptions

  func run() throws {
    let hostEffects = try effects.declarations()
    let programs = try files.map { try ProgramFile(path: $0, hostEffects: hostEffects) }
    switch format {
    case .text:
      for program in programs { program.report() }
    case .json:
      // The findings of each program are an array. The command joins them into one.
      let lists = programs.map { program in
        var renderer = DiagnosticRenderer(sources: program.analysis.sources)
        return renderer.json(program.diagnostics).dropFirst().dropLast()
      }
      let findings = lists.filter { !$0.isEmpty }.joined(separator: [UInt8(ascii: ",")])
      try Console.put(json: [UInt8(ascii: "[")] + findings + [UInt8(ascii: "]")])
    }
    if programs.contains(where: { !$0.isAccepted }) { throw ExitStatusReached(status: .usage) }
  }
}

/// The output format of a command.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
