import ArgumentParser
import CommandSupport
import Compiler
import Engine
import Host
import OperatingSystem
import ReferenceEvaluator
import Snapshot

/// `mqjs profile`
struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows where a request's gas goes, by line and by call stack.",
    discussion: """
      Every unit of gas is attributed exactly; nothing is sampled. The sums equal the gas used. The reference \
      evaluator counts. Then the machine runs the same request and must give the same body and the same gas.

        text    two tables, by line and by function
        folded  one line per stack, the input of flame graph tools
        svg     a flame graph for a browser

      Examples:
        mqjs profile app.js --request event.json
        mqjs profile app.js --request event.json --format svg -o profile.svg
      """)

  /// The output format of a profile.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, folded, svg
  }

  @Argument(
    help: ArgumentHelp("The program's entry file.", valueName: "file"), completion: .file(extensions: ["js"]))
  var file: String

  @Option(
    help: ArgumentHelp("The request, as JSON; - is standard input.", valueName: "file"), completion: .file())
  var request: String?

  @Option(help: ArgumentHelp("The output format: text, folded or svg.", valueName: "format"))
  var format = Format.text

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file to write the profile to; defaults to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup(title: "Limits") var limits: LimitOptions

  func run() throws {
    guard FileKind(path: file) == .source else {
      throw CommandError(
        "\(file): a profile needs the source",
        reason: "a profile attributes gas to lines and names, which a snapshot may not have",
        hint: "give the program's entry file, FILE.js")
    }
    let source = try ProgramFile(path: file)
    var files = NamedFiles()
    source.addFiles(to: &files)
    files.add("--request", request, .reading)
    files.add("-o", output, .writing)
    try files.check()
    let reference = try ReferenceRun(source)
    let gasLimit = try gasLimit()
    let bytes = try RequestFile(path: request, program: file).bytes(hasHandler: reference.program.handler != nil)

    var profile = GasProfile(reference.program, sources: source.analysis.sources)
    let outcome = try ReferenceRun.evaluate(
      reference.program, request: bytes, gasLimit: gasLimit, observer: { profile.add($0) })
    try confirm(outcome, profile, try answer(bytes, from: reference.image, gasLimit))
    try write(text(of: profile, source.analysis.sources))
    if let error = outcome.error {
      Console.say(
        line: "\(Console.styled("note:", .note)) the run ended in \(error); the profile shows what it did before that")
    }
  }

  private func gasLimit() throws -> GasLimit {
    do {
      return try limits.settings.limits.gasLimit()
    } catch {
      throw CommandError("--gas-limit \(error.text): is not a valid gas limit", hint: "give 1 to 2000000000 units")
    }
  }

  /// The machine's answer to the same request.
  private func answer(_ request: [UInt8], from image: [UInt8], _ gasLimit: GasLimit) throws -> Answer {
    let snapshot = try VerifiedSnapshot(compiledHere: image, path: file)
    let host = try RequestHost(
      pool: try SandboxPool(snapshot, budgets: try limits.settings.limits.budgets(), idleLimit: 0))
    return try host.answer(SecretBytes(copying: request), identity: .standard(), gasLimit: gasLimit)
  }

  /// Checks that the profile matches the machine's run.
  ///
  /// - Throws: a fault if the results of the evaluator and the machine, or the profile's sum, differ.
  private func confirm(_ outcome: ReferenceOutcome, _ profile: GasProfile, _ answer: Answer) throws {
    guard SecretBytes(copying: outcome.body) == answer.body, outcome.gasUsed == answer.report.run.figures.gasUsed,
      profile.root.units == outcome.gasUsed
    else {
      throw CommandError(
        "the profile does not match the machine's run: \(profile.root.units) units attributed, "
          + "\(outcome.gasUsed) used by the reference evaluator, \(answer.report.run.figures.gasUsed) by the machine",
        status: .fault,
        reason: "they should never differ, except in the heap limit, which only the machine has",
        hint: "if the run does not end in MemoryExhausted, please report it with the program and the request")
    }
  }

  private func text(of profile: GasProfile, _ sources: [SourceFile]) -> String {
    switch format {
    case .text: profile.text(sources: sources)
    case .folded: profile.folded
    case .svg: FlameGraph(profile, title: file).svg
    }
  }

  private func write(_ text: String) throws {
    let bytes = Array(text.utf8)
    if let output { try SystemFile.write(bytes, to: output) } else { try Console.put(bytes) }
  }
}
