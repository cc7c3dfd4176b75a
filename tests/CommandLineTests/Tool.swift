import Foundation
import TestSupport
import Testing

/// The built command in a folder of its own.
struct Tool {
  let folder: Workspace
  /// The command is in the same folder as the test bundle.
  static let path = Products.folder.appending(path: "mqjs").path

  init() throws {
    folder = try Workspace()
    try #require(FileManager.default.isExecutableFile(atPath: Tool.path), "\(Tool.path) has not been built")
  }

  /// Runs the command.
  func callAsFunction(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> Ending {
    try folder.run(Tool.path, arguments, input: input, environment: environment)
  }

  /// The commands without subcommands, in words (`["audit", "verify"]`), as the help texts list them.
  func commands(of group: [String] = []) throws -> [[String]] {
    let help = try folder.run(Tool.path, group + ["--help"]).successfulOutput
    let lists = help.split(separator: "SUBCOMMANDS:\n")
    guard lists.count == 2 else { return [group] }
    let names = lists[1].split(separator: "\n").compactMap {
      $0.firstMatch(of: /^  ([a-z][a-z-]*)/).map { String($0.1) }
    }
    return try names.flatMap { try commands(of: group + [$0]) }
  }

  /// Writes a text file.
  func write(_ text: String, to name: String) throws {
    try folder.write(text.utf8, to: name)
  }

  /// Builds and signs a snapshot: `app.msqs`, `app.msqs.sig`, `key.pem`, `key.pub.pem`.
  func release(_ source: String) throws {
    try write(source, to: "app.js")
    _ = try self("build", "app.js", "-o", "app.msqs").successfulOutput
    _ = try self("keygen", "-o", "key.pem").successfulOutput
    _ = try self("sign", "app.msqs", "--key", "key.pem").successfulOutput
  }
}

/// The exit statuses documented in docs/exit-status.md, written out here rather than taken from the command.
enum Status: Int32, CaseIterable {
  case done = 0
  case guestError = 1
  case usage = 2
  case refused = 3
  case fault = 70
}

/// Expects a run to end with a status and, if given, with this standard output and this message.
func expect(
  _ ending: Ending, _ status: Status, output: String? = nil, says complaint: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(!ending.wasKilled && ending.status == status.rawValue, "\(ending)", sourceLocation: sourceLocation)
  if let output { #expect(ending.output == output, "\(ending.command)", sourceLocation: sourceLocation) }
  if let complaint {
    #expect(ending.errorOutput.contains(complaint), "\(ending.command)", sourceLocation: sourceLocation)
  } else if status == .done {
    #expect(ending.errorOutput == "", "\(ending.command)", sourceLocation: sourceLocation)
  }
}
