public import Foundation

/// A process started by a test. It ends with this object at the latest, whether the test passes or fails.
///
/// It is killed rather than asked to end: tests run on threads that block all signals that can be blocked, and a
/// process inherits the signal mask of the thread that started it.
public final class ChildProcess: @unchecked Sendable {
  private let process = Process()

  /// Starts a process. Its standard error is discarded.
  ///
  /// - Parameters:
  ///   - program: a path, or a name to look up.
  ///   - folder: the working folder.
  ///   - input: standard input; empty if nil.
  ///   - output: standard output; discarded if nil.
  public init(
    _ program: String, _ arguments: [String], in folder: URL, input: FileHandle? = nil, output: FileHandle? = nil
  ) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit { end() }

  /// The process id.
  public var id: Int32 { process.processIdentifier }

  /// Whether the process has not ended yet.
  public var isRunning: Bool { process.isRunning }

  /// Kills the process, unless it has ended, together with the processes that it has started, and waits until it is
  /// gone.
  public func end() {
    if process.isRunning { kill(getpgid(id) == id ? -id : id, SIGKILL) }
    process.waitUntilExit()
  }

  /// Waits until the process ends by itself.
  ///
  /// - Returns: the exit status, or the number of the signal that ended it.
  @discardableResult
  public func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}
