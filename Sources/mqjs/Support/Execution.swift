import CommandSupport
import Compiler
import Host
import OperatingSystem
import Snapshot

/// An answered request: the part of a run that is the same for scripts on the command line, files and snapshots.
struct Execution {
  private let host: RequestHost
  private let sources: [SourceFile]
  private let answer: Answer

  /// Answers the request.
  ///
  /// - Parameters:
  ///   - settings: how to answer it.
  ///   - sources: the program's files, if it was compiled here.
  init(host: RequestHost, settings: RunSettings, sources: [SourceFile], request: SecretBytes) throws {
    self.host = host
    self.sources = sources
    answer = try host.answer(
      request, identity: settings.identity, protection: settings.classification.protection,
      isNewAttempt: settings.isNewAttempt, readingGasLimit: settings.limits.gasLimit)
  }

  /// Prints the body, and writes the report if a path is given.
  ///
  /// - Throws: `ExitStatusReached` if the run ended in a run-time error.
  func show(report path: String? = nil) throws {
    let earlier = answer.report.snapshotHash
    if earlier != host.pool.contentHash {
      let advice = "--new-attempt runs it again"
      Console.say(
        line:
          "\(Console.styled("note:", .note)) the request was already answered, by snapshot \(earlier.hex); \(advice)"
      )
    }
    try answer.deliver(endingLine: true, report: path)
    if let trap = answer.trap {
      TrapReport(trap, instruction: answer.instruction, pool: host.pool, sources: sources).report()
      throw ExitStatusReached(status: .guestError)
    }
  }
}
