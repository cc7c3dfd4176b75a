import CommandSupport
import FoundationEssentials
import OperatingSystem
import Subprocess
import Synchronization

/// A program that answers questions: one line of JSON in, one line out, in the same order. It may read ahead.
struct ConformanceRunner {
  /// For the shell.
  let command: String
  /// How long it may be silent, in seconds.
  let timeout: Int

  /// The longest answer.
  private static let lineLimit = 1 << 26

  /// Starts the program, asks all questions, and hands over each answer as it comes. At the end, the program and all
  /// processes in its session have been stopped.
  ///
  /// The questions are in a file, which is the program's input. A pipe would end this process if the program ended
  /// before it has read everything.
  ///
  /// - Parameter receive: gets the number of the question, from 0, and the line.
  /// - Throws: what `receive` throws; a refusal if the program can't be started, ends early, says too much or is silent
  ///   for too long.
  func ask(_ questions: [[UInt8]], receive: @Sendable @escaping (Int, [UInt8]) throws -> Void) async throws {
    var options = PlatformOptions()
    options.createSession = true
    let input = FileManager.default.temporaryDirectory.appending(path: "mqjs-questions-\(UUID().uuidString)").path
    defer { SystemFile.remove(input) }
    try SystemFile.write(Array(questions.joined()), to: input, placement: .exclusive)
    let configuration = Configuration(
      executable: .name("sh"), arguments: ["-c", #"exec <"$1"; eval "$2""#, "runner", input, command],
      platformOptions: options)
    let progress = Progress(expected: questions.count)
    let status: TerminationStatus
    do {
      status = try await Subprocess.run(
        configuration, input: .none, output: .sequence, error: .currentStandardError
      ) { execution in
        let output = execution.standardOutput
        await withTaskGroup { group in
          group.addTask { await read(output, progress, receive) }
          group.addTask {
            await waitForEnd(of: progress)
            // The reader waits until the last process has closed its output.
            try? execution.send(signal: .kill, toProcessGroup: true)
          }
        }
      }.terminationStatus
    } catch let error as SubprocessError {
      throw refusal("can't be used", reason: "\(error)")
    }
    switch progress.end {
    case .complete: return
    case .failed(let error as SubprocessError): throw refusal("gave an answer that can't be read", reason: "\(error)")
    case .failed(let error): throw error
    case .silent:
      throw refusal(
        "has been silent for \(timeout) seconds, after \(progress.received) answers, and was stopped",
        reason: "a runner answers each line of its standard input with a line",
        hint: "end each answer with a line feed and flush it; for a slow runner, give more time: --timeout")
    case .closed, nil:
      throw refusal(
        "ended after \(progress.received) of \(questions.count) answers", reason: "its end: \(status)")
    }
  }

  private func read(
    _ output: SubprocessOutputSequence, _ progress: Progress, _ receive: (Int, [UInt8]) throws -> Void
  ) async {
    do {
      let lines = output.strings(
        separatedBy: .unicodeScalarSequence(["\n"]), bufferingPolicy: .maxLineLength(Self.lineLimit))
      for try await line in lines {
        if progress.end != nil { break }
        try receive(progress.received, Array(line.utf8))
        progress.countAnswer()
      }
      progress.finish(.closed)
    } catch {
      progress.finish(.failed(error))
    }
  }

  /// Waits until there is nothing to wait for. If nothing comes for too long, that is the end.
  private func waitForEnd(of progress: Progress) async {
    var (before, quiet) = (0, 0)
    while progress.end == nil {
      try? await Task.sleep(for: .milliseconds(20))
      let now = progress.received
      quiet = now == before ? quiet + 1 : 0
      before = now
      if quiet > timeout * 50 { progress.finish(.silent) }
    }
  }

  private func refusal(_ event: String, reason: String, hint: String? = nil) -> CommandError {
    CommandError("the runner \(event): \(command)", status: .refused, reason: reason, hint: hint)
  }

  /// Why nothing more is read.
  private enum End {
    case complete, closed, silent
    case failed(any Error)
  }

  /// What has come from the program.
  private final class Progress: Sendable {
    private struct State {
      var received = 0
      var end: End?
    }

    private let expected: Int
    private let state = Mutex(State())

    init(expected: Int) { self.expected = expected }

    /// The number of answers.
    var received: Int { state.withLock { $0.received } }
    var end: End? { state.withLock { $0.end } }

    /// Notes the end, unless there has been one.
    func finish(_ end: End) { state.withLock { $0.end = $0.end ?? end } }

    /// Counts an answer. The last one is the end.
    func countAnswer() {
      state.withLock { state in
        state.received += 1
        if state.received == expected { state.end = state.end ?? .complete }
      }
    }
  }
}
