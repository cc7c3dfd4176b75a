import CommandSupport
import Compiler
import Host
import Snapshot
import System

/// A request that was answered: the part of a run that scripts on the command line, files and snapshots have in common.
struct Execution {
  private let host: RequestHost
  private let sources: [SourceFile]
  private let answer: Answer

  /// Answers the request.
  ///
  /// - Parameters:
  ///   - settings: how it is answered.
  ///   - sources: the program's files, if it was compiled here.
  init(host: RequestHost, settings: RunSettings, sources: [SourceFile], request: SecretBytes) throws {
    self.host = host
    self.sources = sources
    answer = try host.answer(
      request, identity: settings.identity, protection: settings.classification.protection,
      isNewAttempt: settings.isNewAttempt, readingGasLimit: settings.limits.gasLimit)
  }

  /// Prints the body, and says what the exit status is.
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
