import Foundation
import TestSupport

/// Node.js, which decides what is ECMAScript.
enum NodeOracle {

  struct Rejection {
    let index: Int
    let message: String
  }

  /// The sources that Node.js rejects as modules. One process checks all of them.
  static func rejections(of sources: [String]) throws -> [Rejection] {
    let file = FileManager.default.temporaryDirectory.appending(path: "mqjs-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try JSONEncoder().encode(sources).write(to: file)
    let script = Repository.url("tests/Oracles/module-syntax.mjs").path
    guard let output = run(["--experimental-vm-modules", "--no-warnings", script, file.path]),
      let rows = try JSONSerialization.jsonObject(with: output) as? [[Any]]
    else { throw CocoaError(.executableLoad) }
    return rows.compactMap { row in
      guard let index = row.first as? Int, let message = row.last as? String else { return nil }
      return Rejection(index: index, message: message)
    }
  }

  /// The standard output of Node.js, or nil if it can't be run or fails.
  private static func run(_ arguments: [String]) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["node"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }
}
