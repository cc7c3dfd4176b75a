import ArgumentParser
import CommandSupport
import Compiler
import Snapshot

/// `mqjs disasm`
struct Disasm: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the code of a program or a snapshot, with gas and source lines.",
    discussion: """
      A .js file is compiled in memory. A snapshot must pass the load check; its signature is not verified, and \
      nothing is run. Source lines are shown unless the snapshot was built with --strip.

      Examples:
        mqjs disasm app.js
        mqjs disasm app.msqs | less
      """)

  @Argument(
    help: ArgumentHelp("A program's entry file (.js), or a snapshot (.msqs).", valueName: "file"),
    completion: .file(extensions: ["js", "msqs"]))
  var file: String

  @OptionGroup var effects: HostEffectOptions

  func run() throws {
    let image: [UInt8]
    switch FileKind(path: file) {
    case .source: image = try ProgramFile(path: file, hostEffects: try effects.declarations()).image()
    case .snapshot:
      if !effects.operations.isEmpty {
        throw CommandError("--effect: a snapshot names its effects itself", hint: "leave --effect out")
      }
      let snapshot = try UnverifiedSnapshot(readingFrom: file)
      try snapshot.check()
      image = snapshot.bytes
    }
    try Console.put(Disassembler.listing(of: image))
  }
}
