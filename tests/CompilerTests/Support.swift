import Compiler
import Engine
import Foundation
import TestSupport

/// Runs the front end on a program whose entry is `main.js`.
func analyze(_ source: String, files: [String: String] = [:]) -> FrontEnd.Analysis {
  analyze(Array(source.utf8), files: files)
}

func analyze(_ source: [UInt8], files: [String: String] = [:]) -> FrontEnd.Analysis {
  FrontEnd.analyze(entry: Array("main.js".utf8), source: source) { path in
    if path == Array("link.js".utf8) { return .unusable(why: Array("is a symbolic link, not a regular file".utf8)) }
    return ImportedFile(files[String(decoding: path, as: UTF8.self)].map { Array($0.utf8) })
  }
}

/// The diagnostics of a program as text.
func rendered(_ analysis: FrontEnd.Analysis) -> String {
  var renderer = DiagnosticRenderer(sources: analysis.sources)
  return String(decoding: renderer.text(analysis.diagnostics), as: UTF8.self)
}

/// `line:column code` of each diagnostic.
func summary(_ analysis: FrontEnd.Analysis) -> [String] {
  analysis.diagnostics.map { diagnostic in
    let position = analysis.sources[diagnostic.span.file].lineTable().position(of: diagnostic.span.start)
    return "\(position.line):\(position.column) \(diagnostic.code)"
  }
}

func summary(_ source: String, files: [String: String] = [:]) -> [String] {
  summary(analyze(source, files: files))
}

/// The codes of all diagnostics of a program, in their order.
func codes(_ source: String) -> [DiagnosticCode] { analyze(source).diagnostics.map(\.code) }

extension StaticString {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Compares a string with a file of the repository. `UPDATE_GOLDEN=1` writes the file instead.
///
/// - Returns: The first line that differs, or nil.
func differenceFromGolden(_ name: String, _ text: String) throws -> String? {
  let url = Repository.url("tests/CompilerTests/Golden/\(name)")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    return nil
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  if expected == text { return nil }
  let (old, new) = (expected.split(separator: "\n"), text.split(separator: "\n"))
  for (index, (left, right)) in zip(old, new).enumerated() where left != right {
    return "\(name), text line \(index + 1): expected \(left), got \(right)"
  }
  return "\(name): \(old.count) lines expected, \(new.count) given"
}

/// Runs a function on its own thread with a stack of 8 MiB, like the main thread of a process. The threads that run
/// tests have far smaller stacks.
func onLargeStack<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: body()) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}
