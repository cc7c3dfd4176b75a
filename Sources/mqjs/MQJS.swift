import ArgumentParser
import CommandSupport
import OperatingSystem

/// The command line of MicroQuickJS.
@main
struct MQJS: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mqjs",
    abstract: "Runs request handlers, written in a strict immutable subset of JavaScript, in a sealed machine.",
    discussion: """
      From source to response:

        mqjs check  app.js                    reports every mistake
        mqjs build  app.js -o app.msqs        builds a snapshot
        mqjs keygen -o key.pem                makes a key pair, once
        mqjs sign   app.msqs --key key.pem    writes app.msqs.sig
        mqjs run    app.msqs --key key.pub.pem --request event.json

      Results go to standard output, everything else to standard error.

      \(ExitStatus.table)
      """,
    version: "mqjs \(ProductVersion.text) (MTPScript 5.1)",
    subcommands: [
      Check.self, Eval.self, Run.self, Build.self, Keygen.self, Sign.self, Verify.self, Inspect.self, Disasm.self,
      Explain.self, Profile.self, Replay.self, Audit.self, Conformance.self,
    ])

  static func main() {
    SystemFile.reserveStandardStreams()
    SystemFile.reportFilesThatGrowTooLarge()
    exit(with: status())
  }

  private static func status() -> ExitStatus {
    do {
      let arguments = try CommandArguments.read()
      do {
        var command = try parseAsRoot(arguments)
        try requireSubcommand(command)
        try command.run()
        return .done
      } catch  where CommandError(reporting: error) == nil && !(error is ExitStatusReached) {
        return try report(error, arguments)
      }
    } catch let status as ExitStatusReached {
      return status.status
    } catch {
      let error = CommandError(reporting: error) ?? CommandError("\(error)", status: .fault)
      error.report()
      return error.status
    }
  }

  /// Refuses a command that only groups other commands. It does nothing itself, and that must not look like success.
  private static func requireSubcommand(_ command: any ParsableCommand) throws {
    let type = Swift.type(of: command)
    if type.configuration.subcommands.isEmpty { return }
    let name = type == self ? _commandName : "\(_commandName) \(type._commandName)"
    let names = type.configuration.subcommands.map { $0._commandName }.joined(separator: " ")
    throw CommandError(
      "\(name): no subcommand was given", reason: "the subcommands are \(names)", hint: "\(name) --help")
  }

  /// Shows the argument parser's output: help and version on standard output, errors on standard error.
  private static func report(_ error: any Error, _ arguments: [String]) throws -> ExitStatus {
    var text = fullMessage(for: error)
    // The parser quotes arguments verbatim. One that contains a line end would become two lines.
    for argument in arguments {
      let visible = Console.visible(argument)
      if visible != argument { text = text.replacing(argument, with: visible) }
    }
    switch exitCode(for: error) {
    case .success where isQuestion(arguments):
      try Console.put(text: text)
      return .done
    case .success:
      Console.say(text: text)
      throw CommandError(
        "a help option among other arguments: nothing was done",
        hint: "ask for help alone: mqjs help COMMAND; to give a value that begins with -, write --option=VALUE")
    case .validationFailure:
      Console.say(text: text)
      return .usage
    default:
      Console.say(text: text)
      return .fault
    }
  }

  /// Whether the arguments ask only for help, the version or a completion script. A value from elsewhere, such as a
  /// request id, must not turn a command into a query that succeeds.
  private static func isQuestion(_ arguments: [String]) -> Bool {
    if arguments.count == 2, arguments[0] == "--generate-completion-script" { return true }
    let questions = ["help", "--help", "-h", "--version"]
    var commands = configuration.subcommands
    for argument in arguments where !questions.contains(argument) {
      guard let command = commands.first(where: { $0._commandName == argument }) else { return false }
      commands = command.configuration.subcommands
    }
    return true
  }

  private static func exit(with status: ExitStatus) -> Never {
    exit(withError: ExitCode(status.rawValue))
  }
}

/// Ends the command with a status. Everything that needed reporting has been reported.
struct ExitStatusReached: Error {
  let status: ExitStatus
}
