import ArgumentParser
import CommandSupport
import Snapshot

/// The command line of MicroQuickJS.
@main
struct MQJS: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mqjs",
    abstract: "Runs request handlers, written in a strict immutable subset of JavaScript, in a sealed machine.",
    discussion: """
      The way of a handler, from its text to an answer:

        mqjs check  app.js                    all that is wrong with it
        mqjs build  app.js -o app.msqs        the snapshot
        mqjs keygen -o key.pem                a pair of keys, once
        mqjs sign   app.msqs --key key.pem    app.msqs.sig
        mqjs run    app.msqs --key key.pub.pem --request event.json

      Results go to standard output, everything else to standard error.

      Exit status: 0 done; 1 the program ended in a run-time error, whose body was printed; 2 the command line or the \
      source is wrong; 3 a snapshot was refused and nothing of it was run; 70 the tool itself failed.
      """,
    version: "mqjs 0.1.0 (MTPScript 5.1)",
    subcommands: [
      Check.self, Eval.self, Run.self, Build.self, Keygen.self, Sign.self, Verify.self, Inspect.self, Disasm.self,
      Explain.self, Profile.self, Replay.self, Audit.self,
    ])

  static func main() async {
    SystemFile.reserveStandardStreams()
    exit(with: await status())
  }

  @MainActor private static func status() async -> ExitStatus {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
      return .done
    } catch let status as ExitStatusReached {
      return status.status
    } catch {
      guard let known = CommandError(reporting: error) else { return report(error) }
      known.report()
      return known.status
    }
  }

  /// Shows what the argument parser has to say: help and version on standard output, complaints on standard error.
  private static func report(_ error: any Error) -> ExitStatus {
    let text = fullMessage(for: error)
    switch exitCode(for: error) {
    case .success:
      try? Console.put(line: text)
      return .done
    case .validationFailure:
      Console.say(line: text)
      return .usage
    default:
      Console.say(line: text)
      return .fault
    }
  }

  private static func exit(with status: ExitStatus) -> Never {
    exit(withError: ExitCode(status.rawValue))
  }
}

/// Ends the command with a status when all that is to be said has been said.
struct ExitStatusReached: Error {
  let status: ExitStatus
}
