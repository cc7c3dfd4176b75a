public import Foundation

/// A process that a test has started. It ends with this object at the latest, whether the test has passed or failed.
///
/// It is killed, not asked to end: tests run on threads that block all signals which can be blocked, and a process has
/// the mask of the thread that started it.
public final class ChildProcess: @unchecked Sendable {
  private let process = Process()

  /// Starts a process. What it says on standard error goes nowhere.
  ///
  /// - Parameters:
  ///   - program: a path, or a name that is looked up.
  ///   - folder: where it runs.
  ///   - input: what it reads; nothing if nil.
  ///   - output: where its standard output goes; nowhere if nil.
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

  /// Its number.
  public var id: Int32 { process.processIdentifier }

  /// Whether it has not ended yet.
  public var isRunning: Bool { process.isRunning }

  /// Ends it, if it has not ended yet, with what it has started, and waits until it is gone.
  public func end() {
    if process.isRunning { kill(getpgid(id) == id ? -id : id, SIGKILL) }
    process.waitUntilExit()
  }

  /// Waits until it has ended by itself.
  ///
  /// - Returns: its exit status, or the number of the signal that ended it.
  @discardableResult
  public func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}
