public import Foundation

/// A folder for one test's files, which is removed with this object.
public final class Workspace: Sendable {
  /// The folder.
  public let folder: URL

  /// Creates an empty folder.
  public init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "mqjs-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The path of a file in the folder.
  public func callAsFunction(_ name: String) -> String { folder.appending(path: name).path }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(Array(bytes)).write(to: folder.appending(path: name))
    return self(name)
  }

  /// The bytes of a file.
  public func read(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: folder.appending(path: name))) }

  /// The permissions of a file.
  public func mode(of name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: self(name))
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }

  /// Runs `openssl`, the second opinion on keys, hashes and signatures, in the folder.
  ///
  /// - Parameter arguments: separated by spaces.
  /// - Throws: `Failure` if the exit status is not 0.
  @discardableResult
  public func openssl(_ arguments: String) throws -> String {
    try run("openssl", arguments.split(separator: " ").map(String.init)).successfulOutput
  }

  /// Runs a program in the folder.
  public func run(
    _ program: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    // The environment of the tests must not affect results.
    let inherited = ProcessInfo.processInfo.environment.filter { !["MTP_GAS_LIMIT", "NO_COLOR"].contains($0.key) }
    process.environment = inherited.merging(environment) { $1 }
    // Files rather than pipes: output of any length fits, and nobody has to read it while the program runs.
    let name = UUID().uuidString
    let paths = ["in", "out", "err"].map { folder.appending(path: "\(name).\($0)") }
    defer { for path in paths { try? FileManager.default.removeItem(at: path) } }
    try Data(input.utf8).write(to: paths[0])
    for path in paths[1...] { try Data().write(to: path) }
    let handles = try [FileHandle(forReadingFrom: paths[0])] + paths[1...].map { try FileHandle(forWritingTo: $0) }
    process.standardInput = handles[0]
    process.standardOutput = handles[1]
    process.standardError = handles[2]
    try process.run()
    process.waitUntilExit()
    for handle in handles { try handle.close() }
    return Ending(
      command: ([program] + arguments).joined(separator: " "), status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: try Data(contentsOf: paths[1]), as: UTF8.self),
      errorOutput: String(decoding: try Data(contentsOf: paths[2]), as: UTF8.self))
  }
}

/// How a program ended.
public struct Ending: Sendable {
  /// The command line.
  public let command: String
  /// The exit status, or the signal that killed it.
  public let status: Int32
  /// Whether a signal ended it.
  public let wasKilled: Bool
  /// Standard output.
  public let output: String
  /// Standard error.
  public let errorOutput: String

  /// The output of a successful run. Throws `Failure` for any other.
  public var successfulOutput: String {
    get throws {
      guard status == 0, !wasKilled else { throw Failure(ending: self) }
      return output
    }
  }
}

/// The error if a program does not succeed.
public struct Failure: Error, CustomStringConvertible {
  /// How it ended.
  public let ending: Ending

  /// The command, its status, and its standard error.
  public var description: String { "\(ending.command) ended with \(ending.status): \(ending.errorOutput)" }
}
